"""Texts are alike by what is particular in them, through typing errors and stretched letters."""

from django.test import SimpleTestCase

from reports.enrichment import likeness
from reports.enrichment.likeness import words_of


class WordTests(SimpleTestCase):
    def test_greetings_and_pleas_say_nothing(self) -> None:
        self.assertEqual(
            words_of("Selamat malam pak, mohon segera dibantu truk terguling"),
            ("truk", "terguling"),
        )

    def test_stretched_letters_and_doublings_are_plain(self) -> None:
        self.assertEqual(words_of("ruameee motor2 truuuuk"), ("ruame", "motor", "truk"))

    def test_a_hostile_text_costs_little(self) -> None:
        text = "aaaa2b" * 20_000 + " kata" * 10_000
        self.assertLessEqual(len(words_of(text)), likeness.WORDS_READ)
        self.assertEqual(words_of(text), words_of(text[: likeness.LONGEST_READ]))


class AlikeTests(SimpleTestCase):
    def alike(self, one: str, other: str, known: frozenset[str] = frozenset()) -> float:
        none: frozenset[str] = frozenset()
        return likeness.alike(set(words_of(one)), set(words_of(other)), known, none).ratio

    def test_the_same_words_are_wholly_alike_and_others_not_at_all(self) -> None:
        self.assertEqual(self.alike("mobil box merah", "box merah mobil"), 1.0)
        self.assertEqual(self.alike("mobil box merah", "gudang kayu"), 0.0)

    def test_a_typing_error_does_not_hide_a_word(self) -> None:
        self.assertGreater(self.alike("mahoni kejepit", "mahonni kecepit"), 0.9)

    def test_short_words_must_be_the_same(self) -> None:
        self.assertEqual(self.alike("truk", "trus"), 0.0)

    def test_numbers_must_be_the_same(self) -> None:
        self.assertEqual(self.alike("nomor 12345", "kode 12346"), 0.0)

    def test_what_is_weighed_elsewhere_counts_little(self) -> None:
        full = self.alike("ledakan gudang", "ledakan rumah")
        self.assertLess(self.alike("ledakan gudang", "ledakan rumah", frozenset({"meledak"})), full)

    def test_a_text_passed_on_is_the_same_text(self) -> None:
        text = words_of("truk tangki terguling solar tumpah sopir lari")
        self.assertTrue(likeness.are_the_same(text, text))
        self.assertFalse(likeness.are_the_same(text[:2], text[:2]))
