from datetime import timedelta
from unittest import mock

from django.db import connection
from django.db.utils import OperationalError
from django.test import Client, override_settings
from django.utils import timezone

from polreswa import probes
from reports.models import InboxEntry
from tests import people
from tests.cases import PolresTestCase

TOKEN = "b7e1c93f5a2d48068c1e7f3a9d5b2460"


def waiting(seconds: float) -> InboxEntry:
    """An entry that arrived so long ago and has not been understood."""
    at = timezone.now() - timedelta(seconds=seconds)
    return InboxEntry.objects.create(
        kind=InboxEntry.Kind.MESSAGE, provider_id=f"SM{seconds}", received_at=at, due_at=at
    )


class WhoMayAskTests(PolresTestCase):
    """healthz is for everybody, readyz and metrics are for this machine or for whoever has the token."""

    def setUp(self):
        super().setUp()
        self.plain = Client()

    def test_everybody_may_ask_whether_the_process_is_up(self):
        for client in (self.plain, self.client, Client(REMOTE_ADDR="203.0.113.7")):
            answer = client.get("/healthz")
            self.assertEqual((answer.status_code, answer.json()), (200, {"ok": True}))

    def test_this_machine_may_ask_more(self):
        for address in ("127.0.0.1", "127.8.8.8", "::1"):
            for page in ("/readyz", "/metrics"):
                self.assertEqual(self.plain.get(page, REMOTE_ADDR=address).status_code, 200)

    def test_another_machine_may_not(self):
        for address in ("203.0.113.7", "10.0.0.1", "", "unix"):
            for page in ("/readyz", "/metrics"):
                self.assertEqual(self.plain.get(page, REMOTE_ADDR=address).status_code, 403)

    def test_whoever_comes_through_a_proxy_is_not_this_machine(self):
        for header in probes.MARKS_OF_A_PROXY:
            for page in ("/readyz", "/metrics"):
                answer = self.plain.get(page, headers={header: "127.0.0.1"})
                self.assertEqual(answer.status_code, 403, header)

    @override_settings(METRICS_TOKEN=TOKEN)
    def test_the_token_opens_both_from_anywhere(self):
        afar = Client(REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_PROTO="https")
        for page in ("/readyz", "/metrics"):
            right = afar.get(page, headers={"Authorization": f"Bearer {TOKEN}"})
            wrong = afar.get(page, headers={"Authorization": f"Bearer {TOKEN[:-1]}"})
            self.assertEqual((right.status_code, wrong.status_code), (200, 403))

    def test_without_a_token_in_the_settings_no_token_opens_anything(self):
        afar = Client(REMOTE_ADDR="203.0.113.7")
        for given in ("", "Bearer ", "Bearer", "Bearer x"):
            answer = afar.get("/metrics", headers={"Authorization": given})
            self.assertEqual(answer.status_code, 403)

    def test_they_are_read_only(self):
        for page in ("/healthz", "/readyz", "/metrics"):
            self.assertEqual(self.plain.post(page).status_code, 405)
            self.assertEqual(self.plain.head(page).status_code, 200)


class ReadyTests(PolresTestCase):
    def ask(self):
        answer = Client().get("/readyz")
        return answer.status_code, {name for name, is_good in answer.json().items() if not is_good}

    def test_all_is_well(self):
        self.assertEqual(self.ask(), (200, set()))

    def test_a_broker_that_is_away_is_named(self):
        with mock.patch.object(probes, "_broker_answers", side_effect=OSError):
            self.assertEqual(self.ask(), (503, {"broker"}))

    def test_keys_that_cannot_be_read_are_named(self):
        refusal = probes.keyring.KeyringUnusable("missing")
        with mock.patch.object(probes.keyring, "active", side_effect=refusal):
            self.assertEqual(self.ask(), (503, {"keys"}))

    def test_a_database_that_is_away_is_named(self):
        away = mock.patch.object(connection, "cursor", side_effect=OperationalError("away"))
        with away:
            self.assertEqual(self.ask(), (503, {"database", "inbox"}))

    def test_an_inbox_that_nobody_reads_is_named(self):
        waiting(seconds=119)
        self.assertEqual(self.ask(), (200, set()))
        waiting(seconds=121)
        self.assertEqual(self.ask(), (503, {"inbox"}))

    def test_what_waits_for_its_message_or_was_given_up_does_not_count(self):
        receipt, parked = waiting(seconds=500), waiting(seconds=600)
        receipt.kind, receipt.reason = InboxEntry.Kind.STATUS, "unmatched"
        receipt.save()
        parked.parked_at = timezone.now()
        parked.save()
        self.assertEqual(self.ask(), (200, set()))


class MetricsTests(PolresTestCase):
    def figures(self) -> dict[str, float]:
        lines = Client().get("/metrics").content.decode().splitlines()
        pairs = (line.split() for line in lines if not line.startswith("#"))
        return {name.removeprefix("polreswa_"): float(value) for name, value in pairs}

    def test_an_empty_desk(self):
        figures = self.figures()
        self.assertEqual(figures["inbox_unread"], 0)
        self.assertEqual(figures["inbox_age_seconds"], 0)
        self.assertEqual(figures["reports_open"], 0)

    def test_it_counts(self):
        people.station()
        people.report()
        people.parked_entry()
        waiting(seconds=30)
        figures = self.figures()
        self.assertEqual(figures["reports_open"], 1)
        self.assertEqual(figures["inbox_parked"], 1)
        self.assertEqual(figures["inbox_unread"], 1)
        self.assertAlmostEqual(figures["inbox_age_seconds"], 30, delta=5)
        self.assertEqual(figures["messages_queued"], 1)

    def test_the_number_of_queries_does_not_grow(self):
        people.station()
        people.report()
        with self.assertNumQueries(7):
            self.figures()
