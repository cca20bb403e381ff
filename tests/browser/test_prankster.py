"""The prankster's ladder before one's eyes: reminded, again, blocked, the life line, the objection, lifted as wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from operators.models import Operator
from operators.permissions import Role
from reports import triage
from reports.models import Block, KeptMessage, Message, Report
from reports.models.message import Delivery
from reports.workflow import Outcome
from tests import people, samples
from tests.browser.conftest import Open
from tests.browser.test_accessibility import OUTSIDE, checker, faults_by_axe, in_both, visit
from tests.reports.blocking import cases

pytestmark = pytest.mark.browser
__all__ = ["checker"]

DANGER = "tolong ada orang dibacok di depan rumah saya"


@pytest.fixture
def pamapta(rina: Operator) -> Operator:
    cases.words(rina.station)
    cases.categories()
    return people.operator(rina.station, Role.PAMAPTA, username="pamapta", name="Joko Santoso")


def prank(by: Operator, *, days_ago: int) -> Report:
    """What came in and was closed so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    report = people.report(samples.text(cases.PRANK), at=at)
    triage.close(report, Outcome.PRANK, cases.NOTE, by=by)
    Report.objects.filter(pk=report.pk).update(closed_at=at)
    # So that words may still be sent: the 24 hours begin with the last message.
    report.contact.last_inbound_at = timezone.now()
    report.contact.save()
    return report


def reach(warning: Message | None, *, days_ago: int) -> None:
    assert warning is not None
    at = timezone.now() - timedelta(days=days_ago)
    reached = {"status": Delivery.DELIVERED, "delivered_at": at}
    Message.objects.filter(pk=warning.pk).update(**reached)


def remind(page: Page, report: Report) -> None:
    page.goto(report.get_absolute_url())
    page.locator("#warn-editor > summary").click()
    page.locator("#warn-reason").select_option("prank")
    page.get_by_label("Apa yang terbukti, satu kalimat").fill(cases.NOTE)
    page.locator("#warn-editor").get_by_role("button", name="Ingatkan").click()
    standing = page.locator("#facts-standing")
    expect(standing).to_contain_text("belum terbukti sampai")


def test_the_ladder_is_climbed_step_by_step(
    rina: Operator, pamapta: Operator, open_page: Open
) -> None:
    first = prank(rina, days_ago=5)
    desk = open_page("/desk/")
    remind(desk, first)
    standing = desk.locator("#facts-standing")
    expect(standing).to_contain_text("Ini baru pertama kali")
    reach(first.strikes.get().warning, days_ago=4)
    second = prank(rina, days_ago=2)
    remind(desk, second)
    desk.locator("#ask-block-editor > summary").click()
    desk.locator("#ask-block-note").fill(cases.BECAUSE)
    desk.get_by_role("button", name="Minta", exact=True).click()
    expect(standing).to_contain_text("menunggu Pamapta")

    lead = open_page("/desk/", username="pamapta")
    expect(lead.locator("[data-count=blocks]")).to_have_text("1")
    lead.get_by_role("button", name="Lainnya").click()
    lead.get_by_role("link", name="Blokir").click()
    lead.locator(".block-link").click()
    expect(lead.get_by_text(cases.BECAUSE)).to_be_visible()
    lead.get_by_label("7 hari").check()
    lead.get_by_role("button", name="Blokir", exact=True).click()
    expect(lead.locator(".standing-state")).to_contain_text("Diblokir sampai")

    reports = Report.objects.count()
    people.put_away(samples.text("KEBERATAN pak, HP saya dipakai adik"))
    assert (Report.objects.count(), KeptMessage.objects.count()) == (reports, 1)
    people.put_away(samples.text(DANGER))
    life_line = Report.objects.get(is_life_line=True)
    desk.goto("/desk/?view=life_line")
    row = desk.locator(f"[data-key='{life_line.number}']")
    expect(row.locator(".row-life-line")).to_be_visible()
    expect(desk.locator(".row")).to_have_count(1)

    lead.goto("/desk/blocks/")
    expect(lead.locator(".is-appealed")).to_contain_text("Keberatan sejak")
    lead.locator(".is-appealed .block-link").click()
    expect(lead.locator(".kept-words")).to_contain_text("HP saya dipakai adik")
    lead.get_by_label("Mengapa, satu kalimat").fill("HP dipakai adiknya.")
    lead.get_by_label("Seharusnya tidak diblokir").check()
    lead.get_by_role("button", name="Cabut", exact=True).click()
    expect(lead.locator(".standing-state")).to_contain_text("keliru")
    lead.goto("/desk/blocks/")
    expect(lead.locator(".is-wrong-block")).to_have_text("1")


def test_who_is_never_struck_is_said_and_what_was_written_stays(
    rina: Operator, pamapta: Operator, open_page: Open
) -> None:
    report = people.report(samples.text("saya capek hidup pak, lebih baik mati saja"))
    triage.close(report, Outcome.PRANK, cases.NOTE, by=rina)
    page = open_page(report.get_absolute_url())
    page.locator("#warn-editor > summary").click()
    page.locator("#warn-reason").select_option("prank")
    page.get_by_label("Apa yang terbukti, satu kalimat").fill("Sering iseng")
    page.locator("#warn-editor").get_by_role("button", name="Ingatkan").click()
    expect(page.locator(".is-refusal")).to_contain_text("tidak pernah menjadi catatan")
    expect(page.locator("#warn-note")).to_have_value("Sering iseng")


@in_both
def test_axe_finds_no_serious_fault_in_the_ladder_and_the_blocks(
    checker: None,
    rina: Operator,
    pamapta: Operator,
    open_page: Open,
    colours: str,
    viewport: dict[str, int],
) -> None:
    report = prank(rina, days_ago=2)
    block = people.kept_message(report)
    Block.objects.update(appealed_at=timezone.now())
    page = open_page("/desk/", username="pamapta", viewport=viewport, color_scheme=colours)
    for path in (
        f"/desk/blocks/{block.block_id}/",
        "/desk/blocks/",
        "/desk/reliability/",
        report.get_absolute_url(),
    ):
        visit(page, path)
        assert faults_by_axe(page) == []
        assert page.evaluate(OUTSIDE) == []
