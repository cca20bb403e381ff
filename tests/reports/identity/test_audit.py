"""The audit chain: written before what it permits, and nothing of it changes, goes, comes or moves unseen."""

import json
import tempfile
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import skipUnless

from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from reports import jobs
from reports.identity import audit, keyring
from reports.identity.audit import Verdict
from reports.identity.models import AuditEntry
from tests.cases import PolresTestCase
from tests.reports.cases import CommittedTestCase

TABLE = AuditEntry._meta.db_table


def append(times: int = 1) -> None:
    for n in range(times):
        audit.append("lookup", actor=7, station=1, report=f"r-{n}")


def by_hand(statement: str, *values: Any) -> None:
    """What somebody with the database in their hands could do."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=TABLE), values)


class ChainTestCase(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        changed = override_settings(VAR_DIR=Path(folder.name))
        changed.enable()
        self.addCleanup(changed.disable)

    def assertBroken(self, sequence: int) -> Verdict:
        verdict = audit.verify()
        self.assertEqual(verdict.broken, sequence, verdict)
        with self.assertRaisesRegex(CommandError, f"broken: entry {sequence} "):
            call_command("verify_audit", stdout=StringIO())
        return verdict


class WritingTests(ChainTestCase):
    def test_each_entry_has_the_next_number_and_what_stands_before_it(self) -> None:
        append(3)
        entries = list(AuditEntry.objects.order_by("sequence"))
        self.assertEqual([entry.sequence for entry in entries], [1, 2, 3])
        self.assertEqual(bytes(entries[0].previous), audit.BEGINNING)
        self.assertEqual(bytes(entries[2].previous), bytes(entries[1].digest))
        self.assertEqual(len(bytes(entries[0].digest)), 32)

    def test_it_refuses_a_transaction_that_could_still_be_undone(self) -> None:
        with self.assertRaises(RuntimeError), transaction.atomic():
            append()

    def test_the_program_itself_changes_and_deletes_none(self) -> None:
        append()
        entry = AuditEntry.objects.get()
        attempts = (
            entry.save,
            entry.delete,
            AuditEntry.objects.all().delete,
            lambda: AuditEntry.objects.update(kind="reveal"),
            lambda: AuditEntry.objects.bulk_update([entry], ["kind"]),
        )
        for attempt in attempts:
            with self.assertRaises(TypeError), transaction.atomic():
                attempt()
        self.assertEqual(AuditEntry.objects.get().kind, "lookup")

    def test_so_many_are_permitted_in_so_long(self) -> None:
        def permit(actor: int = 7, within: timedelta = timedelta(hours=1)) -> bool:
            return audit.permit("lookup", actor=actor, station=1, at_most=2, within=within)

        self.assertEqual([permit(), permit(), permit(), permit(actor=8)], [True, True, False, True])
        kinds = AuditEntry.objects.order_by("sequence").values_list("kind", flat=True)
        self.assertEqual(list(kinds), ["lookup", "lookup", "lookup-refused", "lookup"])
        self.assertTrue(permit(within=timedelta(0)))


class VerifyingTests(ChainTestCase):
    def test_a_chain_that_holds_is_counted(self) -> None:
        append(4)
        said = StringIO()
        call_command("verify_audit", stdout=said)
        self.assertIn("holds: 4 entries", said.getvalue())
        self.assertEqual(audit.verify(), Verdict(4))

    def test_an_empty_chain_holds(self) -> None:
        self.assertEqual(audit.verify().broken, None)

    def test_an_edit_of_any_column_is_named(self) -> None:
        append(5)
        changes: dict[str, Any] = {
            "kind": "reveal",
            "actor": 8,
            "station": 2,
            "data": json.dumps({"report": "another"}),
            "at": timezone.now() - timedelta(days=1),
            "digest": bytes(32),
        }
        for column, value in changes.items():
            with self.subTest(column), transaction.atomic():
                changed = f"{column} = %s"
                by_hand(
                    "UPDATE {table} SET CHANGED WHERE sequence = 3".replace("CHANGED", changed),
                    value,
                )
                self.assertBroken(3)
                transaction.set_rollback(True)
        self.assertIsNone(audit.verify().broken)

    def test_a_deletion_is_named(self) -> None:
        append(5)
        by_hand("DELETE FROM {table} WHERE sequence = 3")
        self.assertEqual(self.assertBroken(3).reason, "is missing")

    def test_a_deletion_with_the_rest_moved_up_is_named(self) -> None:
        append(5)
        by_hand("DELETE FROM {table} WHERE sequence = 3")
        by_hand("UPDATE {table} SET sequence = 3 WHERE sequence = 4")
        by_hand("UPDATE {table} SET sequence = 4 WHERE sequence = 5")
        self.assertBroken(3)

    def test_an_insertion_is_named(self) -> None:
        append(3)
        by_hand("UPDATE {table} SET sequence = 4 WHERE sequence = 3")
        by_hand(
            "INSERT INTO {table} SELECT 3, at, actor, station, kind, data, previous, digest "
            "FROM {table} WHERE sequence = 2"
        )
        self.assertBroken(3)

    def test_two_that_have_changed_places_are_named(self) -> None:
        append(4)
        for former, then in ((2, 99), (3, 2), (99, 3)):
            by_hand("UPDATE {table} SET sequence = %s WHERE sequence = %s", then, former)
        self.assertBroken(2)

    def test_the_beginning_cannot_be_cut_off(self) -> None:
        append(3)
        by_hand("DELETE FROM {table} WHERE sequence = 1")
        self.assertBroken(1)

    def test_an_entry_signed_with_an_earlier_key_holds(self) -> None:
        append(2)
        ring = keyring.active()
        rotated = keyring.Keyring(
            keys={**ring.keys, "audit": {**ring.keys["audit"], 2: bytes(range(32))}},
            epochs={**ring.epochs, "audit": 2},
            is_demo=False,
        )
        original, keyring.active = keyring.active, lambda: rotated
        self.addCleanup(setattr, keyring, "active", original)
        append(1)
        self.assertIsNone(audit.verify().broken)


class AnchorTests(ChainTestCase):
    def test_the_end_cut_off_is_seen_against_the_anchor(self) -> None:
        append(5)
        jobs.tidy()
        by_hand("DELETE FROM {table} WHERE sequence > 3")
        self.assertIn("cut off", self.assertBroken(4).reason)

    def test_everything_cut_off_is_seen_too(self) -> None:
        append(2)
        self.assertIsNone(audit.verify().broken)
        by_hand("DELETE FROM {table}")
        self.assertBroken(1)

    def test_the_clock_does_not_cover_a_cut_up(self) -> None:
        append(5)
        jobs.tidy()
        by_hand("DELETE FROM {table} WHERE sequence > 3")
        append(1)
        with self.assertLogs("reports.identity.audit", "ERROR"):
            jobs.tidy()
        self.assertBroken(5)

    def test_a_new_end_in_place_of_the_old_one_is_seen(self) -> None:
        append(5)
        jobs.tidy()
        by_hand("DELETE FROM {table} WHERE sequence > 3")
        append(4)
        self.assertBroken(5)

    def test_without_an_anchor_verifying_says_so(self) -> None:
        append(1)
        said = StringIO()
        call_command("verify_audit", stdout=said)
        self.assertIn("no anchor was found", said.getvalue())
        said = StringIO()
        call_command("verify_audit", stdout=said)
        self.assertNotIn("anchor", said.getvalue())

    def test_an_anchor_that_does_not_read_is_an_error(self) -> None:
        append(1)
        audit.anchor_path().write_text("gone")
        with self.assertRaisesRegex(CommandError, "anchor"):
            call_command("verify_audit", stdout=StringIO())
        with self.assertLogs("reports.identity.audit", "ERROR"):
            self.assertFalse(audit.anchor())


@skipUnless(connection.vendor == "postgresql", "needs several writers")
class AtOnceTests(CommittedTestCase):
    def test_twenty_at_once_leave_no_gap_and_one_chain(self) -> None:
        gate = threading.Barrier(20)

        def write(actor: int) -> None:
            gate.wait()
            try:
                for _ in range(5):
                    audit.append("lookup", actor=actor, station=1)
            finally:
                connection.close()

        threads = [threading.Thread(target=write, args=[n]) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with tempfile.TemporaryDirectory() as folder, override_settings(VAR_DIR=Path(folder)):
            self.assertEqual(audit.verify(), Verdict(100, has_anchor=False))

    def test_twenty_at_once_get_no_more_than_they_may(self) -> None:
        gate, permitted = threading.Barrier(20), []

        def ask() -> None:
            gate.wait()
            try:
                permitted.append(
                    audit.permit("lookup", actor=7, station=1, at_most=6, within=timedelta(hours=1))
                )
            finally:
                connection.close()

        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(permitted), permitted.count(True)), (20, 6))
