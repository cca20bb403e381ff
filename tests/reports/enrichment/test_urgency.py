"""Words of danger: found in every form they are written in, and not inside other words."""

from django.test import SimpleTestCase

from reports.enrichment.urgency import sounds_dangerous


class DangerTests(SimpleTestCase):
    def test_words_of_danger_are_heard(self) -> None:
        for words in (
            "Tolong!",
            "TULUNG pak",
            "ada yang bawa celurit",
            "dia mau bunuh diri",
            "teman saya dibacok, berdarah",
            "rumah kobong",
            "kebakaran di pasar",
            "ada kecelakaan\ndi ringroad",
            "saya dibegal",
            "bom",
            "darurat",
            "orangnya tertembak? tidak, ditusuk: tusukan dua",
            "anak saya diculik",
        ):
            with self.subTest(words=words):
                self.assertTrue(sounds_dangerous(words))

    def test_thanks_and_questions_are_not(self) -> None:
        for words in (
            "Terima kasih Pak, sudah aman",
            "Mau tanya syarat SKCK",
            "knalpot brong lagi",
            "",
            "🙏",
            "selamat pagi",
        ):
            with self.subTest(words=words):
                self.assertFalse(sounds_dangerous(words))

    def test_a_word_inside_another_word_is_not_it(self) -> None:
        for words in ("otomatisasi", "bombastis", "mengamati", "kebombongan"):
            with self.subTest(words=words):
                self.assertFalse(sounds_dangerous(words))
