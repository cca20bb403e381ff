"""Twenty people press the same button in the same moment, each over a connection of their own: on both databases."""

import sqlite3
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from unittest import mock, skipUnless

from django.db import connection, connections

from operators.models import Operator
from reports import claims
from reports.actors import Refused
from reports.claims import HeldByAnother
from reports.models import Event, Report
from reports.models.event import EventKind
from tests import people
from tests.reports.cases import CommittedTestCase


class AtOnceTests(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        station = people.station()
        self.operators = [people.operator(station, username=f"op{n}") for n in range(20)]
        self.report = people.report()

    def claim_together(self) -> tuple[list[Operator], list[Refused]]:
        """Who was told that they have it, and what the others were told."""
        won: list[Operator] = []
        refused: list[Refused] = []
        ready = threading.Barrier(len(self.operators))

        def claim(operator: Operator) -> None:
            ready.wait(60)
            try:
                claims.claim(self.report, by=operator)
                won.append(operator)
            except HeldByAnother as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=claim, args=(who,)) for who in self.operators]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return won, refused

    @skipUnless(connection.vendor == "postgresql", "needs several writers")
    def test_of_twenty_claims_one_wins(self) -> None:
        won, refused = self.claim_together()
        self.assertEqual((len(won), len(refused)), (1, 19))
        self.assertEqual({str(refusal) for refusal in refused}, {f"Laporan ini dipegang {won[0]}."})
        self.assertEqual(Report.objects.get().holder, won[0])
        self.assertEqual(Event.objects.get(kind=EventKind.CLAIMED).by, won[0])

    @skipUnless(connection.vendor == "sqlite", "the embedded database, as a file")
    def test_of_twenty_claims_on_a_file_one_wins(self) -> None:
        # The tests' database lives in memory and has one connection: its copy on disk is opened twenty times.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                connection.connection.backup(copy)
            with mock.patch.dict(connections.settings["default"], {"NAME": str(path)}):
                won, refused = self.claim_together()
            self.assertEqual((len(won), len(refused)), (1, 19))
            with closing(sqlite3.connect(path)) as copy:
                (holder,) = copy.execute("SELECT holder_id FROM reports_report").fetchone()
                (claimed,) = copy.execute(
                    "SELECT count(*) FROM reports_event WHERE kind = 'claimed'"
                ).fetchone()
        self.assertEqual((holder, claimed), (won[0].pk, 1))
        self.assertIsNone(Report.objects.get().holder, "the copy was claimed, not the original")
