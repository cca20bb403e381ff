"""A report goes to a unit without a mouse: read, looked through, sent; and the desk hears what the unit has done."""

import pytest
from playwright.sync_api import expect

from operators.models import Operator
from operators.permissions import Role
from reports import assignment, claims
from reports.models import Assignment, RoutingRule, Station
from reports.workflow import Outcome
from tests import people, samples
from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser


@pytest.fixture
def sari(station: Station) -> Operator:
    unit = people.unit(station)
    RoutingRule.objects.create(
        station=station, unit=unit, together_with=people.unit(station, "lantas")
    )
    return people.operator(station, Role.UNIT, username="sari", unit=unit)


def test_it_is_forwarded_by_keyboard(open_page: Open, rina: Operator, sari: Operator) -> None:
    report = people.report(samples.text("Depan rumah saya balap liar, hp 081234567890"))
    claims.claim(report, by=rina)
    page = open_page(report.get_absolute_url())
    page.keyboard.press("w")
    expect(page.locator("#dispatch-unit")).to_be_focused()
    expect(page.locator("#dispatch-unit")).to_have_value("samapta")
    expect(page.locator("#dispatch-brief")).to_have_value(
        "Depan rumah saya balap liar, hp [nomor telepon]"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("#dispatch-brief")).to_be_focused()
    page.keyboard.press("Control+Enter")
    refusal = page.locator("#dock .alert")
    expect(refusal).to_contain_text("dapat menunjukkan siapa pelapornya")
    assert not Assignment.objects.exists()
    page.locator(".doubts input").focus()
    page.keyboard.press("Space")
    page.locator("#dispatch-brief").focus()
    page.keyboard.press("Control+Enter")
    task = page.locator(".task")
    expect(task).to_contain_text("Samapta")
    expect(task).to_contain_text("Terkirim, belum diterima")
    made = Assignment.objects.get()
    assignment.accept(made, by=sari)
    expect(task).to_contain_text("Contoh Sari")
    assignment.finish(made, result=Outcome.ACTED, note="Sudah bubar.", by=sari)
    expect(page.locator("#next-wide")).to_contain_text("Kabari pelapor, lalu selesaikan.")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#closing-outcome")).to_have_value("acted")
    expect(page.locator("#closing-note")).to_have_value("Sudah bubar.")
    assert open_page.complaints == []  # type: ignore[attr-defined]


def test_on_a_telephone_it_fits(open_page: Open, rina: Operator, sari: Operator) -> None:
    report = people.report(samples.text("Depan rumah saya balap liar"))
    claims.claim(report, by=rina)
    page = open_page(report.get_absolute_url(), viewport=PHONE, has_touch=True)
    page.locator(".facts-toggle").tap()
    page.locator("#dispatch-editor > summary").tap()
    page.locator(".doubts input").tap()
    page.locator("#dispatch-form button.is-primary").tap()
    expect(page.locator(".task")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_it_is_an_ordinary_form(
    open_page: Open, rina: Operator, sari: Operator
) -> None:
    report = people.report(samples.text("Ada balap liar"))
    claims.claim(report, by=rina)
    page = open_page(report.get_absolute_url(), java_script_enabled=False)
    page.locator("#next-wide a", has_text="Teruskan").click()
    page.locator("#dispatch-form button.is-primary").click()
    expect(page.locator(".task")).to_have_count(2)
