"""The alarm until somebody claims: in an open desk, in one that is covered, silenced for a moment, and switched off."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from operators import jobs as clock
from operators.models import Operator
from operators.permissions import Role
from reports import claims
from reports.models import Report
from reports.workflow import Urgency
from tests import people, samples
from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser

"""The page's worker asks every five seconds."""


def arrive(who: int = 1, **changes: object) -> Report:
    report = people.report(samples.text("Laporan", by=samples.Citizen("W", f"+6281277{who:06d}")))
    Report.objects.filter(pk=report.pk).update(**{"unread_count": 1, **changes})
    return report


def expect_alarm(page: Page, level: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-alarm", level)


def expect_sound(page: Page, state: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-sound", state)


def mark(page: Page) -> str:
    return page.locator("link[rel=icon]").get_attribute("href") or ""


@pytest.fixture
def loud(desk: Page) -> Page:
    """A desk on which somebody has pressed something: before that a browser keeps quiet."""
    desk.locator("#queue-heading").click()
    expect_sound(desk, "on")
    return desk


def test_it_rings_until_somebody_claims(loud: Page, bambang: Operator) -> None:
    expect_alarm(loud, "off")
    expect(loud.locator("#alarm [data-alarm-card]")).to_be_hidden()
    report = arrive()
    expect_alarm(loud, "waiting")
    expect(loud.locator("#alarm [data-alarm-card]")).to_contain_text("1")
    expect(loud).to_have_title(re.compile(r"^\(1\) "))
    assert "mark-waiting" in mark(loud)
    claims.claim(report, by=bambang)
    expect_alarm(loud, "off")
    expect(loud.locator("#alarm [data-alarm-card]")).to_be_hidden()
    expect(loud).not_to_have_title(re.compile(r"^\("))
    assert "mark." in mark(loud)


def test_an_emergency_looks_and_sounds_different(loud: Page) -> None:
    arrive(1)
    expect_alarm(loud, "waiting")
    arrive(2, urgency=Urgency.EMERGENCY)
    expect_alarm(loud, "urgent")
    expect(loud.locator("#alarm .alarm-card.is-urgent")).to_be_visible()
    assert "mark-urgent" in mark(loud)


def test_a_covered_desk_goes_on_ringing_and_shows_figures_only(loud: Page) -> None:
    loud.context.clear_cookies()
    cover = loud.locator("#locked-desk")
    expect(cover).to_be_visible()
    report = arrive(urgency=Urgency.EMERGENCY)
    expect_alarm(loud, "urgent")
    expect_sound(loud, "on")
    expect(cover.locator("[data-alarm-card]")).to_be_visible()
    expect(loud).to_have_title(re.compile(r"^\(1\) "))
    assert report.number not in cover.inner_text()
    cover.locator("[data-alarm-snooze]").click()
    expect_sound(loud, "snoozed")


def test_silence_lasts_a_moment_and_less_in_an_emergency(loud: Page) -> None:
    loud.clock.install()
    arrive(1)
    expect_alarm(loud, "waiting")
    snooze = loud.locator("#alarm [data-alarm-snooze]")
    expect(snooze).to_contain_text("60")
    snooze.click()
    expect_sound(loud, "snoozed")
    loud.clock.run_for(58_000)
    expect_sound(loud, "snoozed")
    loud.clock.run_for(3_000)
    expect_sound(loud, "on")
    snooze.click()
    expect_sound(loud, "snoozed")
    # One that comes meanwhile is heard at once.
    arrive(2, urgency=Urgency.EMERGENCY)
    expect_alarm(loud, "urgent")
    expect_sound(loud, "on")
    expect(snooze).to_contain_text("30")
    snooze.click()
    expect_sound(loud, "snoozed")
    loud.clock.run_for(31_000)
    expect_sound(loud, "on")


def test_switched_off_it_says_so_on_the_rail_and_stays_so(loud: Page) -> None:
    rail = loud.locator("#sound-rail")
    expect(rail).to_be_hidden()
    loud.locator(".rail-me").click()
    loud.locator("#me [data-sound=open]").click()
    loud.locator("[data-sound=mute]").click()
    expect(rail).to_be_visible()
    expect_sound(loud, "muted")
    arrive()
    expect_alarm(loud, "waiting")
    loud.reload()
    expect_sound(loud, "muted")
    expect(rail).to_be_visible()


def test_before_anything_is_pressed_a_bar_says_that_it_is_silent(
    rina: Operator, open_page: Open
) -> None:
    page = open_page("/desk/")
    bar = page.locator("#sound-blocked")
    expect_sound(page, "blocked")
    expect(bar).to_be_visible()
    bar.click()
    expect_sound(page, "on")
    expect(bar).to_be_hidden()


def test_of_two_tabs_one_rings(loud: Page) -> None:
    other = loud.context.new_page()
    other.goto("/desk/")
    other.locator("#queue-heading").click()
    expect_sound(other, "elsewhere")
    arrive()
    expect_alarm(other, "waiting")
    expect_alarm(loud, "waiting")
    loud.close()
    expect_sound(other, "on")


def test_the_login_lets_the_alarm_be_heard(rina: Operator, open_page: Open) -> None:
    page = open_page("/accounts/login/", username="")
    page.locator("#sound-check").click()
    expect(page.locator("#sound-heard")).to_be_visible()


def test_who_is_called_sees_it_come_and_go(
    station: object, rina: Operator, open_page: Open
) -> None:
    people.operator(rina.station, Role.PAMAPTA)
    report = arrive()
    page = open_page("/desk/", username="pamapta", viewport=PHONE)
    line = page.locator("#escalated")
    expect(line).to_be_empty()
    Report.objects.filter(pk=report.pk).update(
        waiting_since=timezone.now() - timedelta(hours=1), due_at=timezone.now()
    )
    clock.escalate_due()
    expect(line).to_contain_text("1")
    line.get_by_role("link").click()
    expect(page.locator(".row")).to_have_count(1)
    claims.claim(report, by=rina)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(line).not_to_contain_text("1")


def test_the_page_about_hearing_renews_itself(rina: Operator, open_page: Open) -> None:
    page = open_page("/desk/hearing/")
    expect(page.locator(".sign.is-warning")).to_have_count(
        1
    )  # The sound, before anything is pressed.
    people.parked_entry()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#heard .sign.is-warning")).to_contain_text("1")
