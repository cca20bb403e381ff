"""The list of a unit's tasks: its own and nobody else's, in the order in which they press, however long it is."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from operators.permissions import Role
from operators.unit import paging
from reports import assignment
from reports.models import Assignment, Report
from reports.workflow import Outcome, Urgency
from tests import people
from tests.operators.unit.cases import UnitTestCase, words


class ListTests(UnitTestCase):
    def numbers(self, **query: str) -> list[str]:
        context = self.list(**query).context
        return [row.number for row in (*context["running"], *context["ended"])]

    def test_the_clocks_of_the_page_have_their_words(self) -> None:
        page = self.client.get(reverse("unit:tasks"))
        for word in ("minutes", "due", "overdue"):
            self.assertContains(page, f'data-word="{word}"')

    def test_without_tasks_it_says_so_and_what_comes_next(self) -> None:
        self.assertIn("Belum ada tugas.", words(self.list()))

    def test_whoever_belongs_to_no_unit_is_told_whom_to_ask(self) -> None:
        self.send()
        self.client.force_login(people.operator(self.station, Role.UNIT, username="lepas"))
        shown = self.list()
        self.assertIn("Akun Anda belum terhubung dengan satuan.", words(shown))
        self.assertEqual(shown.context["running"], [])

    def test_a_line_says_what_where_how_urgent_and_how_far(self) -> None:
        self.travel(timezone.now())
        self.send(
            category_label="Balap liar",
            place_name="Kroyo, Karangmalang",
            urgency=Urgency.EMERGENCY,
            arrive_by=timezone.now() + timedelta(minutes=12),
        )
        shown = words(self.list())
        for said in ("Darurat", "Balap liar", "Kroyo, Karangmalang", "Terkirim, belum diterima"):
            self.assertIn(said, shown)
        self.assertIn("Batas tiba sisa 12 mnt", shown)

    def test_a_target_that_was_missed_is_said_until_the_unit_has_arrived(self) -> None:
        self.travel(timezone.now())
        task = self.send(arrive_by=timezone.now() - timedelta(minutes=3))
        self.assertIn("Batas tiba lewat 3 mnt", words(self.list()))
        assignment.arrive(task, by=self.sari)
        self.assertNotIn("Batas tiba", words(self.list()))

    def test_tasks_of_another_unit_are_not_there(self) -> None:
        mine, theirs = self.send(), self.send(to=self.lantas)
        self.assertEqual(self.numbers(), [mine.number])
        self.client.force_login(self.lukas)
        self.assertEqual(self.numbers(), [theirs.number])

    def test_a_unit_of_the_same_name_next_door_sees_nothing(self) -> None:
        self.send()
        neighbour = people.station("tetangga", "TTG")
        self.client.force_login(
            people.operator(
                neighbour, Role.UNIT, username="tetangga", unit=people.unit(neighbour, "samapta")
            )
        )
        self.assertEqual(self.numbers(), [])

    def test_the_most_pressing_comes_first_and_what_ended_last(self) -> None:
        now = self.travel(timezone.now())
        soon = self.send(urgency=Urgency.SOON, arrive_by=now + timedelta(minutes=30))
        sooner = self.send(urgency=Urgency.SOON, arrive_by=now + timedelta(minutes=10))
        routine = self.send(urgency=Urgency.ROUTINE)
        danger = self.send(urgency=Urgency.EMERGENCY)
        done = self.send(urgency=Urgency.EMERGENCY)
        assignment.finish(done, result=Outcome.ACTED, note="Sudah.", by=self.sari)
        expected = [danger, sooner, soon, routine, done]
        self.assertEqual(self.numbers(), [task.number for task in expected])

    def test_the_title_counts_what_nobody_has_accepted_and_says_nothing_of_it(self) -> None:
        self.send(category_label="Balap liar")
        task = self.send(category_label="Balap liar")
        title = "<title>(2) Tugas"
        self.assertContains(self.list(), title)
        assignment.accept(task, by=self.sari)
        self.assertContains(self.list(), "<title>(1) Tugas")
        self.assertNotIn("Balap liar", self.list().text.split("</title>")[0])

    def test_only_the_head_of_the_unit_reads_who_accepted(self) -> None:
        assignment.accept(self.send(), by=self.anton)
        self.assertNotIn("Anton Wibowo", self.list().text)
        self.client.force_login(self.head)
        self.assertIn("Anton Wibowo", words(self.list()))

    def test_of_what_was_given_back_or_called_off_only_that_is_said(self) -> None:
        told = {"category_label": "Balap liar", "place_name": "Kroyo"}
        back, off = self.send(**told), self.send(**told)
        assignment.give_back(back, reason="Bukan wilayah kami.", by=self.anton)
        assignment.call_off(off, reason="Sudah bubar.", by=self.rina)
        for viewer in (self.sari, self.head):
            self.client.force_login(viewer)
            shown = words(self.list())
            self.assertIn("Dikembalikan", shown)
            self.assertIn("Ditarik", shown)
            for gone in ("Balap liar", "Kroyo", "Anton Wibowo"):
                self.assertNotIn(gone, shown)

    def test_what_ended_long_ago_is_gone_from_the_list_and_from_its_address(self) -> None:
        task = self.send()
        assignment.finish(task, result=Outcome.NOT_FOUND, note="Kosong.", by=self.sari)
        self.travel(settings.TASK_ENDED_SHOWN - timedelta(minutes=1))
        self.client.force_login(self.sari)
        self.assertEqual(self.numbers(), [task.number])
        self.travel(timedelta(minutes=2))
        self.assertEqual(self.numbers(), [])
        self.assertEqual(self.open(task).status_code, 404)


class EndlessTests(UnitTestCase):
    """Copies of one task, which a list cannot tell from others."""

    def many(self, count: int, **columns: object) -> None:
        like = self.send()
        for step in range(count - 1):
            report = Report.objects.get(pk=like.report_id)
            report.pk, report.number = uuid4(), f"{report.number}{step}"
            report.save(force_insert=True)
            Assignment(
                report=report,
                station=like.station,
                unit=like.unit,
                by=like.by,
                sent_at=like.sent_at + timedelta(seconds=step % 7),
                urgency=1 + step % 3,
                arrive_by=like.sent_at + timedelta(minutes=step % 4) if step % 2 else None,
                brief_sealed=b"x",
            ).save(force_insert=True)

    def walk(self) -> list[str]:
        found, after = [], ""
        while True:
            context = self.client.get(reverse("unit:more"), {"after": after}).context
            found += [row.number for row in (*context["running"], *context["ended"])]
            after = context["further"]
            if not after:
                return found

    def test_every_task_is_reached_once(self) -> None:
        self.many(75)
        running = Assignment.objects.order_by("number")
        for task in running[:40]:
            Assignment.objects.filter(pk=task.pk).update(
                progress="finished", result="acted", ended_at=task.sent_at
            )
        found = self.walk()
        self.assertEqual(len(found), 75)
        self.assertEqual(len(set(found)), 75)
        first = self.client.get(reverse("unit:tasks")).context
        self.assertEqual(len(first["running"]) + len(first["ended"]), paging.PAGE)

    def test_the_number_of_queries_does_not_grow_with_the_list(self) -> None:
        assignment.accept(self.send(), by=self.anton)
        for viewer in (self.sari, self.head):
            Assignment.objects.exclude(accepted_by=self.anton).delete()
            self.client.force_login(viewer)
            self.list()
            with CaptureQueriesContext(connection) as few:
                self.list()
            self.many(40)
            with CaptureQueriesContext(connection) as many:
                self.list()
            # Session, account with its unit, running, what ended where a page has room for it; two for the state.
            self.assertEqual((len(few), len(many)), (6, 5))

    def test_a_place_that_cannot_be_read_is_the_beginning(self) -> None:
        task = self.send()
        for after in ("", "x", "r.1.-.x.y", "e.20261121.zz", "r.9.9", "é" * 50):
            with self.subTest(after=after):
                context = self.list(after=after).context
                self.assertEqual([row.number for row in context["running"]], [task.number])


class FeedTests(UnitTestCase):
    def feed(self, seen: str = "", rows: int = 1):
        return self.client.get(reverse("unit:feed"), {"seen": seen, "rows": rows})

    def test_nothing_new_is_204(self) -> None:
        self.send()
        seen = self.list().context["seen"].tag
        answer = self.feed(seen)
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        self.assertEqual(answer.headers["ETag"], f'"{seen}"')

    def test_every_change_is_told(self) -> None:
        seen = self.list().context["seen"].tag
        task = self.send()
        steps = (
            lambda: None,
            lambda: assignment.accept(task, by=self.anton),
            lambda: assignment.set_out(task, by=self.anton),
            lambda: assignment.arrive(task, by=self.anton),
            lambda: assignment.finish(task, result=Outcome.ACTED, note="Sudah.", by=self.anton),
        )
        for step in steps:
            step()
            answer = self.feed(seen)
            self.assertContains(answer, task.number)
            seen = answer.headers["ETag"].strip('"')
            self.assertEqual(self.feed(seen).status_code, 204)

    def test_what_another_unit_does_is_no_news(self) -> None:
        seen = self.list().context["seen"].tag
        task = self.send(to=self.lantas)
        assignment.accept(task, by=self.lukas)
        self.assertEqual(self.feed(seen).status_code, 204)

    def test_an_open_list_does_not_keep_a_session_awake(self) -> None:
        self.list()
        for _minutes in range(4):
            self.travel(settings.SESSION_IDLE / 3)
            answer = self.feed()
        self.assertEqual(answer.status_code, 302)

    def test_as_many_rows_come_as_were_open(self) -> None:
        self.assertEqual(self.feed(rows=10**9).status_code, 200)
        self.assertEqual(self.client.get(reverse("unit:feed"), {"rows": "x"}).status_code, 200)
