"""The clock: finds what a lost ring left lying, does it itself when nobody else does, and tidies."""

import threading
from datetime import timedelta
from unittest import mock, skipUnless

from celery import current_app
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from reports import delivery, heartbeats, inbox, jobs, triage
from reports.models import Attachment, Change, Finding, InboxEntry, Message, Report
from reports.models.message import Delivery
from tests import people, samples
from tests.reports.cases import StationTestCase, put_away
from tests.samples import JOKO, WATI


class TickTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now())

    def test_with_nothing_to_do_it_rings_for_nothing(self) -> None:
        jobs.tick()
        self.assertEqual(self.rings, [])

    def test_it_rings_for_what_has_just_arrived_and_leaves_it_to_the_workers(self) -> None:
        put_away(samples.text())
        jobs.tick()
        self.assertEqual(self.rings, [("reports.drain_inbox",)])
        self.assertEqual(InboxEntry.objects.unread().count(), 1)

    def test_what_nobody_took_is_understood_here_and_now(self) -> None:
        put_away(samples.text())
        self.travel(settings.OVERDUE_AFTER + timedelta(seconds=1))
        jobs.tick()
        self.assertEqual(InboxEntry.objects.unread().count(), 0)
        self.assertEqual(Report.objects.count(), 1)

    def test_what_waits_for_its_next_try_is_not_rung_for(self) -> None:
        put_away(samples.text())
        InboxEntry.objects.update(due_at=self.began + timedelta(minutes=1))
        jobs.tick()
        self.assertEqual(self.rings, [])

    def test_it_puts_away_the_spool(self) -> None:
        with mock.patch.object(inbox, "put_away_spool") as put_away_spool:
            jobs.tick()
        put_away_spool.assert_called_once_with()

    def test_it_rings_for_an_answer_that_waits(self) -> None:
        people.report()
        jobs.enrich()
        self.rings.clear()
        jobs.tick()
        self.assertEqual(self.rings, [("reports.deliver_due",)])

    def test_an_answer_that_nobody_sent_is_sent_here_and_now(self) -> None:
        people.report()
        self.travel(settings.OVERDUE_AFTER + timedelta(seconds=1))
        with mock.patch.object(delivery, "deliver", return_value=True) as deliver:
            jobs.tick()
        answer = Message.objects.get(direction="outbound")
        deliver.assert_called_once_with(str(answer.pk))

    def test_it_rings_for_a_message_that_is_not_read_for_hints(self) -> None:
        people.report()
        Message.objects.filter(direction="outbound").delete()
        self.rings.clear()
        jobs.tick()
        self.assertEqual(self.rings, [("reports.enrich",)])
        jobs.enrich()
        self.rings.clear()
        jobs.tick()
        self.assertEqual(self.rings, [])

    def test_hints_that_nobody_reads_are_read_here_some_at_a_time(self) -> None:
        report = people.report()
        self.travel(settings.OVERDUE_AFTER + timedelta(seconds=1))
        jobs.tick()
        self.assertTrue(Finding.objects.filter(report=report).exists())

    def test_it_rings_for_what_is_in_doubt_once_it_is_time_to_ask(self) -> None:
        people.report()
        jobs.enrich()
        answer = Message.objects.filter(direction="outbound")
        answer.update(
            status=Delivery.SENDING,
            claimed_at=self.began,
            due_at=self.began + timedelta(seconds=30),
        )
        self.rings.clear()
        jobs.tick()
        self.assertEqual(self.rings, [])
        self.travel(timedelta(seconds=31))
        jobs.tick()
        self.assertEqual(self.rings, [("reports.deliver_due",)])


class FilesTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())
        people.message(samples.picture())
        jobs.enrich()
        Message.objects.filter(direction="outbound").update(status=Delivery.SENT)
        self.rings.clear()

    def asked_to_fetch(self) -> bool:
        """Whether the clock fetches by itself."""
        is_asked = threading.Event()
        with mock.patch.object(jobs.clock, "fetch", is_asked.set):
            jobs.tick()
            return is_asked.wait(0.2)

    def test_it_rings_for_a_file_that_waits(self) -> None:
        jobs.tick()
        self.assertEqual(self.rings, [("reports.fetch",)])

    def test_it_rings_for_one_that_is_to_be_deleted_at_the_provider(self) -> None:
        Attachment.objects.update(due_at=None, delete_due_at=timezone.now())
        jobs.tick()
        self.assertEqual(self.rings, [("reports.fetch",)])

    def test_it_is_silent_when_nothing_is_due(self) -> None:
        Attachment.objects.update(due_at=timezone.now() + timedelta(seconds=9))
        jobs.tick()
        self.assertEqual(self.rings, [])

    def test_it_fetches_when_nobody_else_has_for_long(self) -> None:
        self.assertFalse(self.asked_to_fetch())
        self.travel(settings.STANDS_STILL_AFTER + timedelta(seconds=1))
        self.assertTrue(self.asked_to_fetch())

    def test_it_leaves_that_to_whoever_is_at_it(self) -> None:
        self.travel(settings.STANDS_STILL_AFTER + timedelta(seconds=1))
        heartbeats.beat(heartbeats.ENRICHER)
        self.assertFalse(self.asked_to_fetch())


class DeliverDueTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        for citizen in (WATI, JOKO):
            people.message(samples.text(by=citizen))
        self.answers = list(Message.objects.filter(direction="outbound").order_by("due_at"))

    def test_everything_that_may_go_is_sent(self) -> None:
        with mock.patch.object(delivery, "deliver", return_value=True) as deliver:
            self.assertEqual(jobs.deliver_due(), {"settled": 0, "sent": 2})
        self.assertEqual(
            [call.args[0] for call in deliver.mock_calls], [str(a.pk) for a in self.answers]
        )

    def test_what_is_in_doubt_is_asked_about(self) -> None:
        doubtful = self.answers[0]
        Message.objects.filter(pk=doubtful.pk).update(status=Delivery.SENDING)
        with (
            mock.patch.object(delivery, "deliver", return_value=True),
            mock.patch.object(delivery, "settle", return_value=True) as settle,
        ):
            self.assertEqual(jobs.deliver_due(), {"sent": 1, "settled": 1})
        settle.assert_called_once_with(str(doubtful.pk))

    def test_a_provider_that_hangs_does_not_hold_up_whoever_called(self) -> None:
        with (
            mock.patch.object(jobs.clock, "DELIVER_SECONDS", -1),
            mock.patch.object(delivery, "deliver", return_value=True) as deliver,
        ):
            self.assertEqual(jobs.deliver_due(), {"settled": 0, "sent": 0})
        deliver.assert_not_called()
        self.assertEqual(Message.objects.ready_to_go(timezone.now()).count(), 2)

    def test_one_that_makes_us_stumble_does_not_hold_up_the_others(self) -> None:
        first = self.answers[0]

        def stumbling(pk: str) -> bool:
            if pk == str(first.pk):
                raise ZeroDivisionError
            return True

        now = self.travel(timezone.now())
        with (
            mock.patch.object(delivery, "deliver", stumbling),
            self.assertLogs("reports.jobs", "ERROR"),
        ):
            self.assertEqual(jobs.deliver_due(), {"settled": 0, "sent": 1})
        first.refresh_from_db()
        self.assertEqual(first.due_at, now + settings.DELIVERY_RETRY_LONGEST)

    def test_without_database_it_stops(self) -> None:
        with (
            mock.patch.object(delivery, "deliver", side_effect=OperationalError),
            self.assertRaises(OperationalError),
        ):
            jobs.deliver_due()


class TidyTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())
        self.message = people.message()

    def test_what_is_fresh_stays(self) -> None:
        self.assertEqual(jobs.tidy(), {"changes": 0, "entries": 0, "raw": 0, "pictures": 0})

    def test_changes_go_once_no_desk_follows_them(self) -> None:
        count = Change.objects.count()
        self.travel(settings.CHANGES_KEEP + timedelta(seconds=1))
        self.assertEqual(jobs.tidy()["changes"], count)
        self.assertEqual(Change.objects.count(), 0)

    def test_what_came_in_goes_after_its_time_and_the_message_stays(self) -> None:
        self.travel(settings.INBOX_KEEP + timedelta(seconds=1))
        counts = jobs.tidy()
        self.assertEqual((counts["entries"], counts["raw"]), (1, 1))
        self.message.refresh_from_db()
        self.assertEqual(bytes(self.message.raw_sealed), b"")
        self.assertTrue(bytes(self.message.body_sealed))

    def test_what_is_not_understood_is_never_forgotten(self) -> None:
        parked = people.parked_entry()
        waiting = put_away(samples.text())
        self.travel(settings.INBOX_KEEP * 3)
        jobs.tidy()
        self.assertEqual(set(InboxEntry.objects.all()), {parked, waiting})

    def test_again_it_has_nothing_to_do(self) -> None:
        self.travel(settings.INBOX_KEEP + timedelta(seconds=1))
        jobs.tidy()
        self.assertEqual(jobs.tidy(), {"changes": 0, "entries": 0, "raw": 0, "pictures": 0})

    @skipUnless(connection.vendor == "postgresql", "SQLite numbers no transactions")
    def test_changes_with_numbers_of_another_server_go(self) -> None:
        Change.objects.update(transaction=2**60)
        self.assertEqual(jobs.tidy()["changes"], 1)


class NamesTests(StationTestCase):
    def test_what_is_rung_for_is_known_to_the_workers(self) -> None:
        current_app.loader.import_default_modules()
        names = {name for name in current_app.tasks if name.startswith("reports.")}
        self.assertEqual(
            names,
            {
                *("reports.drain_inbox", "reports.deliver_due", "reports.deliver"),
                *("reports.settle", "reports.summon_due"),
                *("reports.worker_beats", "reports.sender_beats", "reports.enricher_beats"),
                *("reports.enrich", "reports.fetch", "reports.ask_places"),
                *("reports.train_categories", "reports.answer_incidents"),
            },
        )

    def test_sending_and_hints_have_workers_of_their_own(self) -> None:
        routes = settings.CELERY_TASK_ROUTES
        sending = ("reports.deliver", "reports.deliver_due", "reports.settle", "reports.summon_due")
        for name in (*sending, "reports.sender_beats"):
            self.assertEqual(routes[name], {"queue": "delivery"})
        for name in (
            "reports.enrich",
            "reports.fetch",
            "reports.ask_places",
            "reports.train_categories",
            "reports.enricher_beats",
        ):
            self.assertEqual(routes[name], {"queue": "enrichment"})
        self.assertNotIn("reports.worker_beats", routes)
        self.assertNotIn("reports.drain_inbox", routes)
        self.assertNotIn("reports.answer_incidents", routes)


class WindowTests(StationTestCase):
    def test_a_window_that_has_closed_is_due_no_more_and_open_desks_are_told(self) -> None:
        report = people.report(samples.text())
        triage.reply(report, "Baik.", by=self.rina)
        self.assertEqual(jobs.let_go_of_windows(), 0)
        self.travel(settings.WHATSAPP_WINDOW + timedelta(seconds=1))
        told = Change.objects.count()
        self.assertEqual(jobs.let_go_of_windows(), 1)
        self.assertEqual(Change.objects.count(), told + 1)
        report.refresh_from_db()
        self.assertIsNone(report.due_at)
        self.assertEqual(jobs.let_go_of_windows(), 0)
