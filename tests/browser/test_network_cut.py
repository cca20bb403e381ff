"""The line to the desk is cut for minutes and comes back: the open queue is then what a fresh page would show."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from operators.models import Operator
from reports import claims, triage
from reports.models import Report
from reports.workflow import Outcome, Urgency
from tests import people, samples
from tests.browser.conftest import Open
from tests.samples import Citizen

pytestmark = pytest.mark.browser

NOTE = "Sudah ditangani petugas."


def arrive(who: int, *, minutes_ago: int = 0) -> Report:
    sender = Citizen(f"Warga {who}", f"+6281278{who:06d}")
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return people.report(samples.text(f"Laporan ke-{who}", by=sender), at=at)


def rows(page: Page) -> list[str]:
    """What stands in the queue, from the top, as somebody reads it."""
    return [" ".join(text.split()) for text in page.locator(".row").all_inner_texts()]


def counts(page: Page) -> list[str]:
    return page.locator("[data-count]").all_inner_texts()


def cut(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_have_class("connection needs-script is-lost")


def restore(page: Page) -> None:
    page.context.set_offline(False)
    expect(page.locator("#connection")).to_have_class("connection needs-script")


@pytest.mark.parametrize("how_many", [3, 90], ids=["a few changes", "more than the feed tells"])
def test_after_a_cut_the_queue_is_that_of_a_fresh_page(
    rina: Operator, bambang: Operator, open_page: Open, how_many: int
) -> None:
    before = [arrive(who, minutes_ago=60 - who) for who in range(6)]
    desk = open_page("/desk/")
    expect(desk.locator(".row")).to_have_count(6)
    cut(desk)
    for who in range(how_many):
        arrive(100 + who, minutes_ago=5)
    claims.claim(before[0], by=bambang)
    triage.close(before[1], Outcome.ACTED, NOTE, by=bambang)
    Report.objects.filter(pk=before[5].pk).update(urgency=Urgency.EMERGENCY)
    people.report(samples.text("Masih berlangsung", by=Citizen("Warga 5", "+6281278000005")))
    restore(desk)
    fresh = open_page("/desk/")
    # The browser's own word about the cut is no fault of the page.
    open_page.complaints[:] = [
        c for c in open_page.complaints if "ERR_INTERNET_DISCONNECTED" not in c
    ]  # type: ignore[attr-defined]
    expect(desk.locator(".row").first).to_have_attribute("data-key", before[5].number)
    expect(desk.locator(f'.row[data-key="{before[1].number}"]')).to_have_count(0)
    assert counts(desk) == counts(fresh)
    # A list that was open may reach further down than the first part of a fresh one.
    shown = rows(fresh)
    assert rows(desk)[: len(shown)] == shown
