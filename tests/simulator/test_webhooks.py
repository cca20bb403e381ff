"""A citizen writes; the desk gets what Twilio would have sent."""

import json
from datetime import UTC, datetime

import pytest

from tests.simulator.conftest import ACCOUNT, OLD_TOKEN, Simulator
from tests.simulator.fake_desk import Answer, FakeDesk, Received

pytestmark = pytest.mark.processes

MESSAGES, FALLBACK = "/twilio/messages/", "/twilio/fallback/"
JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 20


def only_post(desk: FakeDesk, sid: str, path: str = MESSAGES) -> Received:
    """The one webhook about the message `sid`."""
    posts = [one for one in desk.posts(path) if one.form["MessageSid"] == sid]
    assert len(posts) == 1
    return posts[0]


def test_a_text_arrives_signed_and_with_twilios_parameters(
    simulator: Simulator, desk: FakeDesk
) -> None:
    sid = simulator.send("bu-sari", line="sragen-wa", text=" Lapor Pak 🚨\nmotor brong ")["sid"]
    post = only_post(desk, sid)
    assert post.signed
    assert post.token
    metadata = json.loads(post.form.pop("ChannelMetadata"))
    assert metadata["data"]["context"] == {
        "ProfileName": "Sari Lestari",
        "WaId": "6281200001001",
    }
    assert post.form == {
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": "whatsapp:+6281200001001",
        "To": "whatsapp:+628877110110",
        "Body": " Lapor Pak 🚨\nmotor brong ",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "ProfileName": "Sari Lestari",
        "WaId": "6281200001001",
        "ExternalUserId": "whatsapp:ID.2610000000001001",
        "ReferralNumMedia": "0",
        "MessageType": "text",
    }


def test_a_username_without_a_number_is_known_by_the_user_id_alone(
    simulator: Simulator, desk: FakeDesk
) -> None:
    sid = simulator.send("mbak-wulan", text="Saya takut keluar")["sid"]
    form = only_post(desk, sid).form
    assert form["From"] == form["ExternalUserId"] == "whatsapp:ID.2610000000001004"
    assert form["WaId"] == "ID.2610000000001004"
    assert "+62" not in form["From"] + form["ChannelMetadata"]


def test_an_sms_has_the_country_and_nothing_of_whatsapp(
    simulator: Simulator, desk: FakeDesk
) -> None:
    sid = simulator.send("pak-hadi", text="Motor saya hilang")["sid"]
    form = only_post(desk, sid).form
    assert (form["From"], form["To"]) == ("+6281200001005", "+628112957110")
    assert (form["FromCountry"], form["FromCity"]) == ("ID", "")
    assert not {"ProfileName", "WaId", "MessageType", "ExternalUserId"} & set(form)


def test_a_message_to_the_retired_number_still_arrives(
    simulator: Simulator, desk: FakeDesk
) -> None:
    sid = simulator.send("pak-yatno", text="Masih nomor aduan?")["sid"]
    assert only_post(desk, sid).form["To"] == "whatsapp:+6281237700033"


def test_a_pin_has_coordinates_and_a_named_place_its_name(
    simulator: Simulator, desk: FakeDesk
) -> None:
    pin = simulator.send("mas-joko", latitude="-7.564363", longitude="110.855116")
    form = only_post(desk, pin["sid"]).form
    assert (form["Latitude"], form["Longitude"]) == ("-7.564363", "110.855116")
    assert (form["MessageType"], form["Body"]) == ("location", "")
    assert not {"Label", "Address"} & set(form)

    named = simulator.send(
        "mas-joko", latitude=-7.5, longitude=110.8, label="Kampus", address="Jalan Sutami"
    )
    form = only_post(desk, named["sid"]).form
    assert (form["Label"], form["Address"]) == ("Kampus", "Jalan Sutami")


def test_a_contact_card_is_a_file_of_its_own_kind(simulator: Simulator, desk: FakeDesk) -> None:
    sid = simulator.send("bu-ningsih", contact_name="Agus", contact_phone="+62 812 0000 1091")[
        "sid"
    ]
    form = only_post(desk, sid).form
    assert sid.startswith("MM")
    assert (form["MessageType"], form["NumMedia"]) == ("contacts", "1")
    assert form["MediaContentType0"] == "text/vcard"


def test_a_pressed_button_and_a_quoted_message_name_what_they_answer(
    simulator: Simulator, desk: FakeDesk
) -> None:
    sid = simulator.send(
        "mas-bayu", button_text="Ya, benar", button_payload="confirm:1", quoted="SM" + "0" * 32
    )["sid"]
    form = only_post(desk, sid).form
    assert form["MessageType"] == "interactive"
    assert (form["ButtonText"], form["ButtonPayload"]) == ("Ya, benar", "confirm:1")
    assert form["Body"] == "Ya, benar"
    assert form["OriginalRepliedMessageSid"] == "SM" + "0" * 32
    assert form["OriginalRepliedMessageSender"] == form["To"]
    assert json.loads(form["ChannelMetadata"])["data"]["context"]["ButtonText"] == "Ya, benar"


def test_forwarded_many_times_is_told(simulator: Simulator, desk: FakeDesk) -> None:
    sid = simulator.send("pak-yatno", text="AWAS", forwarded="many")["sid"]
    form = only_post(desk, sid).form
    assert (form["Forwarded"], form["FrequentlyForwarded"]) == ("true", "true")


def test_what_whatsapp_cannot_pass_on_arrives_empty(simulator: Simulator, desk: FakeDesk) -> None:
    sid = simulator.send("mas-bayu", unsupported=True)["sid"]
    form = only_post(desk, sid).form
    assert (form["Body"], form["NumMedia"]) == ("", "0")
    assert "MessageType" not in form


def test_a_refused_connection_is_tried_again_then_shown_and_can_be_sent_again(
    own_simulator: Simulator, desk: FakeDesk
) -> None:
    own_simulator.stop()
    own_simulator.changes["DESK_URL"] = "http://127.0.0.1:9"
    own_simulator.start()
    message = own_simulator.send("bu-sari", text="Halo")
    assert (message["state"], message["state_words"]) == ("refused", "belum diterima meja")

    own_simulator.stop()
    own_simulator.changes["DESK_URL"] = desk.url
    own_simulator.start()
    answer = own_simulator.post(f"/phones/bu-sari/messages/{message['sid']}/resend")
    assert answer.status_code == 202
    own_simulator.shown("bu-sari", message["sid"], state="accepted")
    assert only_post(desk, message["sid"]).signed


def test_an_error_goes_to_the_fallback_with_its_code(simulator: Simulator, desk: FakeDesk) -> None:
    desk.answer(MESSAGES, Answer(status=500))
    message = simulator.send("bu-sari", text="Galat")
    assert message["state"] == "accepted"
    fallback = only_post(desk, message["sid"], FALLBACK)
    assert fallback.signed
    assert fallback.form["ErrorCode"] == "11200"
    assert fallback.form["ErrorUrl"].endswith(MESSAGES)
    assert fallback.form["Body"] == "Galat"


def test_when_both_fail_the_telephone_says_so(simulator: Simulator, desk: FakeDesk) -> None:
    desk.answer(MESSAGES, Answer(status=403))
    desk.answer(FALLBACK, Answer(status=500))
    message = simulator.send("bu-sari", text="Dua kali galat")
    assert (message["state"], message["note"]) == ("refused", "meja menjawab HTTP 403")


def test_an_http_error_is_not_retried_unless_the_fragment_says_so(
    own_simulator: Simulator, desk: FakeDesk
) -> None:
    own_simulator.stop()
    own_simulator.changes["SIMULATOR_WEBHOOK_FRAGMENT"] = "rc=2&rp=5xx&rt=4000"
    own_simulator.start()
    desk.answer(MESSAGES, Answer(status=500), Answer(status=503))
    sid = own_simulator.send("bu-sari", text="Coba lagi")["sid"]
    posts = desk.posts(MESSAGES)
    assert [one.form["MessageSid"] for one in posts] == [sid] * 3
    assert all(one.signed for one in posts)
    assert len({one.token for one in posts}) == 1
    assert not desk.posts(FALLBACK)


def test_plain_text_and_twiml_messages_are_said_to_the_citizen(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    twiml = "<Response><Message><Body>dari TwiML</Body></Message></Response>"
    desk.answer(MESSAGES, Answer(body="OK", content_type="text/plain"), Answer(body=twiml))
    simulator.send(guest, text="satu")
    simulator.send(guest, text="dua")
    shown = simulator.get(f"/phones/{guest}/messages").json()["messages"]
    assert [one["text"] for one in shown if not one["mine"]] == ["OK", "dari TwiML"]


def test_an_answer_that_is_no_twiml_goes_to_the_fallback(
    simulator: Simulator, desk: FakeDesk
) -> None:
    desk.answer(MESSAGES, Answer(body="OK", content_type="text/html"), Answer(content_type=None))
    broken = simulator.send("bu-sari", text="bukan TwiML")["sid"]
    untyped = simulator.send("bu-sari", text="tanpa jenis")["sid"]
    assert only_post(desk, broken, FALLBACK).form["ErrorCode"] == "12100"
    assert only_post(desk, untyped, FALLBACK).form["ErrorCode"] == "12300"


def test_messages_of_one_conversation_arrive_in_order(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    desk.answer(MESSAGES, Answer(after=0.4))
    for number in range(4):
        simulator.post(f"/phones/{guest}/messages", {"text": str(number)}).raise_for_status()
    posts = desk.wait_for_posts(MESSAGES, 4)
    assert [one.form["Body"] for one in posts] == ["0", "1", "2", "3"]


def test_what_was_under_way_is_posted_after_a_restart(
    own_simulator: Simulator, desk: FakeDesk
) -> None:
    own_simulator.turn(late_seconds=600)
    answer = own_simulator.post("/phones/bu-sari/messages", {"text": "menunggu"}).json()
    sid = answer["messages"][0]["sid"]
    own_simulator.stop()
    own_simulator.start()
    posts = desk.wait_for_posts(MESSAGES, 1, seconds=15)
    assert [one.form["MessageSid"] for one in posts] == [sid]


def test_the_first_of_several_tokens_signs(own_simulator: Simulator, desk: FakeDesk) -> None:
    own_simulator.stop()
    own_simulator.changes["TWILIO_AUTH_TOKEN"] = f"{OLD_TOKEN},another"
    own_simulator.start()
    sid = own_simulator.send("bu-sari", text="token lain")["sid"]
    assert not only_post(desk, sid).signed


def test_twilio_has_the_message_with_the_time_it_was_posted(simulator: Simulator) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    sid = simulator.send("bu-sari", text="tercatat")["sid"]
    known = simulator.twilio().messages(sid).fetch()
    assert (known.direction, known.status, known.body) == ("inbound", "received", "tercatat")
    assert known.date_sent is not None
    assert known.date_sent >= before
