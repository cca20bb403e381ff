"""A browser before a desk that runs in the same process: Chromium of the distribution, and Django's live server.

`desk` is the queue as Rina sees it. Whatever the console complains of, and whatever the policy for scripts and styles
refuses, fails the test.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page

from operators.models import Operator
from reports import bell
from reports.models import Station
from tests import people
from tests.servers import wait_until

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
OVER_HTTP = {
    "SESSION_COOKIE_SECURE": False,
    "SESSION_COOKIE_NAME": "polreswa-session",
    "CSRF_COOKIE_SECURE": False,
    "CSRF_COOKIE_NAME": "polreswa-csrf",
}
"""The live server has no proxy with https in front of it."""

A_PICTURE = "/static/mark.svg"

Open = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def over_http(quick_settings: None) -> Iterator[None]:
    with override_settings(**OVER_HTTP):
        yield


@pytest.fixture(autouse=True)
def no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "ring", lambda *ring: None)


@pytest.fixture
def station(transactional_db: None) -> Station:
    return people.station()


@pytest.fixture
def rina(station: Station) -> Operator:
    return people.operator(station, username="rina", name="Rina Wulandari")


@pytest.fixture
def bambang(station: Station) -> Operator:
    return people.operator(station, username="bambang", name="Bambang Sutrisno")


def session_of(username: str, url: str) -> Any:
    """The cookie of somebody who has just logged in; the form itself is tried in tests of its own."""
    client = Client()
    client.force_login(Operator.objects.get(username=username))
    name = OVER_HTTP["SESSION_COOKIE_NAME"]
    return {"name": str(name), "value": client.cookies[str(name)].value, "url": url}


@pytest.fixture
def open_page(live_server, chromium: Browser) -> Iterator[Open]:  # type: ignore[no-untyped-def]
    """Open an address of the desk in a browser of its own; `complaints` collects what went wrong in it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_at(
        path: str, *, username: str = "rina", viewport: object = WIDE, **more: object
    ) -> Page:
        context = chromium.new_context(
            viewport=viewport,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            base_url=live_server.url,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if username:
            context.add_cookies([session_of(username, live_server.url)])
        # Browsers let a page ring only after a press on one of its kind; who has logged in has pressed.
        page.goto(A_PICTURE)
        page.mouse.click(1, 1)
        page.goto(path)
        return page

    open_at.complaints = complaints  # type: ignore[attr-defined]
    yield open_at
    for context in contexts:
        context.close()
    # What a page asked for last is still being answered, and would hold the database that is emptied next.
    wait_until(lambda: not _answering(), 20, what="the live server is idle")
    assert complaints == []


@pytest.fixture
def media_folder(tmp_path: Path) -> Iterator[None]:
    """Where sealed files of citizens lie during the test."""
    with override_settings(MEDIA_DIR=tmp_path):
        yield


@pytest.fixture
def desk(rina: Operator, open_page: Open) -> Page:
    return open_page("/desk/")


def _answering() -> bool:
    """Whether the live server works on a request: it gives each connection a thread."""
    return any("process_request_thread" in thread.name for thread in threading.enumerate())


def _note(complaints: list[str], message: object) -> None:
    # A refusal (409, 422) is an answer; the browser lists it among its errors all the same. A bare picture names no
    # icon of its own, so the browser looks for one.
    text = f"{message.text} {message.location.get('url', '')}"  # type: ignore[attr-defined]
    known = ("status of 409", "status of 422", "/favicon.ico")
    if message.type in {"error", "warning"} and not any(  # type: ignore[attr-defined]
        words in text for words in known
    ):
        complaints.append(text)
