"""A shift at the keyboard: a report arrives while the queue is open, rings, and is worked to its end without a mouse.

The same demo as `make run`, in Chromium, with every process, on SQLite and files, and on PostgreSQL and Redis.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from twilio.request_validator import RequestValidator

from tests import samples
from tests.environment import ACCOUNT_SID, AUTH_TOKEN
from tests.journeys.test_round_trip import Demo, operator_at
from tests.samples import MESSAGES, Citizen
from tests.servers import Postgres, Redis

pytestmark = [pytest.mark.processes, pytest.mark.browser]

WORDS = "Tolong Pak ada balap liar, banyak anak muda, jalan ditutup"
SRAGEN = "whatsapp:+628877110110"
SOMEBODY_NEW = Citizen("Warga Baru", "+6281277790001")


@pytest.fixture(scope="module", params=["sqlite", "postgresql and redis"])
def demo(request: pytest.FixtureRequest) -> Iterator[Demo]:
    """With Twilio's secrets of the tests, so that somebody can write who is not among the simulator's telephones."""
    secrets = {"TWILIO_ACCOUNT_SID": ACCOUNT_SID, "TWILIO_AUTH_TOKEN": AUTH_TOKEN}
    with ExitStack() as stack:
        servers = {}
        if request.param != "sqlite":
            postgres, redis = stack.enter_context(Postgres()), stack.enter_context(Redis())
            servers = {"database_url": postgres.create("demo"), "redis_url": redis.url}
        desk = Demo(**servers)
        desk.environment |= secrets
        yield stack.enter_context(desk)


def write(demo: Demo, words: str) -> None:
    params = samples.text(words, by=SOMEBODY_NEW, To=SRAGEN)
    signed = RequestValidator(AUTH_TOKEN).compute_signature(f"{demo.url}{MESSAGES}", params)
    answer = requests.post(
        f"{demo.url}{MESSAGES}", params, headers={"X-Twilio-Signature": signed}, timeout=60
    )
    assert answer.status_code == 200


def go_to(desk: Page, number: str) -> None:
    """Down the queue, row by row, as somebody reads it."""
    for _ in range(60):
        desk.keyboard.press("j")
        focused = desk.evaluate("document.activeElement.closest('.row')?.dataset.key")
        if focused == number:
            return
    raise AssertionError(f"{number} is not in the queue")


def test_from_the_ring_to_the_end(demo: Demo, chromium: Browser) -> None:
    desk = operator_at(demo, chromium)
    desk.goto(f"{demo.url}/desk/?view=new")
    before = set(_numbers(desk))
    ringing = _ringing(desk)
    write(demo, WORDS)

    expect(desk.locator("html")).to_have_attribute("data-alarm", re.compile("waiting|urgent"))
    expect(desk).to_have_title(re.compile(rf"^\({ringing + 1}\) "))
    row = desk.locator(".row", has_text=WORDS[:30]).first
    expect(row).to_be_visible()
    number = row.get_attribute("data-key") or ""
    assert number not in before
    go_to(desk, number)
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk-head")).to_contain_text(number)

    desk.keyboard.press("c")
    expect(desk.locator("#talk-head")).to_contain_text("Anda pegang")
    expect(desk.locator(f'.row[data-key="{number}"]')).to_have_count(0)
    expect(desk).to_have_title(re.compile(rf"^\({ringing}\) "))

    desk.keyboard.press("Escape")
    desk.keyboard.press("g")
    expect(desk.locator("#category-search")).to_be_focused()
    desk.keyboard.type("balap")
    expect(desk.locator("#category-options [role=option]").first).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator("#fact-category")).to_contain_text("Balap liar")

    desk.keyboard.press("Escape")
    desk.keyboard.press("e")
    expect(desk.locator("#canned-search")).to_be_focused()
    desk.keyboard.type("menuju")
    expect(desk.locator("#canned-list [role=option]:visible").first).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator("#reply-text")).to_have_value(re.compile("petugas", re.IGNORECASE))
    answer = desk.locator("#reply-text").input_value()
    desk.locator("#reply-text").press("Control+Enter")
    expect(desk.locator(".bubble.is-desk").last).to_contain_text(answer[:40])

    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    # The acknowledgement, the answer, the question.
    expect(desk.locator(".bubble.is-desk")).to_have_count(3)
    expect(desk.locator(".bubble.is-desk").last).to_contain_text(re.compile("lokasi|mana"))

    desk.keyboard.press("Escape")
    desk.keyboard.press("p")
    expect(desk.locator("#place-search")).to_be_focused()
    desk.keyboard.type("stasiun sragen")
    expect(desk.locator("#place-options [role=option]").first).to_contain_text("Stasiun Sragen")
    desk.keyboard.press("Enter")
    expect(desk.locator("#map-facts")).to_contain_text("Stasiun Sragen")
    expect(desk.locator("#map-facts")).to_have_attribute("data-point", "-7.42932, 111.01784")
    expect(desk.locator(".map .map-pin.is-incident")).to_be_visible()

    desk.keyboard.press("Escape")
    desk.keyboard.press("s")
    expect(desk.locator("#closing-outcome")).to_be_focused()
    desk.keyboard.type("terbukti")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Sudah dibubarkan Samapta.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".next-words").first).to_contain_text("terbukti")


def _ringing(desk: Page) -> int:
    """How many reports the alarm says that nobody has claimed."""
    expect(desk).to_have_title(re.compile(r"^\(\d+\) "))
    return int(desk.title().partition(")")[0].removeprefix("("))


def _numbers(desk: Page) -> list[str]:
    return [row.get_attribute("data-key") or "" for row in desk.locator(".row").all()]
