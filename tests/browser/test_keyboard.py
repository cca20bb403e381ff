"""The desk without a mouse: keys, the sheet that lists them, the palette."""

import re

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims
from reports.models import Report
from tests import people, samples
from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser


@pytest.fixture
def reports(station: object) -> list[Report]:
    return [
        people.report(samples.text(f"Laporan {n}", by=samples.Citizen("W", f"+628127770000{n}")))
        for n in (1, 2, 3)
    ]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('.row')?.dataset.key ?? ''"))


# --- Going through the queue


def test_j_and_k_go_through_the_queue_and_enter_opens(
    rina: Operator, reports: list[Report], desk: Page
) -> None:
    numbers = [report.number for report in reports]
    for key, number in (
        ("j", numbers[0]),
        ("j", numbers[1]),
        ("ArrowDown", numbers[2]),
        ("j", numbers[2]),
        ("k", numbers[1]),
        ("ArrowUp", numbers[0]),
        ("k", numbers[0]),
    ):
        desk.keyboard.press(key)
        assert focused(desk) == number, key
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk-head")).to_contain_text(numbers[0])
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk-head")).to_contain_text(numbers[1])


def test_the_next_row_is_that_after_the_open_report(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[1].get_absolute_url())
    page.keyboard.press("j")
    assert focused(page) == reports[2].number


def test_the_arrows_scroll_the_conversation_that_has_the_focus(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[0].get_absolute_url())
    page.locator("#talk").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == ""


# --- One key, one verb


def test_a_report_is_claimed_answered_and_closed_by_keys(
    rina: Operator, reports: list[Report], desk: Page
) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk-head")).to_contain_text(reports[0].number)
    desk.keyboard.press("c")
    expect(desk.locator("#talk-head")).to_contain_text("Anda pegang")
    expect(desk.locator("#reply-text")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    expect(desk.locator("#reply-text")).to_be_focused()
    desk.keyboard.type("rcsn?jk")
    expect(desk.locator("#reply-text")).to_have_value("rcsn?jk")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".bubble.is-desk").last).to_contain_text("rcsn?jk")
    desk.keyboard.press("Escape")
    desk.keyboard.press("s")
    expect(desk.locator("#closing-outcome")).to_be_focused()


def test_what_follows_the_key_that_opens_a_choice_is_typed_into_it(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    """All keys in one go, as when the machine is slow and the hand is not: "n" would open a note."""
    page = open_page(reports[0].get_absolute_url())
    focused_at_once = page.evaluate(
        """() => {
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "g", bubbles: true}));
            return document.activeElement.id;
        }"""
    )
    assert focused_at_once == "category-search"


def test_keys_do_nothing_with_a_modifier_or_while_a_dialog_is_open(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[0].get_absolute_url())
    for key in ("Control+c", "Alt+c", "Meta+c", "Shift+c"):
        page.keyboard.press(key)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    reports[0].refresh_from_db()
    assert reports[0].holder is None
    assert focused(page) == ""


def test_caps_lock_makes_no_other_key(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[0].get_absolute_url())
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'C', bubbles: true, cancelable: true}))"
    )
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")


def test_a_key_without_its_control_does_nothing(
    rina: Operator, bambang: Operator, reports: list[Report], open_page: Open
) -> None:
    claims.claim(reports[0], by=bambang)
    page = open_page(reports[0].get_absolute_url())
    page.keyboard.press("s")
    expect(page.locator("#closing-outcome")).to_have_count(0)


def test_m_shows_what_is_mine(rina: Operator, desk: Page) -> None:
    desk.keyboard.press("m")
    expect(desk).to_have_url(re.compile("view=mine"))


# --- The sheet


def test_the_sheet_lists_the_keys_of_the_open_page_with_their_words(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[0].get_absolute_url())
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Pintasan papan ketik")
    expect(sheet).to_be_visible()
    listed = {
        "".join(entry.locator("kbd").all_inner_texts()): entry.locator("dd").inner_text()
        for entry in sheet.locator("dl > div").all()
    }
    on_page = set(
        page.evaluate(
            "[...document.querySelectorAll('[data-shortcut]')].filter(desk.shortcuts.isThere).map((c) => c.dataset.shortcut)"
        )
    )
    assert {key.replace("+", "") for key in on_page} <= set(listed)
    assert listed["c"] == "Ambil laporan"
    assert listed["n"] == "Tulis catatan internal"
    assert all(listed.values())
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    page.keyboard.press("c")
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert "c" not in sheet.locator("kbd").all_inner_texts()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_keys_stand_on_the_buttons_of_wide_screens_only(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    hint = """getComputedStyle(
      [...document.querySelectorAll(".button[data-shortcut=c]")].find((b) => b.checkVisibility()), "::after"
    ).content"""
    wide = open_page(reports[0].get_absolute_url())
    assert '"c"' in wide.evaluate(hint)
    expect(wide.get_by_role("button", name="Ambil", exact=True)).to_be_visible()
    phone = open_page(reports[0].get_absolute_url(), viewport=PHONE)
    assert phone.evaluate(hint) == "none"


# --- The palette


def test_the_palette_finds_a_command_by_its_words(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[0].get_absolute_url())
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Perintah atau nomor laporan")
    expect(field).to_be_focused()
    page.keyboard.type("lap amb")
    options = page.locator("#palette").get_by_role("option")
    expect(options.first).to_contain_text("Ambil laporan")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "palette-0")
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")


def test_the_palette_opens_over_a_field_and_gives_the_focus_back(
    rina: Operator, reports: list[Report], open_page: Open
) -> None:
    page = open_page(reports[0].get_absolute_url())
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reply-text")).to_be_focused()


def test_the_arrows_go_round_the_commands(rina: Operator, desk: Page) -> None:
    desk.keyboard.press("Control+k")
    options = desk.locator("#palette").get_by_role("option")
    count = options.count()
    assert count > 4
    desk.keyboard.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_what_is_in_a_shut_menu_is_found_too(rina: Operator, desk: Page) -> None:
    desk.keyboard.press("Control+k")
    desk.keyboard.type("gelap")
    desk.keyboard.press("Enter")
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_whole_number_opens_its_report(rina: Operator, reports: list[Report], desk: Page) -> None:
    desk.keyboard.press("Control+k")
    desk.keyboard.type(reports[1].number.lower().replace("-", " "))
    expect(desk.locator("#palette").get_by_role("option").first).to_have_text(
        f"Buka laporan nomor {reports[1].number}"
    )
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk-head")).to_contain_text(reports[1].number)


def test_other_words_are_searched_for_and_stand_in_no_address(
    rina: Operator, reports: list[Report], desk: Page
) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.keyboard.press("Control+k")
    desk.keyboard.type("Laporan 2")
    option = desk.locator("#palette").get_by_role("option").first
    expect(option).to_have_text("Cari Laporan 2 di semua laporan")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name=re.compile(reports[1].number))).to_be_visible()
    assert desk.url.endswith("/desk/search/")
    assert not [url for url in asked if "Laporan" in url]
