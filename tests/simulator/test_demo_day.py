"""The demo day: every kind of message, once, in order, as far as the desk takes it."""

import json
from collections.abc import Iterator
from io import BytesIO

import pytest
import requests
from PIL import Image
from PIL.ExifTags import GPS, IFD

from tests.simulator.conftest import ACCOUNT, ROOT, TOKEN, Simulator
from tests.simulator.fake_desk import Answer, FakeDesk

pytestmark = pytest.mark.processes

MESSAGES = "/twilio/messages/"
DAY = json.loads((ROOT / "simulator" / "data" / "demo_day.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def forms(
    the_desk: FakeDesk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[dict[str, str]]]:
    """What the whole day posts; the simulator that played it still has the files."""
    the_desk.clear()
    running = Simulator(tmp_path_factory.mktemp("day"), the_desk.url)
    running.start()
    running.post("/demo-day").raise_for_status()
    yield [one.form for one in the_desk.posts(MESSAGES)]
    running.stop()


def test_the_demo_day_arrives_in_order_once(own_simulator: Simulator, desk: FakeDesk) -> None:
    played = own_simulator.post("/demo-day")
    assert played.json() == {
        "messages": len(DAY),
        "posted": len(DAY),
        "accepted": len(DAY),
        "accepted_in_all": len(DAY),
    }
    posts = desk.posts(MESSAGES)
    assert len({entry["key"] for entry in DAY}) == len(DAY)
    assert [one.form["Body"] for one in posts] == [entry.get("text", "") for entry in DAY]
    assert all(one.signed for one in posts)
    assert {one.form["To"] for one in posts} == {
        "whatsapp:+628877110110",
        "whatsapp:+628112957110",
        "whatsapp:+6281237700033",
        "+628112957110",
    }
    kinds = {
        one.form.get("MessageType", "none" if one.form["From"].startswith("whatsapp:") else "sms")
        for one in posts
    }
    assert kinds == set(
        "text image audio video document sticker contacts location none sms".split()
    )
    assert any(one.form["From"].startswith("whatsapp:ID.") for one in posts)

    again = own_simulator.post("/demo-day").json()
    assert (again["posted"], again["accepted"]) == (0, 0)
    assert again["accepted_in_all"] == len(DAY)
    own_simulator.stop()
    own_simulator.start()
    assert own_simulator.post("/demo-day").json()["posted"] == 0
    assert len(desk.posts(MESSAGES)) == len(DAY)


def test_what_citizens_answer_the_desk_can_be_held_back(
    own_simulator: Simulator, desk: FakeDesk
) -> None:
    answers = [entry for entry in DAY if entry.get("waits_for_desk")]
    assert answers
    played = own_simulator.post("/demo-day", {"hold_back": True}).json()
    assert played["accepted_in_all"] == played["posted"] == len(DAY) - len(answers)
    bayu = next(one.form for one in desk.posts(MESSAGES) if "flyover" in one.form["Body"])
    words = own_simulator.twilio().messages.create(
        to=bayu["From"], from_=bayu["To"], body="Tim patroli kami arahkan ke sana."
    )
    rest = own_simulator.post("/demo-day").json()
    assert (rest["posted"], rest["accepted_in_all"]) == (len(answers), len(DAY))
    quoting = [one.form.get("OriginalRepliedMessageSid") for one in desk.posts(MESSAGES)]
    assert [sid for sid in quoting if sid] == [words.sid]


def test_the_demo_day_repeats_only_what_the_desk_refused(
    own_simulator: Simulator, desk: FakeDesk
) -> None:
    desk.answer(MESSAGES, Answer(), Answer(status=503))
    desk.answer("/twilio/fallback/", Answer(status=503))
    played = own_simulator.post("/demo-day").json()
    assert (played["posted"], played["accepted"]) == (len(DAY), len(DAY) - 1)
    again = own_simulator.post("/demo-day").json()
    assert (again["posted"], again["accepted"], again["accepted_in_all"]) == (1, 1, len(DAY))
    sids = [one.form["MessageSid"] for one in desk.posts(MESSAGES)]
    assert sids[-1] == sids[1]


def test_the_demo_days_photo_carries_the_place_it_was_taken(forms: list[dict[str, str]]) -> None:
    url = next(form["MediaUrl0"] for form in forms if form["Body"] == "niki fotone pak")
    content = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=10).content
    with Image.open(BytesIO(content)) as photo:
        assert photo.size == (1280, 960)
        place = photo.getexif().get_ifd(IFD.GPSInfo)
    assert (place[GPS.GPSLatitudeRef], place[GPS.GPSLongitudeRef]) == ("S", "E")
    degrees, minutes, seconds = (float(part) for part in place[GPS.GPSLatitude])
    assert degrees + minutes / 60 + seconds / 3600 == pytest.approx(7.398433, abs=1e-5)
    voice = next(form for form in forms if form.get("MessageType") == "audio")
    assert voice["MediaContentType0"] == "audio/ogg"
    recording = requests.get(voice["MediaUrl0"], auth=(ACCOUNT, TOKEN), timeout=10).content
    assert recording.startswith(b"OggS")


def test_every_file_of_the_demo_day_is_what_it_says(forms: list[dict[str, str]]) -> None:
    beginnings = {
        "image/jpeg": b"\xff\xd8\xff",
        "image/webp": b"RIFF",
        "video/mp4": b"\0\0\0",
        "audio/ogg": b"OggS",
        "application/pdf": b"%PDF",
        "text/vcard": b"BEGIN:VCARD",
    }
    found = set()
    for form in forms:
        if form["NumMedia"] == "0":
            continue
        answer = requests.get(form["MediaUrl0"], auth=(ACCOUNT, TOKEN), timeout=10)
        declared = form["MediaContentType0"]
        assert answer.content.startswith(beginnings[declared]), declared
        assert len(answer.content) < 256 * 1024
        found.add(declared)
    assert found == set(beginnings)
