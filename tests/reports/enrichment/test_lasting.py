"""What tells that something is over, safe, of another day or a joke: it needs more to be an emergency."""

from django.test import SimpleTestCase

from reports.enrichment import lasting
from reports.enrichment.language import normalise
from reports.enrichment.said import Said, said
from tests.reports.enrichment.sentences import meant


def heard(text: str) -> Said:
    return said(normalise(text))


class SafeTests(SimpleTestCase):
    def test_who_is_unhurt_or_with_a_doctor_is_safe(self) -> None:
        for text in (
            "dijambret, saya tidak luka",
            "dikeroyok tadi, sekarang di puskesmas",
            "hp ditarik, pelaku sudah kabur",
        ):
            with self.subTest(text=text):
                self.assertTrue(lasting.is_safe(heard(text)))

    def test_nobody_is_safe_while_another_is_not(self) -> None:
        for text in (
            "saya tidak luka tapi teman saya pingsan",
            "sekarang di puskesmas, mereka masih nunggu di luar",
            "pelaku sudah kabur, anak dibawa lari masuk mobil",
        ):
            with self.subTest(text=text):
                self.assertFalse(lasting.is_safe(heard(text)))

    def test_what_is_safe_is_for_soon(self) -> None:
        self.assertEqual(meant("saya dijambret barusan, pelaku sudah kabur").urgency, "segera")


class TimeTests(SimpleTestCase):
    def test_to_this_day_is_not_now(self) -> None:
        self.assertFalse(lasting.goes_on(heard("tahun 2023 dirampok, sampai sekarang trauma")))
        self.assertTrue(lasting.goes_on(heard("tahun 2023 dirampok, sekarang dirampok lagi")))

    def test_since_yesterday_is_not_past_and_years_ago_is(self) -> None:
        self.assertFalse(lasting.is_past(heard("dikurung dari kemarin sampai sekarang")))
        self.assertTrue(lasting.is_past(heard("tahun 2023 dirampok, sampai sekarang trauma")))

    def test_first_is_not_long_ago(self) -> None:
        self.assertFalse(lasting.is_past(heard("jalan ditutup dulu pak")))
        self.assertTrue(lasting.is_past(heard("dulu pernah ada begal di sini")))


class CalmedTests(SimpleTestCase):
    def test_a_joke_the_harmless_and_another_day_calm(self) -> None:
        for text in ("pingsan aku wkwk", "tabrakan, cuma lecet", "kemarin ada tabrakan"):
            with self.subTest(text=text):
                self.assertTrue(lasting.is_calmed(heard(text)))
        self.assertFalse(lasting.is_calmed(heard("orangnya tidak sadar")))

    def test_words_explained_otherwise_are_not_meant(self) -> None:
        text = heard("hati saya terbakar ditinggal mantan")
        self.assertEqual(lasting.meant(text, ["terbakar"]), [])
