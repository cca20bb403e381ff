"""Several officers press the same button in the same moment, each over a connection of their own: on both databases."""

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from django.db import connection, connections

from operators.models import Operator
from reports import verification
from reports.actors import Refused
from reports.models import Report, Verification
from reports.models.verification import Result
from tests import checks, people
from tests.reports.cases import CommittedTestCase


class AtOnceTests(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        station = people.station()
        self.rina = people.operator(station, username="rina")
        self.officers = checks.officers(station, 5)
        self.report = people.report()

    @contextmanager
    def database(self) -> Iterator[None]:
        """One that takes several connections: the tests' own in memory has one, so its copy on disk is opened."""
        if connection.vendor != "sqlite":
            yield
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                connection.connection.backup(copy)
            with mock.patch.dict(connections.settings["default"], {"NAME": str(path)}):
                yield

    def together(
        self, people_: list[Operator], verb: Callable[[Operator], object]
    ) -> tuple[list[Operator], list[Refused], tuple[Verification, ...], Report]:
        """Who did it, what the others were told, and what the database has then."""
        done: list[Operator] = []
        refused: list[Refused] = []
        kept: list[tuple[tuple[Verification, ...], Report]] = []
        ready = threading.Barrier(len(people_))

        def press(operator: Operator) -> None:
            ready.wait(60)
            try:
                verb(operator)
                done.append(operator)
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        def look() -> None:
            kept.append((tuple(Verification.objects.all()), Report.objects.get()))
            connection.close()

        with self.database():
            threads = [threading.Thread(target=press, args=(who,)) for who in people_]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
            looking = threading.Thread(target=look)
            looking.start()
            looking.join(60)
        ((rows, report),) = kept
        return done, refused, rows, report

    def test_of_five_results_one_counts(self) -> None:
        check = checks.asked(self.report, self.officers, by=self.rina)
        results = dict(zip([one.pk for one in self.officers], Result, strict=True))

        def finish(officer: Operator) -> None:
            verification.finish(check, result=results[officer.pk], note="Sudah", by=officer)

        done, refused, (row,), report = self.together(self.officers, finish)
        self.assertEqual((len(done), len(refused)), (1, 4))
        self.assertEqual((row.done_by_id, row.result), (done[0].pk, results[done[0].pk]))
        self.assertEqual(report.status, "triage")

    def test_of_five_who_begin_one_has_begun(self) -> None:
        check = checks.asked(self.report, self.officers, by=self.rina)
        begun: dict[int, object] = {}

        def begin(officer: Operator) -> None:
            begun[officer.pk] = verification.begin(check, by=officer).begun_by_id

        done, refused, (row,), _report = self.together(self.officers, begin)
        self.assertEqual((len(done), refused), (5, []))
        self.assertEqual(set(begun.values()), {row.begun_by_id})

    def test_of_five_who_ask_one_check_runs(self) -> None:
        def ask(_officer: Operator) -> None:
            checks.asked(self.report, self.officers[:1], by=self.rina)

        done, refused, rows, report = self.together(self.officers, ask)
        self.assertEqual((len(done), len(refused), len(rows)), (1, 4, 1))
        self.assertEqual({refusal.code for refusal in refused}, {"check_runs"})
        self.assertEqual(report.status, "verifying")

    def test_a_result_and_the_calling_off_are_not_both_true(self) -> None:
        check = checks.asked(self.report, self.officers, by=self.rina)

        def press(who: Operator) -> None:
            if who == self.rina:
                verification.call_off(self.report, by=who)
            else:
                verification.finish(check, result=Result.FALSE, note="Sudah", by=who)

        done, refused, (row,), _report = self.together([self.rina, self.officers[0]], press)
        self.assertEqual((len(done), len(refused)), (1, 1))
        self.assertEqual(row.called_off_at is None, done == [self.officers[0]])
        self.assertEqual(row.done_at is None, done == [self.rina])
