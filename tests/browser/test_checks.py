"""A check in plain clothes in the browser: asked for by keys, made on a telephone, and its result is at the desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims, verification
from reports.models import Report, Verification
from reports.models.verification import Result
from tests import checks, people, photos, samples
from tests.browser.conftest import PHONE, Open
from tests.browser.test_accessibility import OUTSIDE, checker, faults_by_axe, in_both, visit

pytestmark = pytest.mark.browser
__all__ = ["checker"]

SMALL = """() => [...document.querySelectorAll(".check-page :is(a.button, button, select, textarea, input, .check-choice)")]
  .filter((control) => control.checkVisibility() && !control.closest(".check-choice:not(:scope)"))
  .map((control) => [control.outerHTML.slice(0, 60), control.getBoundingClientRect().height])
  .filter(([, height]) => height < 40)"""
"""Controls that a finger does not hit; a radio button is hit by its line."""


@pytest.fixture
def satu(rina: Operator) -> Operator:
    return checks.officers(rina.station, 2)[0]


@pytest.fixture
def report(rina: Operator, satu: Operator) -> Report:
    report = people.report(samples.text("Knalpot brong tiap malam"))
    checks.checked_first(report)
    claims.claim(report, by=rina)
    Report.objects.update(waiting_since=None, latitude=-7.4264, longitude=111.0223)
    report.refresh_from_db()
    return report


def ask_by_keys(page: Page) -> None:
    page.keyboard.press("y")
    box = page.locator("#check-officers input").first
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    page.locator("#check-brief").focus()
    page.keyboard.type("Lihat apakah ada motor brong")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#facts-check")).to_contain_text("Lihat apakah ada motor brong")


def test_it_is_asked_for_by_keys_made_on_a_telephone_and_its_result_comes_to_the_desk(
    rina: Operator, satu: Operator, report: Report, open_page: Open, tmp_path: Path
) -> None:
    desk = open_page(report.get_absolute_url())
    expect(desk.locator("#next-wide")).to_contain_text("Minta pengecekan.")
    ask_by_keys(desk)
    named = Verification.objects.get().officers.get().operator
    expect(desk.locator("#next-wide")).to_contain_text("Pengecekan tertutup sedang berjalan")

    phone = open_page("/", username=named.username, viewport=PHONE, has_touch=True)
    phone.locator(".rail-item", has_text="Cek").click()
    phone.locator(".check-row").click()
    expect(phone.locator(".check-page")).to_contain_text("Lihat apakah ada motor brong")
    expect(phone.get_by_role("link", name="Buka di peta")).to_have_attribute(
        "href", "geo:-7.42640,111.02230?q=-7.42640,111.02230"
    )
    expect(phone.locator(".map-pin.is-incident")).to_be_visible()
    phone.get_by_role("button", name="Saya mulai").click()
    phone.locator("#check-note").fill("Lima motor di depan SPBU")
    phone.get_by_role("button", name="Simpan catatan").click()
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(photos.telltale())
    phone.locator("#check-photo").set_input_files(picture)
    phone.get_by_role("button", name="Simpan foto").click()
    shown = phone.locator(".check-photos img")
    expect(shown).to_be_visible()
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 400)
    phone.get_by_text("Terbukti", exact=True).click()
    phone.locator("#check-result-note").fill("Benar, lima motor")
    phone.get_by_role("button", name="Kirim hasil").click()
    expect(phone.locator(".check-page")).to_contain_text("Benar, lima motor")

    expect(desk.locator("#next-wide")).to_contain_text("Pengecekan: terbukti. Teruskan ke satuan.")
    expect(desk.locator("#facts-check")).to_contain_text("Benar, lima motor")


def test_a_colleague_who_watches_sees_that_it_runs_and_is_over(
    rina: Operator, bambang: Operator, satu: Operator, report: Report, open_page: Open
) -> None:
    other = open_page(report.get_absolute_url(), username="bambang")
    check = checks.asked(report, [satu], by=rina)
    expect(other.locator("#facts-check")).to_contain_text("Berjalan")
    verification.finish(check, result=Result.FALSE, note="Tidak ada", by=satu)
    expect(other.locator("#facts-check")).to_contain_text("Selesai")
    expect(other.locator("#facts-check")).not_to_contain_text("palsu")


def test_without_scripts_it_can_be_asked_for_and_made(
    rina: Operator, satu: Operator, report: Report, open_page: Open
) -> None:
    page = open_page("/", java_script_enabled=False)
    page.goto(f"/desk/reports/{report.number}/ask_check/")
    page.get_by_label("Petugas Satu").check()
    page.locator("#check-brief").fill("Lihat apakah ada motor brong")
    page.locator("#check-editor form button[type=submit]").click()
    expect(page.locator("#facts-check")).to_contain_text("Lihat apakah ada motor brong")


@in_both
def test_axe_finds_no_serious_fault(
    checker: None,
    rina: Operator,
    satu: Operator,
    report: Report,
    open_page: Open,
    colours: str,
    viewport: dict[str, int],
) -> None:
    look = {"viewport": viewport, "color_scheme": colours}
    desk = open_page("/desk/", **look)
    visit(desk, f"/desk/reports/{report.number}/ask_check/")
    assert faults_by_axe(desk) == []
    check = checks.asked(report, [satu, rina], by=rina)
    verification.note(check, "Lima motor", by=satu)
    verification.photo(check, photos.telltale(), by=satu)
    officer = open_page("/unit/checks/", username=satu.username, has_touch=True, **look)
    assert faults_by_axe(officer) == []
    for page, path in (
        (desk, report.get_absolute_url()),
        (desk, f"/unit/checks/{check.pk}/"),
        (officer, f"/unit/checks/{check.pk}/"),
    ):
        visit(page, path)
        assert faults_by_axe(page) == []
        assert page.evaluate(OUTSIDE) == []
    assert officer.evaluate(SMALL) == []
