"""A server that is frozen keeps its connections and answers nothing: the worst way of being away."""

import time
from collections.abc import Iterator

import pytest

from tests import samples
from tests.journeys.storm import CITIZENS, NUMBER, Storm, storm
from tests.samples import MESSAGES
from tests.servers import Postgres, Redis, wait_until

pytestmark = pytest.mark.processes

TWILIO_WAITS = 15.0


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Postgres, Redis]]:
    with Postgres() as postgres, Redis() as redis:
        yield postgres, redis


@pytest.fixture(scope="module")
def going(servers: tuple[Postgres, Redis]) -> Iterator[Storm]:
    with storm(*servers) as running:
        yield running


def post_some(going: Storm, count: int) -> list[float]:
    """Post one after the other; how long each took."""
    took = []
    for n in range(count):
        params = samples.text("Ada yang aneh", by=CITIZENS[n], To=f"whatsapp:{NUMBER}")
        going.sids.append(params["MessageSid"])
        began = time.monotonic()
        assert going.desk.post(MESSAGES, params, seconds=TWILIO_WAITS) == 200
        took.append(time.monotonic() - began)
    return took


def test_with_a_frozen_broker_nobody_waits_and_the_clock_does_the_work(
    going: Storm, servers: tuple[Postgres, Redis]
) -> None:
    _, redis = servers
    post_some(going, 2)
    redis.freeze()
    try:
        assert max(post_some(going, 5)) < 2
        wait_until(lambda: going.figures()["inbox_unread"] == 0, 60, what="the clock reads")
    finally:
        redis.thaw()
    assert set(going.stored_sids()) == set(going.sids)


def test_with_a_frozen_database_twilio_is_answered_in_time_and_nothing_is_lost(
    going: Storm, servers: tuple[Postgres, Redis]
) -> None:
    postgres, _ = servers
    post_some(going, 4)
    postgres.freeze()
    try:
        took = post_some(going, 6)
    finally:
        postgres.thaw()
    assert max(took) < TWILIO_WAITS
    going.settles()
    stored = going.stored_sids()
    assert set(stored) == set(going.sids)
    assert set(stored.values()) == {1}
