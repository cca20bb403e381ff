"""Who tells of something that happens may be laid beside others; thanks, jokes, hearsay and questions of what to do not."""

from django.test import SimpleTestCase

from reports.enrichment.witness import is_no_witness
from tests.reports.enrichment.telling import one


class WitnessTests(SimpleTestCase):
    def check(self, expected: bool, text: str, *categories: str, kind: str = "laporan") -> None:
        with self.subTest(text):
            told = one(text, "20:00", *categories, kind=kind)
            self.assertEqual(is_no_witness(told), expected)

    def test_a_report_is_one_and_so_is_who_asks_what_it_is(self) -> None:
        self.check(False, "kebakaran di pasar", "kebakaran")
        self.check(False, "asap apa itu pak?", "kebakaran", kind="pertanyaan")

    def test_who_asks_what_to_do_is_none(self) -> None:
        for text in (
            "kalau habis kecelakaan mau urus jasa raharja syaratnya apa",
            "banjir lapornya ke mana pak?",
            "biaya derek kecelakaan berapa",
        ):
            self.check(True, text, "laka-lantas", kind="pertanyaan")

    def test_nor_who_has_only_heard_of_it(self) -> None:
        self.check(
            True, "katanya ada mayat, bener orang mana?", "penemuan-mayat", kind="pertanyaan"
        )
        self.check(True, "kebakaran apa ya, lihat di fb tadi?", "kebakaran", kind="pertanyaan")

    def test_nor_thanks_nor_pranks_nor_services(self) -> None:
        self.check(True, "terima kasih pak kemarin cepat ditangani", kind="tindak lanjut")
        self.check(True, "ada bom wkwk", "pengancaman", kind="iseng")
        self.check(True, "syarat skck", "skck")
