"""The page of what turned out true, and the list of what is to be checked, the likeliest first."""

from datetime import timedelta

from reports.models import CheckedFirst, Report
from reports.workflow import Outcome
from tests import people
from tests.reports.test_reliability import NIGHT, LedgerTestCase
from tests.samples import JOKO, WATI


class ReliabilityPageTests(LedgerTestCase):
    def page(self) -> str:
        self.client.force_login(self.rina)
        answer = self.client.get("/desk/reliability/")
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def test_empty_it_says_so(self) -> None:
        self.assertIn("Belum ada yang dihitung", self.page())

    def test_it_says_how_many_were_true_and_where(self) -> None:
        for outcome in (Outcome.ACTED, Outcome.ACTED, Outcome.ACTED, Outcome.NOT_FOUND):
            self.closed(outcome, area=self.village, category=self.category)
        page = self.page()
        self.assertIn("75 %", page)
        for words in ("dari 4 laporan terbukti", "Sragen", "Malam", "Knalpot-Brong"):
            self.assertIn(words, page)

    def test_reserved_categories_are_for_others_to_count(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        self.closed(Outcome.ACTED, category=reserved)
        self.assertNotIn("Anggota-Polri", self.page())

    def to_check(self) -> list[Report]:
        """One of somebody who was never right, then one of somebody who always was."""
        CheckedFirst.objects.create(station=self.station, category=self.category)
        for day in (4, 3, 2, 1):
            at = NIGHT - timedelta(days=2 * day)
            self.closed(Outcome.NOT_FOUND, by=WATI, at=at)
            self.closed(Outcome.ACTED, by=JOKO, at=at)
        return [self.closed(None, by=by, category=self.category) for by in (WATI, JOKO)]

    def test_what_is_to_be_checked_stands_the_likeliest_first(self) -> None:
        doubtful, likely = self.to_check()
        page = self.page()
        self.assertLess(page.index(likely.number), page.index(doubtful.number))

    def test_nobody_is_left_out_and_others_are_not_in_it(self) -> None:
        checked = self.to_check()
        other = self.closed(None)
        page = self.page()
        for report in checked:
            self.assertIn(report.number, page)
        self.assertNotIn(other.number, page)

    def test_more_of_them_cost_no_more_queries(self) -> None:
        self.to_check()
        self.page()
        with self.assertNumQueries(QUERIES):
            self.client.get("/desk/reliability/")
        for _ in range(3):
            self.closed(None, category=self.category)
        with self.assertNumQueries(QUERIES):
            self.client.get("/desk/reliability/")


QUERIES = 12
"""Session and account, the ledger, names of kecamatan and categories, the list with its words and pasts, the frame."""
