"""Each misfortune, switched on, counted and foretold."""

import time

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.simulator.conftest import CALLBACK, Simulator
from tests.simulator.fake_desk import FakeDesk

pytestmark = pytest.mark.processes

MESSAGES, STATUS = "/twilio/messages/", "/twilio/status/"
SRAGEN = "whatsapp:+628877110110"


def bodies(desk: FakeDesk) -> list[str]:
    return [one.form["Body"] for one in desk.posts(MESSAGES)]


def statuses(desk: FakeDesk, sid: str) -> list[str]:
    return [
        one.form["MessageStatus"] for one in desk.posts(STATUS) if one.form["MessageSid"] == sid
    ]


def open_window(simulator: Simulator, slug: str) -> str:
    sid = simulator.send(slug, line="sragen-wa", text="halo")["sid"]
    return str(simulator.twilio().messages(sid).fetch().from_)


def create(simulator: Simulator, to: str, body: str = "jawaban", timeout: float = 10):
    return simulator.twilio(timeout).messages.create(
        to=to, from_=SRAGEN, body=body, status_callback=CALLBACK
    )


def listed(simulator: Simulator, to: str) -> list[str]:
    return [one.body for one in simulator.twilio().messages.list(to=to)]


def test_all_are_off_at_the_start_and_can_be_turned_off_together(
    own_simulator: Simulator,
) -> None:
    off = own_simulator.get("/switches/").json()
    assert off.pop("stall_seconds") == 30
    assert not any(off.values())
    own_simulator.turn(lose_messages_next=3, out_of_order=True, late_seconds=1.5)
    turned = own_simulator.get("/switches/").json()
    assert (turned["lose_messages_next"], turned["out_of_order"], turned["late_seconds"]) == (
        3,
        True,
        1.5,
    )
    back = requests.delete(f"{own_simulator.url}/switches/", timeout=10).json()
    assert not back["out_of_order"]


def test_an_unknown_switch_or_value_is_refused_and_changes_nothing(simulator: Simulator) -> None:
    before = simulator.get("/switches/").json()
    for changes in ({"gravity": 1}, {"refuse_next": -1}, {"late_seconds": "soon"}):
        assert simulator.post("/switches/", {"lose_messages_next": 5, **changes}).status_code == 422
    assert simulator.get("/switches/").json() == before


def test_every_second_webhook_comes_twice_with_the_same_sid(
    simulator: Simulator, desk: FakeDesk
) -> None:
    simulator.turn(doubled_every=2)
    for text in ("satu", "dua", "tiga", "empat"):
        simulator.send("mas-bayu", text=text)
    assert bodies(desk) == ["satu", "dua", "dua", "tiga", "empat", "empat"]
    assert all(one.signed for one in desk.posts(MESSAGES))
    assert len({one.form["MessageSid"] for one in desk.posts(MESSAGES)}) == 4


def test_callbacks_are_doubled_too(simulator: Simulator, desk: FakeDesk, guest: str) -> None:
    to = open_window(simulator, guest)
    simulator.turn(doubled_every=1)
    sid = create(simulator, to).sid
    desk.wait_for(lambda _: len(statuses(desk, sid)) >= 4)
    assert statuses(desk, sid) == ["sent", "sent", "delivered", "delivered"]


def test_late_webhooks_come_late(simulator: Simulator, desk: FakeDesk) -> None:
    simulator.turn(late_seconds=0.8)
    began = time.monotonic()
    simulator.send("mas-bayu", text="terlambat")
    assert time.monotonic() - began >= 0.8
    assert bodies(desk) == ["terlambat"]


def test_out_of_order_swaps_messages_in_pairs(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    simulator.turn(out_of_order=True)
    for text in ("satu", "dua"):
        simulator.post(f"/phones/{guest}/messages", {"text": text}).raise_for_status()
    desk.wait_for_posts(MESSAGES, 2)
    assert bodies(desk) == ["dua", "satu"]


def test_out_of_order_lets_delivered_overtake_sent(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    to = open_window(simulator, guest)
    simulator.turn(out_of_order=True)
    sid = create(simulator, to).sid
    desk.wait_for(lambda _: len(statuses(desk, sid)) >= 2)
    assert statuses(desk, sid) == ["delivered", "sent"]


def test_a_lost_message_is_known_to_twilio_alone(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    simulator.turn(lose_messages_next=1)
    lost = simulator.send(guest, text="hilang")
    simulator.send(guest, text="sampai")
    assert (lost["state"], lost["state_words"]) == ("lost", "hilang di jalan")
    assert bodies(desk) == ["sampai"]
    assert simulator.twilio().messages(lost["sid"]).fetch().body == "hilang"
    assert simulator.get("/switches/").json()["lose_messages_next"] == 0

    simulator.post(f"/phones/{guest}/messages/{lost['sid']}/resend").raise_for_status()
    simulator.shown(guest, lost["sid"], state="accepted")


def test_a_lost_callback_is_lost_but_the_status_moves_on(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    to = open_window(simulator, guest)
    simulator.turn(lose_callbacks_next=1)
    sid = create(simulator, to).sid
    desk.wait_for(lambda _: statuses(desk, sid))
    assert statuses(desk, sid) == ["delivered"]


def test_a_telephone_that_cannot_be_reached_fails_after_sending(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    to = open_window(simulator, guest)
    for slug in (guest, "pak-hadi"):
        answer = simulator.post(f"/phones/{slug}/reach", {"unreachable": True})
        assert answer.json()["is_unreachable"] is True
    by_whatsapp = create(simulator, to).sid
    desk.wait_for(lambda _: len(statuses(desk, by_whatsapp)) >= 2)
    by_sms = simulator.twilio().messages.create(
        to="+6281200001005", from_="+628112957110", body="jawaban", status_callback=CALLBACK
    )
    desk.wait_for(lambda _: len(statuses(desk, by_sms.sid)) >= 2)
    assert statuses(desk, by_whatsapp) == ["sent", "failed"]
    assert statuses(desk, by_sms.sid) == ["sent", "undelivered"]
    codes = [one.form["ErrorCode"] for one in desk.posts(STATUS) if "ErrorCode" in one.form]
    assert codes == ["63024", "30003"]
    assert "tidak dapat dihubungi" in simulator.shown("pak-hadi", by_sms.sid)["note"]
    simulator.post(f"/phones/{guest}/reach", {"unreachable": False}).raise_for_status()
    simulator.shown(guest, create(simulator, to, "sekarang").sid, state="delivered")

    requests.delete(f"{simulator.url}/switches/", timeout=10).raise_for_status()
    phones = simulator.get("/phones/").json()["phones"]
    assert not any(phone["is_unreachable"] for phone in phones)


def test_the_next_creates_are_refused_with_429(simulator: Simulator, guest: str) -> None:
    to = open_window(simulator, guest)
    simulator.turn(refuse_next=2)
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            create(simulator, to)
        assert (refused.value.status, refused.value.code) == (429, 20429)
    assert create(simulator, to, "akhirnya").status == "queued"
    assert listed(simulator, to) == ["akhirnya"]


def test_every_third_create_is_refused(simulator: Simulator, guest: str) -> None:
    to = open_window(simulator, guest)
    simulator.turn(refuse_every=3)
    outcomes = []
    for number in range(6):
        try:
            create(simulator, to, str(number))
            outcomes.append("ok")
        except TwilioRestException as refused:
            outcomes.append(str(refused.status))
    assert outcomes == ["ok", "ok", "429", "ok", "ok", "429"]


@pytest.mark.parametrize(
    ("switch", "left_behind"), [("error_before_next", []), ("error_after_next", ["ragu"])]
)
def test_an_error_500_before_or_after_creating(
    simulator: Simulator, guest: str, switch: str, left_behind: list[str]
) -> None:
    to = open_window(simulator, guest)
    simulator.turn(**{switch: 1})
    with pytest.raises(TwilioRestException) as refused:
        create(simulator, to, "ragu")
    assert refused.value.status == 500
    assert listed(simulator, to) == left_behind


@pytest.mark.parametrize(
    ("switch", "left_behind"), [("stall_before_next", []), ("stall_after_next", ["ragu"])]
)
def test_a_stalled_create_outlasts_the_client(
    simulator: Simulator, guest: str, switch: str, left_behind: list[str]
) -> None:
    to = open_window(simulator, guest)
    simulator.turn(**{switch: 1, "stall_seconds": 1.5})
    with pytest.raises(requests.Timeout):
        create(simulator, to, "ragu", timeout=0.5)
    assert listed(simulator, to) == left_behind
