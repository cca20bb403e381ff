"""Notes in the browser: written by keys, never to be taken for an answer, and telling whoever they call."""

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import noting
from reports.models import Mention, Report
from tests import people, samples
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


@pytest.fixture
def report(station: object) -> Report:
    return people.report(samples.text("Ada keributan di warung"))


def test_a_note_is_written_by_keys_and_calls_a_colleague(
    rina: Operator, bambang: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.keyboard.press("n")
    field = page.locator("#note-text")
    expect(field).to_be_focused()
    expect(page.locator("#reply-text")).to_be_hidden()
    expect(page.locator("#note-form")).to_contain_text("tidak dikirim ke pelapor")
    page.keyboard.type("Tolong @sutr")
    option = page.locator("#colleagues").get_by_role("option")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Tolong @bambang ")
    page.keyboard.type("cek lokasi")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#conversation .note")).to_contain_text("Tolong @bambang cek lokasi")
    expect(page.locator("#reply-text")).to_be_visible()
    assert Mention.objects.get().operator == bambang


def test_an_answer_and_a_note_are_begun_side_by_side(
    rina: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.fill("#reply-text", "Untuk pelapor")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("Untuk kita")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")
    expect(page.locator("#note-text")).to_have_value("Untuk kita")
    expect(page.locator("#note-text")).to_be_visible()
    page.locator("#note-form [type=submit]").click()
    expect(page.locator("#conversation .note")).to_contain_text("Untuk kita")
    expect(page.locator("#note-text")).to_have_value("")
    expect(page.locator("#reply-text")).to_have_value("Untuk pelapor")


def test_the_forms_of_answer_and_note_never_look_alike(
    rina: Operator, report: Report, open_page: Open
) -> None:
    looks = """(form) => {
      const { backgroundColor, borderTopStyle } = getComputedStyle(form);
      return [backgroundColor, borderTopStyle];
    }"""
    for colours in ("light", "dark"):
        page = open_page(report.get_absolute_url(), color_scheme=colours)
        answer = page.locator("#composer").evaluate(looks)
        page.keyboard.press("n")
        note = page.locator("#note-form").evaluate(looks)
        assert answer[0] != note[0]
        assert answer[1] != note[1]


def test_a_call_is_counted_on_the_rail_while_the_desk_is_open(
    rina: Operator, bambang: Operator, report: Report, desk: Page
) -> None:
    count = desk.locator("[data-count=mentions]")
    expect(count).to_have_text("0")
    noting.add(report, "@rina lihat ini", by=bambang)
    expect(count).to_have_text("1")
    desk.locator(".rail-mentions").click()
    expect(desk.get_by_role("heading", name="Sebutan")).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("#conversation .note.calls-me")).to_contain_text("@rina lihat ini")
    expect(desk.locator("[data-count=mentions]")).to_have_text("0")
