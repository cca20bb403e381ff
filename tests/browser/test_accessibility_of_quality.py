"""The page on how good the suggestions are keeps nobody out either."""

import pytest
from playwright.sync_api import expect

from operators.models import Operator
from operators.permissions import Role
from reports import describing
from reports.models.finding import Enricher
from tests import hints, people, samples
from tests.browser.conftest import Open
from tests.browser.test_accessibility import OUTSIDE, checker, faults_by_axe, in_both, visit

pytestmark = pytest.mark.browser
__all__ = ["checker"]


@in_both
def test_axe_finds_no_serious_fault_in_how_good_the_suggestions_are(
    checker: None, rina: Operator, open_page: Open, colours: str, viewport: dict[str, int]
) -> None:
    report = people.report(samples.text())
    hints.suggest(report, Enricher.CATEGORY, {"slug": "laka"})
    describing.categorise(report, people.category("konvoi"), by=rina)
    people.operator(rina.station, Role.PAMAPTA, username="pamapta")
    page = open_page("/desk/", username="pamapta", viewport=viewport, color_scheme=colours)
    visit(page, "/desk/quality/")
    expect(page.locator(".confusion")).to_be_visible()
    assert faults_by_axe(page) == []
    assert page.evaluate(OUTSIDE) == []
