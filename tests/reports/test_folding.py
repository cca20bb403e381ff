"""Words are the same words whatever their capitals and accents, and are marked where they stand."""

from django.test import SimpleTestCase

from reports.folding import excerpt, fold, match, words_of


def marked(text: str, *words: str) -> str:
    pieces = excerpt(text, words)
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


class FoldingTests(SimpleTestCase):
    def test_capitals_and_accents_make_no_difference(self) -> None:
        for one, other in (
            ("BALAP", "balap"),
            ("Café", "cafe"),
            ("cafe\u0301", "café"),
            ("Ｐ", "p"),
        ):
            with self.subTest(one):
                self.assertEqual(fold(one), fold(other))

    def test_words_are_taken_apart_and_said_once(self) -> None:
        self.assertEqual(words_of("  Balap  LIAR balap "), ["balap", "liar"])

    def test_what_stands_in_quotation_marks_is_one(self) -> None:
        self.assertEqual(words_of('knalpot "Pasar  Bunder"'), ["knalpot", "pasar bunder"])

    def test_nothing_is_no_word(self) -> None:
        self.assertEqual(words_of(" \n\u200d "), [])


class MatchTests(SimpleTestCase):
    def test_all_words_must_be_there_in_one_text_or_another(self) -> None:
        texts = ["Ada balap liar", "di depan pasar"]
        self.assertTrue(match(texts, ["balap", "pasar"]))
        self.assertEqual(match(texts, ["balap", "terminal"]), [])

    def test_the_excerpt_is_of_the_text_that_has_most(self) -> None:
        pieces = match(["pasar", "balap di pasar", "balap"], ["balap", "pasar"])
        self.assertEqual("".join(piece.text for piece in pieces), "balap di pasar")


class ExcerptTests(SimpleTestCase):
    def test_every_word_is_marked_as_it_is_written(self) -> None:
        self.assertEqual(marked("Balap LIAR, balap!", "balap", "liar"), "[Balap] [LIAR], [balap]!")

    def test_accents_and_figures_before_it_do_not_move_the_mark(self) -> None:
        self.assertEqual(marked("😀 ﬁ é café x", "cafe"), "😀 ﬁ é [café] x")

    def test_what_overlaps_is_one_mark(self) -> None:
        self.assertEqual(marked("pasarbunder", "pasar", "sarbun"), "[pasarbun]der")

    def test_a_long_text_is_cut_around_the_first_word(self) -> None:
        text = "awal " * 60 + "balap" + " akhir" * 60
        shown = marked(text, "balap")
        self.assertRegex(shown, r"^…awal .*\[balap\] akhir.*akhir…$")
        self.assertLess(len(shown), 220)

    def test_a_text_without_a_blank_is_cut_all_the_same(self) -> None:
        shown = marked("x" * 400 + "balap" + "y" * 400, "balap")
        self.assertIn("[balap]", shown)
        self.assertLess(len(shown), 220)

    def test_nothing_is_lost_of_a_short_text(self) -> None:
        self.assertEqual(marked("Ada balap liar"), "Ada balap liar")
