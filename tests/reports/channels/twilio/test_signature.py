"""Signatures that the provider published and that its own library computes."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.test import SimpleTestCase
from twilio.request_validator import RequestValidator

from reports.channels.twilio.signature import is_signed

URL = "https://polreswa.example/twilio/messages/"
PARAMS = {"MessageSid": "SM1", "Body": " Tolong \n", "From": "whatsapp:+6281299900001", "Empty": ""}


def form(params: dict[str, str] | str) -> QueryDict:
    return QueryDict(params if isinstance(params, str) else urlencode(params))


def signed(*, by: str = "token-1") -> str:
    return RequestValidator(by).compute_signature(URL, form(PARAMS))


class PublishedVectorTests(SimpleTestCase):
    """From the provider's documentation and the tests of its library."""

    CALL = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }

    def test_the_worked_example(self) -> None:
        params = self.CALL | {"Caller": "+14158675310", "From": "+14158675310"}
        url = "https://example.com/myapp.php?foo=1&bar=2"
        self.assertTrue(
            is_signed(url, form(params), "L/OH5YylLD5NRKLltdqwSvS0BnU=", tokens=["12345"])
        )

    def test_the_librarys_own(self) -> None:
        url = "https://mycompany.com/myapp.php?foo=1&bar=2"
        signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        self.assertTrue(is_signed(url, form(self.CALL), signature, tokens=["12345"]))

    def test_repeated_names(self) -> None:
        params = form("Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234")
        url = "https://mycompany.com/myapp.php?foo=1&bar=2"
        self.assertTrue(is_signed(url, params, "IK+Dwps556ElfBT0I3Rgjkr1wJU=", tokens=["12345"]))


class SignedTests(SimpleTestCase):
    def is_signed(self, signature: str, **changes: object) -> bool:
        given = {"url": URL, "params": form(PARAMS), "tokens": ["token-1"]} | changes
        return is_signed(given["url"], given["params"], signature, tokens=given["tokens"])  # type: ignore[arg-type]

    def test_what_was_signed_with_our_token_is_theirs(self) -> None:
        self.assertTrue(self.is_signed(signed()))

    def test_any_of_several_tokens_will_do(self) -> None:
        tokens = ["token-2", "token-1"]
        self.assertTrue(self.is_signed(signed(), tokens=tokens))
        self.assertTrue(self.is_signed(signed(by="token-2"), tokens=tokens))
        self.assertFalse(self.is_signed(signed(by="token-3"), tokens=tokens))

    def test_without_tokens_nothing_is_signed(self) -> None:
        self.assertFalse(self.is_signed(signed(), tokens=[]))

    def test_no_signature_is_never_right(self) -> None:
        for nothing in ("", " ", "x", "===", "\u00e9"):
            with self.subTest(signature=nothing):
                self.assertFalse(self.is_signed(nothing))

    def test_another_address_is_not_signed(self) -> None:
        for url in (
            URL.replace("https", "http"),
            URL[:-1],
            f"{URL}?m=1",
            URL.replace("messages", "status"),
            URL.replace("polreswa", "polreswb"),
        ):
            with self.subTest(url=url):
                self.assertFalse(self.is_signed(signed(), url=url))

    def test_another_parameter_is_not_signed(self) -> None:
        for change in ({"Body": "Tolong"}, {"Added": "1"}, {"Empty": "x"}):
            with self.subTest(change=change):
                self.assertFalse(self.is_signed(signed(), params=form(PARAMS | change)))

    def test_a_missing_parameter_is_not_signed(self) -> None:
        fewer = {name: value for name, value in PARAMS.items() if name != "Empty"}
        self.assertFalse(self.is_signed(signed(), params=form(fewer)))
