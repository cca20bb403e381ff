"""A unit's telephone at night: a task comes, is taken, set out for, arrived at, and finished with a photo."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from operators.models import Operator
from operators.permissions import Role
from reports import assignment, dispatch_pictures
from reports.models import Area, Assignment, Station
from reports.models.assignment import Progress
from reports.workflow import Outcome
from tests import people, photos, samples
from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.test_accessibility import (
    NAMELESS,
    OUTSIDE,
    STRUCTURE,
    TOO_SMALL,
    checker,
    faults_by_axe,
    in_both,
)

__all__ = ["checker"]
pytestmark = pytest.mark.browser

BRIEF = "Sekitar 20 pemuda bising di depan warung. Minta dibubarkan dengan baik."


@pytest.fixture
def sari(station: Station, rina: Operator, media_folder: None) -> Operator:
    unit = people.unit(station)
    return people.operator(station, Role.UNIT, username="sari", name="Sari Dewi", unit=unit)


@pytest.fixture
def task(sari: Operator, rina: Operator) -> Assignment:
    return sent(sari, rina)


def sent(sari: Operator, rina: Operator, number: int = 1) -> Assignment:
    who = samples.Citizen("W", f"+6281277000{number:03d}")
    report = people.report(samples.text("Ada balap liar", by=who))
    made = assignment.assign(report, to=sari.unit, brief=BRIEF, place_note="Sisi utara.", by=rina)
    Assignment.objects.filter(pk=made.pk).update(
        category_label="Balap liar",
        place_name="Kroyo, Karangmalang",
        latitude=-7.4312,
        longitude=111.0244,
        urgency=3,
    )
    return Assignment.objects.get(pk=made.pk)


@pytest.fixture
def telephone(open_unit: Open) -> Page:
    return open_unit("/unit/", viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def open_unit(open_page: Open, sari: Operator) -> Iterator[Open]:
    """As `open_page`; a login leads units to their tasks, and what the tests cut off is no fault of the page."""

    def open_at(path: str, **more: object) -> Page:
        page = open_page("/accounts/login/", username="", **more)
        page.fill("#username", "sari")
        page.fill("#password", people.PASSWORD)
        page.click("form#login button[type=submit]")
        page.wait_for_url("**/unit/")
        page.goto(path)
        return page

    yield open_at
    complaints: list[str] = open_page.complaints  # type: ignore[attr-defined]
    complaints[:] = [
        said for said in complaints if not said.startswith("htmx:") and "ERR_FAILED" not in said
    ]


def button(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator("#task-dock").get_by_role("button", name=name)


def test_a_task_is_taken_set_out_for_arrived_at_and_finished_with_a_photo(
    telephone: Page, task: Assignment, tmp_path: Path
) -> None:
    telephone.reload()
    expect(telephone).to_have_title(re.compile(r"^\(1\) Tugas"))
    telephone.get_by_role("link", name="Balap liar").click()
    expect(telephone.get_by_text(BRIEF)).to_be_visible()
    for name in ("Terima", "Berangkat", "Tiba"):
        expect(button(telephone, name)).to_be_in_viewport(ratio=1)
        button(telephone, name).click()
    telephone.locator("#task-dock").get_by_role("link", name="Isi hasil").click()
    shot = tmp_path / "foto.jpg"
    shot.write_bytes(photos.telltale())
    telephone.set_input_files("#photo", shot)
    expect(telephone.get_by_role("link", name="Foto 1 dari satuan Anda")).to_be_visible()
    expect(telephone.locator("#photo-queue li")).to_have_count(0)
    telephone.get_by_text("Sudah bubar").click()
    telephone.fill("#note", "Sudah pergi, tempatnya bersih.")
    telephone.locator("#finish-form").get_by_role("button", name="Selesai").click()
    expect(telephone.get_by_text("Sudah pergi, tempatnya bersih.")).to_be_visible()
    ended = Assignment.objects.get(pk=task.pk)
    assert (ended.progress, ended.result) == (Progress.FINISHED, Outcome.ALREADY_OVER)
    assert ended.pictures.count() == 1


def test_without_scripts_it_goes_as_well(open_unit: Open, task: Assignment, tmp_path: Path) -> None:
    page = open_unit(f"/unit/{task.number}/", viewport=PHONE, java_script_enabled=False)
    for name in ("Terima", "Berangkat", "Tiba"):
        button(page, name).click()
    shot = tmp_path / "foto.jpg"
    shot.write_bytes(photos.jpeg())
    page.set_input_files("#photo", shot)
    page.fill("#note", "Tempatnya bersih.")
    finish = page.locator("#finish-form").get_by_role("button", name="Selesai")
    finish.click()
    expect(page.get_by_text("Pilih apa yang Anda temukan di sana.")).to_be_visible()
    expect(page.locator("#note")).to_have_value("Tempatnya bersih.")
    page.check("input[value=acted]")
    page.locator("#finish-form").get_by_role("button", name="Selesai").click()
    expect(page.get_by_text("Terbukti dan ditindak")).to_be_visible()
    assert Assignment.objects.get(pk=task.pk).pictures.count() == 1


def test_a_new_task_comes_by_itself_and_the_telephone_calls(
    telephone: Page, sari: Operator, rina: Operator
) -> None:
    expect(telephone.get_by_text("Belum ada tugas.")).to_be_visible()
    called = "globalThis.felt = []; navigator.vibrate = (pattern) => felt.push(pattern); 0"
    telephone.evaluate(called)
    telephone.mouse.click(200, 300)
    task = sent(sari, rina)
    telephone.evaluate("dispatchEvent(new Event('online'))")
    expect(telephone.get_by_role("link", name="Balap liar")).to_be_visible()
    expect(telephone).to_have_title(re.compile(r"^\(1\) Tugas"))
    assert telephone.evaluate("felt.length") == 1
    assignment.accept(task, by=sari)
    telephone.evaluate("dispatchEvent(new Event('online'))")
    expect(telephone).to_have_title(re.compile(r"^Tugas"))
    assert telephone.evaluate("felt.length") == 1


def test_on_a_line_that_breaks_nothing_is_lost_and_nothing_is_done_twice(
    telephone: Page, task: Assignment, sari: Operator, tmp_path: Path
) -> None:
    assignment.arrive(task, by=sari)
    telephone.goto(f"/unit/{task.number}/")
    telephone.route("**/photos/", lambda route: route.abort())
    shot = tmp_path / "foto.jpg"
    shot.write_bytes(photos.jpeg())
    telephone.set_input_files("#photo", shot)
    expect(telephone.locator("#photo-queue")).to_contain_text("belum terkirim")
    telephone.check("input[value=acted]")
    telephone.fill("#note", "Sudah dibubarkan.")
    finish = telephone.locator("#finish-form").get_by_role("button", name="Selesai")
    finish.click()
    expect(telephone.locator("#notices")).to_contain_text("Foto masih dikirim")
    telephone.unroute("**/photos/")
    telephone.locator("#photo-queue").get_by_role("button", name="Coba lagi").click()
    expect(telephone.get_by_role("link", name="Foto 1 dari satuan Anda")).to_be_visible()

    def lost(route: Route) -> None:
        """The desk has it, and the answer never comes."""
        route.fetch()
        route.abort()

    telephone.route("**/finish/", lost)
    finish.click()
    expect(telephone.locator("#notices")).to_contain_text("Tidak terkirim")
    expect(telephone.locator("#note")).to_have_value("Sudah dibubarkan.")
    telephone.unroute("**/finish/")
    finish.click()
    expect(telephone.get_by_role("heading", name="Selesai")).to_be_visible()
    assert Assignment.objects.get(pk=task.pk).pictures.count() == 1


def test_what_a_colleague_does_shows_and_leaves_what_is_being_written(
    telephone: Page, task: Assignment, sari: Operator, rina: Operator
) -> None:
    anton = people.operator(sari.station, Role.UNIT, username="anton", unit=sari.unit)
    telephone.goto(f"/unit/{task.number}/")
    telephone.locator("#finish > summary").click()
    telephone.fill("#note", "Hampir selesai")
    assignment.accept(task, by=anton)
    telephone.evaluate("dispatchEvent(new Event('online'))")
    expect(button(telephone, "Berangkat")).to_be_visible()
    expect(telephone.locator("#note")).to_have_value("Hampir selesai")
    assignment.call_off(task, reason="Massa sudah bubar.", by=rina)
    telephone.evaluate("dispatchEvent(new Event('online'))")
    expect(telephone.get_by_role("heading", name="Tugas ini ditarik")).to_be_visible()
    expect(telephone.get_by_text(BRIEF)).to_have_count(0)


def test_a_session_that_has_ended_covers_the_page_and_keeps_what_was_written(
    telephone: Page, task: Assignment
) -> None:
    telephone.goto(f"/unit/{task.number}/")
    telephone.locator("#finish > summary").click()
    telephone.fill("#note", "Hampir selesai")
    telephone.context.clear_cookies(name="polreswa-session")
    button(telephone, "Terima").click()
    expect(telephone.locator("#locked-desk")).to_be_visible()
    expect(telephone.locator("#note")).to_have_value("Hampir selesai")
    assert Assignment.objects.get(pk=task.pk).progress == Progress.SENT


def test_nobody_else_is_asked_for_the_map(telephone: Page, task: Assignment) -> None:
    Area.objects.create(
        station=task.station,
        code="33.1",
        level=Area.Level.VILLAGE,
        name="Kroyo",
        latitude=-7.43,
        longitude=111.02,
    )
    asked: list[str] = []
    telephone.on("request", lambda request: asked.append(request.url))
    telephone.goto(f"/unit/{task.number}/")
    expect(telephone.locator(".map-pin.is-incident")).to_be_visible()
    home = telephone.url.split("/unit/")[0]
    assert [url for url in asked if not url.startswith(home)] == []
    way = telephone.get_by_role("link", name="Navigasi ke sana").first
    expect(way).to_have_attribute("href", "geo:-7.43120,111.02440?q=-7.43120,111.02440")


@pytest.fixture
def pages(sari: Operator, rina: Operator, task: Assignment) -> dict[str, str]:
    """Every page of a unit with something on it, by name."""
    there = assignment.arrive(sent(sari, rina, 2), by=sari)
    dispatch_pictures.add(there, photos.jpeg(), by=sari)
    done = assignment.finish(sent(sari, rina, 3), result=Outcome.ACTED, note="Sudah.", by=sari)
    back = assignment.give_back(sent(sari, rina, 4), reason="Bukan wilayah kami.", by=sari)
    named = {"new": task, "on the scene": there, "finished": done, "given back": back}
    return {"tasks": "/unit/"} | {name: f"/unit/{one.number}/" for name, one in named.items()}


@in_both
def test_axe_finds_no_serious_fault(
    checker: None,
    pages: dict[str, str],
    open_unit: Open,
    colours: str,
    viewport: dict[str, int],
) -> None:
    page = open_unit("/unit/", viewport=viewport, color_scheme=colours)
    faults = {}
    for name, path in pages.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        faults[name] = faults_by_axe(page)
    assert {name: found for name, found in faults.items() if found} == {}


def test_controls_have_names_are_large_enough_and_nothing_is_wider_than_the_screen(
    pages: dict[str, str], open_unit: Open
) -> None:
    for viewport, finger in ((PHONE, True), (WIDE, False)):
        page = open_unit("/unit/", viewport=viewport, has_touch=finger, is_mobile=finger)
        faults = {}
        for name, path in pages.items():
            page.goto(path)
            page.wait_for_load_state("networkidle")
            checks = [NAMELESS, STRUCTURE, OUTSIDE, *([TOO_SMALL] if finger else [])]
            if found := [fault for check in checks for fault in page.evaluate(check)]:
                faults[name] = found
        assert faults == {}
