"""The queue: what is on it, in which order, and at what cost."""

from datetime import timedelta
from unittest import mock

from django.utils import timezone

from operators.desk import queue
from reports import claims, triage
from reports.models import Report
from reports.workflow import Outcome, Urgency
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words


class OrderTests(DeskTestCase):
    def test_danger_comes_first_then_whoever_has_waited_longest(self) -> None:
        late = self.arrive(minutes_ago=1)
        early = self.arrive(minutes_ago=60)
        soon = self.arrive(minutes_ago=5, urgency=Urgency.SOON)
        danger = self.arrive(minutes_ago=2, urgency=Urgency.EMERGENCY)
        answered = self.arrive(minutes_ago=90, waiting_since=None)
        expected = [danger, soon, early, late, answered]
        self.assertEqual(self.rows(), [report.number for report in expected])

    def test_a_second_message_does_not_reset_the_clock(self) -> None:
        first, second = self.arrive(minutes_ago=30), self.arrive(minutes_ago=20)
        sender = samples.Citizen("Lama", "+6281277700001")
        patient = people.report(samples.text(by=sender), at=timezone.now() - timedelta(minutes=25))
        people.report(samples.text("Halo?", by=sender))
        self.assertEqual(self.rows(), [first.number, patient.number, second.number])

    def test_the_page_can_sort_by_the_key_of_a_row(self) -> None:
        for minutes in (3, 1, 2):
            self.arrive(minutes_ago=minutes)
            self.arrive(minutes_ago=minutes, urgency=Urgency.EMERGENCY)
            self.arrive(minutes_ago=minutes, waiting_since=None)
        shown = self.queue().context["queue"].rows
        self.assertEqual(shown, sorted(shown, key=lambda row: row.sort_key))


class ViewTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.free, self.mine, self.his, self.closed = (self.arrive() for _ in range(4))
        claims.claim(self.mine, by=self.rina)
        claims.claim(self.his, by=self.bambang)
        triage.close(self.closed, Outcome.ANSWERED, "Dijawab.", by=self.rina)

    def test_the_stations_view_holds_all_that_is_open(self) -> None:
        self.assertCountEqual(self.rows(), [self.free.number, self.mine.number, self.his.number])

    def test_the_new_view_holds_what_nobody_has_claimed(self) -> None:
        self.assertEqual(self.rows("new"), [self.free.number])

    def test_my_view_holds_what_i_have_claimed(self) -> None:
        self.assertEqual(self.rows("mine"), [self.mine.number])

    def test_a_view_that_does_not_exist_is_the_stations(self) -> None:
        self.assertEqual(len(self.rows("' OR 1=1")), 3)

    def test_the_rail_counts_every_view(self) -> None:
        tabs = {tab.name: tab.number for tab in self.queue("mine").context["tabs"]}
        self.assertEqual(tabs, {"station": 3, "new": 1, "mine": 1})

    def test_what_is_closed_returns_when_its_reporter_writes_again(self) -> None:
        people.report(samples.text("Terima kasih"))
        thanked = people.report(samples.text("Halo"))
        triage.close(thanked, Outcome.ANSWERED, "Dijawab.", by=self.rina)
        self.assertNotIn(thanked.number, self.rows())
        people.report(samples.text("Terima kasih Pak"))
        self.assertIn(thanked.number, self.rows())
        self.assertIn("Selesai, ada pesan baru", words(self.queue()))

    def test_another_stations_reports_are_not_there(self) -> None:
        other = people.station("lain", "LAN")
        self.client.force_login(people.operator(other, username="dian"))
        self.assertEqual(self.rows(), [])
        self.assertIn("Antrean kosong", words(self.queue()))

    def test_long_queues_are_shown_in_parts(self) -> None:
        for asked, shown in (("", 60), ("1", 60), ("x", 60), ("120", 120), ("99999999", 480)):
            with self.subTest(asked):
                self.assertEqual(self.queue(shown=asked).context["queue"].shown, shown)

    def test_what_is_not_shown_is_counted(self) -> None:
        with mock.patch.object(queue, "SHOWN", 2):
            page = self.queue()
        self.assertEqual((len(page.context["queue"].rows), page.context["queue"].more), (2, 1))
        self.assertIn("Tampilkan 1 lagi", words(page))


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
            report.number,
            "1 j 20 mnt",
            "Kecelakaan di depan pasar",
            "dipegang Bambang Sutrisno",
            "1 pesan belum dibaca",
        ):
            self.assertIn(part, shown)

    def test_the_window_shows_only_when_little_of_it_is_left(self) -> None:
        self.arrive(minutes_ago=60)
        self.assertRegex(self.queue().text, r"data-window [^>]* hidden>")
        self.arrive(minutes_ago=60 * 20)
        self.assertRegex(self.queue().text, r'data-window title="[^"]*">')

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

    def test_a_row_keeps_its_words_out_of_what_errors_print(self) -> None:
        self.arrive("kata yang rahasia")
        self.assertNotIn("rahasia", repr(self.queue().context["queue"]))


class CostTests(DeskTestCase):
    def test_thirty_rows_cost_no_more_queries_than_one(self) -> None:
        self.arrive()
        self.queue()
        with self.assertNumQueries(10):
            self.queue()
        for _ in range(29):
            claims.claim(self.arrive(), by=self.bambang)
        self.assertEqual(Report.objects.count(), 30)
        with self.assertNumQueries(10):
            self.queue()
