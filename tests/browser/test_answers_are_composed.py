"""Canned replies, the seconds to think again and questions, by the keyboard in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims
from reports.models import Message, ReplyTemplate, Report, Station
from reports.models.message import Delivery
from reports.workflow import Status
from tests import people, samples
from tests.browser.conftest import PHONE, Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "diteruskan": ("Sudah diteruskan", "Laporan {nomor_laporan} sudah diteruskan."),
    "menuju": ("Petugas menuju lokasi", "Petugas menuju {tempat}."),
    "ask_place": ("Minta lokasi", "Mohon kirim lokasi."),
}


@pytest.fixture
def report(station: Station, rina: Operator) -> Report:
    for position, (key, (title, text)) in enumerate(WORDS.items()):
        ReplyTemplate.objects.create(
            station=station, key=key, title=title, text=text, position=position
        )
    made = people.report(samples.text("Ada keributan di warung"))
    claims.claim(made, by=rina)
    return made


@pytest.fixture
def page(report: Report, open_page: Open) -> Page:
    opened = open_page(report.get_absolute_url())
    # Until the scripts are there, keys do nothing.
    opened.wait_for_function("globalThis.desk?.shortcuts")
    return opened


def test_a_canned_reply_is_found_and_filled_in_by_key(report: Report, page: Page) -> None:
    page.keyboard.press("e")
    expect(page.locator("#canned-search")).to_be_focused()
    options = page.locator("#canned-list [role=option]")
    expect(options).to_have_count(3)
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.type("diterus")
    expect(page.locator("#canned-list [role=option]:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_be_focused()
    expect(page.locator("#reply-text")).to_have_value(f"Laporan {report.number} sudah diteruskan.")
    expect(page.locator("#canned")).to_be_hidden()


def test_what_is_missing_is_selected_and_stops_the_sending(report: Report, page: Page) -> None:
    page.keyboard.press("e")
    page.keyboard.type("menuju")
    expect(page.locator("#canned-list [role=option]:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    selected = page.evaluate("getSelection().toString()")
    assert selected == "{tempat}"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dock .alert")).to_contain_text("{tempat}")
    expect(page.locator("#reply-text")).to_have_value("Petugas menuju {tempat}.")
    page.fill("#reply-text", "Petugas menuju pasar.")
    page.locator("#reply-text").press("Control+Enter")
    expect(page.locator(".bubble.is-desk").last).to_contain_text("Petugas menuju pasar.")


def test_an_answer_is_withdrawn_and_its_words_come_back(report: Report, page: Page) -> None:
    page.fill("#reply-text", "Petugas menuju lokasi.")
    page.locator("#reply-text").press("Control+Enter")
    waiting = page.locator("[data-goes-out]")
    expect(waiting).to_have_text(re.compile(r"\d+"))
    page.fill("#reply-text", "Dan sebentar lagi")
    waiting.get_by_role("button").click()
    expect(page.locator(".bubble.is-withdrawn")).to_contain_text("Petugas menuju lokasi.")
    expect(page.locator("#reply-text")).to_have_value("Petugas menuju lokasi.\n\nDan sebentar lagi")
    message = Message.objects.get(author__isnull=False)
    assert message.status == Delivery.CANCELLED


def test_the_place_is_asked_for_with_one_key(report: Report, page: Page) -> None:
    page.keyboard.press("a")
    expect(page.locator(".bubble.is-desk").last).to_contain_text("Mohon kirim lokasi.")
    report.refresh_from_db()
    assert report.status == Status.WAITING


def test_on_a_telephone_by_touch(report: Report, open_page: Open) -> None:
    page = open_page(report.get_absolute_url(), viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("#canned-open").tap()
    page.locator("#canned-list [role=option]").first.tap()
    expect(page.locator("#reply-text")).to_have_value(f"Laporan {report.number} sudah diteruskan.")
    page.locator("[popovertarget=asking]").tap()
    expect(page.locator("#asking")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#asking .asking-row").first.get_by_role("button").nth(1).tap()
    expect(page.locator(".bubble.is-planned")).to_contain_text("Mohon kirim lokasi.")
    expect(page.locator("#reply-text")).to_have_value(f"Laporan {report.number} sudah diteruskan.")
