"""The data files: what stands in them is what the desk, the phones and the law of short labels need."""

from django.test import SimpleTestCase

from reports.models import ReplyTemplate, Station
from reports.models.reply_template import ReplyKey, known_variables
from reports.reference.creation import read
from reports.workflow import Status, Urgency

GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
FILLED = {
    "nomor_laporan": "SRG-2611-00042",
    "polres": "Polresta Surakarta",
    "nomor_baru": "+628112957110",
    "tempat": "Kelurahan Karang Tengah",
    "sampai": "28 Februari 2027",
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
        known = {name for key in ReplyKey.values for name in known_variables(key)}
        self.assertLessEqual(set(FILLED), known)
        for text in self.texts():
            filled = text.format(**FILLED)
            self.assertLessEqual(set(filled), GSM_7)
            self.assertLessEqual(len(filled), 160)

    def test_what_answers_by_itself_names_the_report_and_what_to_do_in_danger(self) -> None:
        for words in read("replies.json").values():
            for key in (ReplyKey.ACKNOWLEDGEMENT, ReplyKey.NEW_NUMBER):
                self.assertIn("{nomor_laporan}", words[key])
                self.assertIn("alam keadaan bahaya hubungi 110", words[key])

    def test_the_new_number_is_in_the_words_about_it(self) -> None:
        for words in read("replies.json").values():
            self.assertIn("{nomor_baru}", words[ReplyKey.NEW_NUMBER])


class CannedTests(SimpleTestCase):
    def test_they_are_enough_for_a_day_and_each_has_a_name_of_its_own(self) -> None:
        rows = read("canned.json")
        self.assertGreaterEqual(len(rows), 14)
        for name in ("key", "title"):
            self.assertEqual(len({row[name] for row in rows}), len(rows))
        self.assertFalse({row["key"] for row in rows} & set(ReplyKey.values))

    def test_each_can_be_put_in_as_it_is(self) -> None:
        for row in read("canned.json"):
            with self.subTest(key=row["key"]):
                template = ReplyTemplate(station=Station(pk=1), **row)
                template.clean_fields(exclude=["station"])
                template.clean()

    def test_they_are_meant_for_what_there_is(self) -> None:
        groups = read("categories.json")
        slugs = {g["slug"] for g in groups} | {c["slug"] for g in groups for c in g["categories"]}
        for row in read("canned.json"):
            self.assertLessEqual(set(row.get("categories", [])), slugs)
            self.assertLessEqual(set(row.get("statuses", [])), set(Status.values))

    def test_they_fit_into_two_sms(self) -> None:
        for row in read("canned.json"):
            filled = row["text"].format(**FILLED)
            self.assertLessEqual(set(filled), GSM_7)
            self.assertLessEqual(len(filled), 306)


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
