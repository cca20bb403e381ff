"""Pictures in the browser: chosen, pasted or dropped beside an answer, and looked at closely by keys alone."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports.models import Picture, Report
from tests import people, photos, samples
from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser

WORDS = "Lokasi sudah bersih."
CARRY = """([where, kind, name, content]) => {
    const carried = new DataTransfer();
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type: "image/jpeg" }));
    const options = { bubbles: true, cancelable: true };
    const event = kind === "paste"
        ? new ClipboardEvent(kind, { ...options, clipboardData: carried })
        : new DragEvent(kind, { ...options, dataTransfer: carried });
    return document.querySelector(where).dispatchEvent(event);
}"""
"""Paste or drop a file; false when the page has taken it."""


@pytest.fixture
def report(rina: Operator) -> Report:
    return people.report()


@pytest.fixture
def page(report: Report, open_page: Open) -> Page:
    return open_page(report.get_absolute_url())


def carry(page: Page, where: str, kind: str, content: bytes) -> bool:
    packed = base64.b64encode(content).decode()
    taken: bool = page.evaluate(CARRY, [where, kind, "foto.jpg", packed])
    return not taken


def choose(page: Page, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(content)
    with page.expect_file_chooser() as chooser:
        page.locator("[data-picks]").click()
    chooser.value.set_files(path)


def test_a_chosen_picture_goes_out_with_the_answer(page: Page, tmp_path: Path) -> None:
    choose(page, photos.telltale(), tmp_path)
    expect(page.locator("#composer-pictures .lying")).to_be_visible()
    page.fill("#reply-text", WORDS)
    page.keyboard.press("Control+Enter")
    bubble = page.locator(".bubble.is-desk", has_text=WORDS)
    expect(bubble.locator("img")).to_be_visible()
    expect(page.locator("#composer-pictures .lying")).to_have_count(0)
    assert bubble.locator("img").evaluate("image => image.naturalWidth") == 400
    assert Picture.objects.get().message is not None


def test_a_picture_alone_is_an_answer(page: Page) -> None:
    carry(page, "#reply-text", "paste", photos.jpeg())
    expect(page.locator("#composer-pictures .lying")).to_be_visible()
    page.locator("#reply-text").press("Control+Enter")
    expect(page.locator(".bubble.is-desk img")).to_be_visible()


@pytest.mark.parametrize(("where", "kind"), [("#reply-text", "paste"), ("#conversation", "drop")])
def test_a_picture_is_pasted_or_dropped(page: Page, where: str, kind: str) -> None:
    assert carry(page, where, kind, photos.jpeg())
    expect(page.locator("#composer-pictures .lying")).to_be_visible()


def test_a_file_that_misses_its_mark_does_not_replace_the_page(page: Page) -> None:
    assert carry(page, ".rail", "drop", photos.jpeg())
    assert Picture.objects.count() == 0


def test_what_was_written_stays_and_the_picture_can_be_taken_away(page: Page) -> None:
    page.fill("#reply-text", WORDS)
    carry(page, "#reply-text", "paste", photos.jpeg())
    page.locator("#composer-pictures [data-removes]").click()
    expect(page.locator("#composer-pictures .lying")).to_have_count(0)
    assert page.input_value("#reply-text") == WORDS
    assert Picture.objects.count() == 0


def test_what_is_no_picture_is_refused_in_place(page: Page) -> None:
    carry(page, "#reply-text", "paste", b"<svg/>")
    expect(page.locator("#composer-pictures [role=alert]")).to_be_visible()
    page.reload()
    expect(page.locator("#composer-pictures [role=alert]")).to_have_count(0)


def test_it_still_lies_there_when_the_page_is_loaded_again(page: Page) -> None:
    carry(page, "#reply-text", "paste", photos.jpeg())
    expect(page.locator(".lying")).to_be_visible()
    page.reload()
    expect(page.locator(".lying img")).to_be_visible()


def shown(page: Page) -> Callable[[], str]:
    return lambda: page.locator("#viewer-image").evaluate("image => image.style.transform")


def test_a_picture_is_looked_at_closely_by_keys_alone(page: Page) -> None:
    carry(page, "#reply-text", "paste", photos.jpeg(1600, 1200))
    page.locator(".lying .shot").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#viewer")).to_be_visible()
    image = page.locator("#viewer-image")
    expect(image).to_have_js_property("complete", True)
    box, stage = image.bounding_box(), page.locator("#viewer-stage").bounding_box()
    assert box is not None
    assert stage is not None
    assert 0 < box["width"] <= stage["width"] + 1
    assert 0 < box["height"] <= stage["height"] + 1

    transform = shown(page)
    for key, expected in {
        "+": "translate(0px, 0px) scale(1.4) rotate(0deg)",
        "ArrowRight": "translate(-80px, 0px) scale(1.4) rotate(0deg)",
        "]": "translate(-80px, 0px) scale(1.4) rotate(90deg)",
        "[": "translate(-80px, 0px) scale(1.4) rotate(0deg)",
        "0": "translate(0px, 0px) scale(1) rotate(0deg)",
    }.items():
        page.keyboard.press(key)
        assert transform() == expected, key
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()


def test_on_a_telephone_it_works_by_touch(report: Report, open_page: Open, tmp_path: Path) -> None:
    page = open_page(report.get_absolute_url(), viewport=PHONE, has_touch=True, is_mobile=True)
    choose(page, photos.jpeg(900, 1600), tmp_path)
    expect(page.locator(".lying")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".lying .shot").tap()
    for button in page.locator(".viewer-head button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 40
    page.locator("[data-view=right]").tap()
    assert "rotate(90deg)" in shown(page)()


def test_by_sms_there_is_no_button(rina: Operator, open_page: Open) -> None:
    report = people.report(samples.sms(by=samples.JOKO))
    page = open_page(report.get_absolute_url())
    expect(page.locator("[data-picks]")).to_have_count(0)
    carry(page, "#reply-text", "paste", photos.jpeg())
    expect(page.locator("#notices .notice")).to_be_visible()
