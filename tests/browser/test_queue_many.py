"""A long queue: it goes on by itself, loses no row, and many rows are done at once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from operators.desk import queue
from operators.models import Operator
from reports import claims, triage
from reports.models import Report
from reports.workflow import Outcome, Status, Urgency
from tests.browser.conftest import Open
from tests.browser.test_queue_lives import arrive, numbers

pytestmark = pytest.mark.browser

END = "rows => rows.scrollTop = rows.scrollHeight"


def in_order() -> list[str]:
    return list(Report.objects.at_the_desk().lost_first().values_list("number", flat=True))


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SHOWN", 15)


def test_the_list_goes_on_when_its_end_comes_near(
    rina: Operator, open_page: Open, short_pages: None
) -> None:
    for who in range(50):
        arrive(f"Laporan {who}", who)
    page = open_page("/desk/")
    assert len(numbers(page)) < 50
    for _ in range(4):
        page.locator("#rows").evaluate(END)
        page.wait_for_timeout(300)
    expect(page.locator(".row")).to_have_count(50)
    assert numbers(page) == in_order()
    expect(page.locator("#more")).to_be_hidden()


def test_what_happens_beyond_what_is_shown_is_neither_lost_nor_out_of_place(
    rina: Operator, bambang: Operator, open_page: Open, short_pages: None
) -> None:
    reports = [arrive(f"Laporan {who}", who) for who in range(50)]
    page = open_page("/desk/")
    shown = len(numbers(page))
    triage.close(reports[2], Outcome.SILENT, "Tanpa isi.", by=bambang)
    claims.claim(reports[45], by=bambang)
    Report.objects.filter(pk=reports[5].pk).update(due_at=None)
    claims.claim(reports[5], by=bambang)
    Report.objects.filter(pk=reports[48].pk).update(urgency=Urgency.EMERGENCY)
    claims.claim(reports[48], by=bambang)
    last = arrive("Yang terakhir", 60)
    expect(page.locator(f".row[data-key='{reports[48].number}']")).to_be_visible()
    expect(page.locator(f".row[data-key='{reports[2].number}']")).to_have_count(0)
    assert len(numbers(page)) <= shown + 15
    assert last.number not in numbers(page)
    for _ in range(5):
        page.locator("#rows").evaluate(END)
        page.wait_for_timeout(300)
    expect(page.locator(".row")).to_have_count(50)
    assert numbers(page) == in_order()


def test_drawn_anew_a_long_list_keeps_its_length(
    rina: Operator, open_page: Open, short_pages: None
) -> None:
    for who in range(50):
        arrive(f"Laporan {who}", who)
    page = open_page("/desk/")
    for _ in range(4):
        page.locator("#rows").evaluate(END)
        page.wait_for_timeout(300)
    expect(page.locator(".row")).to_have_count(50)
    page.context.route(
        re.compile("/desk/feed/"), lambda route: route.fulfill(status=205, body=""), times=1
    )
    page.wait_for_timeout(2_500)
    assert numbers(page) == in_order()


def test_a_narrowed_queue_lives_and_stays_narrowed_beside_a_report(
    rina: Operator, open_page: Open
) -> None:
    danger = arrive("Kebakaran!", 1, urgency=Urgency.EMERGENCY)
    arrive("SIM saya hilang", 2)
    page = open_page("/desk/")
    page.locator("[popovertarget=filter]").click()
    page.locator("#filter select[name=urgency]").select_option("darurat")
    page.locator("#filter [type=submit]").click()
    page.wait_for_url("**/desk/?view=station&urgency=darurat")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".chip")).to_have_text(re.compile("Urgensi: +Darurat"))
    arrive("Motor dicuri", 3)
    other = arrive("Tolong!", 4, urgency=Urgency.EMERGENCY)
    expect(page.locator(".row")).to_have_count(2)
    page.locator(f".row[data-key='{danger.number}'] .row-link").click()
    page.wait_for_url("**/reports/**urgency=darurat")
    page.reload()
    assert numbers(page) == [danger.number, other.number]
    page.locator(".chip-off").click()
    expect(page.locator(".row")).to_have_count(4)
    expect(page.locator("#work[data-number]")).to_be_visible()


def test_many_at_once_and_what_was_refused_stays_chosen(
    rina: Operator, bambang: Operator, open_page: Open
) -> None:
    reports = [arrive(f"Laporan {who}", who) for who in range(4)]
    page = open_page("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".bulk-count")).to_have_text("1 dipilih")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator(".bulk-count")).to_have_text("3 dipilih")
    claims.claim(reports[1], by=bambang)
    expect(page.locator(".row").nth(1)).to_contain_text("Bambang Sutrisno")
    expect(page.locator(".row-select:checked")).to_have_count(3)
    page.keyboard.press("b")
    expect(page.locator(".bulk-verbs .button").first).to_be_focused()
    page.keyboard.press("Enter")
    result = page.locator("#bulk-result")
    expect(result).to_contain_text(f"{reports[1].number} Laporan ini dipegang Bambang Sutrisno.")
    expect(page.locator(".row-select:checked")).to_have_count(1)
    assert page.locator(".row-select:checked").get_attribute("value") == reports[1].number
    expect(page.locator("[data-count=mine]")).to_have_text("2")
    page.locator("[data-bulk-none]").click()
    expect(page.locator("#bulk-slot")).to_be_hidden()


def test_closing_many_asks_for_an_outcome_and_a_sentence(desk: Page) -> None:
    for who in range(3):
        arrive("Tes", who)
    expect(desk.locator(".row")).to_have_count(3)
    desk.locator("#select-rows").click()
    desk.locator(".row-select").first.check()
    desk.locator("[data-bulk-all]").click()
    desk.locator("[data-bulk-opens=close]").click()
    desk.locator("#bulk-outcome").select_option("number_test")
    desk.locator("#bulk-note").fill("Uji nomor.")
    desk.locator("#bulk-close [type=submit]").click()
    expect(desk.locator(".row")).to_have_count(0)
    expect(desk.locator("#bulk-result")).to_contain_text("3 laporan")
    assert Report.objects.filter(status=Status.DONE).count() == 3


def test_a_target_passes_before_the_eyes(rina: Operator, open_page: Open) -> None:
    arrive("Halo", 1, due_at=timezone.now() + timedelta(seconds=15))
    page = open_page("/desk/")
    due = page.locator(".row-due")
    expect(due).to_contain_text("sisa < 1 mnt")
    expect(due).to_have_class(re.compile("is-overdue"))
    expect(due).to_contain_text("lewat < 1 mnt")
