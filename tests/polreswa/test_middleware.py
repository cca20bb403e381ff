import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, SimpleTestCase, override_settings

from polreswa.middleware import private_pages, webhook_shortcut
from reports.models import InboxEntry
from tests import samples
from tests.cases import PolresTestCase


def refused(request):
    raise AssertionError("went on to the pages")


class WebhookShortcutTests(PolresTestCase):
    def test_a_call_of_twilio_meets_no_session_no_cookie_and_no_redirect(self):
        # Plain http, as the proxy forwards it, and a Host header that is nobody's.
        answer = samples.signed_post(
            Client(HTTP_HOST="anything.example"), samples.MESSAGES, samples.text()
        )
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.cookies, {})
        self.assertEqual(InboxEntry.objects.count(), 1)

    def test_storing_a_message_costs_one_query(self):
        with self.assertNumQueries(1):
            samples.signed_post(self.client, samples.MESSAGES, samples.text())

    def test_a_page_that_is_not_there_is_404_and_nothing_else_happens(self):
        answer = self.client.post("/twilio/nowhere/")
        self.assertEqual((answer.status_code, answer.content), (404, b""))

    def test_other_pages_take_the_long_way(self):
        middleware = webhook_shortcut(lambda request: "the long way")
        self.assertEqual(middleware(RequestFactory().get("/desk/")), "the long way")
        self.assertEqual(middleware(RequestFactory().get("/twiliox/")), "the long way")

    def test_a_failing_view_is_a_500_without_words(self):
        with override_settings(ROOT_URLCONF="tests.polreswa.failing_urls"):
            client = Client(raise_request_exception=False)
            with self.assertLogs("django.request", "ERROR"):
                answer = client.post("/twilio/fails/")
        self.assertEqual(answer.status_code, 500)
        self.assertNotIn(b"rahasia", answer.content)


class PrivatePagesTests(SimpleTestCase):
    def test_no_page_stays_in_a_cache(self):
        answer = self.client_class(HTTP_X_FORWARDED_PROTO="https").get("/healthz")
        self.assertEqual(answer.headers["Cache-Control"], "no-store, private")

    def test_a_page_may_say_otherwise(self):
        said = HttpResponse(headers={"Cache-Control": "max-age=60"})
        answer = private_pages(lambda request: said)(RequestFactory().get("/"))
        self.assertEqual(answer.headers["Cache-Control"], "max-age=60")


class HeadersTests(SimpleTestCase):
    """What every page carries, whoever draws it."""

    def setUp(self):
        self.answer = self.client_class(HTTP_X_FORWARDED_PROTO="https").get("/healthz")

    def test_nothing_may_be_loaded_from_elsewhere(self):
        policy = self.answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("http", policy)

    def test_the_browser_is_told_to_be_careful(self):
        headers = self.answer.headers
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn(headers["Referrer-Policy"], {"no-referrer", "same-origin"})
        self.assertIn("max-age=31536000", headers["Strict-Transport-Security"])

    def test_pages_over_plain_http_are_sent_to_https(self):
        answer = Client().get("/accounts/login/", HTTP_HOST="polreswa.example")
        self.assertEqual(answer.status_code, 301)
        self.assertTrue(answer.headers["Location"].startswith("https://"))


class TestHttpsOnly:
    """PUBLIC_URL is https in these tests."""

    def test_plain_http_from_elsewhere_is_sent_to_https(self):
        answer = Client().get("/accounts/login/?next=/desk/", headers={"Host": "polreswa.example"})
        assert answer.status_code == 301
        assert answer["Location"] == "https://polreswa.example/accounts/login/?next=/desk/"

    def test_a_proxy_that_was_spoken_to_in_http_does_not_count_as_this_machine(self):
        headers = {"Host": "127.0.0.1", "X-Forwarded-Proto": "http"}
        assert Client().get("/accounts/login/", headers=headers).status_code == 301

    @pytest.mark.django_db
    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
    def test_this_machine_itself_may_speak_plain_http(self, host):
        assert Client().get("/accounts/login/", headers={"Host": host}).status_code == 200

    def test_https_through_the_proxy_goes_on(self):
        headers = {"Host": "polreswa.example", "X-Forwarded-Proto": "https"}
        assert Client().get("/healthz", headers=headers).status_code == 200
