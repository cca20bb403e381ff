"""Phrases of a lexicon, with their choices."""

from django.test import SimpleTestCase

from reports.enrichment.language import normalise
from reports.enrichment.said import Phrases, said


class PhrasesTests(SimpleTestCase):
    def found(self, written: str, text: str) -> bool:
        return Phrases([written]).are_in(said(normalise(text)))

    def test_each_choice_is_a_phrase_of_its_own(self) -> None:
        for text in ("hp jatuh", "hp hanyut", "tas jatuh", "tas hanyut"):
            with self.subTest(text):
                self.assertTrue(self.found("hp|tas jatuh|hanyut", text))
        self.assertFalse(self.found("hp|tas jatuh|hanyut", "hp tas"))

    def test_a_choice_may_be_two_words(self) -> None:
        self.assertTrue(self.found("tidak_bisa|belum lepas", "tangannya tidak bisa lepas"))
        self.assertTrue(self.found("tidak_bisa|belum lepas", "belum lepas juga"))
        self.assertFalse(self.found("tidak_bisa|belum lepas", "bisa lepas"))

    def test_a_word_that_is_meant_as_it_is_stays_so_in_every_choice(self) -> None:
        self.assertTrue(self.found("=jual|beli", "mau jual motor"))
        self.assertFalse(self.found("=jual|beli", "penjualan motor"))
