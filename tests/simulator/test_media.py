"""Files: on their way in behind credentials and a signed address, on their way out from the desk."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.simulator.conftest import ACCOUNT, CALLBACK, TOKEN, Simulator
from tests.simulator.fake_desk import PUBLIC_URL, FakeDesk, Picture

pytestmark = pytest.mark.processes

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 20
SRAGEN = "whatsapp:+628877110110"


def upload(simulator: Simulator, slug: str, *files: tuple[str, bytes, str], **fields: str):
    return requests.post(
        f"{simulator.url}/phones/{slug}/messages",
        data={"wait": "1", **fields},
        files=[("file", file) for file in files],
        timeout=30,
    )


@pytest.fixture
def photo(simulator: Simulator, desk: FakeDesk, guest: str) -> dict[str, str]:
    """The webhook of a photo the guest has sent."""
    sent = upload(simulator, guest, ("foto.jpg", JPEG, "image/jpeg"), text="ini fotonya")
    sid = sent.json()["messages"][0]["sid"]
    return next(one.form for one in desk.received if one.form.get("MessageSid") == sid)


def fetch(url: str, **given: object) -> requests.Response:
    return requests.get(url, timeout=10, allow_redirects=False, **given)


def test_a_photo_is_announced_with_its_address(photo: dict[str, str]) -> None:
    assert photo["MessageSid"].startswith("MM")
    assert (photo["NumMedia"], photo["MediaContentType0"]) == ("1", "image/jpeg")
    assert (photo["MessageType"], photo["Body"]) == ("image", "ini fotonya")
    path = urlsplit(photo["MediaUrl0"]).path
    assert path.startswith(
        f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{photo['MessageSid']}/Media/ME"
    )


def test_the_bytes_need_credentials_then_another_host(photo: dict[str, str]) -> None:
    assert fetch(photo["MediaUrl0"]).status_code == 401
    answer = fetch(photo["MediaUrl0"], auth=(ACCOUNT, TOKEN))
    assert answer.status_code == 307
    target = answer.headers["Location"]
    assert urlsplit(target).hostname != urlsplit(photo["MediaUrl0"]).hostname
    assert set(parse_qs(urlsplit(target).query)) == {"Expires", "Signature"}

    content = fetch(target)
    assert (content.content, content.headers["Content-Type"]) == (JPEG, "image/jpeg")
    assert fetch(target, auth=(ACCOUNT, TOKEN)).status_code == 400


def test_following_the_redirect_as_requests_does_gives_the_bytes(photo: dict[str, str]) -> None:
    answer = requests.get(photo["MediaUrl0"], auth=(ACCOUNT, TOKEN), timeout=10)
    assert answer.content == JPEG


def test_a_changed_signature_or_time_is_refused(photo: dict[str, str]) -> None:
    target = fetch(photo["MediaUrl0"], auth=(ACCOUNT, TOKEN)).headers["Location"]
    address, _, query = target.partition("?")
    given = {name: values[0] for name, values in parse_qs(query).items()}
    for change in ({"Expires": "99999999999"}, {"Signature": "0" * 64}, {"Signature": ""}):
        assert fetch(address, params={**given, **change}).status_code == 403
    assert fetch(address).status_code == 403


def test_media_are_listed_fetched_and_deleted_by_the_sdk(
    simulator: Simulator, guest: str, photo: dict[str, str]
) -> None:
    message = simulator.twilio().messages(photo["MessageSid"])
    assert message.fetch().num_media == "1"
    (media,) = message.media.list()
    assert (media.content_type, media.parent_sid) == ("image/jpeg", photo["MessageSid"])
    assert photo["MediaUrl0"].endswith(media.uri.removesuffix(".json"))
    target = fetch(photo["MediaUrl0"], auth=(ACCOUNT, TOKEN)).headers["Location"]

    assert message.media(media.sid).delete() is True
    assert message.media.list() == []
    assert message.fetch().num_media == "0"
    assert fetch(photo["MediaUrl0"], auth=(ACCOUNT, TOKEN)).status_code == 404
    assert fetch(target).status_code == 404
    with pytest.raises(TwilioRestException):
        message.media(media.sid).fetch()

    shown = simulator.shown(guest, photo["MessageSid"])["media"][0]
    assert simulator.get(shown["url"]).content == JPEG


def test_deleting_a_message_deletes_its_media(simulator: Simulator, photo: dict[str, str]) -> None:
    simulator.twilio().messages(photo["MessageSid"]).delete()
    assert fetch(photo["MediaUrl0"], auth=(ACCOUNT, TOKEN)).status_code == 404


def test_an_album_is_one_message_for_each_file(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    files = [
        ("1.jpg", JPEG, "image/jpeg"),
        ("2.png", b"\x89PNG\r\n\x1a\n..", "image/png"),
        ("suara.ogg", b"OggS....", "audio/ogg; codecs=opus"),
        ("surat.pdf", b"%PDF-1.7", "application/pdf"),
        ("stiker.webp", b"RIFF....WEBP", "image/webp"),
        ("rekaman.mp4", b"....ftypisom", "video/mp4"),
    ]
    sent = upload(simulator, guest, *files, text="enam").json()["messages"]
    forms = [
        one.form
        for message in sent
        for one in desk.posts("/twilio/messages/")
        if one.form["MessageSid"] == message["sid"]
    ]
    kinds = ["image", "image", "audio", "document", "sticker", "video"]
    assert [form["MessageType"] for form in forms] == kinds
    assert [form["Body"] for form in forms] == ["enam", "", "", "", "", ""]


def test_files_that_whatsapp_does_not_carry_are_refused_in_words(simulator: Simulator) -> None:
    program = upload(simulator, "bu-sari", ("x.exe", b"MZ", "application/x-msdownload"))
    large = upload(simulator, "bu-sari", ("x.jpg", JPEG + bytes(6 * 1024**2), "image/jpeg"))
    by_sms = upload(simulator, "pak-hadi", ("x.jpg", JPEG, "image/jpeg"))
    for answer, words in (
        (program, "tidak dibawa WhatsApp"),
        (large, "lebih besar dari 5 MB"),
        (by_sms, "Lewat SMS hanya teks"),
    ):
        assert answer.status_code == 422
        assert words in answer.text


def test_a_picture_of_the_desk_is_fetched_and_shown(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    desk.pictures["/m/token/"] = Picture(JPEG, "image/jpeg")
    simulator.send(guest, text="kirim buktinya")
    to = simulator.twilio().messages.list(limit=1)[0].from_
    created = simulator.twilio().messages.create(
        to=to, from_=SRAGEN, body="Sudah bersih", media_url=[f"{PUBLIC_URL}/m/token/"]
    )
    assert (created.sid[:2], created.num_media) == ("MM", "1")
    shown = simulator.shown(guest, created.sid, state="delivered")
    assert simulator.get(shown["media"][0]["url"]).content == JPEG
    fetched = [one.method for one in desk.received if one.path == "/m/token/"]
    assert fetched == ["HEAD", "GET"]
    (media,) = simulator.twilio().messages(created.sid).media.list()
    assert simulator.twilio().messages(created.sid).media(media.sid).delete() is True


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (Picture(JPEG, "image/jpeg", status=404), "63019"),
        (Picture(b"", "image/jpeg"), "63019"),
        (Picture(b"<html>", "image/jpeg"), "63019"),
        (Picture(b"GIF89a", "image/gif"), "63019"),
        (Picture(JPEG + bytes(6 * 1024**2), "image/jpeg"), "63034"),
    ],
)
def test_a_picture_that_cannot_be_fetched_fails_the_message(
    simulator: Simulator, desk: FakeDesk, guest: str, picture: Picture, code: str
) -> None:
    desk.pictures["/m/token/"] = picture
    simulator.send(guest, text="kirim")
    to = simulator.twilio().messages.list(limit=1)[0].from_
    created = simulator.twilio().messages.create(
        to=to, from_=SRAGEN, media_url=[f"{PUBLIC_URL}/m/token/"], status_callback=CALLBACK
    )
    (callback,) = desk.wait_for_posts("/twilio/status/", 1)
    assert callback.form["MessageSid"] == created.sid
    assert (callback.form["MessageStatus"], callback.form["ErrorCode"]) == ("failed", code)


def test_nothing_is_fetched_from_another_machine(
    simulator: Simulator, desk: FakeDesk, guest: str
) -> None:
    simulator.send(guest, text="kirim")
    to = simulator.twilio().messages.list(limit=1)[0].from_
    simulator.twilio().messages.create(
        to=to,
        from_=SRAGEN,
        media_url=["http://192.0.2.1/photo.jpg"],
        status_callback=CALLBACK,
    )
    (callback,) = desk.wait_for_posts("/twilio/status/", 1, seconds=3)
    assert callback.form["ErrorCode"] == "63019"
