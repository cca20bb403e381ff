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
