"""Five hundred messages while everything around the desk breaks, and what there is to see afterwards."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests import samples
from tests.canaries import Canary
from tests.journeys.installation import PASSWORD, Installation
from tests.pretend_twilio import Answer, PretendTwilio
from tests.samples import MESSAGES, Citizen
from tests.servers import Postgres, Redis, wait_until

MESSAGE_COUNT = 500
CITIZEN_COUNT = 50
NUMBER = "+628877110110"
CITIZENS = [
    Citizen(f"Kanari Ke{n:03d}", f"+6281199{n:06d}", f"ID.55{n:014d}")
    for n in range(1, CITIZEN_COUNT + 1)
]
ANSWER = "Petugas kenari-jawaban-{n:02d} sedang menuju ke sana"


@dataclass
class Storm:
    """`answers` and `replied` are the statuses that Twilio and the operators saw, `places` where anything may lie."""

    desk: Installation
    twilio: PretendTwilio
    api: requests.Session
    answers: list[int] = field(default_factory=list)
    sids: list[str] = field(default_factory=list)
    replied: list[int] = field(default_factory=list)
    places: list[Path] = field(default_factory=list)

    def feed(self, count: int = MESSAGE_COUNT, *, pause: float = 0.02) -> None:
        """Post the messages from eight sides at once, without waiting for anything to be well."""
        with ThreadPoolExecutor(8) as pool:
            posted = []
            for n in range(count):
                params = samples.text(
                    body(n), by=CITIZENS[n % CITIZEN_COUNT], To=f"whatsapp:{NUMBER}"
                )
                self.sids.append(params["MessageSid"])
                posted.append(pool.submit(self.desk.post, MESSAGES, params))
                time.sleep(pause)
            self.answers += [future.result() for future in posted]

    def reply_to_some(self, count: int = 20) -> None:
        """As operators at the desk: answer the newest reports, whatever Twilio says at the moment."""
        for n, report in enumerate(self.reports()[:count]):
            address = f"{self.desk.url}/api/v1/reports/{report['number']}/reply/"
            given = self.api.post(address, json={"text": ANSWER.format(n=n)}, timeout=60)
            self.replied.append(given.status_code)

    def reports(self) -> list[dict[str, Any]]:
        return self._all("/api/v1/reports/?page_size=200")

    def messages(self) -> list[dict[str, Any]]:
        """Every message of every report."""
        return [
            message
            for report in self.reports()
            for message in self._all(f"/api/v1/reports/{report['number']}/messages/?page_size=200")
        ]

    def figures(self) -> dict[str, float]:
        """The program's own metrics."""
        headers = {"Authorization": f"Bearer {self.desk.environment['METRICS_TOKEN']}"}
        text = requests.get(f"{self.desk.url}/metrics", headers=headers, timeout=60).text
        lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
        return {name.removeprefix("polreswa_"): float(value) for name, value in lines}

    def settles(self, seconds: float = 240) -> None:
        """Wait until nothing is on its way any more."""

        def is_calm() -> bool:
            try:
                figures = self.figures()
            except (requests.RequestException, ValueError):
                return False
            waiting = ("inbox_unread", "inbox_spooled", "messages_queued", "messages_sending")
            return bool(figures) and not any(figures.get(name, 1) for name in waiting)

        try:
            wait_until(is_calm, seconds, what="calm")
        except TimeoutError:
            raise TimeoutError(f"still not calm: {self.figures()}") from None

    def sent_more_than_once(self) -> dict[tuple[str, str], int]:
        return {what: times for what, times in self.twilio.counts().items() if times > 1}

    def stored_sids(self) -> Counter[str]:
        inbound = (m for m in self.messages() if m["direction"] == "inbound")
        return Counter(message["provider_sid"] for message in inbound)

    def questions(self) -> list[str]:
        """Who was asked for the place by itself, as often as it was."""
        return [sent.recipient for sent in self.twilio.sent if "lokasi kejadian" in sent.body]

    def _all(self, path: str) -> list[dict[str, Any]]:
        found, address = [], f"{self.desk.url}{path}"
        while address:
            page = self.api.get(address, timeout=30).json()
            found += page["results"]
            address = (page["next"] or "").replace("https://127.0.0.1", "http://127.0.0.1")
        return found


def body(n: int) -> str:
    return f"burung-kenari-{n:04d} ribut di depan rumah"


def canaries() -> list[Canary]:
    """Something of some citizens, and of everything that anybody wrote."""
    some = CITIZENS[::25]
    found = [Canary.phone(citizen.phone) for citizen in some]
    found += [Canary.words(citizen.name) for citizen in some]
    found += [Canary.words(citizen.bsuid) for citizen in some]
    # What all the texts have in common finds every one of them.
    return found + [Canary.words("burung-kenari-"), Canary.words("kenari-jawaban-")]


@contextmanager
def storm(postgres: Postgres | None = None, redis: Redis | None = None) -> Iterator[Storm]:
    """A fresh installation, on these servers or on SQLite and files, with an operator's token."""
    with PretendTwilio() as twilio:
        desk = Installation(
            twilio_url=twilio.url,
            database_url=postgres.create("storm") if postgres else "",
            redis_url=redis.url if redis else "",
        )
        with desk:
            desk.manage(
                *("create_operator", "rina", "--role", "operator", "--station", "sragen"),
                *("--password", PASSWORD),
            )
            api = requests.Session()
            token = desk.manage("create_api_token", "rina").strip()
            api.headers.update({"Authorization": f"Token {token}", "X-Forwarded-Proto": "https"})
            yield Storm(desk, twilio, api)


def in_the_background(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def twilio_has_trouble(twilio: PretendTwilio) -> None:
    """Both that Twilio knows it and that the caller must find out."""
    twilio.will(
        *[Answer.RATE_LIMITED, Answer.ERROR_BEFORE, Answer.ERROR_AFTER] * 3, Answer.CUT_AFTER
    )
