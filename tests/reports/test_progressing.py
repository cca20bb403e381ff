"""The status by hand; and that there is one guard, whichever way somebody comes."""

import re
from datetime import timedelta
from pathlib import Path

from django.urls import reverse

from operators.permissions import Role
from reports import claims, progressing, triage
from reports.actors import NotAllowed
from reports.claims import AlreadyClosed, HeldByAnother
from reports.models import CheckedFirst, Event, Note, Report
from reports.models.event import EventKind
from reports.models.report import NotVerified, TransitionNotAllowed
from reports.progressing import StillWorking
from reports.workflow import Outcome, Status
from tests import people
from tests.reports.test_assignment import AssignmentTestCase

ROOT = Path(__file__).parents[2]


class SetStatusTests(AssignmentTestCase):
    def set(self, status: Status, reason: str = "", **changes: object) -> Report:
        by = changes.get("by", self.rina)
        return progressing.set_status(self.now_is(), status, reason, by=by)  # type: ignore[arg-type]

    def test_the_desk_acts_itself_and_takes_it_back(self) -> None:
        self.set(Status.ACTING)
        self.assertEqual((self.now_is().status, self.now_is().holder), (Status.ACTING, self.rina))
        self.set(Status.TRIAGE)
        self.assertEqual(self.now_is().status, Status.TRIAGE)
        told = [event.data for event in Event.objects.filter(kind=EventKind.STATUS_SET)]
        self.assertEqual(
            told, [{"status": "acting", "was": "triage"}, {"status": "triage", "was": "acting"}]
        )

    def test_again_changes_nothing(self) -> None:
        version = self.set(Status.ACTING).version
        self.assertEqual(self.set(Status.ACTING).version, version)
        self.assertEqual(Event.objects.filter(kind=EventKind.STATUS_SET).count(), 1)

    def test_every_other_status_comes_by_its_own_verb(self) -> None:
        for status in (Status.NEW, Status.WAITING, Status.VERIFYING, Status.DONE, "forgotten"):
            with self.subTest(status=status), self.assertRaises(TransitionNotAllowed):
                self.set(status)  # type: ignore[arg-type]
        self.assertEqual((self.now_is().status, self.now_is().holder), (Status.NEW, None))

    def test_what_is_checked_first_needs_the_reason_why_not(self) -> None:
        category = people.category("judi")
        CheckedFirst.objects.create(station=self.station, category=category)
        Report.objects.update(category=category)
        with self.assertRaises(NotVerified):
            self.set(Status.ACTING)
        self.set(Status.ACTING, "Sedang berlangsung.")
        self.assertTrue(Event.objects.filter(kind=EventKind.CHECK_SKIPPED).exists())
        self.assertNotIn(b"berlangsung", bytes(Note.objects.get().body_sealed))

    def test_it_does_not_go_back_under_a_unit_that_works(self) -> None:
        self.assign()
        with self.assertRaises(StillWorking):
            self.set(Status.TRIAGE)

    def test_clocks_that_stood_still_go_on(self) -> None:
        paused_at = self.now - timedelta(minutes=5)
        Report.objects.update(status=Status.WAITING, paused_at=paused_at)
        self.set(Status.TRIAGE)
        self.assertEqual((self.now_is().paused_at, self.now_is().paused_seconds), (None, 300))

    def test_what_another_holds_or_is_closed_or_without_the_right(self) -> None:
        budi = people.operator(self.station, username="budi")
        with self.assertRaises(NotAllowed):
            self.set(Status.ACTING, by=self.sari)
        claims.claim(self.report, by=budi)
        with self.assertRaises(HeldByAnother):
            self.set(Status.ACTING)
        triage.close(self.now_is(), Outcome.ANSWERED, "Dijawab.", by=budi)
        with self.assertRaises(AlreadyClosed):
            self.set(Status.TRIAGE, by=budi)


class OneGuardTests(AssignmentTestCase):
    """`Report.become` decides, whichever way somebody comes: the desk's and the API's tests show it for theirs."""

    def test_the_administration_changes_no_status(self) -> None:
        self.client.force_login(people.operator(self.station, Role.ADMIN))
        page = reverse("admin:reports_report_change", args=[self.report.pk])
        self.assertEqual(self.client.post(page, {"status": "acting"}).status_code, 403)
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_no_other_line_of_the_program_sets_one(self) -> None:
        sets_it = re.compile(
            r"\breport\.status(?:, [\w.]+)* = |Report\.objects[^\n]*\.update\([^)\n]*status="
        )
        found = [
            f"{path.relative_to(ROOT)}: {line.strip()}"
            for app in ("reports", "operators")
            for path in sorted((ROOT / app).rglob("*.py"))
            for line in path.read_text(encoding="utf-8").splitlines()
            if sets_it.search(line)
        ]
        # What it was before a question that was withdrawn.
        back = 'report.status, report.paused_at = Status(pausing[0].data["before"]["status"]), None'
        self.assertEqual(found, [f"reports/turns.py: {back}"])
