"""Opening a closed report again."""

from datetime import timedelta

from reports import claims, triage
from reports.models import Report
from reports.workflow import Outcome, ReopenReason, Status
from tests import people, samples
from tests.reports.cases import StationTestCase


class ReopenTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text())
        triage.close(self.report, Outcome.NOT_FOUND, "Nihil.", by=self.rina)

    def reopened(self) -> Report:
        triage.reopen(self.report, reason=ReopenReason.GOES_ON, by=self.rina)
        return Report.objects.get(pk=self.report.pk)

    def test_it_is_on_the_desk_again_and_nobodys(self) -> None:
        version = Report.objects.get(pk=self.report.pk).version
        report = self.reopened()
        self.assertEqual((report.status, report.holder), (Status.TRIAGE, None))
        self.assertEqual((report.outcome, report.closed_at), ("", None))
        self.assertEqual(report.outcome_note_sealed, b"")
        self.assertEqual(report.version, version + 1)
        self.assertIn(report, Report.objects.at_the_desk())

    def test_the_reason_stands_in_the_timeline(self) -> None:
        self.reopened()
        event = self.report.events.get(kind="reopened")
        self.assertEqual((event.by, event.data), (self.rina, {"reason": "goes_on"}))

    def test_its_clocks_go_on(self) -> None:
        category = people.category(complete_minutes=60)
        Report.objects.filter(pk=self.report.pk).update(category=category)
        report = self.reopened()
        self.assertEqual(report.due_at, report.received_at + timedelta(minutes=60))

    def test_what_is_open_is_refused(self) -> None:
        self.reopened()
        with self.assertRaises(triage.NotClosed):
            self.reopened()
        self.assertEqual(self.report.events.filter(kind="reopened").count(), 1)

    def test_it_needs_one_of_the_reasons(self) -> None:
        for reason in ("", "danger_words", "Pak Budi bilang begitu"):
            with self.subTest(reason), self.assertRaises(claims.ReasonMissing):
                triage.reopen(self.report, reason=reason, by=self.rina)
        self.assertFalse(Report.objects.get(pk=self.report.pk).is_open)
