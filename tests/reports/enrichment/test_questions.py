"""The canned answer that fits a question."""

from django.test import SimpleTestCase

from reports.enrichment import questions
from reports.models.finding import Enricher
from reports.reference.creation import read as seeded
from tests.reports.enrichment.sentences import values


class AnswerTests(SimpleTestCase):
    def key(self, text: str) -> str | None:
        return values(text, Enricher.KIND)[0]["template_key"]

    def test_the_right_answer_for_each_question(self) -> None:
        for text, key in (
            ("syarat bikin skck apa saja pak", "skck"),
            ("perpanjang skck bawa apa saja", "skck_perpanjang"),
            ("jadwal sim keliling hari ini", "sim"),
            ("sim c saya mau perpanjang, biaya berapa", "sim_perpanjang"),
            ("umur berapa boleh bikin sim c", "sim_baru"),
            ("pajak motor lima tahunan syaratnya apa", "samsat"),
            ("cara cek kena etle bagaimana", "tilang"),
            ("bayar denda tilang di mana pak", "tilang_bayar"),
            ("kapan pendaftaran bintara polri dibuka", "penerimaan"),
            ("ktp hilang mau bikin surat kehilangan", "surat_kehilangan"),
            ("izin keramaian untuk orkes dangdut bagaimana", "izin_keramaian"),
            ("laporan saya bulan lalu sampai mana pak", "sp2hp"),
            ("nomor telepon polsek gondang berapa", "jam_layanan"),
            ("pak apa benar ada penculik anak, di grup wa rame", "klarifikasi"),
            ("cara minta pengawalan rombongan ziarah", "pengawalan"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.key(text), key)

    def test_a_report_and_a_prank_have_none(self) -> None:
        for text in ("ada tawuran di jembatan", "hai cantik wkwk", ""):
            with self.subTest(text=text):
                self.assertIsNone(self.key(text))

    def test_every_answer_is_among_the_seeded_ones(self) -> None:
        known = {row["key"] for row in seeded("canned.json")}
        nearer = {key for choices in questions.NEARER.values() for key, _phrases in choices}
        self.assertLessEqual({*questions.ANSWERS.values(), *nearer, questions.WITHOUT_ONE}, known)
