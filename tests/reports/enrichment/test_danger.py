"""Situations of danger in many wordings, and what sounds like them and is none."""

from collections.abc import Iterable
from typing import NamedTuple

from django.test import SimpleTestCase

from reports.enrichment import danger
from reports.enrichment.language import normalise
from reports.enrichment.said import said
from tests.reports.enrichment.sentences import HERE, URGENCIES, meant

ANYTHING_ELSE = "N"


class Wording(NamedTuple):
    situation: str
    urgency: str
    text: str


def wordings() -> Iterable[Wording]:
    for line in (HERE / "danger.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield Wording(*line.split("|", 2))


class WordingTests(SimpleTestCase):
    def test_each_wording_of_danger_is_an_emergency(self) -> None:
        for situation, urgency, text in wordings():
            if urgency == "D":
                with self.subTest(situation=situation, text=text):
                    self.assertEqual(meant(text).urgency, "darurat")

    def test_what_only_sounds_like_danger_is_none(self) -> None:
        for situation, urgency, text in wordings():
            if urgency != "D":
                with self.subTest(situation=situation, text=text):
                    read = meant(text).urgency
                    if urgency == ANYTHING_ELSE:
                        self.assertNotEqual(read, "darurat")
                    else:
                        self.assertEqual(read, URGENCIES[urgency])


class SituationTests(SimpleTestCase):
    def seen(self, text: str) -> list[list[str]]:
        return [list(each.words) for each in danger.seen(said(normalise(text)))]

    def test_words_far_from_each_other_make_no_situation(self) -> None:
        self.assertTrue(self.seen("dipukuli warga"))
        self.assertEqual(self.seen("dipukuli " + "lalu " * (danger.NEAR + 1) + "warga"), [])

    def test_one_word_is_not_two_parts_of_a_situation(self) -> None:
        self.assertEqual(self.seen("dikurung"), [])

    def test_what_explains_it_otherwise_makes_it_none(self) -> None:
        self.assertTrue(self.seen("dia bawa celurit"))
        self.assertEqual(self.seen("dia bawa celurit untuk panen"), [])

    def test_the_words_are_told_as_they_stand(self) -> None:
        self.assertIn(["dipukuli", "warga"], self.seen("maling dipukuli warga"))
