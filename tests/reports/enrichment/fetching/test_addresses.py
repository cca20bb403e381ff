"""Where the way of a file may lead: redirects, names that lead inside or change their mind, certificates."""

from collections.abc import Sequence
from typing import Any
from unittest import mock

from django.test import override_settings

from tests import hostile
from tests.hostile import FileServer
from tests.reports.enrichment.fetching.cases import CONTENT, PATH, DownloadCase


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
