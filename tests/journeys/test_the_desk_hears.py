"""A worker, sender or clock that stands still is said on an open desk within a minute, and no longer once it goes on.

Stopped, not killed: the supervisor would start another at once.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from tests import samples
from tests.journeys.installation import MARKS, Installation
from tests.journeys.storm import NUMBER, storm
from tests.samples import MESSAGES
from tests.servers import Postgres, Redis, wait_until

pytestmark = pytest.mark.processes

A_MINUTE = 60


class OpenDesk:
    """A desk that is open in somebody's browser."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.browser = installation.session_of("rina")

    def hearing(self) -> str:
        """The part of the feed about how well the desk hears."""
        for cookie in self.browser.cookies:
            # They are for https only, and there is no proxy with a certificate here.
            cookie.secure = False
        answer = self.browser.get(
            f"{self.installation.url}/desk/feed/", params={"after": "0", "hearing": "1"}, timeout=60
        )
        answer.raise_for_status()
        before, found, hearing = answer.text.partition('id="hearing"')
        assert found, "not logged in"
        return hearing

    def troubles(self) -> int:
        try:
            return self.hearing().count("is-alarm")
        except requests.RequestException:
            return -1

    def signal(self, name: str, number: int) -> None:
        """To all processes of one part."""
        pids = self.installation.pids(MARKS[name])
        assert pids
        for pid in pids:
            os.kill(pid, number)


@pytest.fixture(scope="module", params=["sqlite", "postgresql and redis"])
def desk(request: pytest.FixtureRequest) -> Iterator[OpenDesk]:
    with ExitStack() as stack:
        servers: tuple[Postgres, Redis] | tuple[()] = ()
        if request.param != "sqlite":
            servers = stack.enter_context(Postgres()), stack.enter_context(Redis())
        yield OpenDesk(stack.enter_context(storm(*servers)).desk)


def test_while_all_goes_well_it_is_calm(desk: OpenDesk) -> None:
    wait_until(lambda: "is-quiet" in desk.hearing(), 30, what="calm")
    assert desk.installation.post(MESSAGES, samples.text(To=f"whatsapp:{NUMBER}")) == 200
    wait_until(lambda: "data-clock" in desk.hearing(), 15, what="the last message is said")


@pytest.mark.parametrize("parts", [("worker", "sender"), ("clock",)], ids="-".join)
def test_what_stands_still_is_said_within_a_minute(desk: OpenDesk, parts: tuple[str, ...]) -> None:
    wait_until(lambda: desk.troubles() == 0, 30, what="calm")
    try:
        for part in parts:
            desk.signal(part, signal.SIGSTOP)
        wait_until(lambda: desk.troubles() >= len(parts), A_MINUTE, what=f"{parts} are said")
    finally:
        for part in parts:
            desk.signal(part, signal.SIGCONT)
    wait_until(lambda: desk.troubles() == 0, 30, what=f"{parts} are back")
