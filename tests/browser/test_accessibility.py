"""Nobody is kept out: every page is looked through by axe-core, and by checks of our own, in both themes and both widths."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims, noting, triage
from reports.models import Report
from reports.workflow import Outcome, Urgency
from tests import people, samples
from tests.browser import axe, full_report
from tests.browser.conftest import PHONE, WIDE, Open

pytestmark = pytest.mark.browser

TABLET = {"width": 900, "height": 1100}
NOWHERE = "/desk/reports/CTH-0000-00000/"
SERIOUS = {"serious", "critical"}

AXE = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  });
  return found.violations.map(({ id, impact, nodes }) => ({
    id, impact, where: nodes.slice(0, 5).map((node) => `${node.target}: ${node.failureSummary}`),
  }));
}"""

NAMELESS = """() => {
  const named = (control) => {
    const labels = [...(control.labels ?? [])].map((label) => label.textContent).join("");
    const by = (control.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent ?? "").join("");
    return (labels + by + (control.getAttribute("aria-label") ?? "") + control.textContent + control.title).trim();
  };
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], dialog[open]";
  return [...document.querySelectorAll(controls)]
    .filter((control) => control.checkVisibility())
    .filter((control) => control.matches("select, textarea")
      ? !(control.labels.length || control.getAttribute("aria-label"))
      : !named(control))
    .map((control) => control.outerHTML.slice(0, 120));
}"""

STRUCTURE = """() => {
  const faults = [];
  const shown = (element) => element.checkVisibility();
  const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter(shown).map((h) => Number(h.localName[1]));
  headings.forEach((level, at) => {
    if (at && level > headings[at - 1] + 1) faults.push(`h${level} follows h${headings[at - 1]}`);
  });
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title.trim()) faults.push("no title");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`two of #${id}`);
  return faults;
}"""

TOO_SMALL = """() => {
  const inline = (control) => control.matches("p a, li > span a, dd a, td a, label a") ;
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, label[data-shortcut]";
  return [...document.querySelectorAll(controls)]
    .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !inline(control))
    .filter((control) => !control.closest(".visually-hidden, .skip-link, .demo-banner"))
    .map((control) => [control, (control.closest("label") ?? control).getBoundingClientRect()])
    .filter(([, box]) => box.height < 39.5 || box.width < 39.5)
    .map(([control, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${control.outerHTML.slice(0, 120)}`);
}"""

OUTSIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth && document.body.scrollWidth <= document.body.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 100)).slice(0, 5);
}"""


@pytest.fixture
def pages(
    rina: Operator, bambang: Operator, open_page: Open, media_folder: None
) -> Iterator[dict[str, str]]:
    """Every page of the desk with something on it, by name."""
    for number, urgency in enumerate(Urgency):
        who = samples.Citizen("W", f"+6281277000{number:03d}")
        other = people.report(samples.text("Ada keributan di depan warung", by=who))
        Report.objects.filter(pk=other.pk).update(urgency=urgency)
    closed = people.report(samples.text("SIM hilang", by=samples.Citizen("W", "+6281277000900")))
    triage.close(closed, Outcome.ANSWERED, "Sudah dijelaskan.", by=bambang)
    people.parked_entry()
    report = people.report(samples.forwarded())
    for make in (samples.picture, samples.named_place, samples.button, samples.unsupported):
        people.message(make())
    noting.add(report, "@rina tolong hubungi Polsek lebih dulu.", by=bambang)
    claims.claim(report, by=rina)
    triage.reply(report, "Petugas menuju lokasi.", by=rina)
    full = full_report.made(like=closed)
    yield {
        "queue": "/desk/",
        "mine": "/desk/?view=mine",
        "report": report.get_absolute_url(),
        "closed report": closed.get_absolute_url(),
        "report with hints": full.get_absolute_url(),
        "mentions": "/desk/mentions/",
        "parked": "/desk/parked/",
        "search": "/desk/search/",
        "type-in": "/desk/reports/new/",
        "hearing": "/desk/hearing/",
        "filters": "/desk/filters/",
        "kept views": "/desk/views/",
        "not found": NOWHERE,
    }
    # The browser complains of the page that is not there, and of nothing else.
    complaints: list[str] = open_page.complaints  # type: ignore[attr-defined]
    complaints[:] = [said for said in complaints if "status of 404" not in said]


def faults_by_axe(page: Page) -> list[dict[str, Any]]:
    page.evaluate(axe.script())
    return [fault for fault in page.evaluate(AXE) if fault["impact"] in SERIOUS]


@pytest.fixture(scope="module")
def checker() -> None:
    try:
        axe.script()
    except axe.Missing as missing:
        pytest.skip(f"not looked through by axe-core: {missing}")


BOTH = [
    pytest.mark.parametrize("colours", ["light", "dark"]),
    pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "telephone"]),
]


def in_both(test: Any) -> Any:
    for mark in BOTH:
        test = mark(test)
    return test


@in_both
def test_axe_finds_no_serious_fault(
    checker: None,
    pages: dict[str, str],
    open_page: Open,
    colours: str,
    viewport: dict[str, int],
) -> None:
    page = open_page("/desk/", viewport=viewport, color_scheme=colours)
    faults = {}
    for name, path in pages.items():
        visit(page, path)
        faults[name] = faults_by_axe(page)
    visit(page, pages["report"])
    for name, key in (("sheet of keys", "?"), ("palette", "Control+k")):
        page.keyboard.press(key)
        faults[name] = faults_by_axe(page)
        page.keyboard.press("Escape")
    page.locator(".writing label").last.click()
    faults["note"] = faults_by_axe(page)
    if viewport["width"] < 1200:
        page.locator(".facts-toggle").click()
        faults["facts"] = faults_by_axe(page)
    assert {name: found for name, found in faults.items() if found} == {}


@in_both
def test_axe_finds_no_serious_fault_on_the_way_in(
    checker: None, rina: Operator, open_page: Open, colours: str, viewport: dict[str, int]
) -> None:
    page = open_page("/accounts/login/", username="", viewport=viewport, color_scheme=colours)
    faults = {"login": faults_by_axe(page)}
    assert {name: found for name, found in faults.items() if found} == {}


PLANTED = """() => {
  const plant = (html) => document.getElementById("main").insertAdjacentHTML("beforeend", html);
  plant('<h1>Satu</h1><h4>Empat</h4><p id="twin">a</p><p id="twin">b</p>');
  plant('<button class="button is-planted"></button><textarea></textarea>');
  plant('<p class="is-planted-wide">lebar</p>');
  document.querySelector(".is-planted").style.cssText = "width: 10px; min-height: 10px; height: 10px";
  document.querySelector(".is-planted-wide").style.cssText = "width: 3000px; color: #eee; background: #fff";
  document.documentElement.style.overflow = "auto";
}"""


def test_every_check_sees_what_is_planted(rina: Operator, open_page: Open) -> None:
    page = open_page("/desk/parked/")
    page.evaluate(PLANTED)
    assert len(page.evaluate(NAMELESS)) == 2
    assert page.evaluate(STRUCTURE) == ["h4 follows h1", "two of #twin"]
    assert page.evaluate(OUTSIDE)
    assert any("is-planted" in found for found in page.evaluate(TOO_SMALL))


def test_axe_sees_what_is_planted(checker: None, rina: Operator, open_page: Open) -> None:
    page = open_page("/desk/parked/")
    page.evaluate(PLANTED)
    found = {fault["id"] for fault in faults_by_axe(page)}
    assert {"button-name", "label", "color-contrast"} <= found


@pytest.mark.parametrize("viewport", [WIDE, TABLET, PHONE], ids=["wide", "tablet", "telephone"])
def test_controls_have_names_pages_have_order_and_nothing_is_wider_than_the_screen(
    pages: dict[str, str], open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page("/desk/", viewport=viewport)
    faults = {}
    for name, path in pages.items():
        visit(page, path)
        found = [*page.evaluate(NAMELESS), *page.evaluate(STRUCTURE), *page.evaluate(OUTSIDE)]
        if found:
            faults[name] = found
    assert faults == {}


def test_a_finger_finds_every_control(pages: dict[str, str], open_page: Open) -> None:
    page = open_page("/desk/", viewport=PHONE, has_touch=True, is_mobile=True)
    faults = {}
    for name, path in pages.items():
        visit(page, path)
        if found := page.evaluate(TOO_SMALL):
            faults[name] = found
    assert faults == {}


def test_facts_rise_as_a_sheet_and_come_in_as_a_drawer(
    pages: dict[str, str], open_page: Open
) -> None:
    for viewport, is_sheet in ((PHONE, True), (TABLET, False)):
        page = open_page(pages["report"], viewport=viewport)
        expect(page.locator("#facts")).to_be_hidden()
        page.locator(".facts-toggle").click()
        expect(page.locator("#facts")).to_be_visible()
        box = page.locator("#facts").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] == viewport["width"]
        assert box["y"] + box["height"] == viewport["height"]
        assert (box["width"] == viewport["width"] and box["y"] > 0) is is_sheet
        page.keyboard.press("Escape")
        expect(page.locator("#facts")).to_be_hidden()


def test_the_composer_stays_in_sight_above_the_keyboard_of_the_screen(
    pages: dict[str, str], open_page: Open
) -> None:
    page = open_page(pages["report"], viewport=PHONE)
    page.locator("#reply-text").focus()
    page.set_viewport_size({"width": 390, "height": 420})
    send = page.locator("#composer-foot").get_by_role("button", name="Balas")
    for control in (page.locator("#reply-text"), send):
        expect(control).to_be_in_viewport(ratio=1)
    expect(page.locator("#talk")).to_be_in_viewport()


def test_a_report_prints_as_a_page(pages: dict[str, str], open_page: Open) -> None:
    page = open_page(pages["report"])
    page.emulate_media(media="print")
    for part in (".rail", ".queue", "#dock", "#notices", ".demo-banner"):
        for found in page.locator(part).all():
            expect(found).to_be_hidden()
    expect(page.locator(".urgency-choice:visible")).to_have_text("Biasa")
    expect(page.locator(".frame .button:visible")).to_have_count(0)
    for part in (".talk-number", "#facts .pairs", "#conversation .bubble", "#conversation .note"):
        expect(page.locator(part).first).to_be_visible()
    # At one moment: a map that is drawn in between makes the page longer.
    height, end = page.evaluate(
        """() => [document.documentElement.scrollHeight,
            document.querySelector("#conversation > :last-child").getBoundingClientRect().bottom + scrollY]"""
    )
    assert end <= height
    assert page.evaluate(OUTSIDE) == []


def test_the_queue_prints_as_a_list(pages: dict[str, str], open_page: Open) -> None:
    page = open_page(pages["queue"])
    rows = page.locator(".row").count()
    page.emulate_media(media="print")
    for part in (".rail", "#work", "#notices"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator("#queue-heading")).to_be_visible()
    boxes = [row.bounding_box() for row in page.locator(".row").all()]
    assert len(boxes) == rows
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops) and len(set(tops)) == rows


def visit(page: Page, path: str) -> None:
    """Open a page, and let what moves come to rest: a row that fades in has less contrast than it will have."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
