"""The queue: what is on it, in which order, and at what cost."""

from datetime import timedelta
from typing import Any
from unittest import mock, skipUnless
from uuid import uuid4

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from operators.desk import paging, queue
from operators.desk.filters import Look
from reports import claims, triage
from reports.models import Report
from reports.workflow import Outcome, Status, Urgency
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
        Report.objects.filter(pk=self.his.pk).update(status=Status.WAITING)
        Report.objects.filter(pk=self.mine.pk).update(
            due_at=timezone.now(), failed_at=timezone.now()
        )
        tabs = {tab.name: tab.number for tab in self.queue("mine").context["tabs"]}
        self.assertEqual(
            tabs,
            {
                "station": 3,
                "new": 1,
                "mine": 1,
                "waiting": 1,
                "overdue": 1,
                "life_line": 0,
                "failed": 1,
            },
        )

    def test_the_waiting_view_holds_what_waits_for_the_reporter(self) -> None:
        Report.objects.filter(pk=self.mine.pk).update(status=Status.WAITING)
        self.assertEqual(self.rows("waiting"), [self.mine.number])

    def test_the_overdue_view_holds_what_has_passed_its_target(self) -> None:
        late = self.arrive(minutes_ago=61)
        self.arrive(minutes_ago=59)
        self.assertEqual(self.rows("overdue"), [late.number])

    def test_the_failed_view_holds_what_did_not_arrive_also_after_the_end(self) -> None:
        for report in (self.his, self.closed):
            Report.objects.filter(pk=report.pk).update(failed_at=timezone.now())
        self.assertCountEqual(self.rows("failed"), [self.his.number, self.closed.number])
        self.assertIn(self.closed.number, self.rows())

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

    def test_a_link_keeps_the_view_and_what_narrows_it(self) -> None:
        page = self.queue("new", urgency="biasa", channel="whatsapp")
        link = (
            f'href="{self.free.get_absolute_url()}?view=new&amp;urgency=biasa&amp;channel=whatsapp"'
        )
        self.assertIn(link, page.text)
        shown = self.open(self.free, view="new", urgency="biasa")
        self.assertIn("/claim/?view=new&amp;urgency=biasa", shown.text)
        claimed = self.client.post(f"{self.free.get_absolute_url()}claim/?view=new&urgency=biasa")
        self.assertRedirects(claimed, f"{self.free.get_absolute_url()}?view=new&urgency=biasa")


class EndlessTests(DeskTestCase):
    """Page after page by the place of the last row, until the end."""

    def pages(self, view: str = "station", **query: Any) -> list[list[str]]:
        pages, after = [], ""
        with mock.patch.object(queue, "SHOWN", 3):
            while True:
                asked = {"view": view, "from": after, **query}
                page = self.client.get(reverse("desk:rows"), asked)
                shown = page.context["rows"]
                pages.append([row.report.number for row in shown])
                self.assertEqual(page.context["more"], "data-more" in page.text)
                if not page.context["more"]:
                    return pages
                after = shown[-1].sort_key

    def fill(self) -> None:
        now = timezone.now()
        for minutes in (5, 4, 3):
            self.arrive(minutes_ago=minutes)
            self.arrive(minutes_ago=minutes, urgency=Urgency.EMERGENCY)
            self.arrive(minutes_ago=minutes, urgency=Urgency.SOON, due_at=None)
            self.arrive(minutes_ago=minutes, due_at=None)
        # The same moments, so that the last word is with the id.
        Report.objects.filter(urgency=Urgency.EMERGENCY).update(due_at=now, received_at=now)
        Report.objects.filter(urgency=Urgency.SOON).update(received_at=now)

    def test_the_pages_together_are_the_queue(self) -> None:
        self.fill()
        pages = self.pages()
        self.assertEqual([len(page) for page in pages], [3, 3, 3, 3])
        self.assertEqual([number for page in pages for number in page], self.rows())

    def test_a_page_may_end_anywhere(self) -> None:
        self.fill()
        expected = self.rows()
        for shown in self.queue().context["queue"].rows:
            with self.subTest(shown.sort_key):
                page = self.client.get(reverse("desk:rows"), {"from": shown.sort_key})
                numbers = [row.report.number for row in page.context["rows"]]
                at = expected.index(shown.report.number)
                self.assertEqual(numbers, expected[at + 1 :])

    def test_the_pages_are_narrowed_like_the_first(self) -> None:
        self.fill()
        pages = self.pages(urgency="darurat")
        self.assertEqual([len(page) for page in pages], [3])

    def test_what_left_meanwhile_takes_no_other_with_it(self) -> None:
        self.fill()
        first = self.queue().context["queue"].rows[:3]
        triage.close(first[2].report, Outcome.SILENT, "Tanpa isi.", by=self.rina)
        page = self.client.get(reverse("desk:rows"), {"from": first[2].sort_key})
        numbers = [row.report.number for row in page.context["rows"]]
        self.assertEqual([row.report.number for row in first[:2]] + numbers, self.rows())

    def test_a_place_that_cannot_be_read_is_the_top(self) -> None:
        self.fill()
        for broken in ("", "x", "1.2.3.4", "6.9999.x.y", "9" * 300):
            page = self.client.get(reverse("desk:rows"), {"from": broken})
            self.assertEqual(len(page.context["rows"]), 12)

    def test_without_a_script_a_link_leads_on(self) -> None:
        self.fill()
        with mock.patch.object(queue, "SHOWN", 3):
            page = self.queue()
            shown = page.context["queue"]
            self.assertIn(f"from={shown.last_key}", page.text)
            following = self.queue(**{"from": shown.last_key})
        self.assertNotIn(shown.rows[0].report.number, following.text)
        # With one the page draws itself anew: the feed answers no cursor with 205.
        self.assertIn('data-cursor=""', following.text)

    def test_the_end_has_no_link(self) -> None:
        self.fill()
        self.assertNotIn("from=", self.queue().text)

    def test_a_page_that_draws_itself_anew_asks_for_as_many_as_it_had(self) -> None:
        self.fill()
        for asked, shown in (("", 3), ("1", 3), ("x", 3), ("5", 5), ("99999999", 8)):
            with (
                self.subTest(asked),
                mock.patch.object(queue, "SHOWN", 3),
                mock.patch.object(queue, "MOST_SHOWN", 8),
            ):
                self.assertEqual(len(self.queue(shown=asked).context["queue"].rows), shown)


class CostTests(DeskTestCase):
    QUERIES = 9

    def test_thirty_rows_cost_no_more_queries_than_one(self) -> None:
        self.arrive()
        self.queue()
        with self.assertNumQueries(self.QUERIES):
            self.queue()
        for _ in range(29):
            claims.claim(self.arrive(), by=self.bambang)
        self.assertEqual(Report.objects.count(), 30)
        with self.assertNumQueries(self.QUERIES):
            self.assertEqual(len(self.rows()), 30)

    def test_any_depth_costs_the_same(self) -> None:
        for minutes in range(12):
            self.arrive(minutes_ago=minutes)
        keys = [row.sort_key for row in self.queue().context["queue"].rows]
        with mock.patch.object(queue, "SHOWN", 2):
            for key in (keys[0], keys[8]):
                with self.assertNumQueries(4):
                    self.client.get(reverse("desk:rows"), {"from": key})


@skipUnless(connection.vendor == "postgresql", "about PostgreSQL's plans")
class PlanTests(DeskTestCase):
    """With an archive of closed reports beside it, what the desk asks reads the index of the queue."""

    def plan(self, reports: QuerySet[Report]) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        return str(reports.explain())

    def archive(self, like: Report, number: int) -> None:
        """So many closed reports, every second one Rina's: with a handful any index would do."""
        at = like.received_at - timedelta(days=2)
        columns = {
            field.attname: getattr(like, field.attname) for field in Report._meta.concrete_fields
        } | {"status": Status.DONE, "outcome": Outcome.ANSWERED, "closed_at": at, "unread_count": 0}
        holders = (None, self.rina.pk)
        copies = [
            Report(**columns | {"id": uuid4(), "number": f"LAMA-{n}", "holder_id": holders[n % 2]})
            for n in range(number)
        ]
        # More would need more parameters than a statement may have.
        Report.objects.bulk_create(copies, batch_size=1000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reports_report")

    def test_the_queue_is_read_from_its_index(self) -> None:
        visible = Report.objects.visible_to(self.rina)
        first = self.arrive()
        self.archive(first, 2000)
        place = paging.parse(paging.key(first))
        assert place
        for view in queue.VIEWS:
            shown = queue.on_view(visible, Look(view, QueryDict()), self.rina)
            with self.subTest(view):
                self.assertIn("report_queue", self.plan(shown[:61]))
                self.assertIn("report_queue", self.plan(shown.filter(paging.after(place))[:61]))
        self.assertIn("report_queue", self.plan(visible.at_the_desk()))
