"""An open desk: an operator who has logged in, and whose page asks once a second what changed, as its script does."""

import http.client
import re
import time
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from bench.account import PUBLIC_HOST, PUBLIC_URL
from bench.installation import OPERATOR, PASSWORD

PAUSE = 1.0
CSRF = "k" * 32
CURSOR = re.compile(r'data-cursor="(\d+)-(\d+)"')
NUMBER = re.compile(r'data-(?:key|gone)="([^"]+)"')


class Cursor(NamedTuple):
    transaction: int
    change: int


@dataclass(frozen=True)
class View:
    """What the desk was told: when the answer was there, how long it took, up to which change, and of which reports.

    `numbers` is None when the page was drawn anew.
    """

    at: float
    seconds: float
    cursor: Cursor
    numbers: frozenset[str] | None


class Desk:
    def __init__(self, port: int) -> None:
        self._server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies = {"__Host-csrf": CSRF}
        self._next_at = 0.0
        form = {"username": OPERATOR, "password": PASSWORD, "csrfmiddlewaretoken": CSRF}
        status, _ = self._ask("/accounts/login/", form)
        if status != 302:
            raise RuntimeError(f"login answered {status}")
        self.views = [self.draw()]

    def draw(self) -> View:
        """The whole page, as when it is opened."""
        began_at = time.monotonic()
        status, page = self._ask("/desk/?view=station")
        found = CURSOR.search(page)
        if status != 200 or found is None:
            raise RuntimeError(f"the desk's page answered {status}")
        now = time.monotonic()
        return View(now, now - began_at, Cursor(*map(int, found.groups())), None)

    def open(self, path: str, *, is_part: bool = False) -> str:
        """Any page of the desk, or of a report the part that htmx asks for."""
        status, page = self._ask(path, is_part=is_part)
        if status not in {200, 204}:
            raise RuntimeError(f"{path} answered {status}")
        return page

    def look(self) -> None:
        """Ask what changed, not before PAUSE has gone by since the last answer; remember what was told."""
        time.sleep(max(0.0, self._next_at - time.monotonic()))
        began_at = time.monotonic()
        last = self.views[-1].cursor
        status, page = self._ask(f"/desk/feed/?after={last.transaction}-{last.change}&view=station")
        now = time.monotonic()
        if status == 205:
            self.views.append(self.draw())
        elif status == 200 and (found := CURSOR.search(page)):
            cursor, numbers = Cursor(*map(int, found.groups())), frozenset(NUMBER.findall(page))
            self.views.append(View(now, now - began_at, cursor, numbers))
        elif status != 204:
            raise RuntimeError(f"the feed answered {status}")
        self._next_at = time.monotonic() + PAUSE

    def seen_at(self, cursor: Cursor, number: str) -> float | None:
        """When this change of this report was shown first."""
        for view in self.views:
            if view.cursor >= cursor:
                is_shown = view.numbers is None or number in view.numbers
                return view.at if is_shown else None
        return None

    def _ask(
        self, path: str, form: dict[str, str] | None = None, *, is_part: bool = False
    ) -> tuple[int, str]:
        try:
            return self._ask_once(path, form, is_part)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The web closes a connection on which nothing was asked for half a minute.
            self._server.close()
            return self._ask_once(path, form, is_part)

    def _ask_once(self, path: str, form: dict[str, str] | None, is_part: bool) -> tuple[int, str]:
        headers = {
            "Host": PUBLIC_HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"{PUBLIC_URL}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if is_part:
            headers["HX-Request"] = "true"
        if form is None:
            self._server.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self._server.request("POST", path, urlencode(form), headers)
        answer = self._server.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.read().decode()
