"""One answer to everybody who reported an incident: who gets it, who does not and why, and that nobody gets it twice."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operators.permissions import Role
from reports import (
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
        jobs.answer_incidents(seconds=None)
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
        jobs.answer_incidents(seconds=None)
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
            jobs.answer_incidents(seconds=None)
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
