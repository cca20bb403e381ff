"""The real SDK against a server that fails in every way: is it worth another try, and may it have gone out all the same."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import SimpleTestCase, override_settings

from reports.channels.base import ChannelError, OutboundMessage, Taken
from reports.channels.twilio.client import TwilioGateway, gateway
from tests.ports import free_port
from tests.pretend_twilio import Answer, PretendTwilio
from tests.reports.channels.twilio.scripted import Scripted
from tests.samples import HIDDEN, WATI, WHATSAPP_NUMBER

WORDS = "Petugas sudah di lokasi"
CALLBACK = "https://polreswa.example/twilio/status/?m=5e0b0c9e-4d3c-4a57-9a3b-0c5f6c1f0001"
MESSAGE = OutboundMessage(
    sender=f"whatsapp:{WHATSAPP_NUMBER}",
    recipient=f"whatsapp:{WATI.phone}",
    body=WORDS,
    callback_url=CALLBACK,
)
PICTURE = "https://polreswa.example/m/token/"
WITH_PICTURE = replace(MESSAGE, media_urls=(PICTURE,))
SECRET = "rahasia +6281299900001"


def refused(status: int, code: int | None = None) -> dict[str, Any]:
    return {"status": status, "code": code, "message": SECRET, "more_info": SECRET}


class ClientTestCase(SimpleTestCase):
    def gateway(self, url: str, seconds: float = 5.0, **changes: Any) -> TwilioGateway:
        """The gateway that the settings would make with this address."""
        timeout = timedelta(seconds=seconds)
        changed = override_settings(TWILIO_API_URL=url, TWILIO_TIMEOUT=timeout, **changes)
        changed.enable()
        self.addCleanup(gateway.cache_clear)
        self.addCleanup(changed.disable)
        gateway.cache_clear()
        return gateway()

    def assertFails(
        self, error: ChannelError, code: str, *, permanent: bool = False, uncertain: bool = False
    ) -> None:
        shown = (error.code, error.permanent, error.uncertain)
        self.assertEqual(shown, (code, permanent, uncertain))
        self.assertEqual(str(error), code)
        self.assertNotIn("6281299900001", repr(error))
        self.assertIsNone(error.__cause__)
        self.assertTrue(error.__suppress_context__)


class SendTests(ClientTestCase):
    def setUp(self) -> None:
        self.twilio = PretendTwilio()
        self.enterContext(self.twilio)

    def error(self, *answers: Answer, seconds: float = 5.0, **changes: Any) -> ChannelError:
        self.twilio.will(*answers)
        with self.assertRaises(ChannelError) as caught:
            self.gateway(self.twilio.url, seconds, **changes).send(MESSAGE)
        return caught.exception

    def test_a_message_is_taken_and_named(self) -> None:
        taken = self.gateway(self.twilio.url).send(MESSAGE)
        (sent,) = self.twilio.sent
        self.assertEqual(taken, Taken(sent.sid, "queued"))
        self.assertEqual(
            (sent.sender, sent.recipient, sent.body, sent.callback),
            (MESSAGE.sender, MESSAGE.recipient, WORDS, CALLBACK),
        )

    def test_a_picture_is_named_by_its_address_and_words_are_its_caption(self) -> None:
        gate = self.gateway(self.twilio.url)
        for message, body in ((WITH_PICTURE, WORDS), (replace(WITH_PICTURE, body=""), "")):
            gate.send(message)
            sent = self.twilio.sent[-1]
            self.assertEqual((sent.media, sent.body), ([PICTURE], body))
        self.assertNotIn("Body", self.twilio.attempts[-1])

    def test_nothing_but_these_four_is_told(self) -> None:
        self.gateway(self.twilio.url).send(MESSAGE)
        (told,) = self.twilio.attempts
        self.assertEqual(set(told), {"From", "To", "Body", "StatusCallback"})

    def test_somebody_without_a_number_can_be_answered(self) -> None:
        hidden = OutboundMessage(MESSAGE.sender, f"whatsapp:{HIDDEN.bsuid}", WORDS, CALLBACK)
        self.gateway(self.twilio.url).send(hidden)
        self.assertEqual(self.twilio.sent[0].recipient, f"whatsapp:{HIDDEN.bsuid}")

    def test_too_many_requests_are_worth_another_try(self) -> None:
        self.assertFails(self.error(Answer.RATE_LIMITED), "20429")

    def test_a_refused_message_is_refused_for_good(self) -> None:
        self.assertFails(self.error(Answer.REFUSED), "21211", permanent=True)

    def test_an_error_of_theirs_may_have_sent_it(self) -> None:
        for answer in (Answer.ERROR_BEFORE, Answer.ERROR_AFTER):
            with self.subTest(answer=answer):
                self.assertFails(self.error(answer), "20500", uncertain=True)

    def test_silence_may_have_sent_it(self) -> None:
        error = self.error(Answer.SILENCE_AFTER, seconds=0.3)
        self.assertFails(error, "network", uncertain=True)

    def test_a_cut_connection_may_have_sent_it(self) -> None:
        self.assertFails(self.error(Answer.CUT_AFTER), "network", uncertain=True)

    def test_a_failure_is_never_sent_again_by_itself(self) -> None:
        self.error(Answer.ERROR_AFTER)
        self.error(Answer.CUT_AFTER)
        self.assertEqual(len(self.twilio.attempts), 2)

    def test_wrong_credentials_are_ours_to_mend_and_the_message_waits(self) -> None:
        error = self.error(TWILIO_AUTH_TOKENS=["another-token-than-theirs"])
        self.assertFails(error, "20003")

    def test_of_several_tokens_the_first_logs_in(self) -> None:
        self.gateway(self.twilio.url).send(MESSAGE)
        self.assertEqual(len(self.twilio.sent), 1)

    def test_nothing_of_a_message_is_logged(self) -> None:
        logging.getLogger("twilio.http_client").setLevel(logging.WARNING)
        with self.assertLogs(level="INFO") as logs:
            logging.getLogger("tests").info("so that there is something")
            self.gateway(self.twilio.url).send(MESSAGE)
        written = "".join(logs.output)
        self.assertNotIn("81299900001", written)
        self.assertNotIn(WORDS, written)


class ApiKeyTests(ClientTestCase):
    def test_with_a_key_the_token_is_not_used(self) -> None:
        key = {"TWILIO_API_KEY_SID": "SK1", "TWILIO_API_KEY_SECRET": "secret-of-the-key"}
        made = self.gateway("http://127.0.0.1:1", **key)
        self.assertEqual(made._client.auth, ("SK1", "secret-of-the-key"))


class NetworkTests(ClientTestCase):
    def error(self, url: str) -> ChannelError:
        with self.assertRaises(ChannelError) as caught:
            self.gateway(url, seconds=2).send(MESSAGE)
        return caught.exception

    def test_a_refused_connection_sent_nothing(self) -> None:
        self.assertFails(self.error(f"http://127.0.0.1:{free_port()}"), "network")

    def test_a_name_that_does_not_resolve_sent_nothing(self) -> None:
        self.assertFails(self.error("http://twilio.invalid"), "network")


class OddAnswerTests(ClientTestCase):
    def error(self, status: int, body: str, content_type: str = "application/json") -> ChannelError:
        with (
            Scripted(status, body, content_type) as server,
            self.assertRaises(ChannelError) as caught,
        ):
            self.gateway(server.url).send(MESSAGE)
        self.assertEqual(len(server.asked), 1)
        return caught.exception

    def test_a_page_in_place_of_an_answer_may_have_sent_it(self) -> None:
        page = f"<html>{SECRET}</html>"
        for status in (200, 201):
            with self.subTest(status=status):
                error = self.error(status, page, "text/html")
                self.assertFails(error, "network", uncertain=True)

    def test_a_page_of_an_error_of_theirs_may_have_sent_it(self) -> None:
        for status in (500, 502, 503, 504):
            with self.subTest(status=status):
                error = self.error(status, f"<html>{SECRET}</html>", "text/html")
                self.assertTrue(error.uncertain and not error.permanent)
                self.assertNotIn("rahasia", str(error))

    def test_other_json_may_have_sent_it(self) -> None:
        for body in ("[]", "null", '"text"', "17"):
            with self.subTest(body=body):
                error = self.error(201, body)
                self.assertTrue(error.uncertain and not error.permanent)

    def test_their_words_do_not_come_out(self) -> None:
        for status, code in ((400, 21211), (404, 20404), (400, None), (429, 63018), (503, 20503)):
            with self.subTest(status=status, code=code):
                error = self.error(status, json.dumps(refused(status, code)))
                self.assertEqual(str(error), str(code or status))

    def test_a_refusal_with_a_code_that_nobody_knew_is_for_good(self) -> None:
        error = self.error(400, json.dumps(refused(400, 29999)))
        self.assertFails(error, "29999", permanent=True)

    def test_a_refusal_that_passes_by_itself_is_tried_again(self) -> None:
        self.assertFails(self.error(400, json.dumps(refused(400, 63018))), "63018")
        self.assertFails(self.error(400, json.dumps(refused(400, 21611))), "21611")


class FindTests(ClientTestCase):
    def setUp(self) -> None:
        self.twilio = PretendTwilio()
        self.enterContext(self.twilio)
        self.gate = self.gateway(self.twilio.url)
        self.since = datetime.now(UTC) - timedelta(minutes=1)

    def find(self, message: OutboundMessage = MESSAGE, **given: Any) -> Taken | None:
        return self.gate.find(message, **({"since": self.since, "known": set()} | given))

    def test_a_message_whose_answer_was_lost_is_found(self) -> None:
        taken = self.gate.send(MESSAGE)
        self.assertEqual(self.find(), taken)

    def test_nothing_is_found_where_nothing_is(self) -> None:
        self.assertIsNone(self.find())

    def test_one_that_we_know_already_is_another(self) -> None:
        taken = self.gate.send(MESSAGE)
        self.assertIsNone(self.find(known={taken.provider_sid}))

    def test_other_words_or_another_person_are_another(self) -> None:
        self.gate.send(OutboundMessage(MESSAGE.sender, MESSAGE.recipient, "Lain", CALLBACK))
        other = f"whatsapp:{HIDDEN.bsuid}"
        self.gate.send(OutboundMessage(MESSAGE.sender, other, WORDS, CALLBACK))
        self.assertIsNone(self.find())

    def test_the_same_words_with_and_without_a_picture_are_two(self) -> None:
        self.gate.send(WITH_PICTURE)
        self.assertIsNone(self.find())
        self.assertIsNotNone(self.find(WITH_PICTURE))

    def test_an_older_one_is_another(self) -> None:
        self.gate.send(MESSAGE)
        self.assertIsNone(self.find(since=datetime.now(UTC) + timedelta(minutes=1)))

    def test_words_that_the_provider_trimmed_or_hides_are_the_same(self) -> None:
        self.gate.send(OutboundMessage(MESSAGE.sender, MESSAGE.recipient, f"{WORDS} \n", CALLBACK))
        for shown in (WORDS, f" {WORDS}", ""):
            self.twilio.sent[0].body = shown
            with self.subTest(shown=shown):
                self.assertIsNotNone(self.find())

    def test_its_state_comes_along(self) -> None:
        self.gate.send(MESSAGE)
        self.twilio.sent[0].status = "delivered"
        self.assertEqual(self.find(), Taken(self.twilio.sent[0].sid, "delivered"))


class CannotSayTests(ClientTestCase):
    def error(self, url: str) -> ChannelError:
        with self.assertRaises(ChannelError) as caught:
            self.gateway(url, seconds=2).find(MESSAGE, since=datetime.now(UTC), known=set())
        return caught.exception

    def test_asking_sends_nothing_so_no_failure_of_it_is_uncertain(self) -> None:
        for status in (429, 500, 503):
            with (
                Scripted(status, json.dumps(refused(status))) as server,
                self.subTest(status=status),
            ):
                self.assertFails(self.error(server.url), str(status))

    def test_a_page_in_place_of_a_list_says_nothing(self) -> None:
        for body in ("<html>", "[]", "{}", '{"messages": 1}'):
            with Scripted(200, body) as server, self.subTest(body=body):
                error = self.error(server.url)
                self.assertFalse(error.permanent or error.uncertain)

    def test_an_unreachable_provider_says_nothing(self) -> None:
        self.assertFails(self.error(f"http://127.0.0.1:{free_port()}"), "network")
