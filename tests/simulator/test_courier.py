"""The threads behind the simulator: delays, lanes, and jobs that fail."""

import threading
import time
from collections.abc import Iterator

import pytest

from simulator.courier import Courier
from simulator.posting import Overrides


@pytest.fixture
def courier() -> Iterator[Courier]:
    running = Courier()
    running.start()
    yield running
    running.stop()


def test_jobs_of_one_lane_run_one_after_the_other_in_order(courier: Courier) -> None:
    ran: list[int] = []

    def job(number: int) -> None:
        time.sleep(0.02 if number == 0 else 0)
        ran.append(number)

    jobs = [courier.submit(lambda number=number: job(number), lane="one") for number in range(10)]
    for done in jobs:
        done.result(timeout=5)
    assert ran == list(range(10))


def test_a_slow_lane_holds_up_nobody_else(courier: Courier) -> None:
    release = threading.Event()
    slow = courier.submit(lambda: assert_set(release), lane="slow")
    # Due only after the slow one has begun: somebody has to be awake for it.
    courier.submit(lambda: None, lane="other", delay=0.1).result(timeout=2)
    courier.submit(lambda: None).result(timeout=2)
    release.set()
    slow.result(timeout=5)


def test_a_failing_job_ends_neither_the_thread_nor_the_lane(courier: Courier) -> None:
    def fail() -> None:
        raise ValueError("never printed")

    failed = courier.submit(fail, lane="one")
    assert isinstance(failed.exception(timeout=5), ValueError)
    courier.submit(lambda: None, lane="one").result(timeout=5)


def test_a_delay_is_kept(courier: Courier) -> None:
    began = time.monotonic()
    courier.submit(lambda: None, delay=0.2).result(timeout=5)
    assert 0.2 <= time.monotonic() - began < 2


def test_connection_overrides_are_read_and_bounded() -> None:
    default = Overrides.from_fragment("")
    assert (default.connect, default.read, default.retries) == (5.0, 15.0, 1)
    assert default.retry_on == {"ct"}
    asked = Overrides.from_fragment("rc=9&rp=all&rt=4000&ct=1&e=singapore,ashburn")
    assert (asked.retries, asked.read, asked.connect) == (5, 4.0, 0.1)
    assert asked.retry_on == {"4xx", "5xx", "ct", "rt"}
    assert Overrides.from_fragment("rp=ct,rt").retry_on == {"ct", "rt"}


def assert_set(event: threading.Event) -> None:
    assert event.wait(5)
