"""Twilio's calls about messages and receipts; what holds for each of them stands in webhook_suite."""

import threading
from unittest import mock, skipUnless

from django.db import OperationalError, connection
from django.test import Client

from reports import inbox
from reports.models import InboxEntry
from tests import samples
from tests.cases import PolresTestCase
from tests.reports.cases import CommittedTestCase
from tests.reports.webhook_suite import EMPTY_TWIML, WebhookSecuritySuite
from tests.samples import FORM, Params, signed_post


class MessageWebhookTests(WebhookSecuritySuite, PolresTestCase):
    path, kind = samples.MESSAGES, InboxEntry.Kind.MESSAGE

    def params(self) -> Params:
        return samples.text('  Tolong 🙏\r\n di "pasar" & <b>terminal</b>; 100% + 1 ')

    def test_every_kind_of_message_is_kept(self) -> None:
        for count, (name, sample) in enumerate(samples.SAMPLES.items(), start=1):
            with self.subTest(sample=name):
                self.assertKept(signed_post(Client(), self.path, sample()), count)

    def test_what_is_kept_is_what_came(self) -> None:
        params = self.params()
        signed_post(Client(), f"{self.path}?t=1", params)
        payload = inbox.read(InboxEntry.objects.get())
        self.assertEqual((payload.params, payload.query), (params, {"t": "1"}))


class FallbackWebhookTests(WebhookSecuritySuite, PolresTestCase):
    path, kind = samples.FALLBACK, InboxEntry.Kind.MESSAGE

    def params(self) -> Params:
        return samples.fallback()


class StatusWebhookTests(WebhookSecuritySuite, PolresTestCase):
    path, kind = samples.STATUS, InboxEntry.Kind.STATUS

    def params(self) -> Params:
        return samples.status("delivered")


class NoSuchAddressTests(PolresTestCase):
    def test_other_addresses_below_twilio_do_not_exist(self) -> None:
        for path in (
            "/twilio/",
            "/twilio/voice/incoming/",
            "/twilio/messages/x",
            "/twilio/messagess",
        ):
            with self.subTest(path=path), self.assertNumQueries(0):
                response = Client().post(path, b"", content_type=FORM)
                self.assertEqual((response.status_code, response.content), (404, b""))


class KeepingTests(CommittedTestCase):
    """What only shows outside of a transaction: the INSERT stands by itself."""

    def test_the_same_call_ten_times_is_kept_once_and_rung_for_once(self) -> None:
        params = samples.text()
        for _ in range(10):
            response = signed_post(Client(), samples.MESSAGES, params)
            self.assertEqual((response.status_code, response.content), (200, EMPTY_TWIML))
        self.assertEqual(InboxEntry.objects.count(), 1)
        self.assertEqual(self.rings, [("reports.drain_inbox",)])

    def test_the_fallback_of_a_kept_message_is_kept_no_second_time(self) -> None:
        params = samples.text()
        signed_post(Client(), samples.MESSAGES, params)
        signed_post(Client(), samples.FALLBACK, samples.fallback(params))
        self.assertEqual(InboxEntry.objects.count(), 1)

    def test_it_is_written_without_a_transaction_around_it(self) -> None:
        with self.assertNumQueries(1) as asked:
            signed_post(Client(), samples.MESSAGES, samples.text())
        self.assertIn("INSERT", asked.captured_queries[0]["sql"])

    def test_without_database_and_spool_the_provider_is_told_to_come_again(self) -> None:
        with (
            mock.patch.object(inbox, "_insert", side_effect=OperationalError),
            mock.patch.object(inbox, "_write_durably", side_effect=OSError),
        ):
            response = signed_post(Client(), samples.MESSAGES, samples.text())
        self.assertEqual(response.status_code, 503)
        self.assertNotIn(b"<Response", response.content)
        self.assertEqual(self.rings, [])

    @skipUnless(connection.vendor == "postgresql", "needs several writers")
    def test_the_same_call_ten_times_at_once_is_kept_once(self) -> None:
        params, answers = samples.text(), []

        def post() -> None:
            answers.append(signed_post(Client(), samples.MESSAGES, params).status_code)
            connection.close()

        threads = [threading.Thread(target=post) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(answers, [200] * 10)
        self.assertEqual(InboxEntry.objects.count(), 1)
        self.assertEqual(len(self.rings), 1)
