"""One answer to everybody who reported an incident: who gets it, who does not and why, and that nobody gets it twice."""

from datetime import timedelta
from typing import Any
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operators.permissions import Role
from reports import (
    answering,
    claims,
    describing,
    incident_answers,
    incident_recipients,
    incidents,
    jobs,
    replies,
    triage,
)
from reports.actors import NotAllowed
from reports.models import (
    Block,
    Incident,
    IncidentAnswer,
    IncidentDelivery,
    Message,
    Report,
    ServiceNumber,
)
from reports.models.message import Delivery
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import body_of
from tests.reports.test_incidents import IncidentTestCase

WORDS = "Tim sudah di lokasi. Terima kasih."


class AnswerTestCase(IncidentTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())

    def answer(self, incident: Incident, text: str = WORDS, **given: Any) -> IncidentAnswer:
        """Answered by Rina, and everything that is due is done."""
        made = incident_answers.answer(incident, text, by=given.pop("by", self.rina), **given)
        jobs.answer_incidents()
        return made

    def ledger(self, made: IncidentAnswer) -> dict[str, str]:
        """What came of it by report: the failure, or the state of the message."""
        rows = made.deliveries.select_related("report", "message")
        return {row.report.number: row.failure or row.state for row in rows}

    def block(self, report: Report) -> None:
        now = timezone.now()
        Block.objects.create(
            reporter=report.reporter,
            station=self.station,
            report=report,
            reason="prank",
            note_sealed=b"",
            asked_by=self.rina,
            asked_at=now,
            confirmed_by=self.rina,
            confirmed_at=now,
            ends_at=now + timedelta(days=7),
        )

    def shut_window(self, report: Report) -> None:
        report.contact.last_inbound_at = timezone.now() - timedelta(hours=25)
        report.contact.save()

    def told(self, report: Report, text: str = WORDS) -> int:
        """How often the reporter was told this."""
        ours = Message.objects.filter(reporter=report.reporter_id, author__isnull=False)
        return sum(body_of(message) == text for message in ours)


class AnswerTests(AnswerTestCase):
    def test_everybody_gets_it_in_their_own_conversation(self) -> None:
        incident, reports = self.linked(3)
        made = self.answer(incident)
        self.assertEqual(self.ledger(made), {one.number: "queued" for one in reports})
        for report in reports:
            self.assertEqual(self.told(report), 1)
            report.refresh_from_db()
            self.assertEqual((report.holder, report.waiting_since), (self.rina, None))

    def test_whoever_has_several_reports_gets_one(self) -> None:
        incident, reports = self.linked(2)
        triage.close(reports[1], Outcome.ACTED, "Sudah.", by=self.rina)
        Report.objects.filter(pk=reports[1].pk).update(closed_at=timezone.now() - timedelta(days=2))
        second = self.report()
        Report.objects.filter(pk=second.pk).update(
            reporter=reports[1].reporter, contact=reports[1].contact
        )
        incidents.link(second, incident, by=self.rina)
        made = self.answer(incident)
        self.assertEqual(set(self.ledger(made)), {reports[0].number, second.number})
        self.assertEqual(self.told(reports[1]), 1)

    def test_each_by_their_own_channel(self) -> None:
        incident, reports = self.linked(1 + 1)
        by_sms = people.report(samples.sms("Brong lagi", by=samples.JOKO))
        incidents.link(by_sms, incident, by=self.rina)
        self.answer(incident)
        sent = Message.objects.get(report=by_sms, author=self.rina)
        self.assertEqual(sent.contact.service_number.channel, "sms")

    def test_who_cannot_be_reached_stands_in_the_ledger_with_the_reason(self) -> None:
        incident, reports = self.linked(5)
        self.block(reports[0])
        self.shut_window(reports[1])
        reports[2].contact.handle = None
        reports[2].contact.save()
        claims.claim(reports[3], by=people.operator(self.station, username="budi"))
        made = self.answer(incident)
        self.assertEqual(
            self.ledger(made),
            {
                reports[0].number: "blocked",
                reports[1].number: "window_closed",
                reports[2].number: "no_way",
                reports[3].number: "held_by_another",
                reports[4].number: "queued",
            },
        )

    def test_what_is_reserved_for_others_is_not_written_to(self) -> None:
        incident, reports = self.linked(3)
        secret = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(reports[2], secret, by=self.rina)
        made = self.answer(incident)
        self.assertEqual(self.ledger(made)[reports[2].number], "not_allowed")
        self.assertEqual(self.told(reports[2]), 0)

    def test_what_changes_between_the_order_and_its_turn_is_a_failure_as_well(self) -> None:
        incident, reports = self.linked(4)
        made = incident_answers.answer(incident, WORDS, by=self.rina)
        claims.claim(reports[0], by=people.operator(self.station, username="budi"))
        incidents.unlink(reports[1], by=self.rina)
        self.block(reports[2])
        jobs.answer_incidents()
        came = [self.ledger(made)[one.number] for one in reports]
        self.assertEqual(came, ["held_by_another", "unlinked", "blocked", "queued"])

    def test_variables_are_filled_in_for_each(self) -> None:
        incident, reports = self.linked(2)
        self.answer(incident, "Laporan {nomor_laporan}: selesai.")
        for report in reports:
            self.assertEqual(self.told(report, f"Laporan {report.number}: selesai."), 1)

    def test_a_variable_without_a_value_is_a_failure_of_that_report(self) -> None:
        incident, (first, second) = self.linked(2)
        describing.categorise(first, people.category("knalpot-brong"), by=self.rina)
        made = self.answer(incident, "Tentang {kategori}: selesai.")
        self.assertEqual(self.ledger(made)[second.number], "unfilled")
        self.assertEqual(self.told(first, "Tentang Knalpot-Brong: selesai."), 1)

    def test_nothing_and_too_much_are_refused_at_once(self) -> None:
        incident, _ = self.linked()
        for text in (" ", "x" * 1601):
            with self.subTest(length=len(text)), self.assertRaises(replies.TextUnfit):
                incident_answers.answer(incident, text, by=self.rina)
        self.assertFalse(IncidentAnswer.objects.exists())

    def test_who_may_not_answer_answers_nobody(self) -> None:
        incident, _ = self.linked()
        for who in (
            people.operator(self.station, Role.CHIEF),
            people.operator(self.station, Role.UNIT),
        ):
            with self.subTest(who=who.username), self.assertRaises(NotAllowed):
                incident_answers.answer(incident, WORDS, by=who)

    def test_the_words_are_sealed(self) -> None:
        incident, _ = self.linked()
        made = self.answer(incident)
        self.assertNotIn(WORDS.encode(), bytes(made.text_sealed))

    def test_states_follow_the_receipts(self) -> None:
        incident, (first, second) = self.linked()
        made = self.answer(incident)
        Message.objects.filter(report=first, author=self.rina).update(status=Delivery.READ)
        Message.objects.filter(report=second, author=self.rina).update(status=Delivery.FAILED)
        came = [self.ledger(made)[one.number] for one in (first, second)]
        self.assertEqual(came, ["delivered", "failed"])


class UndoTests(AnswerTestCase):
    def test_until_its_time_comes_it_can_be_withdrawn(self) -> None:
        incident, reports = self.linked()
        made = self.answer(incident, held=timedelta(seconds=10), standing=True)
        self.assertEqual(self.told(reports[0]), 0)
        self.assertEqual(incident_answers.withdraw(made, by=self.rina), 2)
        self.travel(timedelta(seconds=11))
        jobs.answer_incidents()
        self.assertEqual([self.told(one) for one in reports], [0, 0])
        made.refresh_from_db()
        self.assertFalse(made.is_standing)
        self.assertEqual(set(self.ledger(made).values()), {"withdrawn"})

    def test_afterwards_it_is_too_late(self) -> None:
        incident, _ = self.linked()
        made = self.answer(incident)
        with self.assertRaises(answering.TooLate):
            incident_answers.withdraw(made, by=self.rina)


class CrashTests(AnswerTestCase):
    def test_whoever_dies_half_way_loses_nothing_and_doubles_nothing(self) -> None:
        incident, reports = self.linked(4)
        made = incident_answers.answer(incident, WORDS, by=self.rina)
        real, calls = triage.reply, []

        def dies(report: Report, *args: Any, **given: Any) -> Message:
            message = real(report, *args, **given)
            calls.append(report)
            if len(calls) == 3:
                raise KeyboardInterrupt
            return message

        with mock.patch.object(triage, "reply", dies), self.assertRaises(KeyboardInterrupt):
            jobs.answer_incidents()
        self.assertEqual(sum(map(self.told, reports)), 2)
        jobs.answer_incidents()
        self.assertEqual([self.told(one) for one in reports], [1, 1, 1, 1])
        self.assertEqual(set(self.ledger(made).values()), {"queued"})
        jobs.answer_incidents()
        self.assertEqual(sum(map(self.told, reports)), 4)

    def test_one_that_breaks_holds_up_nobody(self) -> None:
        incident, reports = self.linked(3)
        made = incident_answers.answer(incident, WORDS, by=self.rina)
        real = triage.reply

        def breaks(report: Report, *args: Any, **given: Any) -> Message:
            if report.pk == reports[0].pk:
                raise ValueError
            return real(report, *args, **given)

        with mock.patch.object(triage, "reply", breaks), self.assertLogs("reports", "ERROR"):
            jobs.answer_incidents()
        came = [self.ledger(made)[one.number] for one in reports]
        self.assertEqual(came, ["stuck", "queued", "queued"])

    def test_the_clock_finds_what_nobody_rang_for(self) -> None:
        incident, reports = self.linked(2)
        incident_answers.answer(incident, WORDS, by=self.rina, held=timedelta(seconds=10))
        jobs.tick()
        self.assertEqual(self.told(reports[0]), 0)
        self.travel(timedelta(minutes=1))
        self.rings.clear()
        jobs.tick()
        self.assertIn(("reports.answer_incidents",), self.rings)
        self.assertEqual([self.told(one) for one in reports], [1, 1])


class LateTests(AnswerTestCase):
    def test_whoever_joins_later_is_told_what_stands(self) -> None:
        incident, _ = self.linked()
        self.answer(incident, standing=True)
        late, budi = self.report(), people.operator(self.station, username="budi")
        claims.claim(late, by=budi)
        incidents.link(late, incident, by=budi)
        jobs.answer_incidents()
        self.assertEqual(self.told(late), 1)
        self.assertEqual(Message.objects.get(report=late, author=budi).author, budi)

    def test_what_does_not_stand_is_for_those_of_then(self) -> None:
        incident, _ = self.linked()
        self.answer(incident)
        late = self.report()
        incidents.link(late, incident, by=self.rina)
        jobs.answer_incidents()
        self.assertEqual(self.told(late), 0)

    def test_the_newest_that_stands_is_told_and_only_that(self) -> None:
        incident, _ = self.linked()
        self.answer(incident, "Lama", standing=True)
        self.answer(incident, "Baru", standing=True)
        late = self.report()
        incidents.link(late, incident, by=self.rina)
        jobs.answer_incidents()
        self.assertEqual((self.told(late, "Lama"), self.told(late, "Baru")), (0, 1))

    def test_nothing_stands_any_more_when_somebody_says_so(self) -> None:
        incident, _ = self.linked()
        incident_answers.stop_standing(self.answer(incident, standing=True), by=self.rina)
        late = self.report()
        incidents.link(late, incident, by=self.rina)
        jobs.answer_incidents()
        self.assertEqual(self.told(late), 0)

    def test_the_station_next_door_stops_nothing_and_takes_nothing_back(self) -> None:
        incident, _ = self.linked()
        made = self.answer(incident, held=timedelta(minutes=1), standing=True)
        other = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        with self.assertRaises(NotAllowed):
            incident_answers.stop_standing(made, by=other)
        with self.assertRaises(answering.TooLate):
            incident_answers.withdraw(made, by=other)
        self.assertTrue(incident.answers.get().is_standing)

    def test_out_and_in_again_tells_nothing_twice(self) -> None:
        incident, reports = self.linked(3)
        self.answer(incident, standing=True)
        incidents.unlink(reports[2], by=self.rina)
        incidents.link(reports[2], incident, by=self.rina)
        jobs.answer_incidents()
        self.assertEqual(self.told(reports[2]), 1)

    def test_an_incident_that_joins_is_told_what_stands(self) -> None:
        incident, reports = self.linked()
        self.answer(incident, standing=True)
        _, others = self.linked()
        incidents.link(others[0], reports[0], by=self.rina)
        jobs.answer_incidents()
        self.assertEqual([self.told(one) for one in others], [1, 1])


class AgainTests(AnswerTestCase):
    def failed(self) -> tuple[IncidentDelivery, Report]:
        incident, reports = self.linked()
        self.shut_window(reports[0])
        made = self.answer(incident)
        return made.deliveries.get(report=reports[0]), reports[0]

    def test_what_failed_can_go_by_sms(self) -> None:
        row, report = self.failed()
        again = incident_answers.again(row, by=self.rina, by_sms=True)
        self.assertEqual(again.state, "queued")
        message = Message.objects.get(report=report, author=self.rina)
        self.assertEqual(message.contact.service_number.channel, "sms")

    def test_tried_again_as_it_was_it_says_why_not(self) -> None:
        row, _ = self.failed()
        with self.assertRaises(replies.WindowClosed):
            incident_answers.again(row, by=self.rina)
        row.refresh_from_db()
        self.assertEqual(row.failure, "window_closed")

    def test_what_went_out_is_not_sent_again(self) -> None:
        incident, _ = self.linked()
        row = self.answer(incident).deliveries.first()
        assert row is not None
        with self.assertRaises(answering.NotFailed):
            incident_answers.again(row, by=self.rina)

    def test_what_was_not_delivered_goes_once_more(self) -> None:
        incident, (first, _) = self.linked()
        made = self.answer(incident)
        Message.objects.filter(report=first, author=self.rina).update(status=Delivery.FAILED)
        again = incident_answers.again(made.deliveries.get(report=first), by=self.rina)
        self.assertIsNotNone(again.message)
        self.assertEqual((again.state, self.told(first)), ("queued", 2))

    def test_out_of_sight_is_out_of_reach(self) -> None:
        row, report = self.failed()
        secret = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(report, secret, by=self.rina)
        with self.assertRaises(NotAllowed):
            incident_answers.again(row, by=self.rina, by_sms=True)


class PreviewTests(AnswerTestCase):
    def test_it_says_who_would_get_it_and_who_not(self) -> None:
        incident, reports = self.linked(3)
        self.shut_window(reports[0])
        self.block(reports[1])
        shown = incident_recipients.of(incident, by=self.rina)
        self.assertEqual(
            {(one.report.number, one.failure, one.by_sms) for one in shown},
            {
                (reports[0].number, "window_closed", True),
                (reports[1].number, "blocked", False),
                (reports[2].number, "", False),
            },
        )

    def test_without_a_number_for_sms_none_is_offered(self) -> None:
        incident, reports = self.linked()
        self.shut_window(reports[0])
        ServiceNumber.objects.filter(channel="sms").update(is_active=False)
        self.assertFalse(any(one.by_sms for one in incident_recipients.of(incident, by=self.rina)))

    def test_it_costs_the_same_for_three_and_for_thirty(self) -> None:
        costs = []
        for number in (3, 30):
            incident, reports = self.linked(number)
            self.shut_window(reports[0])
            with CaptureQueriesContext(connection) as captured:
                incident_recipients.of(incident, by=self.rina)
            costs.append(len(captured))
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 5)


class CostTests(AnswerTestCase):
    def test_each_reporter_costs_the_same_however_many_there_are(self) -> None:
        costs = []
        for number in (3, 30):
            incident, _ = self.linked(number)
            incident_answers.answer(incident, WORDS, by=self.rina)
            row = IncidentDelivery.objects.queued().order_by("pk").last()
            assert row is not None
            with CaptureQueriesContext(connection) as captured:
                incident_answers.deliver(row.pk)
            costs.append(len(captured))
            jobs.answer_incidents()
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 25)

    def test_ordering_it_costs_the_same_however_many_there_are(self) -> None:
        costs = []
        for number in (3, 30):
            incident, _ = self.linked(number)
            with CaptureQueriesContext(connection) as captured:
                incident_answers.answer(incident, WORDS, by=self.rina)
            costs.append(len(captured))
        self.assertEqual(costs[0], costs[1])
