"""How well sentences are read, in figures: those that the rules were tried on, and those that were kept back."""

from collections import Counter

from django.test import SimpleTestCase

from reports.reference.creation import read as seeded
from tests.reports.enrichment import sentences
from tests.reports.enrichment.sentences import Meant, Sentence, share

TRIED, KEPT_BACK = "sentences.txt", "sentences_kept_back.txt"


class QualityTests(SimpleTestCase):
    def read(self, name: str) -> list[tuple[Sentence, Meant]]:
        return [(each, sentences.meant(each.text)) for each in sentences.of(name)]

    def assert_reaches(
        self, name: str, top1: float, top3: float, kind: float, recall: float, precision: float
    ) -> None:
        rows = self.read(name)
        first = share(each.category in meant.categories[:1] for each, meant in rows)
        three = share(each.category in meant.categories for each, meant in rows)
        kinds = share(each.kind == meant.kind for each, meant in rows)
        found = share(m.urgency == "darurat" for each, m in rows if each.urgency == "darurat")
        right = share(each.urgency == "darurat" for each, m in rows if m.urgency == "darurat")
        reached = (first, three, kinds, found, right)
        wanted = (top1, top3, kind, recall, precision)
        names = ("top1", "top3", "kind", "recall", "precision")
        for figure, at_least, what in zip(reached, wanted, names, strict=True):
            with self.subTest(what=what):
                self.assertGreaterEqual(figure, at_least)

    def test_the_sentences_that_the_rules_were_tried_on(self) -> None:
        self.assert_reaches(TRIED, top1=0.93, top3=0.97, kind=0.95, recall=0.95, precision=0.85)

    def test_the_sentences_that_were_kept_back(self) -> None:
        self.assert_reaches(KEPT_BACK, top1=0.75, top3=0.85, kind=0.9, recall=0.85, precision=0.7)

    def test_every_category_is_among_them_at_least_twice(self) -> None:
        counts = Counter(each.category for each in sentences.of(TRIED))
        leaves = {row["slug"] for group in seeded("categories.json") for row in group["categories"]}
        self.assertEqual(set(counts), leaves)
        self.assertGreaterEqual(min(counts.values()), 2)
