"""What those named may read of a check."""

from reports import (
    compartment,
)
from reports.identity import vault
from reports.models.verification import Result
from tests import checks, people, samples
from tests.reports.check_cases import CheckTestCase


class CompartmentTests(CheckTestCase):
    def test_lists_begin_with_what_runs(self) -> None:
        first = self.ask()
        self.finish(first, Result.FALSE)
        second = people.report(samples.text("Lain", by=samples.Citizen("Lain", "+628128880077")))
        running = checks.asked(second, [self.satu], by=self.rina)
        self.assertEqual(list(compartment.of(self.satu)), [running, first])
        self.assertEqual(list(compartment.of(self.dua)), [])

    def test_what_no_longer_opens_is_said_so(self) -> None:
        check = self.ask()
        vault.destroy([check.pk])
        with self.assertLogs("reports.compartment", "ERROR"):
            inside = self.inside(check, self.satu)
        self.assertIsNone(inside.brief)
        self.assertEqual(inside.place_note, "")
