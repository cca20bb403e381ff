"""Twenty people press the same button in the same moment, each over a connection of their own: on both databases."""

import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest import mock, skipUnless

from django.db import connection, connections

from operators.models import Operator
from operators.permissions import Role
from reports import assignment
from reports.actors import Refused
from reports.models import Assignment, Event, Report
from reports.models.event import EventKind
from tests import people
from tests.reports.cases import CommittedTestCase

HOW_MANY = 20
COUNTED = "SELECT count(*) FROM reports_event WHERE kind = ?"


class AtOnceTests(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        station = people.station()
        self.samapta = people.unit(station)
        self.desk = [people.operator(station, username=f"op{n}") for n in range(HOW_MANY)]
        self.unit = [
            people.operator(station, Role.UNIT, username=f"unit{n}", unit=self.samapta)
            for n in range(HOW_MANY)
        ]
        self.report = people.report()

    def together(
        self, everybody: list[Operator], do: Callable[[Operator], object]
    ) -> tuple[list[Operator], list[Refused]]:
        """Who got through, and what the others were told."""
        won: list[Operator] = []
        refused: list[Refused] = []
        ready = threading.Barrier(len(everybody))

        def one(who: Operator) -> None:
            ready.wait(60)
            try:
                do(who)
                won.append(who)
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=(who,)) for who in everybody]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return won, refused

    def assign(self, who: Operator) -> None:
        assignment.assign(self.report, to=self.samapta, brief="Balap liar.", by=who)

    def accept(self, who: Operator) -> None:
        assignment.accept(self.made, by=who)

    def given(self) -> None:
        self.made = assignment.assign(
            self.report, to=self.samapta, brief="Balap liar.", by=self.desk[0]
        )

    @skipUnless(connection.vendor == "postgresql", "needs several writers")
    def test_of_twenty_who_hand_it_over_one_does(self) -> None:
        won, refused = self.together(self.desk, self.assign)
        self.assertEqual((len(won), len(refused)), (1, HOW_MANY - 1))
        self.assertEqual({refusal.code for refusal in refused}, {"held_by_another"})
        self.assertEqual(Report.objects.get().holder, won[0])
        self.assertEqual(Assignment.objects.get().by, won[0])

    @skipUnless(connection.vendor == "postgresql", "needs several writers")
    def test_of_twenty_who_accept_one_does_and_the_others_hear_who(self) -> None:
        self.given()
        won, refused = self.together(self.unit, self.accept)
        self.assertEqual((len(won), len(refused)), (1, HOW_MANY - 1))
        said = f"{won[0]} sudah menerima tugas ini lebih dulu."
        self.assertEqual({str(refusal) for refusal in refused}, {said})
        self.assertEqual(Assignment.objects.get().accepted_by, won[0])
        self.assertEqual(Event.objects.get(kind=EventKind.UNIT_ACCEPTED).by, won[0])

    @skipUnless(connection.vendor == "postgresql", "needs several writers")
    def test_while_the_unit_takes_its_steps_the_desk_calls_off_and_neither_waits_for_ever(
        self,
    ) -> None:
        self.given()
        steps = [assignment.accept, assignment.set_out, assignment.arrive]

        def do(who: Operator) -> None:
            if who in self.unit:
                steps[self.unit.index(who) % 3](self.made, by=who)
            else:
                assignment.call_off(self.made, reason="Bubar.", by=who)

        won, refused = self.together([*self.unit[:9], self.desk[0]], do)
        self.assertIn(self.desk[0], won)
        self.assertEqual(len(won) + len(refused), 10)
        self.assertFalse(Assignment.objects.running().exists())

    @skipUnless(connection.vendor == "sqlite", "the embedded database, as a file")
    def test_of_twenty_on_a_file_one_does(self) -> None:
        self.given()
        # The tests' database lives in memory and has one connection: its copy on disk is opened twenty times.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                connection.connection.backup(copy)
            with mock.patch.dict(connections.settings["default"], {"NAME": str(path)}):
                won, refused = self.together(self.unit, self.accept)
            self.assertEqual((len(won), len(refused)), (1, HOW_MANY - 1))
            with closing(sqlite3.connect(path)) as copy:
                ((accepted,),) = copy.execute(COUNTED, [EventKind.UNIT_ACCEPTED.value])
                ((by,),) = copy.execute("SELECT accepted_by_id FROM reports_assignment")
        self.assertEqual((accepted, by), (1, won[0].pk))
