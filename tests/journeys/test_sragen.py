"""Sragen's story: youths before a house at night. A report, a unit that goes there, a photo of the cleared street back to
the reporter, and a word of thanks.

The same demo as `make run`, with every process: a citizen's telephone, the desk, and the telephone of an officer in the
field.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import photos
from tests.browser.conftest import PHONE
from tests.journeys.test_round_trip import Demo, operator_at
from tests.servers import Postgres, Redis, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.browser]

WORDS = "Pak tolong, pemuda nongkrong sambil ciu di depan rumah saya, bising sekali. Hp saya 081234567890"
FOUND = "Enam pemuda kami bubarkan, jalan sudah bersih."
THANKS = "sudah pak, terima kasih"


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with ExitStack() as stack:
        postgres, redis = stack.enter_context(Postgres()), stack.enter_context(Redis())
        where = {"database_url": postgres.create("sragen"), "redis_url": redis.url}
        yield stack.enter_context(Demo(**where))


def officer_at(demo: Demo, chromium: Browser) -> Page:
    """A member of Satsamapta, on a telephone."""
    field = chromium.new_context(viewport=PHONE, locale="id-ID").new_page()
    field.goto(f"{demo.url}/accounts/login/")
    field.fill("#username", "unit")
    field.fill("#password", "unit")
    field.click("form#login button[type=submit]")
    field.wait_for_url("**/unit/")
    return field


def citizen_at(demo: Demo, chromium: Browser) -> Page:
    telephone = chromium.new_context(viewport=PHONE, locale="id-ID").new_page()
    telephone.goto(f"{demo.telephones}/#mbak-wulan")
    return telephone


def say(telephone: Page, words: str) -> None:
    telephone.get_by_label("Tulis pesan").fill(words)
    telephone.keyboard.press("Enter")
    expect(
        telephone.locator(".bubble.mine", has_text=words[:40]).get_by_label("diterima meja")
    ).to_be_visible()


def report_of(demo: Demo, desk: Page, words: str) -> str:
    """The address of the report that holds these words, found by looking through the queue."""
    found: list[str] = []

    def look() -> bool:
        desk.goto(f"{demo.url}/desk/")
        for link in desk.locator(".row-link").all():
            path = (link.get_attribute("href") or "").split("?")[0]
            if words in desk.request.get(f"{demo.url}{path}").text():
                found.append(path)
                return True
        return False

    wait_until(look, 40, what="the report")
    return f"{demo.url}{found[0]}"


def test_from_the_youths_to_the_thanks(demo: Demo, chromium: Browser, tmp_path: Path) -> None:
    telephone, desk = citizen_at(demo, chromium), operator_at(demo, chromium)
    say(telephone, WORDS)
    address = report_of(demo, desk, "pemuda nongkrong sambil ciu")

    # The desk: its brief keeps the number out, and Samapta is the unit of this category.
    desk.goto(address)
    if desk.locator('[data-shortcut="c"]').count():
        desk.keyboard.press("c")
        expect(desk.locator("#talk-head")).to_contain_text("Anda pegang")
    desk.goto(f"{address}dispatch/")
    brief = desk.locator("#dispatch-brief")
    expect(brief).to_be_visible()
    assert "081234567890" not in brief.input_value()
    brief.fill("Pemuda nongkrong sambil minum di depan rumah warga, minta dibubarkan.")
    desk.select_option("#dispatch-unit", "samapta")
    if desk.locator("#dispatch-unchecked").count():
        desk.fill("#dispatch-unchecked", "Masih berlangsung, tetangga juga melapor.")
    together = desk.locator('input[name="together"]')
    if together.count() and together.is_checked():
        together.uncheck()
    desk.get_by_role("button", name="Kirim ke satuan").click()
    expect(desk.locator("#facts-dispatch")).to_contain_text("Satsamapta")

    # The unit: it sees the task and nothing of whoever reported.
    field = officer_at(demo, chromium)
    # The demo's own shift hands tasks to this unit too.
    number = desk.locator("#facts-dispatch .task-head .figures").inner_text()
    task = field.locator(f'[data-key="{number}"] .task-link')
    expect(task).to_be_visible()
    task.click()
    page = field.content()
    for secret in ("Wulan", "081234567890", "WhatsApp", "ciu di depan rumah saya"):
        assert secret not in page
    for word in ("Terima", "Berangkat", "Tiba"):
        field.locator("#task-dock").get_by_role("button", name=word).click()
    expect(field.locator("#finish-form")).to_be_visible()
    street = tmp_path / "jalan.jpg"
    street.write_bytes(photos.encoded(photos.noise(9, 8).resize((800, 600))))
    field.set_input_files("#photo", str(street))
    expect(field.locator("#own-photos img")).to_be_visible()
    field.get_by_label("terbukti dan ditindak", exact=False).check()
    field.fill("#note", FOUND)
    field.locator("#finish-form").get_by_role("button", name="Selesai").click()
    expect(field.locator("#task-state")).to_contain_text("Selesai", ignore_case=True)

    # Back to the reporter: the photo, and the question.
    desk.goto(f"{address}proof/")
    desk.fill("#proof-text", "Terima kasih. Sudah kami bubarkan, ini keadaan sekarang.")
    desk.locator("#proof-form").get_by_role("button", name="Kirim ke pelapor").click()
    expect(telephone.locator(".bubble", has_text="Sudah kami bubarkan")).to_be_visible()
    expect(telephone.locator(".bubble img").last).to_be_visible()

    # The end of it, and the thanks.
    desk.goto(address)
    desk.keyboard.press("s")
    expect(desk.locator("#closing-outcome")).to_have_value("acted")
    expect(desk.locator("#closing-note")).to_have_value(FOUND)
    desk.locator("#closing-form").get_by_role("button", name="Selesai").click()
    expect(desk.locator("#facts-outcome")).to_contain_text("Terbukti dan ditindak")
    say(telephone, THANKS)
    expect(desk.locator("#facts-proof")).to_contain_text("sudah beres")
