"""The bell cannot hurt whoever rings it: it returns at once, whatever the broker does."""

import threading
import time
from datetime import timedelta
from typing import Any
from unittest import mock

from celery import current_app
from django.db import transaction
from django.test import SimpleTestCase, TransactionTestCase, override_settings

from reports import bell

QUICK = override_settings(BELL_PAUSE=timedelta(milliseconds=1))


class Broker:
    """Stands where Celery sends; `sent` grows, `failing` raises, `frozen` holds until it is set."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []
        self.failing: Exception | None = None
        self.frozen = threading.Event()
        self.frozen.set()
        self.options: dict[str, Any] = {}

    def send_task(self, task: str, args: tuple[Any, ...], **options: Any) -> None:
        self.frozen.wait(20)
        self.options = options
        if self.failing:
            raise self.failing
        self.sent.append((task, *args))

    def wait_for(self, count: int) -> None:
        ends_at = time.monotonic() + 10
        while len(self.sent) < count and time.monotonic() < ends_at:
            time.sleep(0.005)


@QUICK
class BellTests(SimpleTestCase):
    def setUp(self) -> None:
        self.broker = Broker()
        patched = mock.patch.object(current_app, "send_task", self.broker.send_task)
        patched.start()
        self.addCleanup(patched.stop)
        self.bell = bell._Bell()
        self.addCleanup(self.fall_silent)

    def fall_silent(self) -> None:
        """What still waits goes to this test's broker, not to the next one's."""
        self.bell._rings.clear()
        self.broker.frozen.set()
        time.sleep(0.05)

    def test_a_ring_reaches_the_workers(self) -> None:
        self.bell.ring("reports.deliver", "1")
        self.broker.wait_for(1)
        self.assertEqual(self.broker.sent, [("reports.deliver", "1")])

    def test_it_is_sent_without_retries_or_results(self) -> None:
        self.bell.ring("reports.deliver", "1")
        self.broker.wait_for(1)
        self.assertEqual(self.broker.options, {"retry": False, "ignore_result": True})

    def test_a_frozen_broker_holds_nobody_up(self) -> None:
        self.broker.frozen.clear()
        self.bell.ring("first")
        time.sleep(0.05)
        began = time.monotonic()
        for n in range(100):
            self.bell.ring("reports.deliver", str(n))
        self.assertLess(time.monotonic() - began, 2)
        self.assertEqual(self.broker.sent, [])

    def test_the_same_ring_while_one_waits_is_sent_once(self) -> None:
        self.broker.frozen.clear()
        self.bell.ring("first")
        time.sleep(0.05)
        for _ in range(50):
            self.bell.ring("reports.drain_inbox")
        self.broker.frozen.set()
        self.broker.wait_for(2)
        self.assertEqual(self.broker.sent, [("first",), ("reports.drain_inbox",)])

    def test_different_rings_are_all_sent_in_order(self) -> None:
        for n in range(5):
            self.bell.ring("reports.deliver", str(n))
        self.broker.wait_for(5)
        self.assertEqual(self.broker.sent, [("reports.deliver", str(n)) for n in range(5)])

    def test_a_dead_broker_is_noted_and_the_next_ring_goes(self) -> None:
        self.broker.failing = ConnectionError("redis://user:secret@host")
        with self.assertLogs("reports.bell", "WARNING") as logs:
            self.bell.ring("reports.deliver", "1")
            ends_at = time.monotonic() + 10
            while not logs.output and time.monotonic() < ends_at:
                time.sleep(0.005)
        self.assertIn("ConnectionError", logs.output[0])
        self.assertNotIn("secret", logs.output[0])
        self.broker.failing = None
        self.bell.ring("reports.deliver", "2")
        self.broker.wait_for(1)
        self.assertEqual(self.broker.sent, [("reports.deliver", "2")])

    def test_beyond_a_limit_rings_are_dropped_and_the_clock_finds_the_work(self) -> None:
        self.broker.frozen.clear()
        self.bell.ring("first")
        time.sleep(0.05)
        with mock.patch.object(bell, "WAITING_LIMIT", 3):
            for n in range(10):
                self.bell.ring("reports.deliver", str(n))
        self.broker.frozen.set()
        self.broker.wait_for(4)
        time.sleep(0.05)
        self.assertEqual(len(self.broker.sent), 4)


class OnCommitTests(TransactionTestCase):
    def setUp(self) -> None:
        self.rings: list[tuple[str, ...]] = []
        patched = mock.patch.object(bell, "ring", lambda *ring: self.rings.append(ring))
        patched.start()
        self.addCleanup(patched.stop)

    def test_it_is_rung_when_the_workers_can_see_what_was_written(self) -> None:
        with transaction.atomic():
            bell.ring_on_commit("reports.deliver", "1")
            self.assertEqual(self.rings, [])
        self.assertEqual(self.rings, [("reports.deliver", "1")])

    def test_it_is_not_rung_for_what_was_undone(self) -> None:
        class Undone(Exception):
            pass

        with self.assertRaises(Undone), transaction.atomic():
            bell.ring_on_commit("reports.deliver", "1")
            raise Undone
        self.assertEqual(self.rings, [])
