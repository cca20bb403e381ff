"""The feed: what open desks are told of what changed."""

import re
import threading
from unittest import mock, skipUnless

from django.db import connection, transaction
from django.utils import timezone

from operators.desk import cursor, feed, queue
from reports import claims, describing, triage
from reports.models import Change, Report
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, committed_at_once
from tests.reports.cases import CommittedTestCase


def told(response: object) -> tuple[list[str], list[str], str]:
    """The numbers of the rows to put in, of those to take out, and the new cursor."""
    text = response.text  # type: ignore[attr-defined]
    found = re.search(r'id="feed" data-cursor="([^"]*)"', text)
    assert found
    return re.findall('data-key="([^"]+)"', text), re.findall('data-gone="([^"]+)"', text), found[1]


class FeedTestCase(DeskTestCase):
    """As if whatever a test does were committed at once: PostgreSQL's feed waits for transactions to be over."""

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(committed_at_once())


class CursorTests(FeedTestCase):
    def test_nothing_new_is_no_content(self) -> None:
        self.arrive()
        answer = self.feed(self.cursor())
        self.assertEqual((answer.status_code, answer.content), (204, b""))

    def test_what_changed_is_told_once(self) -> None:
        before = self.cursor()
        report = self.arrive()
        shown, gone, after = told(self.feed(before))
        self.assertEqual((shown, gone), ([report.number], []))
        self.assertEqual(self.feed(after).status_code, 204)

    def test_a_desk_that_was_away_catches_up(self) -> None:
        before = self.cursor()
        first, second, third = self.arrive(), self.arrive(), self.arrive()
        claims.claim(first, by=self.bambang)
        triage.close(second, Outcome.SILENT, "Tanpa isi.", by=self.bambang)
        shown, gone, _ = told(self.feed(before))
        self.assertCountEqual(shown, [first.number, third.number])
        self.assertEqual(gone, [second.number])

    def test_from_the_beginning_everything_is_told(self) -> None:
        report = self.arrive()
        shown, _, _ = told(self.feed("0"))
        self.assertEqual(shown, [report.number])

    def test_a_cursor_that_cannot_be_read_draws_the_page_anew(self) -> None:
        for broken in ("", "x", "1", "1-2-3", "-1", "1-x", f"0-{2**70}", "٣-١²"):
            with self.subTest(broken):
                self.assertEqual(self.feed(broken).status_code, 205)

    def test_a_cursor_of_before_what_is_remembered_draws_the_page_anew(self) -> None:
        self.arrive()
        before = self.cursor()
        Change.objects.all().delete()
        self.arrive()
        self.assertEqual(self.feed(before).status_code, 205)

    def test_too_much_at_once_draws_the_page_anew(self) -> None:
        before = self.cursor()
        with mock.patch.object(feed, "AT_ONCE", 2):
            self.arrive()
            self.arrive()
            self.arrive()
            self.assertEqual(self.feed(before).status_code, 205)

    def test_an_empty_desk_hears_of_its_first_report(self) -> None:
        self.assertEqual(self.cursor(), str(cursor.BEGINNING))
        report = self.arrive()
        self.assertEqual(told(self.feed(str(cursor.BEGINNING)))[0], [report.number])


class ViewTests(FeedTestCase):
    def test_a_claimed_report_leaves_the_new_view(self) -> None:
        report = self.arrive()
        before = self.cursor()
        claims.claim(report, by=self.bambang)
        self.assertEqual(told(self.feed(before, "new"))[:2], ([], [report.number]))
        self.assertEqual(told(self.feed(before, "station"))[:2], ([report.number], []))
        self.assertEqual(told(self.feed(before, "mine"))[:2], ([], [report.number]))

    def test_the_counts_come_along(self) -> None:
        before = self.cursor()
        self.arrive()
        page = self.feed(before).text
        self.assertIn('<li data-tab="station">1</li>', page)
        self.assertIn('<li data-tab="mine">0</li>', page)

    def test_what_narrows_the_page_narrows_the_feed(self) -> None:
        before = self.cursor()
        routine, danger = self.arrive(), self.arrive(urgency=Urgency.EMERGENCY)
        shown, gone, _ = told(self.feed(before, urgency="darurat"))
        self.assertEqual((shown, gone), ([danger.number], [routine.number]))

    def test_a_filter_that_is_wrong_narrows_nothing(self) -> None:
        before = self.cursor()
        report = self.arrive()
        self.assertEqual(told(self.feed(before, urgency="penting"))[0], [report.number])

    def test_every_view_is_left_by_what_belongs_to_it_no_longer(self) -> None:
        report = self.arrive(status=Status.WAITING, failed_at=timezone.now(), minutes_ago=90)
        claims.claim(report, by=self.rina)
        before = self.cursor()
        triage.close(report, Outcome.ANSWERED, "Dijawab.", by=self.rina)
        for view in queue.VIEWS:
            with self.subTest(view):
                self.assertEqual(told(self.feed(before, view))[:2], ([], [report.number]))

    def test_what_became_hidden_draws_the_page_anew(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        report = self.arrive()
        before = self.cursor()
        describing.categorise(report, secret, by=self.bambang)
        answer = self.feed(before)
        self.assertEqual((answer.status_code, answer.content), (205, b""))
        self.assertEqual(self.rows(), [])

    def test_another_stations_reports_are_not_told(self) -> None:
        before = self.cursor()
        self.client.force_login(people.operator(people.station("lain", "LAN"), username="dian"))
        self.arrive()
        self.assertEqual(self.feed(before).status_code, 204)

    def test_a_report_that_may_not_be_seen_is_not_even_named(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        before = self.cursor()
        hidden = self.arrive(category=secret)
        answer = self.feed(before)
        self.assertEqual(told(answer)[:2], ([], []))
        self.assertNotIn(hidden.number, answer.text)
        self.assertNotIn(str(hidden.pk), answer.text)
        self.assertIn('<li data-tab="station">0</li>', answer.text)

    def test_a_row_of_the_feed_is_the_row_of_the_page(self) -> None:
        before = self.cursor()
        self.arrive("Ada <b>keributan</b>")
        row = re.compile(r'<li class="row.*?</li>', re.S)
        (of_feed,) = row.findall(self.feed(before).text)
        (of_page,) = row.findall(self.queue().text)
        self.assertEqual(of_feed, of_page)


class HearingTests(FeedTestCase):
    def test_how_the_desk_hears_is_told_when_asked_for(self) -> None:
        before = self.cursor()
        answer = self.feed(before, hearing="1")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Lancar", answer.text)
        self.assertEqual(told(answer)[2], before)

    def test_what_is_held_up_is_counted_and_led_to(self) -> None:
        people.parked_entry()
        answer = self.feed(self.cursor(), hearing="1")
        self.assertIn("1 tertahan", answer.text)
        self.assertIn('<li data-tab="parked">1</li>', answer.text)
        self.assertIn("/desk/parked/", answer.text)


class CostTests(FeedTestCase):
    def test_silence_costs_three_queries(self) -> None:
        self.arrive()
        before = self.cursor()
        with self.assertNumQueries(3):
            self.feed(before)

    def test_thirty_changes_cost_no_more_queries_than_one(self) -> None:
        self.arrive()
        before = self.cursor()
        self.arrive()
        with self.assertNumQueries(8):
            self.feed(before)
        for _ in range(29):
            claims.claim(self.arrive(), by=self.bambang)
        self.assertEqual(Report.objects.count(), 31)
        with self.assertNumQueries(8):
            self.feed(before)

    def test_being_asked_does_not_read_the_words_of_what_left(self) -> None:
        report = people.report(samples.text())
        before = self.cursor()
        triage.close(report, Outcome.ANSWERED, "Dijawab.", by=self.rina)
        with mock.patch("reports.identity.vault.Box.open") as opened:
            self.assertEqual(told(self.feed(before))[1], [report.number])
        opened.assert_not_called()


@skipUnless(connection.vendor == "postgresql", "SQLite has one writer at a time")
class LateCommitTests(CommittedTestCase):
    def test_a_change_that_is_committed_late_is_not_skipped(self) -> None:
        station = people.station()
        self.client.force_login(people.operator(station))
        slow = people.report(samples.text())
        before = str(cursor.now(station_id=station.pk))
        written, may_commit = threading.Event(), threading.Event()

        def change_slowly() -> None:
            with transaction.atomic():
                Change.objects.create(report=slow, station=station, at=slow.received_at)
                written.set()
                may_commit.wait(10)
            connection.close()

        thread = threading.Thread(target=change_slowly)
        thread.start()
        try:
            written.wait(10)
            quick = people.report(samples.text(by=samples.JOKO))
            self.assertEqual(self.client.get("/desk/feed/", {"after": before}).status_code, 204)
        finally:
            may_commit.set()
            thread.join()
        shown, _, _ = told(self.client.get("/desk/feed/", {"after": before}))
        self.assertCountEqual(shown, [slow.number, quick.number])
