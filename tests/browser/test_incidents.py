"""Incidents by keys alone: two reports linked, everybody answered; nobody is kept out of the pages."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from playwright.sync_api import expect

from operators.models import Operator
from reports import incident_answers, incidents, jobs
from reports.models import Incident, Message, Report
from reports.models.finding import Enricher
from reports.workflow import Outcome
from tests import hints, people, samples
from tests.browser.conftest import PHONE, Open
from tests.browser.test_accessibility import OUTSIDE, checker, faults_by_axe, in_both, visit
from tests.samples import Citizen

pytestmark = pytest.mark.browser
__all__ = ["checker"]


def reported(number: int) -> list[Report]:
    citizens = [Citizen(f"Warga {n}", f"+62814555{n:05d}") for n in range(number)]
    return [people.report(samples.text(f"Brong ke-{n}", by=one)) for n, one in enumerate(citizens)]


@pytest.fixture
def alike(rina: Operator) -> list[Report]:
    """Two reports, the later found to be like the earlier."""
    first, later = reported(2)
    hints.suggest(later, Enricher.DUPLICATE, {"report": str(first.pk), "strength": "strong"})
    return [first, later]


@pytest.fixture
def incident(rina: Operator) -> Incident:
    first, *rest = reported(4)
    for one in rest:
        made = incidents.link(one, first, by=rina)
    return made


def test_a_suggested_report_is_linked_with_one_key_from_either_page(
    alike: list[Report], open_page: Open
) -> None:
    first, later = alike
    page = open_page(first.get_absolute_url())
    expect(page.locator("#hints-alike")).to_contain_text(later.number)
    page.keyboard.press("h")
    expect(page.locator("#facts-incident")).to_contain_text("2 laporan dari 2 orang")
    expect(page.locator("#hints-alike")).to_be_hidden()
    expect(page.locator("#timeline")).to_contain_text("menghubungkan laporan ke kejadian")
    expect(page.locator(".row-incident")).to_have_count(2)
    assert Incident.objects.get().reports.count() == 2


def test_side_by_side_first_and_linked_with_the_same_key(
    alike: list[Report], open_page: Open
) -> None:
    page = open_page(alike[1].get_absolute_url())
    with page.context.expect_page() as opened:
        page.keyboard.press("7")
    beside = opened.value
    expect(beside.locator(".compare-side")).to_have_count(2)
    expect(beside.locator(".compare-side").first).to_contain_text("Brong ke-1")
    beside.keyboard.press("h")
    expect(beside.locator(".incident-reports > li")).to_have_count(2)
    expect(page.locator("#facts-incident")).to_contain_text("2 laporan dari 2 orang")


def test_everybody_is_answered_by_keys_and_the_ledger_follows(
    incident: Incident, rina: Operator, open_page: Open, settings: LazySettings
) -> None:
    settings.UNDO_WITHIN = timedelta(0)
    report = incident.reports.first()
    assert report is not None
    page = open_page(report.get_absolute_url())
    page.keyboard.press("Shift+H")
    page.wait_for_url(f"**{incident.get_absolute_url()}")
    expect(page.locator(".preview")).to_contain_text("4 lewat WhatsApp")
    page.keyboard.press("r")
    page.keyboard.type("Tim sudah di lokasi, {nomor_laporan}.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#ledger")).to_contain_text("4 menunggu dikirim")
    jobs.answer_incidents(seconds=None)
    Message.objects.filter(author=rina).update(status="delivered")
    expect(page.locator("#ledger .is-delivered").first).to_contain_text("4 sampai")
    expect(page.locator("#ledger")).to_contain_text("berlaku terus")


def test_rows_are_linked_by_keys(rina: Operator, open_page: Open) -> None:
    reported(3)
    page = open_page("/desk/")
    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.get_by_role("button", name="Hubungkan", exact=True).click()
    page.get_by_role("button", name="Hubungkan semua yang dipilih").click()
    expect(page.locator("#bulk-result")).to_contain_text("3 laporan")
    expect(page.locator(".row-incident")).to_have_count(3)


def test_a_report_ends_like_its_incident_with_one_key(
    incident: Incident, rina: Operator, open_page: Open
) -> None:
    incidents.close(incident, Outcome.ACTED, "Motor ditindak.", by=rina)
    report = incident.reports.first()
    assert report is not None
    page = open_page(report.get_absolute_url())
    page.keyboard.press("Shift+S")
    expect(page.locator("#facts-outcome")).to_contain_text("Motor ditindak.")


@in_both
def test_axe_finds_no_serious_fault_in_the_pages_of_incidents(
    checker: None,
    incident: Incident,
    rina: Operator,
    open_page: Open,
    colours: str,
    viewport: dict[str, int],
) -> None:
    incident_answers.answer(incident, "Tim sudah di lokasi.", by=rina, standing=True)
    jobs.answer_incidents(seconds=None)
    Message.objects.filter(author=rina).update(status="failed", error_code="63016")
    a, b = incident.reports.all()[:2]
    Report.objects.filter(pk=a.pk).update(latitude=-7.42, longitude=111.02)
    page = open_page("/desk/", viewport=viewport, color_scheme=colours)
    for path in (
        "/desk/incidents/",
        incident.get_absolute_url(),
        f"/desk/incidents/compare/?a={a.number}&b={b.number}",
        a.get_absolute_url(),
    ):
        visit(page, path)
        assert faults_by_axe(page) == []
        assert page.evaluate(OUTSIDE) == []


def test_on_a_telephone_the_answer_stands_before_the_long_list(
    incident: Incident, open_page: Open
) -> None:
    page = open_page(incident.get_absolute_url(), viewport=PHONE, has_touch=True)
    answer = page.locator("#answer-text").bounding_box()
    reports = page.locator(".incident-reports").bounding_box()
    assert answer is not None
    assert reports is not None
    assert answer["y"] < reports["y"]
