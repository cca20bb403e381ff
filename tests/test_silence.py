"""Nothing of a citizen is ever logged: not by our own lines, before the last net, whatever goes wrong on the way."""

import io
import logging
import re
from unittest import mock

from django.urls import reverse

from polreswa.logging import JsonLines
from reports import channels, delivery, triage
from reports.channels.base import ChannelError
from reports.models import Message
from reports.models.message import Direction
from reports.workflow import Outcome
from tests import people, samples
from tests.canaries import Canary, scan
from tests.cases import BehindProxy, PolresTestCase

CITIZEN = samples.Citizen("Kanari Satu", "+6281199990001", "ID.7731000000007731")
WORDS = "burung-kenari-7731"
CANARIES = [
    Canary.phone(CITIZEN.phone),
    Canary.words(CITIZEN.bsuid),
    Canary.words(CITIZEN.name),
    Canary.words(WORDS),
]


class SilenceTests(PolresTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.station = people.station()
        cls.operator = people.operator(cls.station)

    def setUp(self):
        super().setUp()
        self.written = io.StringIO()
        handler = logging.StreamHandler(self.written)
        handler.setFormatter(JsonLines())
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, level)

    def assert_silent(self, *, lines: int = 0) -> None:
        written = self.written.getvalue()
        self.assertGreaterEqual(written.count("\n"), lines, "nothing was logged at all")
        self.assertEqual(scan(CANARIES, written.encode()), [])
        self.assertEqual(re.findall(r"(?<![0-9A-Za-z-])\+?\d{11,}(?![0-9A-Za-z])", written), [])

    def text(self, body: str = WORDS, **changes) -> samples.Params:
        return samples.text(body, by=CITIZEN, **changes)

    def test_the_whole_life_of_a_report(self):
        samples.signed_post(self.client, samples.MESSAGES, self.text())
        report = people.report(self.text())
        self.client.force_login(self.operator)
        self.client.get(reverse("desk:conversation", args=[report.number]))
        triage.reply(report, f"Terima kasih, {WORDS}", by=self.operator)
        for message in Message.objects.filter(direction=Direction.OUTBOUND).order_by("at"):
            gateway = mock.Mock()
            gateway.send.side_effect = ChannelError("63016", permanent=True)
            delivery.deliver(str(message.pk), via=gateway)
        people.receipt(samples.failure(to=CITIZEN))
        triage.close(report, Outcome.ANSWERED, WORDS, by=self.operator)
        self.assert_silent()

    def test_a_call_that_is_not_twilios(self):
        samples.signed_post(self.client, samples.MESSAGES, self.text(), token="x" * 32)
        self.client.post(samples.MESSAGES, self.text())
        self.client.get(f"{samples.MESSAGES}?From={CITIZEN.phone}")
        self.assert_silent()

    def test_a_message_that_cannot_be_understood(self):
        stumbles = mock.patch.object(
            channels, "parse", side_effect=ValueError(f"{CITIZEN} {WORDS}")
        )
        with stumbles, self.assertRaises(AssertionError):
            people.message(self.text())
        self.assert_silent(lines=1)

    def test_a_message_to_nobodys_number(self):
        with self.assertRaises(AssertionError):
            people.message(self.text(To=f"whatsapp:{CITIZEN.phone}"))
        self.assert_silent(lines=1)

    def test_words_that_do_not_open(self):
        report = people.report(self.text())
        Message.objects.update(body_sealed=WORDS.encode())
        self.client.force_login(self.operator)
        self.client.get(reverse("desk:conversation", args=[report.number]))
        self.assert_silent(lines=1)

    def test_a_page_that_fails(self):
        self.client.force_login(self.operator)
        browser = BehindProxy(raise_request_exception=False)
        browser.cookies = self.client.cookies
        with mock.patch(
            "operators.desk.queue.load", side_effect=ValueError("nothing of a citizen")
        ):
            answer = browser.get(f"/desk/?q={WORDS}", {"view": CITIZEN.phone})
        self.assertEqual(answer.status_code, 500)
        self.assertEqual(scan(CANARIES, answer.content), [])
        self.assert_silent(lines=1)
