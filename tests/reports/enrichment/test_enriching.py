"""From the words of a message to findings and what follows: sealed rows, urgency that is only raised."""

from reports import findings, jobs
from reports.enrichment import surroundings
from reports.models import Finding, Report
from reports.models.finding import Enricher
from reports.reference import create_missing
from reports.workflow import Urgency
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen


class EnrichTests(StationTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        create_missing()

    def setUp(self) -> None:
        super().setUp()
        surroundings.forget()
        self.addCleanup(surroundings.forget)

    def enriched(self, text: str, number: int = 1) -> Report:
        by = Citizen(f"Warga {number}", f"+62812888{number:05d}")
        report = people.report(samples.text(text, by=by))
        jobs.enrich()
        report.refresh_from_db()
        return report

    def test_each_enricher_leaves_one_finding_and_its_words_are_sealed(self) -> None:
        report = self.enriched("ada sabung ayam di kebun belakang pasar")
        of_words = {Enricher.KIND, Enricher.CATEGORY, Enricher.URGENCY}
        self.assertLessEqual(of_words, set(report.findings.values_list("enricher", flat=True)))
        row = Finding.objects.get(report=report, enricher=Enricher.CATEGORY)
        self.assertEqual(row.source, "keywords")
        self.assertNotIn(b"sabung", bytes(row.candidates_sealed))
        value = findings.latest(report, Enricher.CATEGORY, by=self.rina)
        self.assertEqual(value["slug"], "judi")

    def test_what_abstains_has_no_latest_value(self) -> None:
        report = self.enriched("begini ceritanya bapak")
        self.assertEqual(findings.latest(report, Enricher.CATEGORY, by=self.rina), {})

    def test_urgency_is_raised_as_far_as_the_words_are_urgent(self) -> None:
        cases = (
            ("tabrakan di perempatan, orangnya kejepit", Urgency.EMERGENCY),
            ("ada pesta miras di pos ronda", Urgency.SOON),
            ("syarat skck apa saja", Urgency.ROUTINE),
        )
        for number, (text, urgency) in enumerate(cases, start=1):
            with self.subTest(text=text):
                self.assertEqual(self.enriched(text, number).urgency, urgency)
