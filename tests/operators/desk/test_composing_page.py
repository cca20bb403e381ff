"""What the report page shows around the composer, and what that costs."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import answering, claims
from tests.operators.desk.test_composing import ComposingTestCase

DAY = 24 * 60
SID = f"HX{'a' * 32}"


class PageTests(ComposingTestCase):
    def test_what_is_waiting_or_withdrawn_costs_no_more(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.rina)
        self.add("ask_place", "Di mana?")
        self.open(report)
        with CaptureQueriesContext(connection) as asked:
            self.open(report)
        before = len(asked)
        for _ in range(5):
            answering.withdraw(
                answering.ask(report, "place", by=self.rina, after=timedelta(hours=1)), by=self.rina
            )
            answering.ask(report, "place", by=self.rina, after=timedelta(hours=3))
        self.open(report)
        with self.assertNumQueries(before):
            self.open(report)
