"""The data files: what stands in them is what the desk, the phones and the law of short labels need."""

from django.test import SimpleTestCase

from reports.models.reply_template import VARIABLES, ReplyKey
from reports.reference.creation import read
from reports.workflow import Urgency

GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
FILLED = {
    "nomor_laporan": "SRG-2611-00042",
    "polres": "Polresta Surakarta",
    "nomor_baru": "+628112957110",
}


class RepliesTests(SimpleTestCase):
    def texts(self) -> list[str]:
        return [text for words in read("replies.json").values() for text in words.values()]

    def test_every_station_has_words_for_every_key(self) -> None:
        stations = {entry["slug"] for entry in read("stations.json")}
        replies = read("replies.json")
        self.assertEqual(set(replies), stations)
        for words in replies.values():
            self.assertEqual(set(words), set(ReplyKey.values))

    def test_they_are_written_in_the_alphabet_of_an_sms_and_fit_into_one(self) -> None:
        self.assertEqual(set(FILLED), set(VARIABLES))
        for text in self.texts():
            filled = text.format(**FILLED)
            self.assertLessEqual(set(filled), GSM_7)
            self.assertLessEqual(len(filled), 160)

    def test_they_name_the_report_and_what_to_do_in_danger(self) -> None:
        for text in self.texts():
            self.assertIn("{nomor_laporan}", text)
            self.assertIn("alam keadaan bahaya hubungi 110", text)

    def test_the_new_number_is_in_the_words_about_it(self) -> None:
        for words in read("replies.json").values():
            self.assertIn("{nomor_baru}", words[ReplyKey.NEW_NUMBER])


class CategoriesTests(SimpleTestCase):
    def leaves(self) -> dict[str, dict[str, object]]:
        groups = read("categories.json")
        self.assertEqual(len(groups), 7)
        return {row["slug"]: row for group in groups for row in group["categories"]}

    def test_there_are_49_each_with_a_label_for_rows(self) -> None:
        leaves = self.leaves()
        self.assertEqual(len(leaves), 49)
        labels = [row["short_label"] for row in leaves.values()]
        self.assertEqual(len(set(labels)), 49)
        self.assertLessEqual(max(map(len, labels)), 18)

    def test_only_complaints_about_members_are_reserved(self) -> None:
        reserved = {slug: row.get("reserved_for") for slug, row in self.leaves().items()}
        self.assertEqual(
            {slug: unit for slug, unit in reserved.items() if unit}, {"anggota-polri": "propam"}
        )

    def test_an_emergency_asks_for_an_answer_within_a_minute(self) -> None:
        for row in self.leaves().values():
            if row["urgency"] == Urgency.EMERGENCY:
                self.assertEqual(row["respond_minutes"], 1)

    def test_gambling_is_checked_by_officers_in_plain_clothes_first(self) -> None:
        leaves = self.leaves()
        self.assertTrue(leaves["judi"]["check_first"])
        self.assertNotIn("check_first", leaves["laka-lantas"])
        self.assertEqual(leaves["judi"]["complete_minutes"], 72 * 60)
