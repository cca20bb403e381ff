"""Operators decide, the program learns at night, and uses what it learned only while that is better."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from reports import describing, jobs
from reports.enrichment import surroundings
from reports.enrichment.hints import Hint
from reports.enrichment.learning import in_use, training
from reports.enrichment.learning.report_card import Mixed, report_card
from reports.enrichment.reading import Words, read
from reports.identity import vault
from reports.models import Category, CategoryModel
from reports.models.finding import Enricher
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.reports.enrichment.learning.test_model import SAID, WHERE

NIGHT = datetime(2026, 11, 3, 3, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
UNHEARD = ("gempa retak", "longsor tebing", "banjir bandang", "angin ribut")


@override_settings(TRAINED_FROM=30, TRAINED_A_CATEGORY=3)
class TrainingTests(StationTestCase):
    group: Category

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.group = people.category("semua")
        for slug in (*SAID, "bencana"):
            people.category(slug, parent=cls.group)

    def setUp(self) -> None:
        super().setUp()
        surroundings.forget()
        self.addCleanup(surroundings.forget)
        self.travel(NIGHT - timedelta(days=1))
        self.callers = 0

    def decide(self, text: str, slug: str) -> None:
        """Told by somebody new, categorised at the desk."""
        self.callers += 1
        self.travel(timedelta(minutes=1))
        who = samples.Citizen(f"Warga {self.callers}", f"+62812000{self.callers:05d}")
        report = people.report(samples.text(text, by=who))
        describing.categorise(report, Category.objects.get(slug=slug), by=self.rina)

    def decide_much(self) -> None:
        for where in WHERE[:4]:
            for slug, said in SAID.items():
                for text in said:
                    self.decide(text.format(where), slug)

    def train(self) -> CategoryModel | None:
        row = training.train(at=timezone.now())
        surroundings.forget()
        return row

    def category(self, text: str) -> Hint | None:
        hints = read(Words(text, timezone.now()), surroundings.of(self.station.pk))
        found = (h for h in hints if h.enricher == Enricher.CATEGORY and h.best)
        return next((h for h in found if h.best and h.best.source == "model"), None)

    def test_too_little_teaches_nothing(self) -> None:
        self.decide("api besar di pasar", "kebakaran")
        self.assertIsNone(self.train())
        self.assertFalse(CategoryModel.objects.exists())
        card = report_card(self.station)
        self.assertTrue(card.is_too_little)
        self.assertEqual((card.decided_count, card.needed_count), (1, 30))

    def test_what_is_better_is_used_from_then_on_and_says_how_good_it_is(self) -> None:
        self.decide_much()
        self.assertIsNone(self.category("motor hilang di lapangan"))
        row = self.train()
        assert row
        self.assertTrue(row.is_used)
        self.assertEqual((row.train_count, row.held_back_count), (29, 7))
        hint = self.category("motor hilang di lapangan")
        assert hint and hint.best
        self.assertEqual(hint.best.value["slug"], "curanmor")
        self.assertIn(str(round(row.top1 * 100)), hint.best.reason)
        self.assertTrue(report_card(self.station).is_learned)

    def test_unsure_it_leaves_the_keywords_their_word(self) -> None:
        self.decide_much()
        self.train()
        self.assertIsNone(self.category("selamat pagi"))

    def test_what_is_no_better_is_not_used_and_that_is_said(self) -> None:
        for where in WHERE:
            for text in SAID["kebakaran"] + SAID["miras"]:
                slug = "kebakaran" if text in SAID["kebakaran"] else "miras"
                self.decide(text.format(where), slug)
        for text in UNHEARD * 3:
            self.decide(text, "bencana")
        row = self.train()
        assert row
        self.assertFalse(row.is_used)
        self.assertEqual(bytes(row.weights_sealed), b"")
        self.assertIsNone(self.category("api besar di pasar"))
        card = report_card(self.station)
        self.assertFalse(card.is_learned)
        self.assertEqual({mixed.decided for mixed in card.mixed_up}, {"bencana"})
        self.assertIsInstance(card.mixed_up[0], Mixed)

    def test_the_newest_night_decides_and_only_its_weights_are_kept(self) -> None:
        self.decide_much()
        first = self.train()
        for text in UNHEARD * 10:
            self.decide(text, "bencana")
        self.travel(timedelta(days=1))
        assert first and self.train()
        first.refresh_from_db()
        self.assertEqual(bytes(first.weights_sealed), b"")
        self.assertFalse(first.is_used)
        self.assertEqual(vault.boxes_of("content", [first.pk]), {})

    def test_what_was_learned_is_sealed_and_bound_to_its_row(self) -> None:
        self.decide_much()
        row = self.train()
        assert row
        self.assertNotIn(b"columns", bytes(row.weights_sealed))
        changed = bytearray(row.weights_sealed)
        changed[-1] ^= 1
        CategoryModel.objects.update(weights_sealed=bytes(changed))
        in_use.forget()
        with self.assertLogs("reports.enrichment.learning", "ERROR") as logs:
            self.assertIsNone(in_use.model())
        self.assertIn("keywords are used", logs.output[0])

    def test_what_does_not_open_any_more_teaches_nothing(self) -> None:
        self.decide_much()
        vault.destroy(report.pk for report in self.station.reports.all())
        self.assertIsNone(self.train())

    def test_the_command_says_what_came_of_it(self) -> None:
        said = StringIO()
        call_command("train_categories", stdout=said)
        self.assertIn("too little", said.getvalue())
        self.decide_much()
        said = StringIO()
        call_command("train_categories", stdout=said)
        self.assertIn("it is used", said.getvalue())

    def test_it_happens_once_a_night(self) -> None:
        for hour, rings in ((2, 0), (3, 1), (4, 0)):
            self.rings.clear()
            self.travel(NIGHT.replace(hour=hour))
            jobs.tidy()
            self.assertEqual(self.rings.count(("reports.train_categories",)), rings)
        self.assertFalse(jobs.train_categories())
