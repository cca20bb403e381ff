"""The whole main job as a newcomer sees it: a citizen types on a telephone, an operator answers, the answer has its ticks.

The same demo as `make run`, in Chromium, with every process and nothing mocked; on SQLite and files, and on PostgreSQL and
Redis by two variables.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.journeys.installation import Installation
from tests.ports import free_port
from tests.servers import Postgres, Redis, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.browser]

QUESTION = "Selamat malam Pak, mau tanya jam pelayanan SKCK besok"
ANSWER = "Pelayanan SKCK besok pukul 08.00 sampai 14.00."


class Demo(Installation):
    """What `make run` starts. The simulator listens on the next port."""

    def __init__(self, **more: str) -> None:
        super().__init__(twilio_url="", **more)
        for name in ("PUBLIC_URL", "TWILIO_API_URL", "SECRET_KEY", "TWILIO_AUTH_TOKEN"):
            del self.environment[name]
        del self.environment["TWILIO_ACCOUNT_SID"]
        self.environment["DEMO"] = "1"
        while not _is_free(self.port + 1):
            self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.telephones = f"http://127.0.0.1:{self.port + 1}"

    def __enter__(self) -> "Demo":
        self.start()
        wait_until(lambda: "Stop with Ctrl-C" in self.log.read_text(), 180, what="the demo day")
        return self


@pytest.fixture(scope="module", params=["sqlite", "postgresql and redis"])
def demo(request: pytest.FixtureRequest) -> Iterator[Demo]:
    with ExitStack() as stack:
        servers = {}
        if request.param != "sqlite":
            postgres, redis = stack.enter_context(Postgres()), stack.enter_context(Redis())
            servers = {"database_url": postgres.create("demo"), "redis_url": redis.url}
        yield stack.enter_context(Demo(**servers))


def operator_at(demo: Demo, chromium: Browser) -> Page:
    desk = chromium.new_context(viewport=WIDE, locale="id-ID").new_page()
    desk.goto(f"{demo.url}/accounts/login/")
    desk.fill("#username", "operator")
    desk.fill("#password", "operator")
    desk.click("form#login button[type=submit]")
    desk.wait_for_url("**/desk/**")
    return desk


def test_an_answer_arrives_with_ticks(demo: Demo, chromium: Browser) -> None:
    desk = operator_at(demo, chromium)
    telephone = chromium.new_context(viewport=PHONE, locale="id-ID").new_page()
    telephone.goto(f"{demo.telephones}/#mbak-wulan")
    telephone.get_by_label("Tulis pesan").fill(QUESTION)
    telephone.keyboard.press("Enter")
    expect(
        telephone.locator(".bubble.mine", has_text=QUESTION).get_by_label("diterima meja")
    ).to_be_visible()

    # It slides into the open queue by itself, or lights up the row that its sender has there already.
    unread = desk.locator(".row", has=desk.locator(".unread")).locator(".row-link")
    expect(unread.first).to_be_visible()
    number = _number_of(demo, desk)
    desk.goto(f"{demo.url}/desk/reports/{number}/")
    expect(desk.locator("#conversation")).to_contain_text(QUESTION)

    desk.fill("#reply-text", ANSWER)
    desk.get_by_role("button", name="Balas").last.click()
    sent = desk.locator(".bubble.is-desk", has_text=ANSWER)
    expect(sent).to_be_visible()
    received = telephone.locator(".bubble", has_text=ANSWER)
    expect(received).to_be_visible()
    # The telephone shows the chat: read, and the desk is told so without a reload.
    expect(sent).to_contain_text("dibaca")


def _number_of(demo: Demo, desk: Page) -> str:
    """The report that holds the question: found as an operator finds it, by looking."""

    def look() -> str:
        desk.goto(f"{demo.url}/desk/")
        for link in desk.locator(".row-link").all():
            desk_path = link.get_attribute("href") or ""
            answer = desk.request.get(f"{demo.url}{desk_path}")
            if QUESTION in answer.text():
                match = re.search(r"[A-Z]{3}-\d{4}-\d{5}", desk_path)
                return match[0] if match else ""
        return ""

    found: list[str] = []
    wait_until(lambda: bool((n := look()) and found.append(n) is None), 30, what="the report")
    return found[0]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
