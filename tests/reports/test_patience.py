"""Whoever stores for Twilio never waits long for a database that is away or hangs."""

import time
from datetime import timedelta
from typing import Any
from unittest import skipUnless

from django.db import IntegrityError, OperationalError, connection
from django.test import TestCase, override_settings

from reports import inbox, patience
from reports.inbox import Kept
from reports.models import InboxEntry
from tests.reports.cases import CommittedTestCase
from tests.reports.test_inbox import put
from tests.reports.test_inbox_spool import SpoolTestCase, database_away
from tests.samples import text


def forget_that_it_was_away() -> None:
    patience._away_until = 0.0


class PauseTests(TestCase):
    def setUp(self) -> None:
        self.enterContext(override_settings(DATABASE_PAUSE=timedelta(seconds=60)))
        self.addCleanup(forget_that_it_was_away)

    def fail_with(self, error: Exception) -> None:
        with self.assertRaises(type(error)), patience.limited():
            raise error

    def test_while_all_is_well_nobody_is_stopped(self) -> None:
        for _ in range(3):
            with patience.limited():
                self.assertEqual(InboxEntry.objects.count(), 0)

    def test_after_a_failure_nobody_asks_for_a_moment(self) -> None:
        self.fail_with(OperationalError("the server is gone"))
        with self.assertNumQueries(0), self.assertRaises(OperationalError), patience.limited():
            InboxEntry.objects.count()

    def test_then_it_is_asked_again(self) -> None:
        with override_settings(DATABASE_PAUSE=timedelta(0)):
            self.fail_with(OperationalError("the server is gone"))
        with patience.limited():
            self.assertEqual(InboxEntry.objects.count(), 0)

    def test_another_error_is_no_reason_to_pause(self) -> None:
        for error in (IntegrityError("known"), ValueError("a fault of ours")):
            self.fail_with(error)
            with patience.limited():
                self.assertEqual(InboxEntry.objects.count(), 0)


@skipUnless(connection.vendor == "sqlite", "a lock that is waited for")
class LockTests(TestCase):
    def wait(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return int(cursor.fetchone()[0])

    def test_the_lock_of_sqlite_is_waited_for_no_longer_than_that(self) -> None:
        usual = self.wait()
        with override_settings(DATABASE_PATIENCE=timedelta(seconds=3)), patience.limited():
            self.assertEqual(self.wait(), 3000)
        self.assertEqual(self.wait(), usual)
        self.assertGreater(usual, 3000)

    def test_a_failure_changes_nothing_for_others(self) -> None:
        usual = self.wait()
        with self.assertRaises(ValueError), patience.limited():
            raise ValueError("a fault of ours")
        self.assertEqual(self.wait(), usual)


class PausedInboxTests(SpoolTestCase):
    def test_meanwhile_what_arrives_is_spooled_at_once(self) -> None:
        self.addCleanup(forget_that_it_was_away)
        with override_settings(DATABASE_PAUSE=timedelta(seconds=60)):
            with database_away():
                self.put("pertama")
            with self.assertNumQueries(0):
                self.assertIs(self.put("kedua", minutes=1), Kept.SPOOLED)
        forget_that_it_was_away()
        self.assertEqual(inbox.put_away_spool(), 2)
        self.assertEqual(self.bodies(), ["pertama", "kedua"])


@skipUnless(connection.vendor == "postgresql", "needs a server that can hang")
class WatchmanTests(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(self.wake)

    def wake(self) -> None:
        """The server still sleeps for whoever was cut off."""
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'SELECT pg_sleep%' AND pid <> pg_backend_pid()"
            )

    def sleep(self, seconds: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [seconds])

    def test_a_statement_that_hangs_is_cut(self) -> None:
        began = time.monotonic()
        with (
            override_settings(DATABASE_PATIENCE=timedelta(seconds=0.5)),
            self.assertRaises(OperationalError),
            patience.limited(),
        ):
            self.sleep(30)
        self.assertLess(time.monotonic() - began, 5)

    def test_one_that_ends_in_time_is_not_and_nor_is_what_follows(self) -> None:
        with override_settings(DATABASE_PATIENCE=timedelta(seconds=1)):
            with patience.limited():
                self.sleep(0.1)
            self.sleep(2)
        self.assertTrue(connection.is_usable())

    def test_a_new_connection_works_again(self) -> None:
        with (
            override_settings(DATABASE_PATIENCE=timedelta(seconds=0.2)),
            self.assertRaises(OperationalError),
            patience.limited(),
        ):
            self.sleep(30)
        connection.close()
        self.assertIs(put(text()), Kept.STORED)


@skipUnless(connection.vendor == "postgresql", "SQLite in memory has no connection to lose")
class BrokenConnectionTests(SpoolTestCase):
    def test_a_connection_known_to_be_broken_is_replaced(self) -> None:
        connection.ensure_connection()
        raw: Any = connection.connection
        raw.close()
        self.addCleanup(connection.close)
        self.assertIs(self.put(), Kept.STORED)
        self.assertEqual(inbox.spooled_count(), 0)
