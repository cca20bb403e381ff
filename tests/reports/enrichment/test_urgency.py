"""Words of danger: found in every form they are written in, and not inside other words."""

from django.test import SimpleTestCase

from reports.enrichment.reading import Words, read
from reports.enrichment.urgency import sounds_dangerous
from tests.reports.enrichment.sentences import AT, meant, surroundings


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

    def test_a_turn_of_speech_is_no_danger(self) -> None:
        for words in ("mati lampu pak", "bom waktu", "warga kebakaran jenggot", "mati gaya"):
            with self.subTest(words=words):
                self.assertFalse(sounds_dangerous(words))


class UrgencyTests(SimpleTestCase):
    def assert_read(self, urgency: str, *texts: str) -> None:
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual(meant(text).urgency, urgency)

    def test_danger_that_goes_on_is_an_emergency(self) -> None:
        self.assert_read(
            "darurat",
            "tabrakan di pungkruk, pengendara kejepit",
            "rumah tetangga kobong, ndang mrene",
            "tawuran pelajar bawa celurit di jembatan",
            "teman saya mau bunuh diri",
            "suami saya ngamuk bawa pisau",
            "ada bom di pasar",
            "anak saya diculik orang",
            "orang tergeletak tidak bergerak di rel",
            "saya dibegal barusan",
            "bapak kesetrum di sawah",
        )

    def test_a_disturbance_that_goes_on_is_for_soon(self) -> None:
        self.assert_read(
            "segera",
            "ada pesta miras di pos ronda",
            "balapan liar sekarang di ring road",
            "rumah saya kemalingan semalam",
            "minggir jalan macet total, truk mogok",
        )

    def test_patterns_services_and_what_is_long_past_are_not(self) -> None:
        self.assert_read(
            "biasa",
            "di tikungan itu sering kecelakaan, mohon dipasang lampu",
            "syarat bikin skck apa saja",
            "bulan lalu rumah saya kemalingan",
            "tiap malam minggu ada balapan di jalan lingkar",
            "hai cantik",
        )

    def test_questions_rumours_and_thanks_are_not(self) -> None:
        self.assert_read(
            "biasa",
            "kalau ada kecelakaan lapor ke mana ya pak",
            "apa benar ada penculik anak di sragen? di grup rame",
            "api sudah padam pak, terima kasih",
            "yang tawuran sudah bubar",
            "minggu depan mohon patroli supaya tidak ada tawuran",
        )

    def test_what_is_denied_does_not_count(self) -> None:
        self.assert_read("segera", "mobil saya diserempet, tidak ada yang luka cuma lecet")

    def test_suicide_and_the_dead_are_emergencies_whenever_it_was(self) -> None:
        self.assert_read(
            "darurat",
            "sejak kemarin dia bilang mau bunuh diri",
            "tadi malam ada mayat di sungai",
        )

    def test_the_reason_names_the_words(self) -> None:
        hints = read(Words("adik saya pingsan ditusuk orang", AT), surroundings())
        (hint,) = [hint for hint in hints if hint.enricher == "urgency"]
        self.assertIn("ditusuk", hint.candidates[0].reason)

    def reason(self, text: str, of: str = "urgency") -> str:
        (hint,) = [h for h in read(Words(text, AT), surroundings()) if h.enricher == of]
        return hint.candidates[0].reason if hint.candidates else ""

    def test_despair_is_told_in_words_that_people_understand(self) -> None:
        text = "selamat malam pak. rasanya lebih baik saya tidak ada saja, semua orang akan tenang"
        self.assertIn("lebih baik saya tidak ada", self.reason(text))
        self.assertIn("tidak ingin hidup lagi", self.reason(text))
        self.assertIn("tidak ingin hidup lagi", self.reason(text, "category"))

    def test_words_of_every_other_message_carry_no_urgency(self) -> None:
        self.assert_read("biasa", "itu gratis kan, soalnya ada yang nawari, katanya kenal orang")
        self.assertNotIn("kabur", self.reason("tadi ada yang jatuh tapi dibawa kabur temannya"))
        self.assertNotIn("saya,", self.reason("saya lelah, lebih baik saya tidak bangun lagi"))
