"""Fetching a file from servers that do as Twilio does, and from such that would do us harm."""

import base64
from datetime import timedelta
from typing import Any

from django.test import override_settings

from reports.channels.twilio.media import Source
from reports.enrichment.fetching.download import NotFetched, fetch
from tests import hostile
from tests.environment import ACCOUNT_SID, AUTH_TOKEN
from tests.hostile import MEGABYTE, FileServer
from tests.reports.enrichment.fetching.cases import CONTENT, MEDIA, MESSAGE, PATH, DownloadCase


class FetchTests(DownloadCase):
    def api(self, *answers: hostile.Answer, **more: Any) -> FileServer:
        server = self.serve(*answers)
        self.configure(server.url, "localhost", **more)
        return server

    def test_the_file_comes_as_it_is(self) -> None:
        server = self.api(hostile.giving(CONTENT))
        self.assertEqual(self.fetch(server.url + PATH), CONTENT)
        self.assertEqual(server.asked, [PATH])

    def test_the_api_is_shown_who_we_are(self) -> None:
        server = self.api(hostile.giving(CONTENT))
        self.fetch(server.url + PATH)
        expected = base64.b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
        self.assertEqual(server.headers[0]["Authorization"], f"Basic {expected}")

    def test_an_api_key_goes_before_the_token(self) -> None:
        key = {"TWILIO_API_KEY_SID": "SKcontoh", "TWILIO_API_KEY_SECRET": "rahasia"}
        server = self.api(hostile.giving(CONTENT), **key)
        self.fetch(server.url + PATH)
        expected = base64.b64encode(b"SKcontoh:rahasia").decode()
        self.assertEqual(server.headers[0]["Authorization"], f"Basic {expected}")

    def test_another_host_is_not_shown_who_we_are(self) -> None:
        store = self.serve(hostile.giving(CONTENT), name="localhost")
        server = self.api(hostile.leading_to(f"{store.url}/a?Signature=b"))
        self.assertEqual(self.fetch(server.url + PATH), CONTENT)
        self.assertEqual(store.asked, ["/a?Signature=b"])
        self.assertNotIn("Authorization", store.headers[0])

    def test_seventeen_megabytes_are_taken(self) -> None:
        server = self.api(hostile.of_size(17 * MEGABYTE))
        self.assertEqual(len(self.fetch(server.url + PATH)), 17 * MEGABYTE)

    def test_more_than_is_taken_is_refused_before_it_comes(self) -> None:
        server = self.api(hostile.of_size(21 * MEGABYTE))
        pieces: list[bytes] = []
        with self.assertRaises(NotFetched) as caught:
            fetch(Source(server.url + PATH, MESSAGE, MEDIA), pieces.append)
        self.assertEqual((caught.exception.code, pieces), ("too_large", []))

    def test_an_endless_one_is_cut_off_at_the_same_size(self) -> None:
        server = self.api(hostile.endless)
        count = 0

        def write(piece: bytes) -> None:
            nonlocal count
            count += len(piece)

        with self.assertRaises(NotFetched) as caught:
            fetch(Source(server.url + PATH, MESSAGE, MEDIA), write)
        self.assertEqual((caught.exception.code, caught.exception.again), ("too_large", False))
        self.assertLessEqual(count, 20 * MEGABYTE)

    def test_time_is_up_for_whoever_sends_a_byte_now_and_then(self) -> None:
        for answer in (hostile.slow, hostile.slow_to_begin):
            with self.subTest(answer=answer.__name__):
                server = self.serve(answer)
                with override_settings(
                    TWILIO_API_URL=server.url, MEDIA_SECONDS=timedelta(seconds=0.5)
                ):
                    self.assert_not_fetched("slow", server.url + PATH, again=True)

    def test_nobody_waits_for_one_that_says_nothing(self) -> None:
        short = timedelta(seconds=0.3)
        server = self.api(hostile.silent, MEDIA_READ_TIMEOUT=short)
        self.assert_not_fetched("slow", server.url + PATH, again=True)

    def test_half_a_file_is_none(self) -> None:
        for answer, code in ((hostile.cut_short, "cut_short"), (hostile.cut_in_pieces, "network")):
            with self.subTest(answer=answer.__name__):
                server = self.serve(answer)
                with override_settings(TWILIO_API_URL=server.url):
                    self.assert_not_fetched(code, server.url + PATH, again=True)

    def test_what_is_no_http_is_no_file(self) -> None:
        server = self.api(hostile.nonsense)
        self.assert_not_fetched("network", server.url + PATH, again=True)

    def test_nobody_there(self) -> None:
        server = FileServer(hostile.nonsense)
        server.__enter__()
        server.__exit__()
        self.configure(server.url)
        self.assert_not_fetched("network", server.url + PATH, again=True)

    def test_each_refusal_says_whether_another_try_can_help(self) -> None:
        for answer, code, again in (
            (401, "credentials", True),
            (403, "credentials", True),
            (404, "not_there", True),
            (410, "not_there", False),
            (429, "busy", True),
            (500, "busy", True),
            (503, "busy", True),
            (206, "odd_answer", True),
            (418, "odd_answer", True),
        ):
            with self.subTest(status=answer):
                server = self.serve(hostile.status(answer))
                with override_settings(TWILIO_API_URL=server.url):
                    self.assert_not_fetched(code, server.url + PATH, again=again)
