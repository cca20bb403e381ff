"""The demo's people, and what its shift does with the day that the simulator plays."""

import json
from collections import Counter
from io import StringIO
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from operators import demo, demo_shift
from operators.management.commands import seed_demo
from operators.models import Operator
from reports import reading
from reports.models import Event, Message, Note, ReplyTemplate, Report
from reports.models.message import Direction
from reports.workflow import Status
from tests import people, samples
from tests.cases import PolresTestCase

DATA = settings.BASE_DIR / "simulator" / "data"
SIMULATOR = "http://127.0.0.1:8001"


def read(name: str) -> list[dict[str, Any]]:
    return list(json.loads((DATA / f"{name}.json").read_text(encoding="utf-8")))


def play(*, follow_ups: bool = False) -> None:
    """The words of the demo day come in; of pictures and the like, that something came."""
    citizens = {one["slug"]: one for one in [*read("citizens"), *read("extras")]}
    lines = {one["id"]: one for one in read("lines")}
    for entry in read("demo_day"):
        if bool(entry.get("waits_for_desk")) != follow_ups:
            continue
        person = citizens[entry["phone"]]
        line = lines[entry.get("line", person["line"])]
        by = samples.Citizen(person["name"], person["phone"], person["user_id"])
        words = entry.get("text", "")
        if line["channel"] == "sms":
            people.message(samples.sms(words, by=by, To=line["number"]))
        elif words:
            people.message(samples.text(words, by=by, To=f"whatsapp:{line['number']}"))
        else:
            people.message(samples.place(by=by, To=f"whatsapp:{line['number']}"))


class ApprovedTests(PolresTestCase):
    def test_what_may_go_after_24_hours_is_worded_as_the_simulator_has_it(self) -> None:
        call_command("seed_reference", stdout=StringIO())
        self.assertEqual(demo.approve_templates(), 2 * len(demo.APPROVED))
        self.assertEqual(demo.approve_templates(), 0)
        bodies = {c["sid"]: next(iter(c["types"].values()))["body"] for c in read("contents")}
        for template in ReplyTemplate.objects.exclude(content_sid=""):
            numbered = template.text
            for number, variable in enumerate(template.variables, start=1):
                numbered = numbered.replace(f"{{{variable}}}", f"{{{{{number}}}}}")
            self.assertEqual(numbered, bodies[template.content_sid])


def everything() -> tuple[object, ...]:
    reports = Report.objects.order_by("pk").values_list("pk", "status", "holder", "outcome")
    return list(reports), Message.objects.count(), Event.objects.count()


@override_settings(DEMO=True)
class DemoShiftTests(PolresTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        call_command("seed_reference", stdout=StringIO())
        demo.make_accounts()
        play()

    def at(self, station: str) -> list[Report]:
        return list(Report.objects.filter(station__slug=station))

    def openings(self, station: str) -> list[str]:
        reader = Operator.objects.filter(station__slug=station, username__startswith="operator")
        found = reading.openings(self.at(station), by=reader[0])
        return [words or "" for words in found.values()]

    def test_a_stations_day_looks_like_one(self) -> None:
        self.assertEqual((len(self.at("sragen")), len(self.at("surakarta"))), (22, 14))

    def test_every_task_finds_one_report_and_no_other(self) -> None:
        stations = {person.username: person.station for person in demo.PEOPLE}
        for task in demo_shift.tasks():
            with self.subTest(task.opening):
                openings = self.openings(stations[task.by])
                self.assertEqual(sum(task.is_about(opening) for opening in openings), 1)

    def test_everything_on_the_list_is_done(self) -> None:
        self.assertEqual(demo_shift.work(), len(demo_shift.tasks()))
        replies = Message.objects.filter(direction=Direction.OUTBOUND, author__isnull=False)
        wanted = [text for task in demo_shift.tasks() for text in task.replies]
        self.assertEqual(replies.count(), len(wanted))
        outcomes = Counter(Report.objects.exclude(outcome="").values_list("outcome", flat=True))
        planned = Counter(task.outcome for task in demo_shift.tasks() if task.outcome)
        self.assertEqual(outcomes, planned)
        tasks = demo_shift.tasks()
        described = Report.objects.exclude(category=None).count()
        self.assertEqual(described, sum(bool(task.category) for task in tasks))
        placed = Report.objects.exclude(area=None).count()
        self.assertEqual(placed, sum(bool(task.area) for task in tasks))
        self.assertEqual(Note.objects.count(), sum(bool(task.remark) for task in tasks))

    def test_the_desk_shows_every_state(self) -> None:
        demo_shift.work()
        for station in ("sragen", "surakarta"):
            reports = self.at(station)
            share = {
                status: sum(report.status == status for report in reports) / len(reports)
                for status in Status
            }
            with self.subTest(station):
                self.assertTrue(0.25 < share[Status.NEW] < 0.4, share)
                self.assertTrue(0.3 < share[Status.TRIAGE] < 0.5, share)
                self.assertTrue(0.2 < share[Status.DONE] < 0.3, share)
                self.assertGreater(len({r.holder_id for r in reports if r.holder_id}), 1)
                unanswered = [r for r in reports if r.holder_id and r.answered_at is None]
                self.assertTrue(unanswered)

    def test_a_second_time_changes_nothing(self) -> None:
        demo_shift.work()
        before = everything()
        self.assertEqual(demo_shift.work(), 0)
        self.assertEqual(everything(), before)

    def test_what_somebody_else_has_taken_is_left_alone(self) -> None:
        pamapta = Operator.objects.get(username="pamapta")
        Report.objects.filter(station=pamapta.station).update(holder=pamapta)
        of_sragen = {person.username for person in demo.PEOPLE if person.station == "sragen"}
        others = [task for task in demo_shift.tasks() if task.by not in of_sragen]
        self.assertEqual(demo_shift.work(), len(others))

    def test_thanks_after_the_end_are_unread_on_a_closed_report(self) -> None:
        demo_shift.work()
        play(follow_ups=True)
        self.assertEqual(len(self.at("sragen")), 22)
        closed = Report.objects.get(status=Status.DONE, unread_count__gt=0)
        self.assertEqual(closed.outcome, "acted")


class SeedDemoTests(PolresTestCase):
    def run_with(self, *days: dict[str, int]) -> tuple[str, list[tuple[str, dict[str, object]]]]:
        """Run the command against a simulator that answers so; what it said, and what it asked for."""
        asked: list[tuple[str, dict[str, object]]] = []
        answers = iter(days)

        def simulator(path: str, **fields: object) -> dict[str, int]:
            asked.append((path, fields))
            return next(answers) if path == "/demo-day" else {}

        said = StringIO()
        changed = {"DEMO": True, "SIMULATOR_URL": SIMULATOR, "TWILIO_API_URL": SIMULATOR}
        with (
            override_settings(**changed),
            mock.patch.object(seed_demo, "_simulator", simulator),
            mock.patch.object(demo_shift, "work", return_value=0) as work,
        ):
            call_command("seed_demo", stdout=said)
        self.worked = work.called
        return said.getvalue(), [one for one in asked if one[0] != "/switches/"]

    @override_settings(DEMO=False)
    def test_it_makes_no_accounts_outside_a_demo(self) -> None:
        with self.assertRaises(CommandError):
            call_command("seed_demo")
        self.assertFalse(Operator.objects.exists())

    @override_settings(DEMO=True, SIMULATOR_URL="", TWILIO_API_URL="https://twilio.example")
    def test_without_a_simulator_it_makes_the_accounts_alone(self) -> None:
        call_command("seed_reference", stdout=StringIO())
        call_command("seed_demo", stdout=StringIO())
        usernames = set(Operator.objects.values_list("username", flat=True))
        self.assertEqual(usernames, set(demo.LOGINS))
        self.assertEqual(demo.make_accounts(), 0)

    def test_the_shift_works_before_citizens_answer_it(self) -> None:
        call_command("seed_reference", stdout=StringIO())
        first = {"messages": 5, "accepted": 3, "accepted_in_all": 3}
        second = {"messages": 5, "accepted": 2, "accepted_in_all": 5}
        said, asked = self.run_with(first, second)
        reach = f"/phones/{seed_demo.OUT_OF_REACH}/reach"
        self.assertEqual(
            asked,
            [
                ("/demo-day", {"hold_back": True}),
                (reach, {"unreachable": True}),
                (reach, {"unreachable": False}),
                ("/demo-day", {}),
            ],
        )
        self.assertTrue(self.worked)
        self.assertIn("messages of the demo day: 5", said)

    def test_a_day_that_is_over_is_left_as_it_is(self) -> None:
        call_command("seed_reference", stdout=StringIO())
        over = {"messages": 5, "accepted": 0, "accepted_in_all": 5}
        said, asked = self.run_with(over)
        self.assertEqual(len(asked), 1)
        self.assertFalse(self.worked)
        self.assertIn("messages of the demo day: 0", said)
