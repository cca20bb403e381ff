"""The drain: what cannot be understood steps aside, in sight, and the rest flow on."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import QueryDict
from django.utils import timezone

from reports import channels, inbox, intake, jobs
from reports.channels.base import InboundMessage
from reports.models import InboxEntry, Message, Report
from reports.models.message import Delivery
from tests import people, samples
from tests.reports.cases import CommittedTestCase, StationTestCase, put_away
from tests.samples import JOKO, WATI

POISON = "racun"


def misunderstanding(error: Callable[[], Exception], words: str = POISON) -> Any:
    """A fault of ours: these words cannot be parsed."""
    parse = channels.parse

    def stumbling(params: dict[str, str]) -> InboundMessage:
        if params.get("Body") == words:
            raise error()
        return parse(params)

    return mock.patch.object(intake.channels, "parse", stumbling)


def drain() -> dict[str, int]:
    return jobs.drain_inbox(seconds=None)


class DrainTests(StationTestCase):
    def test_what_is_understood_is_counted_and_leaves_nothing_behind(self) -> None:
        entry = put_away(samples.text())
        self.assertEqual(drain(), {"message": 1})
        entry.refresh_from_db()
        self.assertIsNotNone(entry.processed_at)
        self.assertEqual((bytes(entry.payload_sealed), entry.reason), (b"", ""))

    def test_an_empty_inbox_is_no_work(self) -> None:
        with self.assertNumQueries(3):
            self.assertEqual(drain(), {})

    def test_what_is_not_due_yet_waits(self) -> None:
        entry = put_away(samples.text())
        InboxEntry.objects.update(due_at=timezone.now() + timedelta(minutes=1))
        self.assertEqual(drain(), {})
        entry.refresh_from_db()
        self.assertIsNone(entry.processed_at)

    def test_it_goes_on_until_nothing_waits(self) -> None:
        for _ in range(5):
            put_away(samples.text())
        with mock.patch.object(jobs.draining, "BATCH", 2):
            self.assertEqual(drain(), {"message": 5})

    def test_after_its_time_it_gives_way_and_rings_for_the_next(self) -> None:
        for _ in range(5):
            put_away(samples.text())
        with mock.patch.object(jobs.draining, "BATCH", 2):
            self.assertEqual(jobs.drain_inbox(seconds=-1), {"message": 2})
        self.assertIn(("reports.drain_inbox",), self.rings)

    def test_a_message_that_the_inbox_has_forgotten_is_not_taken_in_twice(self) -> None:
        params = samples.text()
        people.message(params)
        InboxEntry.objects.all().delete()
        put_away(params)
        self.assertEqual(drain(), {"known": 1})
        self.assertEqual(Message.objects.filter(direction="inbound").count(), 1)
        self.assertEqual(Report.objects.get().unread_count, 1)
        self.assertEqual(InboxEntry.objects.unread().count(), 0)

    def test_a_message_with_the_id_of_one_of_ours_is_not_taken_for_known(self) -> None:
        people.report(samples.text(by=JOKO))
        Message.objects.filter(direction="outbound").update(provider_sid="SM-twice")
        entry = put_away(samples.text(MessageSid="SM-twice"))
        with self.assertLogs("reports.jobs"):
            self.assertEqual(drain(), {"failed": 1})
        entry.refresh_from_db()
        self.assertIsNone(entry.processed_at)
        self.assertTrue(entry.payload_sealed)

    def test_signs_that_no_database_takes_lose_no_message(self) -> None:
        put_away(samples.picture(MediaContentType0="image/\0jpeg", by=WATI))
        put_away(samples.quote("SM\0nobodys", by=JOKO))
        self.assertEqual(drain(), {"message": 2})

    def test_messages_and_receipts_are_drained_together(self) -> None:
        people.report()
        Message.objects.filter(direction="outbound").update(status="sending", tries=1)
        answer = Message.objects.get(direction="outbound")
        form, query = QueryDict(mutable=True), QueryDict(mutable=True)
        form.update(samples.status("delivered", "SM-answer"))
        query["m"] = str(answer.pk)
        inbox.put(InboxEntry.Kind.STATUS, form, query, at=timezone.now())
        put_away(samples.text(by=JOKO))
        self.assertEqual(drain(), {"message": 1, "status": 1})


class PoisonTests(StationTestCase):
    """Something that makes us stumble, whatever it is."""

    def setUp(self) -> None:
        super().setUp()
        self.entry = put_away(samples.text(POISON, by=WATI))

    def drained(self, error: Callable[[], Exception] = RuntimeError) -> dict[str, int]:
        with misunderstanding(error), self.assertLogs("reports.jobs") as self.logs:
            counts = drain()
        self.entry.refresh_from_db()
        return counts

    def test_the_others_of_its_batch_are_understood(self) -> None:
        for _ in range(3):
            put_away(samples.text(by=JOKO))
        self.assertEqual(self.drained(), {"message": 3, "failed": 1})
        self.assertEqual(Report.objects.get().unread_count, 3)

    def test_nothing_of_it_is_half_done(self) -> None:
        with (
            mock.patch.object(intake, "_answer", side_effect=RuntimeError),
            self.assertLogs("reports.jobs"),
        ):
            drain()
        self.assertEqual((Report.objects.count(), Message.objects.count()), (0, 0))

    def test_the_try_is_counted_and_the_reason_named(self) -> None:
        self.drained(ZeroDivisionError)
        self.assertEqual((self.entry.tries, self.entry.reason), (1, "ZeroDivisionError"))
        self.assertTrue(bytes(self.entry.payload_sealed))
        self.assertIsNone(self.entry.parked_at)

    def test_its_pauses_grow(self) -> None:
        pauses = []
        for _ in range(4):
            now = self.travel(timedelta(hours=1))
            self.drained()
            pauses.append(self.entry.due_at - now)
        first = settings.INBOX_RETRY_FIRST
        self.assertEqual(pauses, [first, first * 2, first * 4, first * 8])

    def test_after_its_tries_it_is_parked_in_sight(self) -> None:
        for n in range(1, settings.INBOX_TRIES + 1):
            self.travel(timedelta(hours=1))
            counts = self.drained()
            self.assertEqual(counts, {"parked" if n == settings.INBOX_TRIES else "failed": 1})
        self.assertEqual(InboxEntry.objects.parked().get(), self.entry)
        self.assertEqual(self.entry.tries, settings.INBOX_TRIES)
        self.travel(timedelta(days=1))
        self.assertEqual(drain(), {})

    def test_once_the_fault_is_mended_it_is_understood(self) -> None:
        self.drained()
        self.travel(timedelta(hours=1))
        self.assertEqual(drain(), {"message": 1})
        self.entry.refresh_from_db()
        self.assertEqual(self.entry.reason, "")

    def test_the_log_says_where_and_never_what(self) -> None:
        secret = f"burung-kenari-7731 {WATI.phone}"
        self.drained(lambda: ValueError(secret))
        written = "".join(self.logs.output) + "".join(str(vars(r)) for r in self.logs.records)
        self.assertNotIn("kenari", written)
        self.assertNotIn("81299900001", written)
        (record,) = [r for r in self.logs.records if r.levelno == logging.ERROR]
        self.assertEqual((record.entry, record.error), (str(self.entry.pk), "ValueError"))  # type: ignore[attr-defined]
        self.assertRegex(record.where, r"^stumbling:\d+$")  # type: ignore[attr-defined]

    def test_the_reason_fits_its_column(self) -> None:
        long = type("E" * 300, (Exception,), {})
        self.drained(long)
        self.assertEqual(self.entry.reason, "E" * 60)

    def test_a_payload_that_does_not_open_is_tried_again_and_parked(self) -> None:
        InboxEntry.objects.update(payload_sealed=b"\0\1broken")
        self.assertEqual(drain(), {"failed": 1})
        self.entry.refresh_from_db()
        self.assertEqual((self.entry.reason, self.entry.tries), ("Unreadable", 1))

    def test_what_no_try_can_help_is_parked_at_once(self) -> None:
        put_away(samples.text(To="whatsapp:+620000000"))
        put_away(samples.sms(From=""))
        self.assertEqual(drain(), {"message": 1, "parked": 2})


class DatabaseTroubleTests(CommittedTestCase):
    """The database's trouble is not the entry's: no try is counted."""

    def setUp(self) -> None:
        super().setUp()
        people.station()

    def test_an_entry_keeps_its_tries(self) -> None:
        entry = put_away(samples.text(POISON))
        for error in (OperationalError, InterfaceError):
            with self.subTest(error=error.__name__), misunderstanding(error):
                with self.assertLogs("reports.jobs", "WARNING"):
                    self.assertEqual(drain(), {})
                entry.refresh_from_db()
                self.assertEqual((entry.tries, entry.reason, entry.parked_at), (0, "", None))

    def test_trouble_while_it_is_tried_alone_counts_no_try_either(self) -> None:
        entry = put_away(samples.text(POISON))
        errors = iter([RuntimeError, OperationalError])
        with misunderstanding(lambda: next(errors)()), self.assertLogs("reports.jobs"):
            self.assertEqual(drain(), {})
        entry.refresh_from_db()
        self.assertEqual(entry.tries, 0)

    def test_afterwards_everything_is_there(self) -> None:
        put_away(samples.text(POISON))
        with misunderstanding(OperationalError), self.assertLogs("reports.jobs"):
            drain()
        self.assertEqual(drain(), {"message": 1})


class UnmatchedReceiptTests(StationTestCase):
    """A receipt may be faster than the answer to our own call; then it waits for its message."""

    def setUp(self) -> None:
        super().setUp()
        form = QueryDict(mutable=True)
        form.update(samples.status("delivered", "SM-not-yet"))
        self.arrived_at = self.travel(timezone.now())
        inbox.put(InboxEntry.Kind.STATUS, form, QueryDict(), at=self.arrived_at)

    def entry(self) -> InboxEntry:
        return InboxEntry.objects.get(kind="status")

    def test_it_waits_and_is_no_failure(self) -> None:
        self.assertEqual(drain(), {"unmatched": 1})
        entry = self.entry()
        self.assertEqual((entry.tries, entry.reason), (0, "unmatched"))
        self.assertIsNone(entry.processed_at)
        self.assertEqual(entry.due_at, self.arrived_at + timedelta(seconds=2))

    def test_it_is_looked_at_ever_more_rarely(self) -> None:
        for age, pause in ((10, 5), (60, 30), (3600, 600), (36_000, 600)):
            with self.subTest(age=age):
                now = self.travel(self.arrived_at + timedelta(seconds=age))
                drain()
                self.assertEqual(self.entry().due_at - now, timedelta(seconds=pause))

    def test_it_does_not_count_as_unread(self) -> None:
        drain()
        self.travel(timedelta(hours=10))
        self.assertIsNone(InboxEntry.objects.oldest_unread())
        put_away(samples.text(), timezone.now())
        self.assertEqual(InboxEntry.objects.oldest_unread(), timezone.now())

    def test_the_oldest_counts_even_when_it_waits_for_its_next_try(self) -> None:
        InboxEntry.objects.all().delete()
        old, new = self.arrived_at - timedelta(hours=1), self.arrived_at
        put_away(samples.text(), old)
        InboxEntry.objects.update(due_at=new + timedelta(minutes=5))
        put_away(samples.text(), new)
        self.assertEqual(InboxEntry.objects.oldest_unread(), old)

    def test_a_fresh_one_does(self) -> None:
        self.assertEqual(InboxEntry.objects.oldest_unread(), self.arrived_at)

    def test_when_its_message_is_there_it_counts(self) -> None:
        drain()
        people.report()
        answer = Message.objects.filter(direction="outbound")
        answer.update(provider_sid="SM-not-yet", status=Delivery.ACCEPTED)
        self.travel(timedelta(seconds=10))
        self.assertEqual(drain(), {"status": 1})
        self.assertEqual(answer.get().status, Delivery.DELIVERED)
        self.assertEqual(self.entry().reason, "")

    def test_after_two_days_it_ends(self) -> None:
        self.travel(timedelta(hours=47, minutes=59))
        self.assertEqual(drain(), {"unmatched": 1})
        self.travel(timedelta(minutes=15))
        self.assertEqual(drain(), {"status": 1})
        self.assertIsNotNone(self.entry().processed_at)
