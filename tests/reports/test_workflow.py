"""Statuses, outcomes and what may follow what: data, so this is the table once more, written out."""

from django.test import SimpleTestCase
from django.utils import timezone

from reports.models import Report
from reports.models.report import TransitionNotAllowed
from reports.workflow import (
    OPEN_STATUSES,
    TRANSITIONS,
    URGENCY_SLUGS,
    Outcome,
    Status,
    Urgency,
)

MAY_BECOME = {
    "new": {"triage", "waiting", "verifying", "acting", "done"},
    "triage": {"waiting", "verifying", "acting", "done"},
    "waiting": {"triage", "verifying", "acting", "done"},
    "verifying": {"triage", "waiting", "acting", "done"},
    "acting": {"triage", "waiting", "verifying", "done"},
    "done": {"triage"},
}


class TransitionTests(SimpleTestCase):
    def test_every_pair_is_decided(self) -> None:
        for now in Status:
            for then in Status:
                report = Report(status=now)
                with self.subTest(now=now, then=then):
                    if then in MAY_BECOME[now]:
                        report.become(then)
                        self.assertEqual(report.status, then)
                    else:
                        with self.assertRaises(TransitionNotAllowed):
                            report.become(then)
                        self.assertEqual(report.status, now)

    def test_the_table_knows_every_status(self) -> None:
        self.assertEqual(set(TRANSITIONS), set(Status))

    def test_what_is_not_done_is_open(self) -> None:
        self.assertEqual(set(OPEN_STATUSES), set(Status) - {Status.DONE})
        for status in Status:
            self.assertEqual(Report(status=status).is_open, status != Status.DONE)

    def test_a_refusal_names_both(self) -> None:
        with self.assertRaises(TransitionNotAllowed) as caught:
            Report(status=Status.DONE).become(Status.ACTING)
        for status in (Status.DONE, Status.ACTING):
            self.assertIn(str(status.label), str(caught.exception))

    def test_reopened_it_has_no_outcome(self) -> None:
        report = Report(status=Status.DONE, outcome=Outcome.PRANK, outcome_note_sealed=b"x")
        report.reopen()
        self.assertEqual((report.status, report.outcome), (Status.TRIAGE, ""))
        self.assertEqual((report.closed_at, report.outcome_note_sealed), (None, b""))

    def test_reopened_it_is_nobodys(self) -> None:
        report = Report(status=Status.DONE, holder_id=7, claimed_at=timezone.now())
        report.reopen()
        self.assertEqual((report.holder, report.claimed_at), (None, None))

    def test_what_reopening_changes_is_what_is_saved(self) -> None:
        report = Report(status=Status.DONE, outcome=Outcome.PRANK, outcome_note_sealed=b"x")
        report.closed_at = report.claimed_at = timezone.now()
        report.holder_id = 7
        before = {name: getattr(report, name) for name in self.columns()}
        report.reopen()
        changed = {name for name in self.columns() if getattr(report, name) != before[name]}
        saved = {Report._meta.get_field(name).attname for name in Report.REOPENED_FIELDS}
        self.assertEqual(changed, saved)

    def columns(self) -> list[str]:
        return [field.attname for field in Report._meta.concrete_fields]


class WordsTests(SimpleTestCase):
    def test_outcomes_are_those_of_the_desk(self) -> None:
        self.assertEqual(
            set(Outcome.values),
            set(
                """acted already_over not_found wrong_place answered referred duplicate number_test silent prank
                false_report""".split()
            ),
        )

    def test_urgencies_are_ordered_and_named(self) -> None:
        self.assertLess(Urgency.ROUTINE, Urgency.SOON)
        self.assertLess(Urgency.SOON, Urgency.EMERGENCY)
        self.assertEqual([u.slug for u in Urgency], ["biasa", "segera", "darurat"])
        self.assertEqual(set(URGENCY_SLUGS), set(Urgency))
