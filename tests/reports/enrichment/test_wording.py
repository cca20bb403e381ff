"""Turns of phrase are heard however they are written, and not where they mean something else."""

import re
from datetime import datetime

from django.test import SimpleTestCase

from reports.enrichment import wording
from tests.reports.enrichment.telling import JAKARTA

AT = datetime(2026, 11, 3, 20, 0, tzinfo=JAKARTA)


class WordingTests(SimpleTestCase):
    def check(self, turn: re.Pattern[str], said: str, not_said: str) -> None:
        for texts, expected in ((said, True), (not_said, False)):
            for text in texts.strip().splitlines():
                with self.subTest(text.strip()):
                    self.assertEqual(bool(turn.search(text.strip())), expected)

    def test_yesterday(self) -> None:
        for text, is_earlier in {
            "kemarin sore ada tabrak lari": True,
            "motor saya hilang kmrn": True,
            "wingi ono tawuran": True,
            "balapan lagi kayak kemarin": False,
            "tempat yg kmrn itu pak": False,
            "koyo wingi pak, brisik": False,
            "dari kemarin banjir, sekarang makin tinggi": False,
            "ket wingi isih mati lampune": False,
        }.items():
            with self.subTest(text):
                self.assertEqual(wording.happened(text, AT) is not None, is_earlier)

    def test_a_habit(self) -> None:
        self.check(
            wording.HABIT,
            """tiap malam balapan
            saben bengi brisik
            sering kejadian disini""",
            """kayak biasanya, malam minggu
            koyo biasane pak""",
        )

    def test_caught(self) -> None:
        self.check(
            wording.CAUGHT,
            """maling motor kecekel
            pencuri tertangkap warga
            lagi digebuki wong akeh
            satu dimassa, satunya lari
            wis kecandak pak
            sudah babak belur dihajar
            rumahnya dikepung warga
            pelaku diamankan di balai desa""",
            """motor saya hilang
            masa polisi tidak datang""",
        )

    def test_afar(self) -> None:
        self.check(
            wording.AFAR,
            """asapnya kelihatan dari Miri
            macet dari arah mantingan
            krungu mbledos seko omah
            konvoi menuju Gemolong""",
            "kebakaran di Miri",
        )

    def test_thanks_for_what_was_done(self) -> None:
        self.check(
            wording.THANKS,
            """terima kasih pak patroli tadi sudah datang
            matur nuwun pak laporan kulo langsung ditindak
            makasih polisi cepat banget""",
            """nuwun sewu pak, wonten laka, sampun pingsan
            terima kasih sebelumnya, jalan sudah macet
            tolong segera ke sini pak, jalan sudah macet total dua arah, terima kasih""",
        )

    def test_an_hour_of_today_that_is_gone(self) -> None:
        for text, is_earlier in {
            "tadi pagi ada rombongan motor": True,
            "td siang dompet saya dicopet": True,
            "tadi sore masih hujan, sekarang banjir": False,
            "ada rombongan motor": False,
        }.items():
            with self.subTest(text):
                self.assertEqual(wording.happened(text, AT) is not None, is_earlier)

    def test_yesterday_and_over_by_now(self) -> None:
        self.assertIsNotNone(wording.happened("kmrn dipukul suami, skrg sdh aman", AT))

    def test_what_goes_on_and_what_is_told_as_new(self) -> None:
        self.check(
            wording.GOES_ON,
            """apinya nyamber warung
            tolong pak, airnya makin naik
            ambulannya kok belum datang
            balapan lagi pak
            ada yang bawa pisau di depan panggung""",
            """ada kebakaran di pasar
            motor saya dicuri""",
        )
        self.check(
            wording.AS_NEW,
            """ada kebakaran pabrik
            tolong pak wonten kecelakaan
            tetangga bakar sampah""",
            """ada yang bawa pisau
            api sudah ke rumah sebelah""",
        )

    def test_over(self) -> None:
        self.check(
            wording.OVER,
            """kebakarannya sudah padam
            sdh aman di rumah ibu
            wis bubar kabeh
            hari ini sih sepi
            damai di tempat""",
            """belum padam
            sudah dua jam macet""",
        )

    def test_hearsay(self) -> None:
        self.check(
            wording.HEARSAY,
            """bener gak pak
            rame di story
            lihat di fb""",
            """kebakaran di pasar
            katanya ada pohon melintang""",
        )

    def test_asking_what_to_do(self) -> None:
        self.check(
            wording.ASKS_HOW,
            """kalau mau lapor ke ppa gimana
            lapornya kemana ya
            syarat ngurus jasa raharja""",
            """asap apa itu
            kok macet ada apa""",
        )
