"""Labelled messages are read as real ones are, and counted; nothing of it stays."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase

from reports.enrichment import evaluation
from reports.models import Category, Finding, Message, Report

LABELLED = Path(__file__).parent / "labelled.jsonl"
"""Written by somebody who had not seen a rule."""


def line(text: str, **labels: Any) -> str:
    return json.dumps({"waktu": "2026-10-03T10:00:00+07:00", "teks": text, **labels})


class ParsingTests(SimpleTestCase):
    def test_whoever_writes_again_within_a_day_follows_up(self) -> None:
        messages = evaluation.parse(
            [
                line("satu", pengirim="a"),
                line("dua", pengirim="a", waktu="2026-10-03T11:00:00+07:00"),
                line("tiga", pengirim="a", waktu="2026-10-05T11:00:00+07:00"),
                line("empat", pengirim="b", waktu="2026-10-05T11:01:00+07:00"),
            ]
        )
        self.assertEqual([m.words.is_follow_up for m in messages], [False, True, False, False])

    def test_they_are_read_in_the_order_of_time_and_empty_lines_are_none(self) -> None:
        later, earlier = line("b", waktu="2026-10-04T10:00:00+07:00"), line("a")
        messages = evaluation.parse([later, "", earlier])
        self.assertEqual([m.words.text for m in messages], ["a", "b"])

    def test_a_point_that_the_text_does_not_give_is_a_pin(self) -> None:
        (pin,) = evaluation.parse([line("di sini pak", koordinat=[-7.4, 111.0])])
        self.assertEqual(pin.words.details, {"place": {"latitude": -7.4, "longitude": 111.0}})
        (text,) = evaluation.parse([line("-7.4, 111.0", koordinat=[-7.4, 111.0])])
        self.assertEqual(text.words.details, {})

    def test_one_of_several_accepted_categories_is_right(self) -> None:
        (one,) = evaluation.parse([line("x", kategori="judi", kategori_diterima=["judi", "miras"])])
        self.assertEqual(one.categories, {"judi", "miras"})
        (one,) = evaluation.parse([line("x", kategori="judi")])
        self.assertEqual(one.categories, {"judi"})

    def test_what_is_no_labelled_message_is_named_by_its_line_and_not_by_its_words(self) -> None:
        for bad in ("rahasia", '{"teks": "rahasia"}', line("rahasia", waktu="kemarin"), "[1]"):
            with self.subTest(bad), self.assertRaises(evaluation.UnfitLine) as refused:
                evaluation.parse([line("baik"), bad])
            self.assertIn("line 2", str(refused.exception))
            self.assertNotIn("rahasia", str(refused.exception))


class EvaluateTests(TestCase):
    def run_it(self, path: Path, *options: str) -> str:
        said = StringIO()
        call_command("evaluate", str(path), *options, stdout=said)
        return said.getvalue()

    def test_it_says_each_figure_and_what_it_was_counted_of(self) -> None:
        figures = json.loads(self.run_it(LABELLED, "--json"))
        counted = figures.pop("n")
        self.assertEqual(
            set(figures),
            {
                *("kind", "category_top1", "category_top3", "kecamatan"),
                *("darurat_recall", "darurat_precision"),
                *("duplicate_recall", "duplicate_precision"),
            },
        )
        self.assertEqual(set(counted), set(figures))
        self.assertEqual(counted["kind"], 70)

    def test_messages_that_no_rule_was_written_for_are_read_well(self) -> None:
        figures = json.loads(self.run_it(LABELLED, "--json"))
        for name, least in {
            "kind": 0.85,
            "category_top1": 0.75,
            "category_top3": 0.88,
            "kecamatan": 0.85,
            "darurat_recall": 0.95,
            "darurat_precision": 0.7,
            "duplicate_recall": 0.9,
            "duplicate_precision": 0.7,
        }.items():
            with self.subTest(name):
                self.assertGreaterEqual(figures[name], least)

    def test_nothing_stays_not_even_what_it_read_against(self) -> None:
        self.run_it(LABELLED)
        for rows in (Category, Finding, Message, Report):
            self.assertFalse(rows.objects.exists())

    def test_a_file_that_is_not_there_is_said(self) -> None:
        with self.assertRaisesMessage(CommandError, "Not read: No such file or directory"):
            self.run_it(LABELLED.with_suffix(".gone"))

    def test_a_station_that_is_not_there_is_said(self) -> None:
        with self.assertRaisesMessage(CommandError, "There is no station solo"):
            self.run_it(LABELLED, "--station", "solo")
