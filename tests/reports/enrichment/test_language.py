"""Spellings, slang and Javanese become the same words."""

import time

from django.test import SimpleTestCase

from reports.enrichment.language import LONGEST, STOP, forms, normalise
from reports.enrichment.reading import Words, read
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
            ("🆘", "tolong"),
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

    def test_short_words_are_not_made_shorter(self) -> None:
        self.assertNotIn("sim", forms("simi"))
        self.assertNotIn("sabu", forms("sabuk"))
        self.assertNotIn("berapa", forms("beberapa"))


class HostileTests(SimpleTestCase):
    SIZE = 64 * 1024

    def test_64_kb_of_anything_is_read_in_no_time(self) -> None:
        keywords = [word for each in surroundings().categories for word in each.keywords]
        read(Words("tes", AT), surroundings())
        for name, text in (
            ("one letter", "a" * self.SIZE),
            ("one word", "motor " * (self.SIZE // 6)),
            ("denials", "tidak ada " * (self.SIZE // 10)),
            ("prefixes", "mengme" * (self.SIZE // 6)),
            ("figures", "2" * self.SIZE),
            ("letters and figures", "a1b2" * (self.SIZE // 4)),
            ("accents", "é́" * (self.SIZE // 2)),
            ("full stops", ".a" * (self.SIZE // 2)),
            ("every keyword", " ".join(keywords)[: self.SIZE]),
        ):
            with self.subTest(name=name):
                self.assertLess(min(self.seconds(text) for _ in range(3)), 0.05)

    def test_what_is_beyond_the_longest_message_is_not_read(self) -> None:
        self.assertEqual(normalise("a " * LONGEST + "begal")[-1], "a")

    def seconds(self, text: str) -> float:
        began = time.process_time()
        read(Words(text, AT), surroundings())
        return time.process_time() - began
