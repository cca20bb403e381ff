"""A picture of a citizen: from Twilio over a worker that is killed in the middle to the desk, sealed, and gone at Twilio."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple

import pytest
import requests

from tests import hostile, photos, samples
from tests.hostile import FileServer
from tests.journeys.installation import PASSWORD, Installation
from tests.journeys.storm import NUMBER
from tests.samples import MESSAGES
from tests.servers import wait_until

pytestmark = pytest.mark.processes

PICTURE = photos.telltale()


class Coming(NamedTuple):
    desk: Installation
    twilio: FileServer
    api: requests.Session

    def attachments(self) -> list[dict[str, Any]]:
        page = self.get("/api/v1/reports/").json()
        found = []
        for report in page["results"]:
            messages = self.get(f"/api/v1/reports/{report['number']}/messages/").json()
            found += [file for one in messages["results"] for file in one["attachments"]]
        return found

    def get(self, path: str) -> requests.Response:
        return self.api.get(self.desk.url + path, timeout=60)


@pytest.fixture(scope="module")
def coming() -> Iterator[Coming]:
    with ExitStack() as stack:
        twilio = stack.enter_context(FileServer(hostile.slow, hostile.giving(PICTURE)))
        desk = stack.enter_context(Installation(twilio_url=twilio.url))
        desk.manage(
            *("create_operator", "rina", "--role", "operator", "--station", "sragen"),
            *("--password", PASSWORD),
        )
        api = requests.Session()
        token = desk.manage("create_api_token", "rina").strip()
        api.headers.update({"Authorization": f"Token {token}", "X-Forwarded-Proto": "https"})
        yield Coming(desk, twilio, api)


def test_it_comes_though_its_worker_is_killed(coming: Coming) -> None:
    assert coming.desk.post(MESSAGES, samples.picture(To=f"whatsapp:{NUMBER}")) == 200
    wait_until(lambda: bool(coming.twilio.asked), 30, what="the picture is asked for")
    coming.desk.kill("enricher")
    wait_until(lambda: bool(coming.twilio.deleted), 150, what="the picture is here")
    (attachment,) = coming.attachments()
    assert attachment["state"] == "stored"
    assert len(coming.twilio.asked) == 2


def test_the_desk_shows_what_is_clean_and_keeps_what_came(coming: Coming) -> None:
    (attachment,) = coming.attachments()
    contents = {file["role"]: coming.get(file["url"]).content for file in attachment["files"]}
    assert contents["original"] == PICTURE
    assert contents["view"].startswith(b"\xff\xd8\xff")
    assert photos.SECRET not in contents["view"] + contents["thumbnail"]


def test_it_lies_nowhere_in_clear(coming: Coming) -> None:
    files = [path for path in coming.desk.folder.rglob("*") if path.is_file()]
    assert len([path for path in files if "/media/" in str(path)]) == 3
    for path in files:
        assert photos.SECRET not in path.read_bytes(), path


def test_no_log_says_where_it_was(coming: Coming) -> None:
    log = coming.desk.log.read_text()
    assert "/Media/" not in log
    assert "Messages/MM" not in log
