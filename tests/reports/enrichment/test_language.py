"""Spellings, slang and Javanese become the same words."""

from collections.abc import Iterable

from django.test import SimpleTestCase

from reports.enrichment.language import LONGEST, STOP, forms, normalise
from reports.enrichment.phrases import tokens
from reports.enrichment.reading import Words, read
from reports.enrichment.said import OFTEN, said
from tests.reports.enrichment.sentences import AT, surroundings


class NormaliseTests(SimpleTestCase):
    def test_each_way_of_writing_is_the_same_words(self) -> None:
        for written, words in (
            ("TOLONG pak", "tolong pak"),
            ("toloooong", "tolong"),
            ("tlg kesini skrg", "tolong ke sini sekarang"),
            ("motor2", "motor motor"),
            ("trek2an", "trek trekan"),
            ("b3gal", "begal"),
            ("wong mendem neng ngarep omah", "orang mabuk di depan rumah"),
            ("matur nuwun", "terima kasih"),
            ("yg dpn jln", "yang depan jalan"),
            ("é", "e"),
            ("jum'at", "jumat"),
            ("getihe akeh", "darah banyak"),
            ("dipun ajar", "dihajar"),
            ("di pukul di pasar", "dipukul di pasar"),
            ("kebakran", "kebakaran"),
            ("tawaran", "tawaran"),
            ("🆘", "tolong"),
            ("dijupuki wong", "diambil orang"),
            ("tulungono", "tolong"),
            ("dibalangi watu", "dilempar batu"),
            ("wit malang neng dalan", "pohon melintang di jalan"),
            ("disunat", "dipotong"),
            ("mendaki", "mendaki"),
            ("ndasmu", "makian"),
            ("stasiun balapan", "stasiun"),
        ):
            with self.subTest(written=written):
                self.assertEqual(" ".join(normalise(written)), words)

    def test_turns_of_speech_lose_their_danger(self) -> None:
        for idiom in ("mati lampu", "kebakaran jenggot", "bom waktu", "bunuh waktu", "mati gaya"):
            dangerous = {"mati", "kebakaran", "bom", "bunuh"}
            with self.subTest(idiom=idiom):
                self.assertFalse(dangerous & set(normalise(idiom)))

    def test_the_end_of_a_sentence_parts_words(self) -> None:
        self.assertEqual(normalise("satu. dua\ntiga!!"), ["satu", STOP, "dua", STOP, "tiga", STOP])

    def test_nothing_is_no_words(self) -> None:
        for empty in ("", "   ", "🙏"):
            self.assertEqual(normalise(empty), [])

    def test_figures_stay_figures(self) -> None:
        self.assertEqual(normalise("AD 1234 XX jam 10"), "ad 1234 x jam 10".split())


class FormsTests(SimpleTestCase):
    def test_a_root_is_found_behind_its_affixes(self) -> None:
        for word, root in (
            ("dipukuli", "pukul"),
            ("pemukulan", "pukul"),
            ("nyolong", "colong"),
            ("kemalingan", "maling"),
            ("pembobolan", "bobol"),
            ("apinya", "api"),
            ("motore", "motor"),
            ("menyerang", "serang"),
            ("ngancem", "ancem"),
            ("perampokan", "rampok"),
        ):
            with self.subTest(word=word):
                self.assertIn(root, forms(word))

    def test_what_befell_somebody_is_one_with_ke_and_with_ter(self) -> None:
        for spoken, written in (("ketimpa", "tertimpa"), ("ketimbun", "tertimbun")):
            with self.subTest(spoken):
                self.assertIn(written, forms(spoken))
                self.assertIn(spoken, forms(written))

    def test_short_words_are_not_made_shorter(self) -> None:
        self.assertNotIn("sim", forms("simi"))
        self.assertNotIn("sabu", forms("sabuk"))
        self.assertNotIn("berapa", forms("beberapa"))


class HostileTests(SimpleTestCase):
    """What a text costs is bounded by how much of it is read, and by how often the same word is looked at."""

    SIZE = 64 * 1024

    def texts(self) -> Iterable[str]:
        keywords = " ".join(word for each in surroundings().categories for word in each.keywords)
        for piece in (
            "a",
            "motor ",
            "tidak ada ",
            "lagi tidak bunuh ",
            "mengme",
            "2",
            "a1b2",
            "é́",
            ".a",
            keywords,
        ):
            yield (piece * (self.SIZE // len(piece) + 1))[: self.SIZE]

    def test_no_more_than_the_longest_message_is_read(self) -> None:
        for text in self.texts():
            with self.subTest(text=text[:20]):
                self.assertEqual(normalise(text), normalise(text[:LONGEST]))
                self.assertEqual(tokens(text), tokens(text[:LONGEST]))
                whole = read(Words(text, AT), surroundings())
                self.assertEqual(whole, read(Words(text[:LONGEST], AT), surroundings()))

    def test_there_are_no_more_words_than_characters_that_are_read(self) -> None:
        for text in self.texts():
            with self.subTest(text=text[:20]):
                self.assertLessEqual(len(normalise(text)), LONGEST)
                self.assertLessEqual(len(tokens(text)), LONGEST)

    def test_a_word_is_looked_at_so_often_and_no_more(self) -> None:
        for text in self.texts():
            places = said(normalise(text)).roots.values()
            with self.subTest(text=text[:20]):
                self.assertLessEqual(max(map(len, places)), OFTEN)

    def test_a_long_word_has_few_roots(self) -> None:
        for word in ("mengme" * 1000, "dikeber" * 500 + "kannya", "a" * LONGEST, "nyanyi" * 900):
            with self.subTest(word=word[:20]):
                self.assertLessEqual(len(forms(word)), 200)

    def test_what_is_beyond_the_longest_message_is_not_read(self) -> None:
        self.assertEqual(normalise("a " * LONGEST + "begal")[-1], "a")
        self.assertEqual(tokens("a " * LONGEST + "gondang")[-1].word, "a")
