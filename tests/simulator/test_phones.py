"""The page and its JSON: who may use it, and what it follows."""

import pytest
import requests

from tests.simulator.conftest import ROOT, Simulator
from tests.simulator.fake_desk import Answer, FakeDesk

pytestmark = pytest.mark.processes

MESSAGES = "/twilio/messages/"


def test_healthz_answers(simulator: Simulator) -> None:
    assert simulator.get("/healthz").json() == {"status": "ok"}


def test_the_page_is_strict_and_leads_back_to_the_desk(
    simulator: Simulator, desk: FakeDesk
) -> None:
    page = simulator.get("/")
    policy = page.headers["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
    ):
        assert directive in policy.split("; ")
    assert f'href="{desk.url}/"' in page.text
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert page.text.count("<script") == page.text.count('<script type="module" src="/static/')
    assert "Set-Cookie" not in page.headers


def test_every_static_file_is_served_and_asks_nobody_else(simulator: Simulator) -> None:
    folder = ROOT / "simulator" / "static" / "simulator"
    names = sorted(path.name for path in folder.iterdir())
    assert "app.js" in names
    for name in names:
        answer = simulator.get(f"/static/simulator/{name}")
        assert answer.status_code == 200
        foreign = answer.text.replace("http://www.w3.org/", "")
        assert "http://" not in foreign
        assert "https://" not in foreign


def test_another_host_name_is_refused(simulator: Simulator) -> None:
    for path in ("/", "/phones/", "/static/simulator/app.js"):
        answer = simulator.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_can_change_nothing(
    simulator: Simulator, desk: FakeDesk, headers: dict[str, str]
) -> None:
    for path in ("/phones/bu-sari/messages", "/switches/", "/demo-day"):
        answer = requests.post(
            simulator.url + path, data={"text": "palsu"}, headers=headers, timeout=10
        )
        assert answer.status_code == 403
    assert not desk.received


def test_the_pages_own_requests_are_let_in(simulator: Simulator) -> None:
    headers = {"Origin": simulator.url, "Sec-Fetch-Site": "same-origin"}
    answer = requests.post(f"{simulator.url}/switches/", json={}, headers=headers, timeout=10)
    assert answer.status_code == 200


def test_the_directory_has_both_stations_and_the_retired_number(simulator: Simulator) -> None:
    known = simulator.get("/phones/").json()
    numbers = {(line["channel"], line["number"], line["retired"]) for line in known["lines"]}
    assert numbers == {
        ("whatsapp", "+628877110110", False),
        ("whatsapp", "+628112957110", False),
        ("sms", "+628112957110", False),
        ("whatsapp", "+6281237700033", True),
    }
    chosen = {"bu-sari", "mas-joko", "pak-darto", "mbak-wulan", "pak-hadi", "mas-bayu"}
    assert chosen <= {phone["slug"] for phone in known["phones"] if not phone["is_extra"]}
    extras = [phone for phone in known["phones"] if phone["is_extra"]]
    assert len(extras) == 30


def test_the_feed_brings_only_what_is_new(simulator: Simulator, desk: FakeDesk, guest: str) -> None:
    feed = f"/phones/{guest}/messages"
    assert simulator.get(feed).status_code == 204
    simulator.send(guest, text="satu")
    first = simulator.get(feed).json()
    assert [one["text"] for one in first["messages"]] == ["satu"]
    assert simulator.get(f"{feed}?after={first['cursor']}").status_code == 204

    simulator.send("bu-sari", text="orang lain")
    assert simulator.get(f"{feed}?after={first['cursor']}").status_code == 204
    everywhere = simulator.get(f"/feed?after={first['cursor']}").json()
    assert [one["phone"] for one in everywhere["messages"]] == ["bu-sari"]


def test_a_status_change_brings_a_message_again(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    desk.answer(MESSAGES, Answer(after=0.5))
    answer = simulator.post(f"/phones/{guest}/messages", {"text": "halo"}).json()
    assert answer["messages"][0]["state"] == "waiting"
    sid = answer["messages"][0]["sid"]
    cursor = simulator.get(f"/phones/{guest}/messages").json()["cursor"]
    simulator.shown(guest, sid, state="accepted")
    changed = simulator.get(f"/phones/{guest}/messages?after={cursor}").json()["messages"]
    assert [(one["sid"], one["state"]) for one in changed] == [(sid, "accepted")]


def test_what_cannot_be_sent_is_refused_in_indonesian(simulator: Simulator) -> None:
    empty = simulator.post("/phones/bu-sari/messages", {"text": "  "})
    wrong_line = simulator.post("/phones/pak-hadi/messages", {"line": "sragen-wa", "text": "x"})
    by_sms = simulator.post("/phones/pak-hadi/messages", {"latitude": -7, "longitude": 110})
    nowhere = simulator.post("/phones/bu-sari/messages", {"latitude": 91, "longitude": 110})
    assert [one.status_code for one in (empty, wrong_line, by_sms, nowhere)] == [422] * 4
    assert "Tulis pesan atau pilih berkas" in empty.text
    assert "Lewat SMS hanya teks" in by_sms.text
    assert simulator.post("/phones/nobody/messages", {"text": "x"}).status_code == 404


def test_a_citizen_can_be_added_and_change_the_number(simulator: Simulator, desk: FakeDesk) -> None:
    hidden = {"slug": "mas-anon", "name": "Mas Anon", "user_id": "ID.990011"}
    assert simulator.post("/phones/", hidden).status_code == 201
    simulator.send("mas-anon", text="tanpa nomor")
    shown = {**hidden, "phone": "+6281200008888"}
    assert simulator.post("/phones/", shown).json()["handle"] == "+6281200008888"
    simulator.send("mas-anon", text="dengan nomor")
    first, second = (one.form for one in desk.posts(MESSAGES))
    assert first["From"] == first["ExternalUserId"] == "whatsapp:ID.990011"
    assert second["From"] == "whatsapp:+6281200008888"
    assert second["ExternalUserId"] == "whatsapp:ID.990011"
    assert simulator.post("/phones/", {"slug": "x", "name": "X"}).status_code == 422


def test_a_message_of_another_telephone_cannot_be_resent_or_seen(
    simulator: Simulator, guest: str
) -> None:
    sid = simulator.send("bu-ningsih", contact_name="A", contact_phone="08123")["sid"]
    media = simulator.shown("bu-ningsih", sid)["media"][0]["url"]
    assert simulator.get(media.replace("bu-ningsih", guest)).status_code == 404
    assert simulator.post(f"/phones/{guest}/messages/{sid}/resend").status_code == 404
    card = simulator.get(media)
    assert card.headers["Content-Disposition"] == "attachment"
    assert b"TEL;type=CELL:08123" in card.content
