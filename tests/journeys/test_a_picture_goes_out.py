"""A photo of the cleared place: from an operator's telephone over the desk to Twilio, and nothing else of it anywhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests import photos, samples
from tests.canaries import Canary, legible, scan
from tests.environment import PUBLIC_URL
from tests.journeys.storm import NUMBER, Storm, storm
from tests.samples import MESSAGES
from tests.servers import wait_until

pytestmark = pytest.mark.processes

WORDS = "Lokasi sudah bersih, terima kasih."


@pytest.fixture(scope="module")
def going() -> Iterator[Storm]:
    with storm() as storming:
        storming.twilio.desk_url = storming.desk.url
        yield storming


@pytest.fixture(scope="module")
def browser(going: Storm) -> requests.Session:
    session = going.desk.session_of("rina")
    session.headers.update({"Referer": f"{PUBLIC_URL}/desk/", "Origin": PUBLIC_URL})
    return session


def report_of(going: Storm, citizen: samples.Citizen) -> str:
    before = {report["number"] for report in going.reports()}
    params = samples.text("Tolong dibersihkan", by=citizen, To=f"whatsapp:{NUMBER}")
    assert going.desk.post(MESSAGES, params) == 200
    new: list[str] = []

    def is_there() -> bool:
        new[:] = [r["number"] for r in going.reports() if r["number"] not in before]
        return bool(new)

    wait_until(is_there, 30, what="the report")
    return new[0]


def post(
    going: Storm, browser: requests.Session, path: str, form: dict[str, str], **more: Any
) -> requests.Response:
    token = {"csrfmiddlewaretoken": browser.cookies["__Host-csrf"]}
    url = f"{going.desk.url}/desk/reports/{path}"
    answer = browser.post(url, form | token, allow_redirects=False, timeout=30, **more)
    # They come anew each time, for https only; here nothing stands between that has a certificate.
    for cookie in browser.cookies:
        cookie.secure = False
    return answer


def attach(going: Storm, browser: requests.Session, number: str, content: bytes) -> str:
    """The id of the picture that then lies beside the answer."""
    file = {"picture": ("a.jpg", content)}
    answer = post(going, browser, f"{number}/pictures/", {}, files=file)
    found = re.search(r'name="picture" value="([^"]+)"', answer.text)
    assert answer.status_code == 200
    assert found is not None
    return found[1]


def answer_with(going: Storm, browser: requests.Session, number: str, picture: str) -> None:
    form = {"text": WORDS, "picture": picture}
    answer = post(going, browser, f"{number}/reply/", form)
    assert answer.status_code == 302
    assert "login" not in answer.headers["Location"]


def answers(going: Storm, number: str) -> list[dict[str, Any]]:
    path = f"{going.desk.url}/api/v1/reports/{number}/messages/"
    found: list[dict[str, Any]] = going.api.get(path, timeout=60).json()["results"]
    return [message for message in found if message["kind"] == "image"]


def test_it_reaches_twilio_clean_and_lies_nowhere_readable(
    going: Storm, browser: requests.Session
) -> None:
    number = report_of(going, samples.WATI)
    answer_with(going, browser, number, attach(going, browser, number, photos.telltale(6)))

    def fetched() -> list[bytes]:
        return [picture for sent in going.twilio.sent for picture in sent.pictures]

    wait_until(lambda: bool(fetched()), 60, what="Twilio fetches it")
    (sent,) = [message for message in going.twilio.sent if message.media]
    assert (sent.body, sent.status) == (WORDS, "sent")
    (picture,) = fetched()
    assert picture.startswith(b"\xff\xd8\xff")
    assert photos.SECRET not in picture

    media = [path for path in (going.desk.var_dir / "media").rglob("*") if path.is_file()]
    assert len(media) == 1
    assert legible(media) == []
    told = [Canary.words(photos.SECRET.decode()), Canary.words(sent.media[0].split("/")[4])]
    assert [str(hit) for hit in scan(told, going.desk.folder)] == []


def test_a_picture_that_cannot_be_fetched_makes_the_answer_red(
    going: Storm, browser: requests.Session
) -> None:
    number = report_of(going, samples.JOKO)
    picture = attach(going, browser, number, photos.jpeg())
    Path(going.desk.var_dir, "media", picture[:2], picture).unlink()
    answer_with(going, browser, number, picture)
    wait_until(
        lambda: (
            [(m["status"], m["error_code"]) for m in answers(going, number)]
            == [("failed", "63019")]
        ),
        60,
        what="the failure",
    )
