"""Two people at two browsers, on the same report at the same time."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Page, expect

from operators.models import Operator
from operators.permissions import Role
from reports import claims
from reports.models import Draft, Event, Report, Station
from reports.models.event import EventKind
from tests import people, samples
from tests.browser.conftest import PHONE, Open
from tests.servers import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def nobody_was_here(transactional_db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def report(station: Station) -> Report:
    return people.report(samples.text("Ada keributan di warung"))


@pytest.fixture
def wawan(station: Station) -> Operator:
    return people.operator(station, Role.PAMAPTA, username="wawan", name="Wawan Setiadi")


@pytest.fixture
def pair(rina: Operator, bambang: Operator, report: Report, open_page: Open) -> tuple[Page, Page]:
    """The report before Rina's eyes and before Bambang's."""
    return (
        open_page(report.get_absolute_url(), username="rina"),
        open_page(report.get_absolute_url(), username="bambang"),
    )


def saved(text: str) -> None:
    """Until a draft with words is on the server; which words, the next page shows."""
    wait_until(Draft.objects.exists, 5, what=f"kept: {text}")


def test_of_two_claims_at_once_one_wins_and_the_other_is_told_who(pair: tuple[Page, Page]) -> None:
    # What each page would learn of the other by itself is held back: both still show a free report.
    for page in pair:
        page.context.route("**/desk/feed/**", lambda route: route.fulfill(status=204))
    buttons = [
        page.locator("#next-wide").get_by_role("button", name="Ambil", exact=True) for page in pair
    ]
    if connection.vendor == "postgresql":
        for button in buttons:
            button.evaluate("button => setTimeout(() => button.click(), 150)")
    else:
        # The tests' SQLite has one connection for all threads: one after the other, though neither page knows.
        for page, button in zip(pair, buttons, strict=True):
            with page.expect_response("**/claim/**"):
                button.click()
    heads = [page.locator("#talk-head") for page in pair]
    for head in heads:
        expect(head).to_contain_text(re.compile("Anda pegang|dipegang (Rina|Bambang)"))
    won = [
        page for page, head in zip(pair, heads, strict=True) if "Anda pegang" in head.inner_text()
    ]
    assert len(won) == 1
    (lost,) = set(pair) - set(won)
    name = str(Report.objects.get().holder)
    expect(lost.locator("#dock").get_by_role("alert")).to_contain_text(
        f"Laporan ini dipegang {name}."
    )
    assert Event.objects.filter(kind=EventKind.CLAIMED).count() == 1


def test_each_sees_the_other_within_three_seconds(pair: tuple[Page, Page]) -> None:
    """A page asks once a second; how long a second takes is the machine's affair."""
    rinas, bambangs = pair
    asked: list[str] = []
    rinas.on("response", lambda got: "/desk/feed/" in got.url and asked.append(got.url))
    expect(rinas.locator("#presence")).to_contain_text("Bambang Sutrisno sedang melihat")
    assert len(asked) <= 3
    expect(bambangs.locator("#presence")).to_contain_text("Rina Wulandari sedang melihat")
    before = rinas.locator("#talk").bounding_box()
    bambangs.locator("#reply-text").press_sequentially("Sebentar")
    expect(rinas.locator("#presence")).to_contain_text("Bambang Sutrisno sedang menulis …")
    assert rinas.locator("#talk").bounding_box() == before, "the page has moved"
    bambangs.goto("/desk/")
    expect(rinas.locator("#presence")).to_have_text(re.compile(r"^\s*$"))


def test_a_draft_survives_being_taken_over(
    rina: Operator, wawan: Operator, report: Report, open_page: Open
) -> None:
    claims.claim(report, by=rina)
    rinas = open_page(report.get_absolute_url(), username="rina")
    rinas.locator("#reply-text").press_sequentially("Petugas kami")
    wawans = open_page(report.get_absolute_url(), username="wawan")
    wawans.keyboard.press("Shift+T")
    wawans.locator("#taking-over-reason").press_sequentially("Rina ke lokasi.")
    wawans.keyboard.press("Control+Enter")
    expect(wawans.locator("#talk-head")).to_contain_text("Anda pegang")
    expect(wawans.locator("#conversation")).to_contain_text("Rina ke lokasi.")

    expect(rinas.locator("#talk-head")).to_contain_text("dipegang Wawan Setiadi")
    expect(rinas.locator("#reply-text")).to_have_value("Petugas kami")
    saved("Petugas kami")
    rinas.reload()
    expect(rinas.locator("#reply-text")).to_have_value("Petugas kami")
    elsewhere = open_page(report.get_absolute_url(), username="rina", viewport=PHONE)
    expect(elsewhere.locator("#reply-text")).to_have_value("Petugas kami")
    wawans.reload()
    expect(wawans.locator("#reply-text")).to_have_value("")


def test_an_answer_that_missed_a_message_is_refused_kept_and_sent_the_second_time(
    rina: Operator, report: Report, open_page: Open
) -> None:
    claims.claim(report, by=rina)
    page = open_page(report.get_absolute_url())
    # The page does not hear of what comes, as in the second before it does.
    page.context.route("**/desk/feed/**", lambda route: route.fulfill(status=204))
    page.fill("#reply-text", "Petugas ke sana.")
    people.message(samples.text("Sudah bubar Pak"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dock").get_by_role("alert")).to_contain_text("Pelapor menulis lagi.")
    expect(page.locator("#conversation")).to_contain_text("Sudah bubar Pak")
    expect(page.locator("#reply-text")).to_have_value("Petugas ke sana.")
    assert not report.messages.filter(author=rina).exists()
    assert Draft.objects.get().operator == rina

    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bubble.is-desk").last).to_contain_text("Petugas ke sana.")
    expect(page.locator("#reply-text")).to_have_value("")
    assert not Draft.objects.exists()
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("")


def test_whoever_sees_the_message_sends_at_the_first_time(
    rina: Operator, report: Report, open_page: Open
) -> None:
    claims.claim(report, by=rina)
    page = open_page(report.get_absolute_url())
    page.locator("#reply-text").press_sequentially("Petugas ke sana.")
    people.message(samples.text("Tambah ramai Pak"))
    expect(page.locator("#conversation")).to_contain_text("Tambah ramai Pak")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bubble.is-desk").last).to_contain_text("Petugas ke sana.")


def test_what_is_written_while_cut_off_is_kept_afterwards(
    rina: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.context.route("**/draft/", lambda route: route.fulfill(status=503))
    with page.expect_response("**/draft/"):
        page.locator("#reply-text").press_sequentially("Petugas kami")
    assert not Draft.objects.exists()
    page.context.unroute("**/draft/")
    open_page.complaints[:] = [c for c in open_page.complaints if "503" not in c]  # type: ignore[attr-defined]
    page.evaluate("dispatchEvent(new Event('online'))")
    saved("Petugas kami")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Petugas kami")


def test_leaving_at_once_loses_nothing(rina: Operator, report: Report, open_page: Open) -> None:
    page = open_page(report.get_absolute_url())
    page.locator("#reply-text").press_sequentially("Petugas kami")
    page.goto("/desk/")
    saved("Petugas kami")
    page.goto(report.get_absolute_url())
    expect(page.locator("#reply-text")).to_have_value("Petugas kami")


def test_claiming_in_the_middle_of_a_word_takes_no_letter_away(
    rina: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.locator("#reply-text").press_sequentially("Petugas kami")
    page.locator("#next-wide").get_by_role("button", name="Ambil", exact=True).click()
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")
    expect(page.locator("#reply-text")).to_have_value("Petugas kami")
    page.locator("#next-wide").get_by_role("button", name="Kembalikan").click()
    expect(page.locator("#next-wide")).to_contain_text("Belum ada yang memegang laporan ini.")
    expect(page.locator("#reply-text")).to_have_value("Petugas kami")


def test_a_colleague_is_given_the_report(
    rina: Operator, wawan: Operator, report: Report, open_page: Open
) -> None:
    rinas = open_page(report.get_absolute_url(), username="rina")
    wawans = open_page(report.get_absolute_url(), username="wawan")
    wawans.locator("#next-wide").get_by_role("link", name="Serahkan").click()
    wawans.select_option("#assigning-to", label="Rina Wulandari")
    wawans.locator("#assigning").get_by_role("button", name="Serahkan").click()
    expect(wawans.locator("#talk-head")).to_contain_text("dipegang Rina Wulandari")
    expect(rinas.locator("#talk-head")).to_contain_text("Anda pegang")
