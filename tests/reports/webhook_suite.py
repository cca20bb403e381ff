"""What holds for every address of ours that Twilio calls: a call is kept when it is theirs, for us and of sane form."""

from typing import ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings

from reports import inbox
from reports.models import InboxEntry
from tests import samples
from tests.environment import OLD_AUTH_TOKEN
from tests.samples import FORM, Params, signature, signed_post

EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


def sent(
    params: Params, *, path: str, signed_as: str = "", client: Client | None = None, **headers: str
) -> HttpResponse:
    """Post these parameters, signed as given (as they are, when nothing is)."""
    given = {"X-Twilio-Signature": signed_as or signature(path, params)} | headers
    caller = client or Client()
    return caller.post(path, urlencode(params), content_type=FORM, headers=given)


class WebhookSecuritySuite:
    """What holds for every address of ours that Twilio calls. Subclassed with an address and something it takes."""

    path: ClassVar[str]
    kind: ClassVar[InboxEntry.Kind]

    def params(self) -> Params:
        raise NotImplementedError

    def assertKept(self, response: HttpResponse, count: int = 1) -> None:
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.headers["Content-Type"], "text/xml")
        self.assertEqual(response.content, EMPTY_TWIML)
        self.assertEqual(InboxEntry.objects.filter(kind=self.kind).count(), count)

    def assertRefused(self, response: HttpResponse, status: int = 403) -> None:
        self.assertEqual(response.status_code, status)
        self.assertEqual(InboxEntry.objects.count(), 0)
        self.assertEqual(inbox.spooled_count(), 0)
        self.assertEqual(self.rings, [])
        self.assertFalse(response.cookies)

    def test_a_signed_call_is_kept_and_answered_with_nothing_to_say(self) -> None:
        self.assertKept(signed_post(Client(), self.path, self.params()))

    def test_it_is_rung_for_once(self) -> None:
        signed_post(Client(), self.path, self.params())
        self.assertEqual(self.rings, [("reports.drain_inbox",)])

    def test_it_costs_one_query_and_no_more(self) -> None:
        params = self.params()
        with self.assertNumQueries(1):
            signed_post(Client(), self.path, params)

    def test_a_refusal_is_noted_with_its_reason_and_nothing_of_the_call(self) -> None:
        params = self.params() | {"Body": "burung-kenari-7731"}
        with self.assertLogs("reports.webhooks", "WARNING") as logs:
            sent(params, path=f"{self.path}?m=1", signed_as="wrong-signature")
        (line,) = logs.output
        self.assertIn("not signed", line)
        for secret in ("kenari", "81299900001", "wrong-signature", "m=1"):
            self.assertNotIn(secret, line)

    def test_a_refused_call_costs_none(self) -> None:
        with self.assertNumQueries(0):
            response = sent(self.params(), path=self.path, signed_as="wrong")
        self.assertRefused(response)

    def test_no_session_no_cookie_and_no_redirect(self) -> None:
        client = Client()
        response = signed_post(client, self.path, self.params())
        self.assertFalse(response.cookies)
        self.assertFalse(client.cookies)
        self.assertNotIn("Vary", response.headers)
        self.assertNotIn("Location", response.headers)

    def test_unsigned(self) -> None:
        body = urlencode(self.params())
        self.assertRefused(Client().post(self.path, body, content_type=FORM))

    def test_with_an_empty_signature(self) -> None:
        headers = {"X-Twilio-Signature": ""}
        body = urlencode(self.params())
        self.assertRefused(Client().post(self.path, body, content_type=FORM, headers=headers))

    def test_wrongly_signed(self) -> None:
        for wrong in ("x", "A" * 28, "YQ==", "é"):
            with self.subTest(signature=wrong):
                self.assertRefused(sent(self.params(), path=self.path, signed_as=wrong))

    def test_with_a_parameter_changed_after_signing(self) -> None:
        params = self.params()
        signed = signature(self.path, params)
        changed = params | {"From": "whatsapp:+6281200000000"}
        self.assertRefused(sent(changed, path=self.path, signed_as=signed))

    def test_with_a_parameter_added_after_signing(self) -> None:
        params = self.params()
        signed = signature(self.path, params)
        self.assertRefused(sent(params | {"Added": "1"}, path=self.path, signed_as=signed))

    def test_with_a_parameter_removed_after_signing(self) -> None:
        params = self.params()
        signed = signature(self.path, params)
        del params["ApiVersion"]
        self.assertRefused(sent(params, path=self.path, signed_as=signed))

    def test_a_parameter_that_we_do_not_know_is_no_obstacle(self) -> None:
        params = self.params() | {"NewIn2027": "", "Ä": "ö 🚓"}
        self.assertKept(signed_post(Client(), self.path, params))

    def test_of_another_account(self) -> None:
        for account in ("AC" + "9" * 32, "", "AC"):
            with self.subTest(account=account):
                params = self.params() | {"AccountSid": account}
                self.assertRefused(signed_post(Client(), self.path, params))

    def test_of_no_account(self) -> None:
        params = self.params()
        del params["AccountSid"]
        self.assertRefused(signed_post(Client(), self.path, params))

    def test_the_token_that_is_being_replaced_still_signs(self) -> None:
        response = signed_post(Client(), self.path, self.params(), token=OLD_AUTH_TOKEN)
        self.assertKept(response)

    def test_a_third_token_does_not(self) -> None:
        response = signed_post(Client(), self.path, self.params(), token="3" * 32)
        self.assertRefused(response)

    def test_signed_for_another_of_our_addresses(self) -> None:
        params = self.params()
        for other in {samples.MESSAGES, samples.FALLBACK, samples.STATUS} - {self.path}:
            with self.subTest(other=other):
                signed = signature(other, params)
                self.assertRefused(sent(params, path=self.path, signed_as=signed))

    def test_the_query_is_part_of_what_is_signed(self) -> None:
        path = f"{self.path}?m=1&t=a%2Cb&x=1%20y"
        self.assertKept(signed_post(Client(), path, self.params()))

    def test_a_query_added_after_signing(self) -> None:
        params = self.params()
        signed = signature(self.path, params)
        self.assertRefused(sent(params, path=f"{self.path}?m=1", signed_as=signed))

    def test_without_the_last_slash_it_is_the_same_and_no_redirect(self) -> None:
        self.assertKept(signed_post(Client(), self.path.rstrip("/"), self.params()))

    def test_the_host_header_does_not_matter(self) -> None:
        for host in ("evil.example", "127.0.0.1", "polreswa.example:8443", "a_b"):
            with self.subTest(host=host):
                InboxEntry.objects.all().delete()
                response = sent(self.params(), path=self.path, Host=host)
                self.assertKept(response)

    def test_another_public_address_is_another_signature(self) -> None:
        with override_settings(PUBLIC_URL="https://other.example"):
            self.assertRefused(signed_post(Client(), self.path, self.params()))

    def test_by_another_method(self) -> None:
        for method in ("get", "head", "put", "patch", "delete", "options", "trace"):
            with self.subTest(method=method):
                response = getattr(Client(), method)(self.path)
                self.assertRefused(response, 405)
                self.assertEqual(response.headers["Allow"], "POST")

    def test_parameters_in_the_query_are_not_a_call(self) -> None:
        path = f"{self.path}?{urlencode(self.params())}"
        self.assertRefused(Client().post(path, b"", content_type=FORM))

    def test_in_another_form(self) -> None:
        params = self.params()
        headers = {"X-Twilio-Signature": signature(self.path, params)}
        for content_type, body in (
            ("application/json", b"{}"),
            ("text/plain", urlencode(params).encode()),
            ("", urlencode(params).encode()),
            ("multipart/form-data; boundary=x", b"--x--"),
            ("application/xml", b"<x/>"),
        ):
            with self.subTest(content_type=content_type):
                response = Client().post(
                    self.path, body, content_type=content_type, headers=headers
                )
                self.assertRefused(response)

    def test_as_multipart_of_the_very_same_parameters(self) -> None:
        params = self.params()
        headers = {"X-Twilio-Signature": signature(self.path, params)}
        self.assertRefused(Client().post(self.path, params, headers=headers))

    def test_in_a_charset_that_a_form_does_not_have(self) -> None:
        params = self.params()
        headers = {"X-Twilio-Signature": signature(self.path, params)}
        response = Client().post(
            self.path,
            urlencode(params),
            content_type=f"{FORM}; charset=utf-16",
            headers=headers,
        )
        self.assertRefused(response)

    def test_too_large(self) -> None:
        params = self.params() | {"Body": "a" * 2_000_000}
        self.assertRefused(signed_post(Client(), self.path, params), 413)

    def test_a_little_too_large(self) -> None:
        params = self.params() | {"Body": "a" * settings.WEBHOOK_BODY_LIMIT}
        self.assertRefused(signed_post(Client(), self.path, params), 413)

    def test_as_large_as_a_message_may_get(self) -> None:
        params = self.params() | {"Body": "🚓" * 4096}
        self.assertKept(signed_post(Client(), self.path, params))

    def test_with_too_many_parameters(self) -> None:
        params = self.params() | {f"p{n}": "" for n in range(1001)}
        self.assertRefused(signed_post(Client(), self.path, params), 413)

    def test_a_body_that_is_no_utf8_does_not_fit_its_signature(self) -> None:
        params = self.params()
        headers = {"X-Twilio-Signature": signature(self.path, params)}
        body = urlencode(params).encode() + b"&Body=%ff%fe"
        self.assertRefused(Client().post(self.path, body, content_type=FORM, headers=headers))

    def test_without_a_length_nothing_is_read(self) -> None:
        params = self.params()
        response = Client().generic(
            "POST",
            self.path,
            urlencode(params),
            content_type=FORM,
            headers={"X-Twilio-Signature": signature(self.path, params)},
            CONTENT_LENGTH="",
        )
        self.assertRefused(response)
