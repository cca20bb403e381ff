"""What is taken out of a reporter's words before a unit reads them, what is pointed at, and what is left alone."""

from django.test import SimpleTestCase

from reports import redaction
from reports.redaction import Kind
from reports.redaction.numbers import SPELLED
from tests.reports.redaction.corpus import (
    ADDRESSES,
    AROUND,
    CLEAN,
    DOUBTFUL,
    HOMES,
    NAMES,
    NUMBERS,
    PHONES,
)

SECRETS = tuple(sentence for sentence, *_hidden in (*NUMBERS, *ADDRESSES, *NAMES, *HOMES))


def figures(text: str) -> str:
    """All figures in a text one after the other, also those that are spelled."""
    plain = text.lower()
    for word, figure in sorted(SPELLED.items(), key=lambda pair: -len(pair[0])):
        plain = plain.replace(word, figure)
    return "".join(sign for sign in plain if sign.isdigit())


class CorpusTests(SimpleTestCase):
    def test_it_is_large_enough_to_mean_something(self) -> None:
        self.assertGreaterEqual(len(PHONES) * len(AROUND) + len(SECRETS) + len(CLEAN), 200)

    def test_no_telephone_number_is_left_however_it_is_written(self) -> None:
        for sentence in AROUND:
            left_alone = figures(sentence)
            for number in PHONES:
                with self.subTest(sentence=sentence.format(number)):
                    found = redaction.redact(sentence.format(number))
                    self.assertEqual(figures(found.text), left_alone)
                    self.assertEqual(found.text, sentence.format("[nomor telepon]"))

    def test_nothing_else_by_which_somebody_is_found_is_left(self) -> None:
        for sentence, *hidden in (*NUMBERS, *ADDRESSES, *NAMES, *HOMES):
            with self.subTest(sentence=sentence):
                found = redaction.redact(sentence)
                for words in hidden:
                    self.assertNotIn(words, found.text)
                self.assertGreater(found.removed, 0)

    def test_clean_sentences_are_not_touched_and_nobody_has_to_look_at_them(self) -> None:
        for sentence in CLEAN:
            with self.subTest(sentence=sentence):
                found = redaction.redact(sentence)
                self.assertEqual((found.text, found.removed), (sentence, 0))
                self.assertEqual(found.doubts, [])

    def test_what_is_doubtful_stays_and_is_pointed_at(self) -> None:
        for sentence, words in DOUBTFUL:
            with self.subTest(sentence=sentence):
                found = redaction.redact(sentence)
                self.assertEqual(found.text, sentence)
                self.assertEqual([doubt.words for doubt in found.doubts], [words])

    def test_what_was_redacted_is_not_redacted_again(self) -> None:
        for sentence in (*SECRETS, *CLEAN):
            with self.subTest(sentence=sentence):
                once = redaction.redact(sentence).text
                self.assertEqual(redaction.redact(once).text, once)

    def test_all_of_it_in_one_text(self) -> None:
        found = redaction.redact("\n".join(SECRETS))
        for _sentence, *hidden in (*NUMBERS, *ADDRESSES, *NAMES):
            for words in hidden:
                self.assertNotIn(words, found.text)


class PlaceTests(SimpleTestCase):
    def test_what_follows_a_name_is_left(self) -> None:
        for sentence, left in (
            ("Nama saya Budi Santoso dari Gemolong", "Nama saya [nama] dari Gemolong"),
            ("nama saya budi, mau lapor", "nama saya [nama], mau lapor"),
            ("saya bernama Dewi ingin lapor", "saya bernama [nama] ingin lapor"),
            ("nama saya dirahasiakan", "nama saya dirahasiakan"),
            ("atas nama warga mohon patroli", "atas nama warga mohon patroli"),
        ):
            with self.subTest(sentence=sentence):
                self.assertEqual(redaction.redact(sentence).text, left)

    def test_a_home_goes_to_the_end_of_its_clause(self) -> None:
        for sentence, left in (
            ("Maling! rumah saya di Jl Merpati no 5, lari", "Maling! [alamat pelapor], lari"),
            ("rumah saya di Masaran dan ribut", "[alamat pelapor] dan ribut"),
            ("rumah saya di Jl. Merpati no. 5\nTolong", "[alamat pelapor]\nTolong"),
        ):
            with self.subTest(sentence=sentence):
                self.assertEqual(redaction.redact(sentence).text, left)

    def test_the_own_name_goes_wherever_the_wall_says_that_it_stands(self) -> None:
        text = "ini dari kenari di pasar"
        found = redaction.redact(text, own_name=[(9, 15)])
        self.assertEqual(found.text, "ini dari [nama] di pasar")

    def test_pieces_that_overlap_go_as_one(self) -> None:
        found = redaction.redact("nama saya Budi Santoso", own_name=[(10, 14), (15, 22)])
        self.assertEqual((found.text, found.removed), ("nama saya [nama]", 1))

    def test_doubts_stand_where_they_are_in_the_text_that_comes_out(self) -> None:
        found = redaction.redact("hp 081234567890, depan rumah saya ribut, Pak Tarno mabuk")
        self.assertEqual(
            [found.text[doubt.start : doubt.end] for doubt in found.doubts],
            ["depan rumah saya", "Pak Tarno"],
        )
        self.assertEqual([doubt.kind for doubt in found.doubts], [Kind.SELF, Kind.PERSON])


class DoubtTests(SimpleTestCase):
    """What is about to go out is looked at again: then everything is a doubt, also what is sure."""

    def test_everything_that_gives_somebody_away_has_to_be_confirmed(self) -> None:
        found = redaction.doubts("Telp 081234567890, depan rumah saya")
        self.assertEqual([doubt.words for doubt in found], ["081234567890", "depan rumah saya"])
        self.assertEqual(len(redaction.unconfirmed(found, [])), 2)
        self.assertEqual(redaction.unconfirmed(found, ["081234567890", " Depan  rumah saya"]), [])

    def test_what_was_confirmed_holds_for_these_words_alone(self) -> None:
        found = redaction.doubts("depan rumah saya, Pak Tarno")
        (left,) = redaction.unconfirmed(found, ["Pak Tarno"])
        self.assertEqual(left.words, "depan rumah saya")

    def test_placeholders_are_no_doubts(self) -> None:
        text = redaction.redact("\n".join((*SECRETS, *(AROUND[0].format(n) for n in PHONES)))).text
        sure = [
            doubt for doubt in redaction.doubts(text) if doubt.kind not in {Kind.SELF, Kind.PERSON}
        ]
        self.assertEqual(sure, [])

    def test_a_doubt_says_why_and_hides_its_words_from_logs(self) -> None:
        (doubt,) = redaction.doubts("depan rumah saya")
        self.assertEqual(doubt.reason, "menunjukkan siapa pelapornya")
        self.assertNotIn("rumah", repr(doubt))
