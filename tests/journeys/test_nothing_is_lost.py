"""Nothing that a citizen sends is lost, nothing is answered twice, and nothing of it lies around readable."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.canaries import scan
from tests.journeys.storm import (
    CITIZEN_COUNT,
    MESSAGE_COUNT,
    Storm,
    canaries,
    in_the_background,
    storm,
    twilio_has_trouble,
)
from tests.servers import Postgres, Redis

pytestmark = pytest.mark.processes


@contextmanager
def on_postgres_and_redis() -> Iterator[Storm]:
    with Postgres() as postgres, Redis() as redis, storm(postgres, redis) as going:
        twilio_has_trouble(going.twilio)
        feeding = in_the_background(going.feed)
        time.sleep(2)
        going.desk.kill("worker")
        time.sleep(2)
        redis.stop()
        time.sleep(2)
        redis.start()
        going.desk.kill("sender")
        time.sleep(1)
        postgres.restart()
        time.sleep(1)
        postgres.stop()
        time.sleep(2)
        postgres.start()
        feeding.join()
        going.settles()
        twilio_has_trouble(going.twilio)
        going.reply_to_some()
        going.desk.kill("sender")
        going.settles()
        (going.desk.folder / "dump.sql").write_bytes(postgres.dump("storm"))
        going.places = [going.desk.folder, postgres.folder, redis.folder]
        yield going


@contextmanager
def on_sqlite_and_files() -> Iterator[Storm]:
    with storm() as going:
        twilio_has_trouble(going.twilio)
        feeding = in_the_background(going.feed)
        for name in ("worker", "sender", "clock", "worker"):
            time.sleep(2)
            going.desk.kill(name)
        feeding.join()
        going.settles()
        going.reply_to_some()
        going.settles()
        going.places = [going.desk.folder]
        yield going


@pytest.fixture(scope="module", params=[on_postgres_and_redis, on_sqlite_and_files])
def after(request: pytest.FixtureRequest) -> Iterator[Storm]:
    with request.param() as going:
        yield going


class TestAfterTheStorm:
    """What must hold, whatever the desk stands on."""

    def test_every_message_was_accepted(self, after: Storm) -> None:
        assert set(after.answers) == {200}

    def test_every_message_is_there_once(self, after: Storm) -> None:
        stored = after.stored_sids()
        assert len(after.sids) == MESSAGE_COUNT
        assert set(stored) == set(after.sids)
        assert set(stored.values()) == {1}

    def test_each_citizen_has_one_report(self, after: Storm) -> None:
        assert len(after.reports()) == CITIZEN_COUNT

    def test_no_answer_was_sent_twice(self, after: Storm) -> None:
        assert after.sent_more_than_once() == {}

    def test_every_report_was_acknowledged_and_every_reply_sent(self, after: Storm) -> None:
        assert set(after.replied) == {201}
        questions = after.questions()
        assert len(after.twilio.sent) - len(questions) == CITIZEN_COUNT + len(after.replied)

    def test_nobody_was_asked_twice_where_it_is(self, after: Storm) -> None:
        assert set(Counter(after.questions()).values()) <= {1}

    def test_nothing_is_parked_and_nothing_is_in_doubt(self, after: Storm) -> None:
        figures = after.figures()
        assert figures["inbox_parked"] == 0
        assert figures["messages_unknown"] == 0

    def test_nothing_of_anybody_lies_around_readable(self, after: Storm) -> None:
        assert [str(hit) for hit in scan(canaries(), *after.places)] == []
