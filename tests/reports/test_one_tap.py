"""What a short message says to the question whether it is settled: certain answers only."""

from django.test import SimpleTestCase

from reports.one_tap import Answer, said

SETTLED = (
    "1", "*1*", "1.", " 1 ", "Sudah", "sdh pak", "udah min makasih", "sampun pak, matur nuwun", "wis", "Sudah beres",
    "Iya sudah selesai pak terima kasih", "SUDAH!!!", "1 terima kasih pak polisi", "aman pak", "ya", "Ya sudah",
)  # fmt: skip
NOT_YET = (
    "2", "*2*", "2️⃣", "belum", "Blm pak", "belum min", "durung", "dereng pak", "BELUM", "belum beres pak", "2 pak",
)  # fmt: skip
UNCERTAIN = (
    "", "  ", "👍", "12", "1 2", "sudah 1 jam belum ada polisi", "2 1", "Terima kasih", "di gang 2 masih ramai",
    "sudah saya kirim lokasinya tadi pak di pasar", "tidak ada polisi yang datang ke sini", "sudah atau belum?", "halo",
    "masih", "110", "1000", "tolong",
)  # fmt: skip


class SaidTests(SimpleTestCase):
    def test_settled(self) -> None:
        for text in SETTLED:
            with self.subTest(text=text):
                self.assertEqual(said(text), Answer.SETTLED)

    def test_not_yet(self) -> None:
        for text in NOT_YET:
            with self.subTest(text=text):
                self.assertEqual(said(text), Answer.NOT_YET)

    def test_what_is_not_certain_is_left_to_a_person(self) -> None:
        for text in UNCERTAIN:
            with self.subTest(text=text):
                self.assertIsNone(said(text))
