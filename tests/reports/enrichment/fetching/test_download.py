"""Fetching a file from servers that do as Twilio does, and from such that would do us harm."""

import base64
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from unittest import mock

from django.test import SimpleTestCase, override_settings

from reports.channels.twilio.media import Source
from reports.enrichment.fetching.download import NotFetched, fetch
from tests import hostile
from tests.environment import ACCOUNT_SID, AUTH_TOKEN
from tests.hostile import MEGABYTE, FileServer

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
                    began = time.monotonic()
                    self.assert_not_fetched("slow", server.url + PATH, again=True)
                    self.assertLess(time.monotonic() - began, 3)

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


class RedirectTests(DownloadCase):
    def lead_to(self, *places: str, hosts: Sequence[str] = ("localhost",)) -> FileServer:
        server = self.serve(*(hostile.leading_to(place) for place in places))
        self.configure(server.url, *hosts)
        return server

    def test_machines_inside_are_never_asked(self) -> None:
        inside = self.serve(hostile.giving(CONTENT))
        for place in (
            inside.url,
            f"http://127.0.0.1:{inside.port}/",
            "http://169.254.169.254/latest/meta-data/",
            "https://10.0.0.7/",
            f"http://[::1]:{inside.port}/",
            f"http://0x7f000001:{inside.port}/",
            f"http://2130706433:{inside.port}/",
            f"//127.0.0.1:{inside.port}/",
            "file:///etc/passwd",
            "ftp://localhost/",
            "gopher://localhost:70/",
            f"http://user:secret@localhost:{inside.port}/",
            "https://localhost.example/",
            "",
            "http://[",
            "https://mms.twiliocdn.com:99999/",
        ):
            with self.subTest(place=place):
                server = self.lead_to(place)
                code = "redirects" if place == "" else "untrusted"
                self.assert_not_fetched(code, server.url + PATH, again=False)
        self.assertEqual(inside.asked, [])

    def test_a_known_name_in_plain_http_is_not_asked(self) -> None:
        server = self.lead_to("http://mms.twiliocdn.com/a", hosts=["mms.twiliocdn.com"])
        self.assert_not_fetched("untrusted", server.url + PATH, again=False)

    def test_a_known_name_on_another_port_is_not_asked(self) -> None:
        server = self.lead_to("https://mms.twiliocdn.com:22/a", hosts=["mms.twiliocdn.com"])
        self.assert_not_fetched("untrusted", server.url + PATH, again=False)

    def test_a_loop_ends(self) -> None:
        server = self.lead_to(PATH)
        self.assert_not_fetched("redirects", server.url + PATH, again=False)
        self.assertEqual(len(server.asked), 4)

    def test_a_redirect_on_the_same_host_is_still_the_api(self) -> None:
        server = self.serve(hostile.leading_to("/anders"), hostile.giving(CONTENT))
        self.configure(server.url)
        self.assertEqual(self.fetch(server.url + PATH), CONTENT)
        self.assertIn("Authorization", server.headers[1])

    def test_every_kind_of_redirect_is_followed(self) -> None:
        for code in (301, 302, 303, 307, 308):
            with self.subTest(code=code):
                server = self.serve(hostile.leading_to("/b", code), hostile.giving(CONTENT))
                with override_settings(TWILIO_API_URL=server.url):
                    self.assertEqual(self.fetch(server.url + PATH), CONTENT)


class NamesTests(DownloadCase):
    """What a name leads to is decided once, and not by whoever answers for it."""

    def resolver(self, *answers: Sequence[str]) -> Any:
        self.lookups: list[tuple[str, int]] = []

        def resolve(host: str, port: int) -> Sequence[str]:
            self.lookups.append((host, port))
            return answers[min(len(self.lookups), len(answers)) - 1]

        return resolve

    def test_a_known_name_that_leads_inside_is_not_followed(self) -> None:
        self.configure("https://api.twilio.com", "api.twilio.com")
        for address in (
            *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"),  # noqa: S104
            *("::1", "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1", "100.64.0.1"),
            *("64:ff9b::7f00:1", "2002:7f00:1::", "no address"),
        ):
            with self.subTest(address=address), self.assertLogs("reports.enrichment", "WARNING"):
                self.assert_not_fetched(
                    "untrusted",
                    f"https://api.twilio.com{PATH}",
                    again=False,
                    resolver=self.resolver([address]),
                )

    def test_one_address_inside_spoils_the_others(self) -> None:
        self.configure("https://api.twilio.com", "api.twilio.com")
        with self.assertLogs("reports.enrichment", "WARNING"):
            self.assert_not_fetched(
                "untrusted",
                f"https://api.twilio.com{PATH}",
                again=False,
                resolver=self.resolver(["93.184.215.14", "127.0.0.1"]),
            )

    def test_a_name_that_changes_its_mind_is_asked_once(self) -> None:
        server = self.serve(hostile.giving(CONTENT), name="localhost")
        self.configure(server.url)
        resolver = self.resolver(["127.0.0.1"], ["169.254.169.254"])
        self.assertEqual(self.fetch(server.url + PATH, resolver=resolver), CONTENT)
        self.assertEqual(self.lookups, [("localhost", server.port)])

    def test_a_name_without_an_address_is_tried_again_later(self) -> None:
        self.configure("https://api.twilio.com", "api.twilio.com")
        url = f"https://api.twilio.com{PATH}"
        self.assert_not_fetched("network", url, again=True, resolver=self.resolver([]))

    def test_the_next_address_is_tried_when_the_first_does_not_answer(self) -> None:
        server = self.serve(hostile.giving(CONTENT), name="localhost")
        self.configure(server.url)
        resolver = self.resolver(["127.0.0.2", "127.0.0.1"])
        self.assertEqual(self.fetch(server.url + PATH, resolver=resolver), CONTENT)


class TlsTests(DownloadCase):
    """The connection goes to an address, the certificate is that of the name."""

    def secure(self, name: str) -> FileServer:
        server = self.serve(hostile.giving(CONTENT), tls_for=name)
        self.url = f"https://berkas.example:{server.port}"
        self.configure(self.url)
        return server

    def resolve(self, host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    def test_the_certificate_of_the_name_is_asked_for_and_checked(self) -> None:
        server = self.secure("berkas.example")
        self.enterContext(self.inside())
        given = {"resolver": self.resolve, "context": server.trusted}
        self.assertEqual(self.fetch(self.url + PATH, **given), CONTENT)
        self.assertEqual(server.names_in_tls, ["berkas.example"])
        self.assertEqual(server.headers[0]["Host"], f"berkas.example:{server.port}")

    def test_the_certificate_of_another_name_is_refused(self) -> None:
        server = self.secure("lain.example")
        self.enterContext(self.inside())
        given = {"resolver": self.resolve, "context": server.trusted}
        self.assert_not_fetched("untrusted", self.url + PATH, again=True, **given)
        self.assertEqual(server.asked, [])

    def test_a_certificate_that_nobody_knows_is_refused(self) -> None:
        server = self.secure("berkas.example")
        self.enterContext(self.inside())
        self.assert_not_fetched("untrusted", self.url + PATH, again=True, resolver=self.resolve)
        self.assertEqual(server.asked, [])

    def inside(self) -> Any:
        """This name stands for a machine here, which only these tests may say of a name in TLS."""
        return mock.patch("reports.enrichment.fetching.addresses.is_public", return_value=True)
