"""What kind of message it is, and what must never be taken for a prank."""

from typing import Any

from django.test import SimpleTestCase

from reports.models.finding import Enricher
from tests.reports.enrichment.sentences import HERE, KINDS, values


class KindTests(SimpleTestCase):
    def kind(self, text: str, **known: Any) -> str:
        return str(values(text, Enricher.KIND, **known)[0]["kind"])

    def test_each_kind(self) -> None:
        for text, kind in (
            ("ada balapan liar di ring road sekarang", "laporan"),
            ("syarat bikin skck apa saja pak", "pertanyaan"),
            ("kalau kehilangan motor harus lapor ke mana ya?", "pertanyaan"),
            ("yang balapan tadi sudah bubar pak, makasih", "tindak lanjut"),
            ("laporan saya bulan lalu sampai mana ya pak", "tindak lanjut"),
            ("pak boleh kenalan gak wkwk", "iseng"),
            ("asu goblok", "iseng"),
            ("tes", "iseng"),
            ("suami saya selingkuh, saya bingung pak", "curhat"),
            ("saya sudah tidak kuat lagi hidup", "curhat"),
            ("teman saya mau bunuh diri", "laporan"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.kind(text), kind)

    def test_more_about_a_report_that_is_there_follows_it(self) -> None:
        text = "masih banyak motor di depan masjid"
        self.assertEqual(self.kind(text, is_follow_up=True), "tindak lanjut")

    def test_each_kind_in_many_wordings(self) -> None:
        for line in (HERE / "kinds.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                letter, text = line.split("|", 1)
                with self.subTest(text=text):
                    self.assertEqual(self.kind(text), KINDS[letter])

    def test_a_whole_new_incident_follows_nothing(self) -> None:
        text = "kecelakaan di jalan tol, mobil masuk kolong truk, sopirnya kejepit"
        self.assertEqual(self.kind(text, is_follow_up=True), "laporan")

    def test_a_threat_in_jest_is_a_prank_that_is_never_filtered(self) -> None:
        (value,) = values("ada bom di pasar haha bercanda", Enricher.KIND)
        self.assertEqual((value["kind"], value["never_filter"]), ("iseng", "threat"))

    def test_danger_is_no_prank_and_no_question(self) -> None:
        for text in ("wkwk ada orang dibacok tolong", "gimana ini pak ada kebakaran sekarang?"):
            with self.subTest(text=text):
                self.assertEqual(self.kind(text), "laporan")


class NeverFilterTests(SimpleTestCase):
    def reason(self, text: str, **known: Any) -> str | None:
        return values(text, Enricher.KIND, **known)[0]["never_filter"]

    def test_a_suicide_threat_in_the_tone_of_a_talk(self) -> None:
        self.assertEqual(self.reason("capek hidup pak, pamit ya"), "suicide")

    def test_bombs_and_kidnapping_even_in_jest(self) -> None:
        for text in ("ada bom di kantor kalian hahaha", "pak aku diculik alien wkwk"):
            with self.subTest(text=text):
                self.assertEqual(self.reason(text), "threat")

    def test_an_angry_person_who_was_not_answered(self) -> None:
        self.assertEqual(self.reason("polisi anjing, sudah lapor tidak ditanggapi"), "unanswered")
        self.assertEqual(self.reason("goblok semua", is_follow_up=True), "unanswered")

    def test_a_greeting_after_a_report_is_no_anger(self) -> None:
        for text in ("tes", "p", "halo min ini nomernya aktif ga", "hai cantik", "makasih pak"):
            with self.subTest(text=text):
                self.assertIsNone(self.reason(text, is_follow_up=True))

    def test_a_complaint_after_a_report_is_anger_without_an_insult_too(self) -> None:
        for text in ("kok lama sekali", "percuma, tidur semua", "lelet banget"):
            with self.subTest(text=text):
                self.assertEqual(self.reason(text, is_follow_up=True), "unanswered")

    def test_an_empty_message(self) -> None:
        self.assertEqual(self.reason(""), "empty")
        self.assertEqual(self.reason("🙏"), "empty")

    def test_a_plain_prank_and_a_plain_report_have_none(self) -> None:
        for text in ("asu goblok", "knalpot brong di alun-alun"):
            with self.subTest(text=text):
                self.assertIsNone(self.reason(text))
