"""Templates that WhatsApp has approved, sent by the real SDK."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.pretend_twilio import PretendTwilio
from tests.reports.channels.twilio.test_client import MESSAGE, ClientTestCase

TEMPLATE = replace(
    MESSAGE,
    body="Ada kabar tentang laporan SRG-1.",
    content_sid=f"HX{'a' * 32}",
    variables={"1": "SRG-1", "2": "Bu “Tini”"},
)


class TemplateTests(ClientTestCase):
    def setUp(self) -> None:
        self.twilio = PretendTwilio()
        self.enterContext(self.twilio)

    def test_it_goes_by_its_name_and_what_fills_it_and_without_words(self) -> None:
        self.gateway(self.twilio.url).send(TEMPLATE)
        (asked,) = self.twilio.attempts
        self.assertEqual(asked["ContentSid"], TEMPLATE.content_sid)
        self.assertEqual(json.loads(asked["ContentVariables"]), dict(TEMPLATE.variables))
        self.assertNotIn("Body", asked)

    def test_one_whose_answer_was_lost_is_found_though_twilio_words_it_otherwise(self) -> None:
        asking = self.gateway(self.twilio.url)
        taken = asking.send(TEMPLATE)
        (sent,) = self.twilio.sent
        self.assertNotEqual(sent.body, TEMPLATE.body)
        since = datetime.now(UTC) - timedelta(minutes=1)
        found = asking.find(TEMPLATE, since=since, known=set())
        self.assertEqual(found and found.provider_sid, taken.provider_sid)
        self.assertIsNone(asking.find(TEMPLATE, since=since, known={taken.provider_sid}))
