"""While the database is away, what arrives is kept in files, and put away in order when it is back."""

import json
import os
import stat
import tempfile
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import QueryDict
from django.test import override_settings

from reports import inbox
from reports.inbox import Kept, NotKept
from reports.models import InboxEntry
from tests import samples
from tests.reports.cases import CommittedTestCase
from tests.reports.test_inbox import MESSAGE, form

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def database_away(error: Exception | None = None) -> AbstractContextManager[Any]:
    """Every statement fails as it does when the server is gone; everything above the driver is real."""
    gone = error or OperationalError("the server is gone")

    def refuse(*args: Any) -> None:
        raise gone

    return connection.execute_wrapper(refuse)


class SpoolTestCase(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(override_settings(VAR_DIR=Path(folder.name)))
        self.folder = Path(folder.name) / "spool"

    def put(self, body: str = "Tolong", *, minutes: int = 0, **changes: Any) -> Kept:
        at = NOON + timedelta(minutes=minutes)
        return inbox.put(MESSAGE, form(samples.text(body, **changes)), QueryDict(), at=at)

    def spooled(self, *bodies: str) -> list[Path]:
        """Files of these messages, a minute apart."""
        with database_away():
            for minutes, body in enumerate(bodies):
                self.assertIs(self.put(body, minutes=minutes), Kept.SPOOLED)
        return sorted(self.folder.glob("*.json"))

    def bodies(self) -> list[str]:
        entries = InboxEntry.objects.order_by("received_at")
        return [inbox.read(entry).params["Body"] for entry in entries]


class SpoolTests(SpoolTestCase):
    def test_without_database_a_message_is_kept_in_a_file(self) -> None:
        (path,) = self.spooled("Tolong")
        self.assertEqual(inbox.spooled_count(), 1)
        self.assertEqual(InboxEntry.objects.count(), 0)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_in_whatever_way_the_database_fails(self) -> None:
        for error in (OperationalError(), DatabaseError(), InterfaceError("already closed")):
            with self.subTest(error=type(error).__name__), database_away(error):
                self.assertIs(self.put(), Kept.SPOOLED)

    def test_nothing_of_it_can_be_read_in_the_file(self) -> None:
        (path,) = self.spooled("burung-kenari-7731")
        content = path.read_bytes() + path.name.encode()
        for secret in (b"kenari", b"81299900001", b"Wati"):
            self.assertNotIn(secret, content)

    def test_the_file_and_its_name_are_on_disk_before_we_say_thank_you(self) -> None:
        synced: list[str] = []

        def fsync(descriptor: int) -> None:
            path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
            synced.append(
                path.name if path.is_dir() else f"{path.suffix} {path.stat().st_size > 0}"
            )

        with mock.patch("os.fsync", fsync):
            self.spooled("Tolong")
        self.assertEqual(synced, [".new True", "spool"])

    def test_no_half_written_file_is_left_to_be_taken_for_a_whole_one(self) -> None:
        self.spooled("Tolong")
        self.assertEqual(list(self.folder.glob("*.new")), [])

    def test_when_neither_takes_it_the_provider_must_come_again(self) -> None:
        self.folder.write_text("a file where the folder should be")
        with database_away(), self.assertRaises(NotKept):
            self.put()

    def test_a_full_disk_is_not_taken_for_success(self) -> None:
        full = OSError(28, "No space left on device")
        with mock.patch("os.fsync", side_effect=full), database_away(), self.assertRaises(NotKept):
            self.put()
        self.assertEqual(inbox.spooled_count(), 0)

    def test_with_the_database_there_is_no_spool(self) -> None:
        self.put()
        self.assertEqual(inbox.spooled_count(), 0)


class PutAwayTests(SpoolTestCase):
    def test_what_was_spooled_goes_into_the_database_unchanged(self) -> None:
        self.spooled("Tolong")
        self.assertEqual(inbox.put_away_spool(), 1)
        entry = InboxEntry.objects.get()
        self.assertEqual((entry.received_at, entry.due_at, entry.kind), (NOON, NOON, MESSAGE))
        self.assertEqual(self.bodies(), ["Tolong"])
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_oldest_first(self) -> None:
        with database_away():
            self.put("kedua", minutes=5)
            self.put("pertama", minutes=-5)
            self.put("ketiga", minutes=10)
        inserted: list[str] = []
        insert = inbox._insert

        def noting(entry: inbox._Sealed) -> Kept:
            kept = insert(entry)
            inserted.append(inbox.read(InboxEntry.objects.get(pk=entry.pk)).params["Body"])
            return kept

        with mock.patch.object(inbox, "_insert", noting):
            self.assertEqual(inbox.put_away_spool(), 3)
        self.assertEqual(inserted, ["pertama", "kedua", "ketiga"])

    def test_one_that_came_again_meanwhile_is_not_doubled(self) -> None:
        with database_away():
            self.put(MessageSid="SM1")
        self.put("the same again", MessageSid="SM1")
        self.assertEqual(inbox.put_away_spool(), 1)
        self.assertEqual(self.bodies(), ["the same again"])
        self.assertEqual(inbox.spooled_count(), 0)

    def test_spooled_twice_it_is_stored_once(self) -> None:
        with database_away():
            self.put("pertama", MessageSid="SM1")
            self.put("kedua", minutes=1, MessageSid="SM1")
        inbox.put_away_spool()
        self.assertEqual((self.bodies(), inbox.spooled_count()), (["pertama"], 0))

    def test_while_the_database_is_still_away_nothing_is_lost(self) -> None:
        self.spooled("pertama", "kedua")
        with database_away():
            self.assertEqual(inbox.put_away_spool(), 0)
        self.assertEqual(inbox.spooled_count(), 2)

    def test_the_database_may_go_away_half_way(self) -> None:
        self.spooled("pertama", "kedua", "ketiga")
        insert, calls = inbox._insert, []

        def failing(entry: InboxEntry) -> Kept:
            calls.append(entry)
            if len(calls) > 1:
                raise OperationalError
            return insert(entry)

        with mock.patch.object(inbox, "_insert", failing):
            self.assertEqual(inbox.put_away_spool(), 1)
        self.assertEqual(inbox.put_away_spool(), 2)
        self.assertEqual(self.bodies(), ["pertama", "kedua", "ketiga"])

    def test_without_a_spool_there_is_nothing_to_do(self) -> None:
        self.assertEqual(inbox.put_away_spool(), 0)

    def test_half_written_files_are_left_alone(self) -> None:
        self.spooled("Tolong")
        unfinished = self.folder / "20261121T120000.000000-x.new"
        unfinished.write_text("{")
        inbox.put_away_spool()
        self.assertTrue(unfinished.exists())


class DamagedTests(SpoolTestCase):
    def damage(self, path: Path, **changes: Any) -> None:
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    def assertSetAside(self, path: Path) -> None:
        with self.assertLogs("reports.inbox", "ERROR"):
            self.assertEqual(inbox.put_away_spool(), 0)
        self.assertFalse(path.exists())
        self.assertTrue(path.with_suffix(".damaged").exists())
        self.assertEqual(InboxEntry.objects.count(), 0)

    def test_a_file_that_was_cut_short_is_set_aside_and_kept(self) -> None:
        (path,) = self.spooled("Tolong")
        path.write_text(path.read_text()[:-10])
        self.assertSetAside(path)

    def test_a_payload_that_was_changed_is_set_aside(self) -> None:
        (path,) = self.spooled("Tolong")
        self.damage(path, payload="AAAA")
        self.assertSetAside(path)

    def test_parts_of_another_form_are_set_aside(self) -> None:
        wrong = {
            "id": "x",
            "kind": "letter",
            "received_at": "yesterday",
            "payload": "é",
            "check": 1,
        }
        for name, value in wrong.items():
            with self.subTest(part=name):
                for old in self.folder.glob("*"):
                    old.unlink()
                (path,) = self.spooled("Tolong")
                self.damage(path, **{name: value})
                self.assertSetAside(path)

    def test_other_json_is_set_aside(self) -> None:
        for content in ("[]", "null", "{}", "17", ""):
            with self.subTest(content=content):
                for old in self.folder.glob("*"):
                    old.unlink()
                (path,) = self.spooled("Tolong")
                path.write_text(content)
                self.assertSetAside(path)

    def test_the_others_are_put_away_all_the_same(self) -> None:
        first, *_ = self.spooled("pertama", "kedua")
        first.write_text("{")
        with self.assertLogs("reports.inbox", "ERROR") as logs:
            self.assertEqual(inbox.put_away_spool(), 1)
        self.assertEqual(self.bodies(), ["kedua"])
        self.assertNotIn("kedua", "".join(logs.output))
