"""What a row of the queue says."""

import re

from django.utils import timezone, translation

from operators.desk import row_markup, rows
from operators.models import Operator
from reports import claims
from reports.models import Area, Report
from reports.models.report import Escalation
from reports.workflow import Status, Urgency
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words


class RowTests(DeskTestCase):
    def test_it_says_everything_in_words_too(self) -> None:
        report = self.arrive(
            "Kecelakaan di depan pasar",
            minutes_ago=80,
            urgency=Urgency.EMERGENCY,
            category=people.category("laka-lantas", short_label="Laka lantas"),
        )
        claims.claim(report, by=self.bambang)
        shown = words(self.queue())
        for part in (
            "Darurat",
            "Laka lantas",
            report.number.removeprefix("CTH-"),
            "1 j 20 mnt",
            "Kecelakaan di depan pasar",
            "dipegang Bambang Sutrisno",
            "1 kabar belum dibaca",
        ):
            self.assertIn(part, shown)

    def test_the_eye_is_spared_what_all_numbers_of_a_station_begin_with(self) -> None:
        number = self.arrive().number
        self.assertIn(
            f'<span class="visually-hidden">CTH-</span>{number.removeprefix("CTH-")}</span>',
            self.queue().text,
        )

    def test_the_window_shows_only_when_little_of_it_is_left(self) -> None:
        self.arrive(minutes_ago=60)
        self.assertRegex(self.queue().text, r"data-window [^>]* hidden>")
        self.arrive(minutes_ago=60 * 20)
        self.assertRegex(self.queue().text, r'data-window title="[^"]*">')

    def row_of(self, report: Report) -> str:
        found = re.search(
            rf'<li class="row[^>]*data-key="{report.number}".*?</li>', self.queue().text, re.S
        )
        assert found
        return found[0]

    def test_the_next_target_is_a_clock(self) -> None:
        self.travel(timezone.now())
        report = self.arrive(minutes_ago=18)
        row = self.row_of(report)
        self.assertIn('data-clock="due"', row)
        self.assertIn("sisa 42 mnt", row)
        self.assertNotIn("is-overdue", row)

    def test_a_missed_target_is_said_in_words(self) -> None:
        self.travel(timezone.now())
        report = self.arrive(minutes_ago=90)
        row = self.row_of(report)
        self.assertIn("lewat 30 mnt", row)
        self.assertIn("is-overdue", row)

    def test_the_window_is_not_a_target(self) -> None:
        report = self.arrive(minutes_ago=60, waiting_since=None)
        self.assertEqual(report.due_at, report.contact.free_text_until())
        self.assertNotIn("data-due", self.row_of(report))

    def test_while_we_wait_for_the_reporter_the_clock_stands_still(self) -> None:
        report = self.arrive(minutes_ago=90, status=Status.WAITING)
        row = self.row_of(report)
        self.assertIn("dijeda", row)
        self.assertNotIn("data-due", row)

    def test_a_red_delivery_and_a_call_for_help_are_marked(self) -> None:
        report = self.arrive(failed_at=timezone.now(), escalated=Escalation.PAMAPTA)
        row = re.sub(r"<[^>]*>", "", self.row_of(report))
        self.assertIn("gagal kirim", row)
        self.assertIn("sudah dipanggil: Pamapta", row)

    def test_a_message_without_words_is_named_by_its_kind(self) -> None:
        people.report(samples.picture())
        self.assertIn("Foto", words(self.queue()))

    def test_words_that_do_not_open_are_said_to_be_unreadable(self) -> None:
        self.arrive(opening_sealed=b"\x00\x01broken")
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertIn("tidak dapat dibaca – hubungi admin", words(self.queue()))

    def test_what_a_citizen_writes_is_never_markup(self) -> None:
        self.arrive("<script>alert(1)</script><b onmouseover=x>{{ 7 }}")
        page = self.queue().text
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("<b onmouseover", page)

    def test_nothing_that_the_database_holds_is_markup(self) -> None:
        hostile = "<i a='\"'>&"
        district = Area.objects.create(
            station=self.station, code="99.01", level=Area.Level.DISTRICT, name=hostile,
            latitude=-7.4, longitude=111.0,
        )  # fmt: skip
        unit = people.unit(self.station)
        unit.name = hostile
        unit.save()
        Operator.objects.filter(pk=self.bambang.pk).update(name=hostile)
        category = people.category("jahil", short_label=hostile)
        report = self.arrive(hostile, category=category, area=district, unit=unit)
        claims.claim(report, by=self.bambang)
        row = self.row_of(report)
        self.assertNotIn("<i a", row)
        self.assertEqual(row.count("&lt;i a=&#x27;&quot;&#x27;&gt;&amp;"), 6)

    def test_it_is_drawn_in_the_language_of_who_reads(self) -> None:
        row = rows.rows([self.arrive()], self.rina)
        for language, word in (
            ("id", "belum diambil"),
            ("en", "not claimed"),
            ("id", "belum diambil"),
        ):
            with self.subTest(language), translation.override(language):
                self.assertIn(word, row_markup.draw(row, behind_view="", icons=""))

    def test_a_row_keeps_its_words_out_of_what_errors_print(self) -> None:
        self.arrive("kata yang rahasia")
        self.assertNotIn("rahasia", repr(self.queue().context["queue"]))
