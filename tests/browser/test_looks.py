"""What can be measured of the looks: contrast, width, focus, and the choice of colours."""

import pytest
from playwright.sync_api import Page, expect

from operators.desk.queue import VIEWS
from operators.models import Operator
from operators.permissions import Role
from reports import claims, triage
from reports.models import Message
from reports.models.message import Delivery
from reports.workflow import Urgency
from tests import people, samples
from tests.browser.conftest import PHONE, WIDE, Open

pytestmark = pytest.mark.browser

TOO_FAINT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => (c * top[3] + under[i] * (255 - top[3])) / 255);
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(channels(getComputedStyle(e).backgroundColor));
    return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".visually-hidden, .skip-link, :disabled, noscript")) continue;
    const under = ground(element);
    const [a, b] = [light(over(channels(getComputedStyle(element).color), under)), light(under)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) {
      faint.add(`${contrast.toFixed(2)} ${element.className}: ${texts.currentNode.data.trim().slice(0, 40)}`);
    }
  }
  return [...faint];
}"""


@pytest.fixture
def busy(rina: Operator, bambang: Operator) -> str:
    """A desk with every kind of row and bubble; the address of its fullest report."""
    for number, urgency in enumerate(Urgency):
        who = samples.Citizen("W", f"+6281277000{number:03d}")
        other = people.report(samples.text("Laporan", by=who))
        type(other).objects.filter(pk=other.pk).update(urgency=urgency)
        if number:
            claims.claim(other, by=(rina, bambang)[number - 1])
    people.parked_entry()
    report = people.report(samples.forwarded())
    for make in (samples.picture, samples.named_place, samples.button, samples.unsupported):
        people.message(make())
    claims.claim(report, by=rina)
    for status in Delivery:
        sent = triage.reply(report, f"Balasan {status}", by=rina)
        Message.objects.filter(pk=sent.pk).update(status=status, error_code="63016")
    return report.get_absolute_url()


@pytest.fixture
def wawan(rina: Operator) -> Operator:
    """Who has the most to press."""
    return people.operator(rina.station, Role.PAMAPTA, username="wawan", name="Wawan Setiadi")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "telephone"])
def test_everything_can_be_read(
    busy: str, open_page: Open, colours: str, viewport: dict[str, int]
) -> None:
    for path in ("/desk/", busy, "/desk/parked/"):
        page = open_page(path, viewport=viewport, color_scheme=colours)
        assert page.evaluate(TOO_FAINT) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
    page = open_page("/accounts/login/", username="", viewport=viewport, color_scheme=colours)
    assert page.evaluate(TOO_FAINT) == []


CUT_OFF = """(parts) => [...document.querySelectorAll(parts)]
  .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth)
  .map((part) => part.textContent.trim())"""
WIDER_THAN_THE_RAIL = """() => {
  const rail = document.querySelector(".rail");
  const words = [...rail.querySelectorAll(".rail-word, .rail-last")].filter((word) => word.checkVisibility());
  return words.filter((word) => word.getBoundingClientRect().width > rail.clientWidth).map((word) => word.textContent);
}"""
TOO_SMALL = """() => [...document.querySelectorAll("main :is(a, button, summary, select)")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }))
  .filter((control) => !control.matches(".visually-hidden, .visually-hidden *, .bubble-text a"))
  .map((control) => [control.textContent.trim(), control.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 40 || height < 40)
  .map(([words]) => words)"""


def test_no_name_is_cut_off(busy: str, wawan: Operator, open_page: Open) -> None:
    page = open_page(busy, username="wawan")
    assert page.evaluate(WIDER_THAN_THE_RAIL) == []
    assert page.evaluate(CUT_OFF, ".facts, .facts .button, .composer .button") == []
    for view in VIEWS:
        page.goto(f"/desk/?view={view}")
        assert page.evaluate(CUT_OFF, "h1, .rail") == [], view


@pytest.mark.parametrize("viewport", [WIDE, {"width": 900, "height": 800}, PHONE])
def test_the_tools_stand_in_one_line(busy: str, open_page: Open, viewport: dict[str, int]) -> None:
    page = open_page(busy, viewport=viewport)
    assert page.evaluate(CUT_OFF, ".talk-number") == []
    tools = page.locator(".composer-tools > *, .composer-send").all()
    middles = [(box["y"] + box["height"] / 2) for tool in tools if (box := tool.bounding_box())]
    assert len(middles) > 3
    assert max(middles) - min(middles) < 4


def test_a_thumb_finds_everything_large_enough(busy: str, open_page: Open) -> None:
    page = open_page(busy, viewport=PHONE, has_touch=True)
    assert page.evaluate(TOO_SMALL) == []
    page.locator(".facts-toggle").click()
    expect(page.locator(".leaflet-control-zoom-in")).to_be_visible()
    assert page.evaluate(TOO_SMALL) == []


def test_whatever_has_the_focus_shows_it(busy: str, open_page: Open) -> None:
    page = open_page(busy)
    for _ in range(25):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """() => {
              if (document.activeElement === document.body) return "outside the page";
              const shown = document.activeElement.closest("form.composer") ?? document.activeElement;
              return getComputedStyle(shown).outlineStyle;
            }"""
        )
        assert ring != "none", page.evaluate("document.activeElement.outerHTML")


def test_the_colours_can_be_chosen_and_stay(desk: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = desk.evaluate(ground)
    desk.locator(".rail-me").click()
    desk.get_by_role("button", name="Gelap").click()
    expect(desk.get_by_role("button", name="Gelap")).to_have_attribute("aria-pressed", "true")
    dark = desk.evaluate(ground)
    assert dark != light
    desk.reload()
    assert desk.evaluate(ground) == dark
    desk.locator(".rail-me").click()
    desk.get_by_role("button", name="Terang").click()
    assert desk.evaluate(ground) == light


def test_logging_out_ends_at_the_login(desk: Page) -> None:
    desk.locator(".rail-me").click()
    desk.get_by_role("button", name="Keluar").click()
    expect(desk.get_by_role("button", name="Masuk")).to_be_visible()


def test_a_demo_account_logs_in_with_one_press(
    rina: Operator, open_page: Open, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    rina.username = "operator"
    rina.set_password("operator")
    rina.save()
    page = open_page("/accounts/login/", username="")
    page.get_by_role("button", name="operator", exact=False).first.click()
    expect(page.get_by_role("heading", name="Semua laporan")).to_be_visible()
    expect(page.get_by_text("Mode demo")).to_be_visible()
