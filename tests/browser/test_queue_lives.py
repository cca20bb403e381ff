"""The queue renews itself, and holds still what is being read."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims, triage
from reports.models import Report
from reports.workflow import Outcome, Urgency
from tests import people, samples
from tests.browser.conftest import Open
from tests.samples import Citizen

pytestmark = pytest.mark.browser


def arrive(body: str, who: int = 1, **changes: object) -> Report:
    report = people.report(samples.text(body, by=Citizen(f"Warga {who}", f"+6281277{who:06d}")))
    if changes:
        Report.objects.filter(pk=report.pk).update(**changes)
    return report


def numbers(page: Page) -> list[str]:
    return [row.get_attribute("data-key") or "" for row in page.locator(".row").all()]


def test_a_report_that_arrives_slides_in_at_its_place(desk: Page) -> None:
    expect(desk.get_by_text("Antrean kosong")).to_be_visible()
    first = arrive("Ada balap liar di depan pasar", 1)
    expect(desk.locator(".row")).to_have_count(1)
    expect(desk.locator(".row")).to_contain_text("Ada balap liar di depan pasar")
    expect(desk.get_by_text("Antrean kosong")).to_be_hidden()
    expect(desk.locator("[data-count=new]")).to_have_text("1")
    expect(desk).to_have_title(re.compile(r"^\(1\) "))
    danger = arrive("Tolong, ada kebakaran", 2, urgency=Urgency.EMERGENCY)
    third = arrive("SIM saya hilang", 3)
    expect(desk.locator(".row")).to_have_count(3)
    assert numbers(desk) == [danger.number, first.number, third.number]


def test_a_claimed_report_is_redrawn_where_it_stands(desk: Page, bambang: Operator) -> None:
    reports = [arrive("Laporan", who) for who in range(3)]
    expect(desk.locator(".row")).to_have_count(3)
    claims.claim(reports[1], by=bambang)
    expect(desk.locator(".row").nth(1)).to_contain_text("dipegang Bambang Sutrisno")
    assert numbers(desk) == [report.number for report in reports]


def test_a_closed_report_leaves(desk: Page, bambang: Operator) -> None:
    report = arrive("Laporan")
    expect(desk.locator(".row")).to_have_count(1)
    triage.close(report, Outcome.SILENT, "Tanpa isi.", by=bambang)
    expect(desk.locator(".row")).to_have_count(0)
    expect(desk.get_by_text("Antrean kosong")).to_be_visible()
    expect(desk.locator("[data-count=station]")).to_have_text("0")


def test_a_scrolled_list_holds_still_and_a_pill_tells(rina: Operator, open_page: Open) -> None:
    for who in range(20):
        arrive(f"Laporan {who}", who)
    page = open_page("/desk/")
    page.locator("#rows").evaluate("rows => rows.scrollTop = 600")
    row = page.locator(".row").nth(10)
    before = row.bounding_box()
    key = row.get_attribute("data-key")
    danger = arrive("Kebakaran!", 90, urgency=Urgency.EMERGENCY)
    pill = page.locator("#arrived")
    expect(pill).to_have_text("1 baru")
    assert page.locator(f".row[data-key='{key}']").bounding_box() == before
    pill.click()
    expect(page.locator(f".row[data-key='{danger.number}']")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_a_row_under_the_pointer_holds_still(rina: Operator, open_page: Open) -> None:
    for who in range(20):
        arrive(f"Laporan {who}", who)
    page = open_page("/desk/")
    row = page.locator(".row").nth(3)
    key = row.get_attribute("data-key")
    row.hover()
    before = row.bounding_box()
    arrive("Kebakaran!", 90, urgency=Urgency.EMERGENCY)
    expect(page.locator("#arrived")).to_have_text("1 baru")
    assert page.locator(f".row[data-key='{key}']").bounding_box() == before


def test_after_a_break_it_is_what_a_fresh_page_would_be(
    rina: Operator, bambang: Operator, open_page: Open
) -> None:
    reports = [arrive(f"Laporan {who}", who) for who in range(4)]
    page = open_page("/desk/")
    expect(page.locator("#connection")).to_have_text("tersambung")
    page.context.route("**/desk/feed/**", lambda route: route.fulfill(status=503, body=""))
    expect(page.locator("#connection")).to_have_text("terputus, mencoba lagi")
    triage.close(reports[0], Outcome.SILENT, "Tanpa isi.", by=bambang)
    claims.claim(reports[2], by=bambang)
    arrive("Kebakaran!", 90, urgency=Urgency.EMERGENCY)
    people.message(samples.text("Masih ada?", by=Citizen("Warga 3", "+6281277000003")))
    page.context.unroute("**/desk/feed/**")
    expect(page.locator("#connection")).to_have_text("tersambung")
    expect(page.locator(".row")).to_have_count(4)
    fresh = open_page("/desk/")
    assert numbers(page) == numbers(fresh)
    assert page.locator("#rows").inner_text() == fresh.locator("#rows").inner_text()
    open_page.complaints[:] = [c for c in open_page.complaints if "503" not in c]  # type: ignore[attr-defined]


def test_a_cursor_that_is_too_old_draws_the_list_anew(desk: Page) -> None:
    report = arrive("Laporan")
    expect(desk.locator(".row")).to_have_count(1)
    Report.objects.filter(pk=report.pk).update(urgency=Urgency.SOON)
    desk.context.route(
        re.compile("/desk/feed/"), lambda route: route.fulfill(status=205, body=""), times=1
    )
    expect(desk.locator(".row")).to_contain_text("Segera")


def test_a_session_that_is_over_covers_the_desk_and_keeps_what_was_typed(
    rina: Operator, open_page: Open
) -> None:
    report = arrive("Laporan rahasia")
    page = open_page(report.get_absolute_url())
    page.fill("#reply-text", "Sedang saya tulis")
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    expect(page.get_by_role("heading", name="Sesi Anda berakhir")).to_be_visible()
    page.context.add_cookies(cookies)
    expect(page.get_by_role("heading", name="Sesi Anda berakhir")).to_be_hidden()
    expect(page.locator("#reply-text")).to_have_value("Sedang saya tulis")
