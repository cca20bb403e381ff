"""From create() to the telephone: callbacks, their order, and the 24-hour rule."""

import pytest

from tests.simulator.conftest import ACCOUNT, CALLBACK, Simulator
from tests.simulator.fake_desk import Answer, FakeDesk, Received

pytestmark = pytest.mark.processes

SRAGEN, SURAKARTA = "whatsapp:+628877110110", "whatsapp:+628112957110"
SURAKARTA_SMS = "+628112957110"
STATUS = "/twilio/status/"


def address_of(simulator: Simulator, slug: str) -> str:
    """Where to write to somebody who has just written to Sragen."""
    sid = simulator.send(slug, line="sragen-wa", text="halo")["sid"]
    return str(simulator.twilio().messages(sid).fetch().from_)


def create(simulator: Simulator, to: str, **given: object):
    fields = {"from_": SRAGEN, "body": "Kami terima.", "status_callback": CALLBACK, **given}
    return simulator.twilio().messages.create(to=to, **fields)


def callbacks(desk: FakeDesk, sid: str, count: int) -> list[Received]:
    """The first `count` status callbacks about one message."""

    def about(_: object = None) -> list[Received]:
        return [one for one in desk.posts(STATUS) if one.form["MessageSid"] == sid]

    desk.wait_for(lambda received: len(about()) >= count)
    return about()


def test_callbacks_come_in_order_signed_with_the_query(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    created = create(simulator, address_of(simulator, guest))
    simulator.shown(guest, created.sid, state="delivered")
    answer = simulator.post(f"/phones/{guest}/read", {"line": "sragen-wa"})
    assert answer.json() == {"read": 1}
    posts = callbacks(desk, created.sid, 3)
    assert [one.form["MessageStatus"] for one in posts] == ["sent", "delivered", "read"]
    assert all(one.signed for one in posts)
    sent, delivered, read = (one.form for one in posts)
    assert sent["AccountSid"] == ACCOUNT
    assert (sent["SmsStatus"], sent["SmsSid"], sent["From"]) == ("sent", created.sid, SRAGEN)
    assert sent["ChannelPrefix"] == "whatsapp"
    assert sent["ChannelToAddress"].endswith("XXXXXX")
    assert sent["StructuredMessage"] == "false"
    assert (delivered["EventType"], read["EventType"]) == ("DELIVERED", "READ")
    assert simulator.twilio().messages(created.sid).fetch().status == "read"


def test_the_telephone_shows_which_news_the_desk_took_note_of(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    to = address_of(simulator, guest)
    desk.answer(STATUS, Answer(status=500))
    created = create(simulator, to)
    callbacks(desk, created.sid, 2)
    expected = [
        {"status": "sent", "words": "terkirim", "answer": 500, "acknowledged": False},
        {"status": "delivered", "words": "sampai", "answer": 200, "acknowledged": True},
    ]
    simulator.shown(guest, created.sid, callbacks=expected)


def test_nobody_looking_means_never_read(simulator: Simulator, desk: FakeDesk, guest: str) -> None:
    created = create(simulator, address_of(simulator, guest))
    posts = callbacks(desk, created.sid, 2)
    assert [one.form["MessageStatus"] for one in posts] == ["sent", "delivered"]
    assert simulator.twilio().messages(created.sid).fetch().status == "delivered"


def test_a_messaging_service_accepts_first_and_announces_queued(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    service = "MG" + "0" * 32
    created = create(simulator, address_of(simulator, guest), messaging_service_sid=service)
    assert created.status == "accepted"
    posts = callbacks(desk, created.sid, 3)
    assert [one.form["MessageStatus"] for one in posts] == ["queued", "sent", "delivered"]
    assert posts[0].form["MessagingServiceSid"] == service


def test_a_user_id_reaches_the_same_telephone_as_its_number(
    simulator: Simulator, desk: FakeDesk
) -> None:
    simulator.send("mbak-wulan", text="halo")
    created = create(simulator, "whatsapp:ID.2610000000001004")
    simulator.shown("mbak-wulan", created.sid, state="delivered")
    form = callbacks(desk, created.sid, 2)[1].form
    assert form["To"] == form["ExternalUserId"] == "whatsapp:ID.2610000000001004"


def test_an_sms_is_delivered_with_its_own_parameters(simulator: Simulator, desk: FakeDesk) -> None:
    created = create(simulator, "+6281200001005", from_=SURAKARTA_SMS, body="x" * 161)
    assert created.num_segments == "2"
    posts = callbacks(desk, created.sid, 2)
    assert [one.form["MessageStatus"] for one in posts] == ["sent", "delivered"]
    assert len(posts[1].form["RawDlrDoneDate"]) == 10
    assert "ChannelPrefix" not in posts[0].form
    simulator.shown("pak-hadi", created.sid, state="delivered")


def test_the_window_closes_after_24_hours_and_a_message_opens_it(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    to = address_of(simulator, guest)
    simulator.post(f"/phones/{guest}/clock", {"hours": 23.9}).raise_for_status()
    inside = create(simulator, to)
    assert callbacks(desk, inside.sid, 2)[1].form["MessageStatus"] == "delivered"

    simulator.post(f"/phones/{guest}/clock", {"hours": 25}).raise_for_status()
    outside = create(simulator, to)
    (failed,) = callbacks(desk, outside.sid, 1)
    assert failed.form["MessageStatus"] == "failed"
    assert failed.form["ErrorCode"] == "63016"
    assert "24 hours" in failed.form["ChannelStatusMessage"]
    known = simulator.twilio().messages(outside.sid).fetch()
    assert (known.status, known.error_code) == ("failed", 63016)
    assert "24 jam" in simulator.shown(guest, outside.sid)["note"]

    simulator.send(guest, line="sragen-wa", text="saya tulis lagi")
    again = create(simulator, to)
    assert callbacks(desk, again.sid, 2)[1].form["MessageStatus"] == "delivered"


def test_the_window_belongs_to_one_sender(simulator: Simulator, desk: FakeDesk, guest: str) -> None:
    created = create(simulator, address_of(simulator, guest), from_=SURAKARTA)
    assert callbacks(desk, created.sid, 1)[0].form["ErrorCode"] == "63016"


def test_a_template_passes_a_closed_window(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    to = address_of(simulator, guest)
    simulator.post(f"/phones/{guest}/clock", {"hours": 48}).raise_for_status()
    known, unknown = (
        simulator.twilio().messages.create(
            to=to,
            from_=SRAGEN,
            content_sid=sid,
            content_variables='{"1": "SRG-2611-00007"}',
            status_callback=CALLBACK,
        )
        for sid in ("HX00000000000000000000000000000102", "HX" + "f" * 32)
    )
    assert callbacks(desk, known.sid, 2)[0].form["StructuredMessage"] == "true"
    shown = simulator.shown(guest, known.sid, state="delivered")
    assert "SRG-2611-00007" in shown["text"]
    assert [one["payload"] for one in shown["buttons"]] == ["beres", "belum"]
    callbacks(desk, unknown.sid, 2)
    assert "SRG-2611-00007" in simulator.shown(guest, unknown.sid)["text"]


def test_a_stranger_who_never_wrote_has_no_window(simulator: Simulator, desk: FakeDesk) -> None:
    created = create(simulator, "whatsapp:+6281299999999")
    assert callbacks(desk, created.sid, 1)[0].form["ErrorCode"] == "63016"


def test_somebody_without_whatsapp_cannot_be_reached_by_it(
    simulator: Simulator, desk: FakeDesk
) -> None:
    created = create(simulator, "whatsapp:+6281200001005")
    assert callbacks(desk, created.sid, 1)[0].form["MessageStatus"] == "failed"


def test_a_callback_to_another_machine_is_not_posted(simulator: Simulator, guest: str) -> None:
    url = "https://elsewhere.example/status/"
    created = create(simulator, address_of(simulator, guest), status_callback=url)
    shown = simulator.shown(guest, created.sid, state="delivered")
    assert not any(one["acknowledged"] for one in shown["callbacks"])
