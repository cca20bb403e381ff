"""The page in a real browser: a citizen writes, the desk answers, and both see what became of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.simulator.conftest import CALLBACK, Simulator
from tests.simulator.fake_desk import Answer, FakeDesk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
]

SRAGEN = "whatsapp:+628877110110"


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "telephone"])
def page(chromium: Browser, request: pytest.FixtureRequest, simulator: Simulator) -> Iterator[Page]:
    """An empty page; the test fails when the browser complained or asked another host."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    page = context.new_page()
    complaints: list[str] = []
    asked: set[str] = set()

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(request.url))
    yield page
    width_drawn = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert complaints == []
    assert all(url.startswith((simulator.url, "blob:")) for url in asked)
    assert width_drawn <= width


def test_a_conversation_from_the_first_word_to_the_read_receipt(
    page: Page, simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    page.goto(f"{simulator.url}/#{guest}")
    page.get_by_label("Tulis pesan").fill("Selamat malam, Pak")
    page.keyboard.press("Enter")
    mine = page.locator(".bubble.mine", has_text="Selamat malam, Pak")
    expect(mine.get_by_label("diterima meja")).to_be_visible()
    (post,) = desk.posts("/twilio/messages/")

    simulator.twilio().messages.create(
        to=post.form["From"],
        from_=SRAGEN,
        content_sid="HX00000000000000000000000000000102",
        content_variables='{"1": "SRG-2611-00001"}',
        status_callback=CALLBACK,
    )
    answer = page.locator(".bubble", has_text="SRG-2611-00001")
    expect(answer).to_be_visible()
    expect(answer.get_by_text("dibaca")).to_be_visible()
    statuses = [one.form["MessageStatus"] for one in desk.posts("/twilio/status/")]
    assert statuses == ["sent", "delivered", "read"]

    answer.get_by_role("button", name="Sudah beres", exact=True).click()
    expect(page.locator(".bubble.mine", has_text="Sudah beres")).to_be_visible()
    desk.wait_for_posts("/twilio/messages/", 2)
    pressed = desk.posts("/twilio/messages/")[1].form
    assert (pressed["ButtonPayload"], pressed["OriginalRepliedMessageSid"][:2]) == ("beres", "SM")


def test_what_the_desk_refused_is_shown_and_sent_again(
    page: Page, simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    for path in ("/twilio/messages/", "/twilio/fallback/"):
        desk.answer(path, Answer(status=503))
    page.goto(f"{simulator.url}/#{guest}")
    page.get_by_label("Tulis pesan").fill("Masuk tidak?")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("belum diterima meja: meja menjawab HTTP 503")).to_be_visible()
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page.locator(".bubble.mine").get_by_label("diterima meja")).to_be_visible()


def test_a_place_and_files_are_sent_from_the_page(
    page: Page, simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    page.goto(f"{simulator.url}/#{guest}")
    page.get_by_role("button", name="Kirim lokasi").click()
    dialog = page.get_by_role("dialog", name="Kirim lokasi")
    dialog.get_by_role("combobox").select_option("Terminal Gemolong")
    dialog.get_by_label("Sertakan nama").check()
    dialog.get_by_role("button", name="Kirim lokasi").click()
    expect(page.locator(".bubble.mine", has_text="Terminal Gemolong")).to_be_visible()

    files = [
        {"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\nx"},
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
    ]
    page.locator("#file").set_input_files(files)
    page.get_by_role("button", name="Buang a.png").click()
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("link", name="surat.pdf")).to_be_visible()
    place, document = (one.form for one in desk.wait_for_posts("/twilio/messages/", 2))
    assert (place["Label"], place["Latitude"]) == ("Terminal Gemolong", "-7.398433")
    assert document["MessageType"] == "document"


def test_a_switch_turned_on_the_page_is_turned(page: Page, simulator: Simulator) -> None:
    page.goto(simulator.url)
    tab = page.get_by_role("button", name="Sakelar")
    if tab.is_visible():
        tab.click()
    page.get_by_label("Pesan hilang").fill("3")
    page.keyboard.press("Tab")
    toggle = page.get_by_label("Tidak berurutan")
    toggle.focus()
    page.keyboard.press("Space")
    expect(toggle).to_be_checked()
    page.wait_for_timeout(200)
    turned = simulator.get("/switches/").json()
    assert (turned["lose_messages_next"], turned["out_of_order"]) == (3, True)
    page.get_by_role("button", name="Matikan semua sakelar").click()
    expect(page.get_by_label("Pesan hilang")).to_have_value("0")


def test_the_extras_of_the_demo_day_are_folded_away(page: Page, simulator: Simulator) -> None:
    page.goto(simulator.url)
    people = page.get_by_role("navigation", name="Warga")
    expect(people.get_by_role("button", name="Bu Sari")).to_be_visible()
    extra = people.get_by_role("button", name="Mbak Dewi")
    expect(extra).to_be_hidden()
    people.get_by_text("Warga lain hari ini").click()
    extra.click()
    expect(page.get_by_role("heading", name="Mbak Dewi")).to_be_visible()


def test_an_extra_in_the_address_is_shown_in_the_list(page: Page, simulator: Simulator) -> None:
    page.goto(f"{simulator.url}/#mbak-dewi")
    tab = page.get_by_role("button", name="Warga", exact=True)
    if tab.is_visible():
        tab.click()
    expect(page.get_by_role("button", name="Mbak Dewi")).to_be_visible()
