"""How good the hints are, counted from decisions: what counts as right, what is left out, what it costs."""

from datetime import timedelta

from django.utils import timezone

from operators.permissions import Role
from reports import describing, hint_quality
from reports.models import Category, Report
from reports.models.finding import Enricher
from tests import hints, people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen


class QualityTestCase(StationTestCase):
    laka: Category
    macet: Category

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.laka, cls.macet = people.category("laka"), people.category("macet")

    def arrive(self) -> Report:
        number = Report.objects.count()
        return people.report(samples.text(by=Citizen(f"Warga {number}", f"+62812999{number:05}")))

    def decided(self, chosen: Category, *suggested: str) -> Report:
        report = self.arrive()
        hints.suggest(report, Enricher.CATEGORY, *({"slug": slug} for slug in suggested))
        describing.categorise(report, chosen, by=self.rina)
        return report

    def since(self) -> dict[str, object]:
        return {"since": timezone.now() - timedelta(days=1), "by": self.rina}

    def decisions(self) -> hint_quality.CategoryDecisions:
        return hint_quality.category_decisions(**self.since())  # type: ignore[arg-type]


class CategoryDecisionsTests(QualityTestCase):
    def test_first_and_first_three_are_counted(self) -> None:
        self.decided(self.laka, "laka", "macet")
        self.decided(self.laka, "macet", "laka")
        self.decided(self.laka, "macet")
        self.decided(self.laka)
        found = self.decisions()
        self.assertEqual(
            (found.number, found.first_right, found.among_three, found.without), (4, 1, 2, 1)
        )
        self.assertEqual((found.first_share, found.three_share), (0.25, 0.5))
        self.assertEqual(
            dict(found.pairs), {("laka", "laka"): 1, ("laka", "macet"): 2, ("laka", ""): 1}
        )

    def test_a_report_counts_once_however_many_messages_it_has(self) -> None:
        report = self.arrive()
        for _ in range(3):
            later = people.message(samples.text(by=samples.JOKO))
            later.report = report
            later.save(update_fields=["report"])
            hints.suggest(report, Enricher.CATEGORY, {"slug": "laka"}, message=later)
        describing.categorise(report, self.laka, by=self.rina)
        self.assertEqual(self.decisions().number, 1)

    def test_the_last_word_counts(self) -> None:
        report = self.decided(self.laka, "macet")
        describing.categorise(report, self.macet, by=self.rina)
        self.assertEqual(self.decisions().first_right, 1)

    def test_without_decisions_there_is_no_share(self) -> None:
        found = self.decisions()
        self.assertEqual((found.number, found.first_share, found.three_share), (0, None, None))

    def test_what_is_undecided_old_or_anothers_is_left_out(self) -> None:
        hints.suggest(self.arrive(), Enricher.CATEGORY, {"slug": "laka"})
        self.decided(self.laka, "laka")
        elsewhere = people.station("lain", "LAN")
        chief = people.operator(elsewhere, Role.PAMAPTA)
        day = timedelta(days=1)
        now = timezone.now()
        for since, by in ((now - day, chief), (now + day, self.rina)):
            self.assertEqual(hint_quality.category_decisions(since=since, by=by).number, 0)
        self.assertEqual(self.decisions().number, 1)

    def test_thirty_decisions_cost_what_one_does(self) -> None:
        self.decided(self.laka, "laka")
        with self.assertNumQueries(2):
            self.decisions()
        for _ in range(4):
            self.decided(self.laka, "macet")
        with self.assertNumQueries(2):
            self.decisions()


class TalliesTests(QualityTestCase):
    def test_each_enricher_has_its_counts(self) -> None:
        self.decided(self.laka, "laka")
        self.decided(self.laka, "macet")
        self.decided(self.laka)
        report = self.arrive()
        hints.suggest(report, Enricher.KIND, {"kind": "iseng"})
        describing.dismiss(report, Enricher.KIND, by=self.rina)
        kind, category = hint_quality.tallies(**self.since())  # type: ignore[arg-type]
        self.assertEqual((kind.enricher, kind.dismissed, kind.share), (Enricher.KIND, 1, 0.0))
        self.assertEqual(
            (category.accepted, category.corrected, category.missed, category.share), (1, 1, 1, 0.5)
        )

    def test_what_is_reserved_for_others_is_not_counted(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        self.decided(secret, "anggota-polri")
        self.assertEqual(hint_quality.tallies(**self.since()), [])  # type: ignore[arg-type]
