"""Twilio's REST API, called by the real SDK."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from tests.simulator.conftest import (
    ACCOUNT,
    API_KEY,
    OLD_TOKEN,
    RedirectingHttpClient,
    Simulator,
)

pytestmark = pytest.mark.processes

SRAGEN = "whatsapp:+628877110110"
SURAKARTA_SMS = "+628112957110"
SARI = "whatsapp:+6281200001001"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"


def create(simulator: Simulator, **given: object):
    return simulator.twilio().messages.create(**{"from_": SRAGEN, "to": SARI, **given})


def test_a_created_message_is_shaped_like_twilios(simulator: Simulator) -> None:
    answer = requests.post(
        f"{simulator.url}{PATH}.json",
        data={"From": SRAGEN, "To": SARI, "Body": "Laporan Ibu kami terima."},
        auth=(ACCOUNT, OLD_TOKEN),
        timeout=10,
    )
    assert answer.status_code == 201
    created = answer.json()
    sid = created["sid"]
    assert sid.startswith("SM")
    assert len(sid) == 34
    assert created["date_created"].endswith("+0000")
    assert datetime.strptime(created["date_created"], "%a, %d %b %Y %H:%M:%S %z")
    assert {name: created[name] for name in created if not name.startswith("date_")} == {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": "Laporan Ibu kami terima.",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": SRAGEN,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": sid,
        "status": "queued",
        "subresource_uris": {"media": f"{PATH}/{sid}/Media.json"},
        "to": SARI,
        "uri": f"{PATH}/{sid}.json",
    }
    assert created["date_sent"] is None


@pytest.mark.parametrize("key", [(ACCOUNT, "wrong"), ("AC" + "0" * 32, OLD_TOKEN), None])
def test_wrong_credentials_are_refused_with_20003(
    simulator: Simulator, key: tuple[str, str] | None
) -> None:
    answer = requests.get(f"{simulator.url}{PATH}.json", auth=key, timeout=10)
    assert answer.status_code == 401
    assert answer.json() == {
        "code": 20003,
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }


def test_an_api_key_opens_the_api(simulator: Simulator) -> None:
    client = Client(*API_KEY, ACCOUNT, http_client=RedirectingHttpClient(simulator.url))
    assert client.messages.create(to=SARI, from_=SRAGEN, body="kunci").status == "queued"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"from_": "whatsapp:+14155238886", "body": "x"}, 63007),
        ({"from_": "+14155238886", "to": "+6281200001001", "body": "x"}, 63007),
        ({"from_": SURAKARTA_SMS, "body": "x"}, 21910),
        ({}, 21619),
        ({"to": "whatsapp:+62", "body": "x"}, 21211),
        ({"body": "x" * 1601}, 21617),
        ({"body": "x", "status_callback": "https://my_host/x/"}, 21609),
        ({"media_url": ["ftp://x/y"]}, 21620),
        ({"media_url": ["https://x.example/1", "https://x.example/2"]}, 21623),
        ({"content_sid": "HX12"}, 21655),
        ({"content_sid": "HX" + "0" * 32, "content_variables": "no json"}, 21656),
    ],
)
def test_a_bad_create_is_refused_with_twilios_code(
    simulator: Simulator, given: dict[str, object], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        create(simulator, **given)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_an_unknown_message_and_account_are_not_found(simulator: Simulator) -> None:
    with pytest.raises(TwilioRestException) as refused:
        simulator.twilio().messages("SM" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)
    other = simulator.get("/2010-04-01/Accounts/AC0/Messages.json", auth=(ACCOUNT, OLD_TOKEN))
    assert other.status_code == 404


def test_a_list_is_paged_to_its_end_and_filtered(simulator: Simulator, guest: str) -> None:
    sids = [simulator.send(guest, text=str(number))["sid"] for number in range(5)]
    simulator.send("bu-sari", text="orang lain")
    sender = simulator.twilio().messages(sids[0]).fetch().from_
    listed = simulator.twilio().messages.list(from_=sender, to=SRAGEN, page_size=2)
    assert [one.sid for one in listed] == sids[::-1]

    first = simulator.get(
        f"{PATH}.json", params={"From": sender, "PageSize": 2}, auth=(ACCOUNT, OLD_TOKEN)
    ).json()
    assert (first["page"], first["page_size"], first["start"], first["end"]) == (0, 2, 0, 1)
    assert first["next_page_uri"].startswith(f"{PATH}.json?From=whatsapp%3A%2B")
    assert first["next_page_uri"].endswith(f"PageSize=2&Page=1&PageToken=PA{sids[3]}")
    assert first["previous_page_uri"] is None


def test_pages_stay_whole_when_messages_come_and_go_meanwhile(
    simulator: Simulator, guest: str
) -> None:
    sids = [simulator.send(guest, text=str(number))["sid"] for number in range(4)]
    sender = simulator.twilio().messages(sids[0]).fetch().from_
    pages = simulator.twilio().messages.stream(from_=sender, page_size=2)
    seen = [next(pages).sid, next(pages).sid]
    simulator.send(guest, text="baru")
    simulator.twilio().messages(sids[2]).delete()
    assert seen + [one.sid for one in pages] == sids[::-1]


def test_dates_filter_by_the_day(simulator: Simulator, guest: str) -> None:
    sid = simulator.send(guest, text="hari ini")["sid"]
    messages = simulator.twilio().messages
    sender = messages(sid).fetch().from_
    now = datetime.now(UTC)
    tomorrow = now + timedelta(days=1)
    assert [one.sid for one in messages.list(from_=sender, date_sent=now.date())] == [sid]
    assert [one.sid for one in messages.list(from_=sender, date_sent_after=now)] == [sid]
    assert messages.list(from_=sender, date_sent_after=tomorrow) == []
    assert messages.list(from_=sender, date_sent_before=now - timedelta(days=1)) == []


def test_an_empty_body_redacts_for_twilio_but_not_on_the_telephone(
    simulator: Simulator, guest: str
) -> None:
    sid = simulator.send(guest, text="rahasia")["sid"]
    message = simulator.twilio().messages(sid)
    assert message.update(body="").body == ""
    assert message.fetch().body == ""
    assert simulator.shown(guest, sid)["text"] == "rahasia"
    with pytest.raises(TwilioRestException):
        message.update(body="lain")


def test_delete_forgets_a_final_message_once(simulator: Simulator, guest: str) -> None:
    sid = simulator.send(guest, text="hapus")["sid"]
    message = simulator.twilio().messages(sid)
    assert message.delete() is True
    with pytest.raises(TwilioRestException) as refused:
        message.delete()
    assert refused.value.status == 404
    assert sid not in [one.sid for one in simulator.twilio().messages.list(limit=50)]
    assert simulator.shown(guest, sid)["text"] == "hapus"


def test_delete_waits_for_the_final_status(simulator: Simulator, guest: str) -> None:
    simulator.send(guest, text="buka jendela")
    to = simulator.twilio().messages.list(limit=1)[0].from_
    created = create(simulator, to=to, body="antre")
    with pytest.raises(TwilioRestException) as refused:
        created.delete()
    assert (refused.value.status, refused.value.code) == (409, 20009)


def test_another_method_is_refused(simulator: Simulator) -> None:
    answer = requests.put(f"{simulator.url}{PATH}.json", auth=(ACCOUNT, OLD_TOKEN), timeout=10)
    assert answer.status_code == 405


def test_templates_can_be_added_and_their_buttons_reach_the_telephone(
    simulator: Simulator, guest: str
) -> None:
    contents = simulator.twilio().content.v1.contents
    described = ContentList.ContentCreateRequest(
        {
            "friendly_name": "uji",
            "language": "id",
            "variables": {"1": "tamu"},
            "types": {
                "twilio/quick-reply": {
                    "body": "Halo {{1}}, beres?",
                    "actions": [{"type": "QUICK_REPLY", "title": "Ya", "id": "ya:{{1}}"}],
                }
            },
        }
    )
    sid = contents.create(content_create_request=described).sid
    assert contents(sid).fetch().friendly_name == "uji"
    assert sid in [one.sid for one in contents.list()]

    simulator.send(guest, text="halo")
    to = simulator.twilio().messages.list(limit=1)[0].from_
    created = create(simulator, to=to, content_sid=sid, content_variables='{"1": "Bu"}')
    shown = simulator.shown(guest, created.sid, state="delivered")
    assert shown["text"] == "Halo Bu, beres?"
    assert shown["buttons"] == [{"text": "Ya", "payload": "ya:Bu"}]
    assert contents(sid).delete() is True
