"""What was found, taken over and corrected by keys alone; voice notes and pictures of citizens, heard and seen."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports.models import Finding, ReplyTemplate, Report
from reports.models.finding import Decision, Enricher
from reports.workflow import Urgency
from tests import hints, people, photos, recordings, samples, shown_files
from tests.browser.conftest import PHONE, Open
from tests.servers import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("media_folder")]


@pytest.fixture
def report(rina: Operator) -> Report:
    # The categories of the test before this one would be offered for some seconds more.
    cache.clear()
    for slug, label in (("laka", "Laka lantas"), ("macet", "Kemacetan"), ("konvoi", "Konvoi")):
        people.category(slug, label=label, urgency=Urgency.ROUTINE)
    return people.report(samples.text("Motor tabrakan di prapatan"))


def suggest(report: Report) -> Finding:
    return hints.suggest(report, Enricher.CATEGORY, {"slug": "laka"}, {"slug": "macet"})


def decision(finding: Finding) -> str:
    return Finding.objects.get(pk=finding.pk).decision


def test_a_category_is_taken_over_with_one_key(report: Report, open_page: Open) -> None:
    finding = suggest(report)
    page = open_page(report.get_absolute_url())
    expect(page.locator("#hints-category")).to_contain_text("Laka lantas")
    page.keyboard.press("1")
    expect(page.locator("#fact-category")).to_contain_text("Laka lantas")
    expect(page.locator("#hints-category .hint")).to_have_count(0)
    expect(page.locator("#timeline")).to_contain_text("(sesuai usulan)")
    assert decision(finding) == Decision.ACCEPTED


def test_a_category_is_corrected_by_keys(report: Report, open_page: Open) -> None:
    finding = suggest(report)
    page = open_page(report.get_absolute_url())
    page.keyboard.press("g")
    page.keyboard.type("konv")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-category")).to_contain_text("Konvoi")
    expect(page.locator("#timeline")).to_contain_text("(bukan usulan pertama)")
    assert decision(finding) == Decision.CORRECTED


def test_what_is_found_comes_to_the_open_page(report: Report, open_page: Open) -> None:
    page = open_page(report.get_absolute_url())
    expect(page.locator("#hints-category .hint")).to_have_count(0)
    suggest(report)
    expect(page.locator("#hints-category .hint")).to_have_count(2)
    page.keyboard.press("2")
    expect(page.locator("#fact-category")).to_contain_text("Kemacetan")


def test_the_sheet_of_keys_names_what_each_would_take_over(report: Report, open_page: Open) -> None:
    suggest(report)
    page = open_page(report.get_absolute_url())
    page.keyboard.press("?")
    sheet = page.locator("#keys [data-group=report]")
    expect(sheet).to_contain_text("Terima usulan: Laka lantas")
    expect(sheet).to_contain_text("Terima usulan: Kemacetan")


def test_on_a_telephone_it_is_taken_over_with_the_thumb(report: Report, open_page: Open) -> None:
    suggest(report)
    page = open_page(report.get_absolute_url(), viewport=PHONE, has_touch=True)
    page.get_by_role("button", name="Rincian").tap()
    hint = page.locator("#hints-category .hint").first
    expect(hint).to_be_visible()
    assert hint.evaluate("element => element.getBoundingClientRect().height") >= 40
    hint.tap()
    expect(page.locator("#fact-category")).to_contain_text("Laka lantas")


def test_an_answer_that_fits_is_written_with_one_key(report: Report, open_page: Open) -> None:
    ReplyTemplate.objects.create(
        station=report.station, key="skck", title="Syarat SKCK", text="Bawa KTP dan KK."
    )
    hints.suggest(report, Enricher.KIND, {"kind": "pertanyaan", "template_key": "skck"})
    page = open_page(report.get_absolute_url())
    page.keyboard.press("Shift+E")
    expect(page.locator("#reply-text")).to_have_value("Bawa KTP dan KK.")
    expect(page.locator("#reply-text")).to_be_focused()


def test_the_same_incident_opens_beside_it(report: Report, open_page: Open) -> None:
    other = people.report(samples.text("Ada laka juga", by=samples.JOKO))
    hints.suggest(report, Enricher.DUPLICATE, {"report": str(other.pk), "strength": "strong"})
    page = open_page(report.get_absolute_url())
    with page.context.expect_page() as beside:
        page.keyboard.press("7")
    expect(beside.value.locator(".compare-side", has_text=other.number)).to_be_visible()
    expect(page.locator("#talk-head")).to_contain_text(report.number)


def heard(page: Page) -> float:
    """How many seconds of the voice note have been played."""
    seconds: float = page.locator(".voice audio").evaluate("(sound) => sound.currentTime")
    return seconds


def test_a_voice_note_plays_by_keys(report: Report, open_page: Open) -> None:
    shown_files.prepared(report, recordings.voice_note(seconds=3))
    page = open_page(report.get_absolute_url())
    voice = page.locator(".voice")
    expect(voice.locator(".voice-time")).to_contain_text("0:03")
    expect(voice.locator("audio")).to_be_hidden()
    voice.get_by_role("button", name="Putar pesan suara").focus()
    page.keyboard.press("Enter")
    wait_until(lambda: heard(page) > 0.3, 10, what="it is heard")
    expect(voice.locator(".voice-play")).to_have_attribute("aria-pressed", "true")
    expect(voice.locator("rect.is-past").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(voice.locator(".voice-play")).to_have_attribute("aria-pressed", "false")


def test_a_voice_note_can_be_heard_from_its_middle(report: Report, open_page: Open) -> None:
    shown_files.prepared(report, recordings.voice_note(seconds=4))
    page = open_page(report.get_absolute_url())
    voice = page.locator(".voice")
    voice.locator(".voice-play").click()
    wait_until(lambda: heard(page) > 0, 10, what="it is heard")
    voice.locator(".voice-play").click()
    voice.locator(".voice-seek").fill("500")
    wait_until(lambda: abs(heard(page) - 2) < 0.3, 10, what="it is in its middle")


def test_a_picture_opens_turns_and_shuts_by_keys(report: Report, open_page: Open) -> None:
    shown_files.prepared(report, photos.jpeg(1200, 900))
    page = open_page(report.get_absolute_url())
    picture = page.locator(".attached .shot")
    expect(picture.locator("img")).to_have_js_property("complete", True)
    picture.focus()
    page.keyboard.press("Enter")
    image = page.locator("#viewer-image")
    expect(image).to_be_visible()
    expect(image).not_to_have_js_property("naturalWidth", 0)
    page.keyboard.press("+")
    expect(page.locator("#viewer-scale")).to_have_text("140%")
    page.keyboard.press("]")
    assert "rotate(90deg)" in (image.get_attribute("style") or "")
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
