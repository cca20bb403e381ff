"""Surakarta's night before one's eyes: thirty people report the same loud exhausts, officers in plain clothes look first,
two units act, one answer reaches all thirty; three of ten were zonk, and nobody is punished for that."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from playwright.sync_api import expect

from operators.models import Operator
from operators.permissions import Role
from reports import assignment, claims, incidents, jobs, triage, verification
from reports.models import Assignment, Incident, Message, Report, Strike, Verification
from reports.models.message import Delivery
from reports.models.verification import Result
from reports.workflow import Outcome, Status
from tests import checks, people, samples
from tests.browser.conftest import Open
from tests.samples import Citizen

pytestmark = pytest.mark.browser

TELLING = 30
ZONK = 3
ANSWER = "Knalpot brong di jalan ini sudah kami tindak. Terima kasih, laporan Anda {nomor_laporan}."


def told(number: int, first: int = 0) -> list[Report]:
    citizens = [Citizen(f"Warga {n}", f"+62815777{n:05d}") for n in range(first, first + number)]
    words = "Knalpot brong bleyer bleyer terus di Jl Slamet Riyadi pak"
    return [people.report(samples.text(words, by=one)) for one in citizens]


def test_thirty_tell_of_it_one_check_one_action_one_answer(
    rina: Operator, open_page: Open, settings: LazySettings
) -> None:
    settings.UNDO_WITHIN = timedelta(0)
    satu = checks.officers(rina.station, 1)[0]
    samapta, lantas = people.unit(rina.station), people.unit(rina.station, "lantas")
    sari = people.operator(rina.station, Role.UNIT, username="sari", unit=samapta)
    lukas = people.operator(rina.station, Role.UNIT, username="lukas", unit=lantas)
    first, *rest = told(TELLING)
    checks.checked_first(first)
    claims.claim(first, by=rina)
    for one in rest:
        incidents.link(one, first, by=rina)
    incident = Incident.objects.get()
    # They have been answered: what comes next is said of the matter.
    Report.objects.update(waiting_since=None)

    # Nobody acts before somebody has looked.
    desk = open_page(first.get_absolute_url())
    expect(desk.locator("#facts-incident")).to_contain_text(
        f"{TELLING} laporan dari {TELLING} orang"
    )
    desk.keyboard.press("y")
    desk.locator("#check-officers").get_by_label("Petugas Satu").check()
    desk.fill("#check-brief", "Lihat apakah ada motor brong")
    desk.locator("#check-brief").press("Control+Enter")
    expect(desk.locator("#next-wide")).to_contain_text("Pengecekan tertutup sedang berjalan")
    check = Verification.objects.get()
    verification.finish(check, result=Result.CONFIRMED, note="Benar, lima motor", by=satu)
    expect(desk.locator("#next-wide")).to_contain_text("teruskan ke satuan", ignore_case=True)

    # Samapta catches, Lantas tickets.
    now = Report.objects.get(pk=first.pk)
    for unit, officer in ((samapta, sari), (lantas, lukas)):
        made = assignment.assign(now, to=unit, brief="Tindak motor brong.", by=rina)
        assignment.finish(made, result=Outcome.ACTED, note="Lima motor ditilang.", by=officer)
    assert Assignment.objects.count() == 2
    expect(desk.locator("#facts-dispatch .task")).to_have_count(2)
    expect(desk.locator("#next-wide")).to_contain_text("Kabari pelapor, lalu selesaikan.")

    # One answer to all, each on their own thread; whoever comes later is told the same.
    desk.keyboard.press("Shift+H")
    desk.wait_for_url(f"**{incident.get_absolute_url()}")
    expect(desk.locator(".preview")).to_contain_text(f"{TELLING} lewat WhatsApp")
    desk.fill("#answer-text", ANSWER)
    desk.locator('input[name="standing"]').check()
    desk.locator(".answered-buttons button.is-primary").first.click()
    expect(desk.locator("#ledger")).to_contain_text(f"{TELLING} menunggu dikirim")
    jobs.answer_incidents(seconds=None)
    answers = Message.objects.filter(author=rina, report__incident=incident)
    assert answers.values("report").distinct().count() == TELLING
    answers.update(status=Delivery.DELIVERED)
    expect(desk.locator("#ledger .is-delivered").first).to_contain_text(f"{TELLING} sampai")
    (late,) = told(1, first=TELLING)
    incidents.link(late, incident, by=rina)
    jobs.answer_incidents(seconds=None)
    assert late.messages.filter(author=rina).count() == 1


def test_zonk_is_an_outcome_and_no_sin(rina: Operator, open_page: Open) -> None:
    reports = told(10)
    for place, report in enumerate(reports):
        outcome = Outcome.NOT_FOUND if place < ZONK else Outcome.ACTED
        triage.close(report, outcome, "Dicek petugas.", by=rina)
    page = open_page(reports[0].get_absolute_url())
    expect(page.locator("#facts-outcome")).to_contain_text("Zonk", ignore_case=True)
    expect(page.locator("#warn-editor")).to_have_count(0)
    expect(page.get_by_role("button", name="Ingatkan")).to_have_count(0)
    assert not Strike.objects.exists()
    assert Report.objects.filter(status=Status.DONE, outcome=Outcome.NOT_FOUND).count() == ZONK
