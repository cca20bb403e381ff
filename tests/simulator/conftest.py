"""A live simulator in a process of its own, the real SDK pointed at it, and a desk to talk to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.ports import free_port
from tests.simulator.fake_desk import PUBLIC_URL, FakeDesk

ROOT = Path(__file__).parents[2]
ACCOUNT = "AC" + "5" * 32
TOKEN, OLD_TOKEN = "token-of-the-tests", "token-before-rotation"
API_KEY = ("SK" + "7" * 32, "secret-of-the-key")
CALLBACK = f"{PUBLIC_URL}/twilio/status/?m=11111111-2222-3333-4444-555555555555"


class RedirectingHttpClient(TwilioHttpClient):
    """The SDK's own client, sent to the simulator instead of twilio.com."""

    def __init__(self, base_url: str, timeout: float = 10) -> None:
        super().__init__(timeout=timeout, pool_connections=False)
        self._base = urlsplit(base_url)

    def request(self, method: str, url: str, **given: Any) -> Any:
        parts = urlsplit(url)
        assert parts.hostname in {"api.twilio.com", "content.twilio.com"}
        target = (self._base.scheme, self._base.netloc, parts.path, parts.query, "")
        return super().request(method, urlunsplit(target), **given)


@dataclass
class Simulator:
    """A running `python -m simulator`."""

    folder: Path
    desk_url: str
    port: int = field(default_factory=free_port)
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        known = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
        environment = known | {
            "PYTHONDONTWRITEBYTECODE": "1",
            "SIMULATOR_PORT": str(self.port),
            "PUBLIC_URL": PUBLIC_URL,
            "DESK_URL": self.desk_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": f"{TOKEN},{OLD_TOKEN}",
            "TWILIO_API_KEY_SID": API_KEY[0],
            "TWILIO_API_KEY_SECRET": API_KEY[1],
            "VAR_DIR": str(self.folder),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "simulator"],
            cwd=ROOT,
            env=environment | self.changes,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 20
        while True:
            try:
                requests.get(f"{self.url}/healthz", timeout=1).raise_for_status()
                return
            except requests.ConnectionError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"the simulator does not start: {self.stop()[1]}")
                time.sleep(0.05)

    def stop(self) -> tuple[str, str]:
        """SIGTERM; returns what it wrote to stdout and stderr."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=10)

    def twilio(self, timeout: float = 10) -> Client:
        return Client(ACCOUNT, TOKEN, http_client=RedirectingHttpClient(self.url, timeout))

    def get(self, path: str, **given: Any) -> requests.Response:
        return requests.get(self.url + path, timeout=10, **given)

    def post(self, path: str, fields: dict[str, Any] | None = None) -> requests.Response:
        return requests.post(self.url + path, json=fields or {}, timeout=60)

    def turn(self, **switches: float) -> None:
        self.post("/switches/", switches).raise_for_status()

    def send(self, slug: str, **fields: Any) -> dict[str, Any]:
        """Send from a telephone and wait for the desk's answer; the message as it then stands."""
        answer = self.post(f"/phones/{slug}/messages", {"wait": True, **fields})
        answer.raise_for_status()
        return dict(answer.json()["messages"][0])

    def shown(self, slug: str, sid: str, **expected: Any) -> dict[str, Any]:
        """The message on the telephone, as soon as it has the expected values."""
        deadline = time.monotonic() + 8
        while True:
            answer = self.get(f"/phones/{slug}/messages?after=0")
            known = answer.json()["messages"] if answer.status_code == 200 else []
            found = next((one for one in known if one["sid"] == sid), None)
            if found and all(found[name] == value for name, value in expected.items()):
                return dict(found)
            assert time.monotonic() < deadline, f"expected {expected}, the telephone shows {found}"
            time.sleep(0.05)


@pytest.fixture(scope="session")
def the_desk() -> Iterator[FakeDesk]:
    with FakeDesk(auth_token=TOKEN) as running:
        yield running


@pytest.fixture(scope="session")
def the_simulator(
    the_desk: FakeDesk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Simulator]:
    running = Simulator(tmp_path_factory.mktemp("simulator"), the_desk.url)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def desk(the_desk: FakeDesk) -> FakeDesk:
    """The desk, knowing nothing of the tests before."""
    the_desk.clear()
    return the_desk


@pytest.fixture
def simulator(the_simulator: Simulator) -> Iterator[Simulator]:
    """The shared simulator with every switch off."""
    requests.delete(f"{the_simulator.url}/switches/", timeout=10).raise_for_status()
    yield the_simulator
    requests.delete(f"{the_simulator.url}/switches/", timeout=10).raise_for_status()


@pytest.fixture
def own_simulator(desk: FakeDesk, tmp_path: Path) -> Iterator[Simulator]:
    """A simulator of the test's own, to stop, start and look into."""
    running = Simulator(tmp_path, desk.url)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def guest(simulator: Simulator) -> str:
    """The slug of a citizen nobody else writes as."""
    number = len(simulator.get("/phones/").json()["phones"])
    slug = f"tamu-{number}"
    fields = {
        "slug": slug,
        "name": f"Tamu {number}",
        "phone": f"+62812000020{number:02}",
        "user_id": f"ID.26100000000020{number:02}",
    }
    simulator.post("/phones/", fields).raise_for_status()
    return slug
