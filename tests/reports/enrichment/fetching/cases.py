"""The case of what fetches files: servers on loopback, and what is expected of them."""

from typing import Any

from django.test import SimpleTestCase, override_settings

from reports.channels.twilio.media import Source
from reports.enrichment.fetching.download import NotFetched, fetch
from tests import hostile
from tests.environment import ACCOUNT_SID
from tests.hostile import FileServer

MESSAGE, MEDIA = f"MM{1:032x}", f"ME{1:032x}"
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE}/Media/{MEDIA}"
CONTENT = b"\xff\xd8\xff" + bytes(range(256)) * 1000


class DownloadCase(SimpleTestCase):
    def serve(self, *answers: hostile.Answer, **given: Any) -> FileServer:
        server = FileServer(*answers, **given)
        self.enterContext(server)
        return server

    def configure(self, api: str, *hosts: str, **more: Any) -> None:
        changed = override_settings(TWILIO_API_URL=api, MEDIA_URL_HOSTS=list(hosts), **more)
        changed.enable()
        self.addCleanup(changed.disable)

    def fetch(self, url: str, **given: Any) -> bytes:
        pieces: list[bytes] = []
        fetch(Source(url, MESSAGE, MEDIA), pieces.append, **given)
        return b"".join(pieces)

    def assert_not_fetched(self, code: str, url: str, *, again: bool, **given: Any) -> None:
        with self.assertRaises(NotFetched) as caught:
            self.fetch(url, **given)
        self.assertEqual((caught.exception.code, caught.exception.again), (code, again))
