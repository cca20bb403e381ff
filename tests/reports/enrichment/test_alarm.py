"""What all words together say of danger: it raises, lowers nothing, and its weights fit the lexicons."""

import json
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase

from reports.enrichment import alarm, danger, lasting
from reports.enrichment.alarm import Alarm
from reports.enrichment.language import normalise
from reports.enrichment.said import said
from reports.models.finding import Enricher
from tests.reports.enrichment.sentences import HERE, meant, share, values

CALM, ALARMED = Alarm(0.0, 0.0), Alarm(0.9, 0.0, ("gelap",))


def weights() -> Mapping[str, Mapping[str, float]]:
    found: Mapping[str, Mapping[str, float]] = json.loads(alarm.WEIGHTS.read_text(encoding="utf-8"))
    return found


class HeardTests(SimpleTestCase):
    def heard(self, text: str) -> Alarm:
        return alarm.heard(said(normalise(text)), lasting.LEXICON)

    def test_words_of_danger_weigh_more_than_words_of_every_day(self) -> None:
        grave, calm = self.heard("orangnya kegencet di bawah truk"), self.heard("besok buka jam 8")
        self.assertGreater(grave.danger, 0.8)
        self.assertLess(calm.danger, 0.2)

    def test_the_words_that_weigh_are_named(self) -> None:
        self.assertTrue(self.heard("orangnya kejepit di bawah truk").words)

    def test_despair_is_told_from_other_danger(self) -> None:
        self.assertGreater(self.heard("aku pamit, titip anak, obat sudah siap").despair, 0.5)
        self.assertLess(self.heard("rumah kebakaran, orang terjebak").despair, 0.2)

    def test_nothing_said_is_no_alarm(self) -> None:
        self.assertLess(self.heard("").danger, 0.1)


class RaisingTests(SimpleTestCase):
    def test_it_raises_what_no_word_tells(self) -> None:
        with patch.object(alarm, "heard", return_value=ALARMED):
            self.assertEqual(meant("lampu jalan padam").urgency, "darurat")

    def test_it_lowers_nothing_that_words_and_situations_tell(self) -> None:
        with patch.object(alarm, "heard", return_value=CALM):
            for text in (
                "maling dipukuli warga",
                "saya dibacok barusan",
                "teman saya mau bunuh diri",
            ):
                with self.subTest(text=text):
                    self.assertEqual(meant(text).urgency, "darurat")

    def test_a_category_alone_is_no_emergency_without_it(self) -> None:
        text = "angin puting beliung merusak atap rumah di dukuh kami"
        with patch.object(alarm, "heard", return_value=CALM):
            self.assertNotEqual(meant(text).urgency, "darurat")

    def test_a_reason_is_given_also_where_no_word_tells(self) -> None:
        with patch.object(alarm, "heard", return_value=Alarm(0.9, 0.0)):
            (value,) = values("lampu jalan padam", Enricher.URGENCY)
        self.assertEqual(value, {"urgency": "darurat"})

    def test_the_sentences_it_was_weighed_on_are_read_as_they_say(self) -> None:
        lines = (HERE / "alarm.txt").read_text(encoding="utf-8").splitlines()
        rows = [line.split("|", 2) for line in lines if not line.startswith("#")]
        read = [(urgent == "D", meant(text).urgency == "darurat") for _what, urgent, text in rows]
        self.assertGreaterEqual(share(found for is_so, found in read if is_so), 0.97)
        self.assertGreaterEqual(share(is_so for is_so, found in read if found), 0.93)


class WeightsTests(SimpleTestCase):
    def test_what_is_weighed_is_still_there(self) -> None:
        known = {alarm.CONCEPT + name for name in danger.CONCEPTS}
        known |= {alarm.LIST + name for name in lasting.LEXICON}
        for name, each in weights().items():
            marked = {sign for sign in each if sign.startswith((alarm.CONCEPT, alarm.LIST))}
            with self.subTest(name):
                self.assertEqual(marked - known, set())

    def test_numbers_and_villages_weigh_nothing(self) -> None:
        for each in weights().values():
            self.assertFalse([sign for sign in each if sign.isdigit()])
            self.assertNotIn("masaran", each)


class WeighingTests(SimpleTestCase):
    def weighed(self, text: str) -> Mapping[str, Mapping[str, float]]:
        with tempfile.TemporaryDirectory() as folder:
            sentences, found = Path(folder) / "some.txt", Path(folder) / "alarm.json"
            sentences.write_text(text, encoding="utf-8")
            with patch.object(alarm, "WEIGHTS", found):
                call_command("weigh_danger", str(sentences), stdout=StringIO())
            made: Mapping[str, Mapping[str, float]] = json.loads(found.read_text(encoding="utf-8"))
        return made

    def test_a_word_of_danger_gets_weight_and_a_rare_one_none(self) -> None:
        made = self.weighed(
            "# a remark\n"
            + "bahaya|D|orang zmelintir di sana\n" * 4
            + "krisis|D|saya zlelah sangat\n" * 4
            + "bukan|N|orang zberjalan di sana\n" * 4
            + "bukan|N|zsekali saja\n"
        )
        self.assertGreater(made["danger"]["zmelintir"], 0)
        self.assertLess(made["danger"]["zberjalan"], 0)
        self.assertGreater(made["despair"]["zlelah"], made["despair"].get("zmelintir", 0))
        self.assertNotIn("zsekali", made["danger"])

    def test_what_holds_no_labelled_sentences_is_refused(self) -> None:
        for text in ("tanpa label", "bahaya|D|saja\n"):
            with self.subTest(text), self.assertRaises(CommandError):
                self.weighed(text)
        with self.assertRaisesMessage(CommandError, "Not read"):
            call_command("weigh_danger", "/nowhere.txt", stdout=StringIO())
