"""Claim, answer, close: with the mouse, with the keyboard, on a telephone, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims, triage
from reports.models import Message, Report
from reports.models.message import Delivery
from reports.workflow import Outcome
from tests import people, samples
from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser


@pytest.fixture
def report(station: object) -> Report:
    return people.report(samples.text("Ada keributan di warung"))


def test_claim_answer_close(rina: Operator, report: Report, desk: Page) -> None:
    desk.locator(".row-link").click()
    expect(desk).to_have_url(re.compile(report.number))
    expect(desk).to_have_title(f"(1) {report.number} · polreswa")
    expect(desk.locator("#conversation")).to_contain_text("Ada keributan di warung")
    expect(desk.locator(".row-link")).to_have_attribute("aria-current", "true")

    desk.get_by_role("button", name="Ambil").click()
    expect(desk.locator("#talk-head")).to_contain_text("Anda pegang")

    desk.fill("#reply-text", "Petugas menuju lokasi.")
    expect(desk.locator(".composer-count")).to_have_text("22 / 1.600")
    desk.get_by_role("button", name="Balas").click()
    expect(desk.locator(".bubble.is-desk").last).to_contain_text("Petugas menuju lokasi.")
    expect(desk.locator("#reply-text")).to_have_value("")

    desk.locator("#next-wide").get_by_role("link", name="Selesai").click()
    desk.select_option("#closing-outcome", label="Terbukti dan ditindak")
    desk.fill("#closing-note", "Pelaku dibubarkan.")
    desk.locator(".closing").get_by_role("button", name="Selesai").click()
    expect(desk.locator("#facts")).to_contain_text("Pelaku dibubarkan.")
    expect(desk.locator(".row")).to_have_count(0)
    report.refresh_from_db()
    assert report.outcome == Outcome.ACTED


def test_with_the_keyboard_alone(rina: Operator, report: Report, desk: Page) -> None:
    desk.locator("#rows").focus()
    # Past the box that chooses the row.
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk-head")).to_contain_text(report.number)
    desk.locator("#reply-text").focus()
    desk.keyboard.type("Baris satu")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Baris dua")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".bubble.is-desk").last).to_contain_text("Baris dua")
    expect(desk.locator("#talk-head")).to_contain_text("Anda pegang")
    desk.locator("#next-wide").get_by_role("link", name="Selesai").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#closing-outcome")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.locator("#closing-outcome")).to_be_hidden()
    desk.keyboard.press("Enter")
    desk.keyboard.type("zonk")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Nihil.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#facts")).to_contain_text("Zonk: tidak ditemukan")


def test_a_claim_by_another_refuses_mine_and_keeps_what_i_wrote(
    rina: Operator, bambang: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.context.route("**/desk/feed/**", lambda route: route.fulfill(status=204))
    page.context.route("**/conversation/**", lambda route: route.abort())
    page.fill("#reply-text", "Kami ke sana")
    claims.claim(report, by=bambang)
    page.get_by_role("button", name="Balas").click()
    alert = page.locator("#dock").get_by_role("alert")
    expect(alert).to_contain_text("Laporan ini dipegang Bambang Sutrisno.")
    expect(page.locator("#reply-text")).to_have_value("Kami ke sana")


def test_claiming_does_not_touch_what_i_write(
    rina: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.fill("#reply-text", "Setengah kalimat")
    page.get_by_role("button", name="Ambil").click()
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")
    expect(page.locator("#reply-text")).to_have_value("Setengah kalimat")


def test_looking_at_another_report_keeps_what_i_write(rina: Operator, desk: Page) -> None:
    for who in (1, 2):
        people.report(samples.text("Laporan", by=samples.Citizen("W", f"+62812770000{who}")))
    expect(desk.locator(".row")).to_have_count(2)
    desk.locator(".row-link").first.click()
    desk.fill("#reply-text", "Untuk yang pertama")
    desk.locator(".row-link").last.click()
    expect(desk.locator("#reply-text")).to_have_value("")
    desk.locator(".row-link").first.click()
    expect(desk.locator("#reply-text")).to_have_value("Untuk yang pertama")


def test_a_message_that_arrives_does_not_touch_what_i_write(
    rina: Operator, report: Report, open_page: Open
) -> None:
    claims.claim(report, by=rina)
    page = open_page(report.get_absolute_url())
    page.locator("#reply-text").focus()
    page.keyboard.type("Sebentar, ")
    people.message(samples.text("Tambah ramai Pak"))
    expect(page.locator("#conversation")).to_contain_text("Tambah ramai Pak")
    page.keyboard.type("Bu")
    expect(page.locator("#reply-text")).to_have_value("Sebentar, Bu")
    expect(page.locator("#reply-text")).to_be_focused()


def test_what_becomes_of_an_answer_is_seen(rina: Operator, report: Report, open_page: Open) -> None:
    sent = triage.reply(report, "Petugas menuju lokasi.", by=rina)
    page = open_page(report.get_absolute_url())
    bubble = page.locator(".bubble.is-desk").last
    expect(bubble).to_contain_text("antre")
    Message.objects.filter(pk=sent.pk).update(status=Delivery.FAILED, error_code="63016")
    people.message(samples.text("Halo"))
    trouble = page.locator(".bubble.is-failed")
    expect(trouble).to_contain_text("Tidak sampai.")
    trouble.get_by_role("button", name="Salin ke balasan baru").click()
    expect(page.locator("#reply-text")).to_have_value("Petugas menuju lokasi.")


def test_a_refused_form_says_what_is_missing(
    rina: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url())
    page.locator("#next-wide").get_by_role("link", name="Selesai").click()
    page.fill("#closing-note", "Nihil.")
    page.locator(".closing").get_by_role("button", name="Selesai").click()
    expect(page.locator("#closing-outcome-wrong")).to_have_text("Pilih hasilnya.")
    expect(page.locator("#closing-outcome")).to_be_focused()
    expect(page.locator("#closing-note")).to_have_value("Nihil.")


def test_hostile_text_stays_text(rina: Operator, open_page: Open) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>'
    report = people.report(samples.text(hostile))
    page = open_page(report.get_absolute_url())
    expect(page.locator(".bubble-text").first).to_have_text(hostile)
    expect(page.locator(".row-opening").first).to_contain_text("<img src=x")
    assert page.locator(".bubble-text img, .row-opening img").count() == 0


def test_on_a_telephone(rina: Operator, report: Report, open_page: Open) -> None:
    page = open_page("/desk/", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(".row-link").tap()
    expect(page.locator("#queue")).to_be_hidden()
    expect(page.locator("nav.rail")).to_be_hidden()
    page.locator("#next-narrow").get_by_role("button", name="Ambil").tap()
    expect(page.locator("#next-narrow").get_by_role("button", name="Ambil")).to_have_count(0)
    page.get_by_role("button", name="Rincian", exact=True).tap()
    expect(page.get_by_role("heading", name="Pelapor")).to_be_visible()
    page.get_by_role("button", name="Tutup rincian").tap()
    page.fill("#reply-text", "Siap")
    page.get_by_role("button", name="Balas").tap()
    expect(page.locator(".bubble.is-desk").last).to_contain_text("Siap")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a, select, input:not([type=hidden])")]
            .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".skip-link, .demo-banner"))
            .map((e) => e.labels?.[0] ?? e)
            .filter((e) => e.getBoundingClientRect().height < 40)
            .map((e) => e.outerHTML.slice(0, 90))"""
    )
    assert small == []
    page.get_by_role("link", name="Kembali ke antrean").tap()
    expect(page.locator("#queue")).to_be_visible()


def test_without_scripts(rina: Operator, report: Report, open_page: Open) -> None:
    page = open_page("/desk/", java_script_enabled=False)
    page.locator(".row-link").click()
    page.locator("#next-wide").get_by_role("button", name="Ambil").click()
    expect(page.locator("#talk-head")).to_contain_text("Anda pegang")
    page.fill("#reply-text", "Petugas menuju lokasi.")
    page.get_by_role("button", name="Balas").click()
    expect(page.locator(".bubble.is-desk").last).to_contain_text("Petugas menuju lokasi.")
    page.get_by_text("Selesaikan laporan").click()
    page.select_option("#closing-outcome", "answered")
    page.fill("#closing-note", "Dijawab.")
    page.locator(".closing").get_by_role("button", name="Selesai").click()
    expect(page.locator("#facts")).to_contain_text("Pertanyaan dijawab")


def test_going_back_leads_to_the_queue_and_leaves_nothing_behind(
    rina: Operator, report: Report, desk: Page
) -> None:
    desk.locator(".row-link").click()
    expect(desk.locator("#conversation")).to_contain_text("Ada keributan di warung")
    desk.go_back()
    expect(desk.get_by_role("heading", name="Belum ada laporan yang dibuka")).to_be_visible()
    desk.go_forward()
    expect(desk.locator("#conversation")).to_contain_text("Ada keributan di warung")
    kept = desk.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "keributan" not in kept


def test_between_telephone_and_wide_screen_the_facts_are_a_drawer(
    rina: Operator, report: Report, open_page: Open
) -> None:
    page = open_page(report.get_absolute_url(), viewport={"width": 1000, "height": 800})
    expect(page.locator("#queue")).to_be_visible()
    facts = page.get_by_role("heading", name="Pelapor", exact=True)
    expect(facts).to_be_hidden()
    page.get_by_role("button", name="Rincian", exact=True).click()
    expect(facts).to_be_visible()
    page.keyboard.press("Escape")
    expect(facts).to_be_hidden()
