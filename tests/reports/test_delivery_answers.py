"""What becomes of a message by the provider's answer: failed, in the queue again, or in doubt until it is asked about."""

from datetime import timedelta

from django.conf import settings
from django.test import override_settings

from reports import delivery
from reports.channels.base import Taken
from reports.channels.twilio.client import gateway
from reports.models import Message
from reports.models.message import Delivery
from tests import people, samples
from tests.pretend_twilio import Answer, PretendTwilio
from tests.reports.gateways import NO_ANSWER, NO_NETWORK, REFUSED, THEIR_ERROR, TOO_MANY, Provider
from tests.reports.test_delivery import ACCEPTED, FAILED, QUEUED, SENDING, DeliveryTestCase
from tests.samples import WATI


class RefusalTests(DeliveryTestCase):
    def test_a_refusal_for_good_is_shown_with_its_code(self) -> None:
        message = self.answer()
        self.delivered(message, REFUSED)
        self.assertEqual((message.status, message.error_code), (FAILED, "21211"))
        (event,) = self.events()
        self.assertEqual((event.report, event.data), (self.report, {"code": "21211"}))

    def test_it_is_not_tried_again(self) -> None:
        message = self.answer()
        self.delivered(message, REFUSED)
        self.travel(timedelta(hours=1))
        self.assertEqual(self.delivered(message).sent, [])


class AnotherTryTests(DeliveryTestCase):
    """What was certainly not taken goes back into the queue, after a pause that grows."""

    def test_it_waits_in_the_queue_with_the_reason(self) -> None:
        for ending in (TOO_MANY, NO_NETWORK):
            with self.subTest(ending=ending.code):
                message = self.answer()
                self.delivered(message, ending)
                self.assertEqual((message.status, message.error_code), (QUEUED, ending.code))
                self.assertGreater(message.due_at, self.now)
                message.delete()

    def test_its_pauses_double_up_to_a_limit_and_differ_a_little(self) -> None:
        message = self.answer()
        first, longest = settings.DELIVERY_RETRY_FIRST, settings.DELIVERY_RETRY_LONGEST
        for tries in range(1, 9):
            now = self.travel(self.now + timedelta(hours=tries))
            self.delivered(message, TOO_MANY)
            middle = min(first * 2 ** (tries - 1), longest)
            with self.subTest(tries=tries):
                self.assertEqual(message.tries, tries)
                self.assertGreaterEqual(message.due_at - now, middle * 0.5)
                self.assertLess(message.due_at - now, middle * 1.5)

    def test_two_messages_do_not_come_back_at_the_same_moment(self) -> None:
        self.assertGreater(len({delivery._pause(8) for _ in range(20)}), 1)

    def test_the_longest_pause_has_a_limit_however_many_tries(self) -> None:
        for tries in (0, 20, 500):
            pause = delivery._pause(tries)
            self.assertLess(pause, settings.DELIVERY_RETRY_LONGEST * 1.5)
            self.assertGreater(pause, timedelta(0))

    def test_after_too_many_tries_it_is_given_up(self) -> None:
        message = self.answer()
        Message.objects.update(tries=settings.DELIVERY_TRIES - 1)
        self.delivered(message, NO_NETWORK)
        self.assertEqual((message.status, message.error_code), (FAILED, "gave_up"))
        self.assertEqual(len(self.events()), 1)

    def test_in_the_end_it_goes(self) -> None:
        message = self.answer()
        self.delivered(message, TOO_MANY)
        self.travel(timedelta(minutes=1))
        self.delivered(message)
        self.assertEqual((message.status, message.error_code, message.tries), (ACCEPTED, "", 2))


class OddAnswerTests(DeliveryTestCase):
    """What was taken is never sent once more, however odd the answer."""

    def test_a_name_that_another_message_has_already(self) -> None:
        self.delivered(self.answer("satu"), Taken("SMtwice", "queued"))
        second = self.answer("dua")
        with self.assertLogs("reports.delivery"):
            self.delivered(second, Taken("SMtwice", "queued"))
        self.assertEqual((second.status, second.provider_sid), (ACCEPTED, None))
        self.travel(timedelta(hours=1))
        self.assertEqual(self.delivered(second).sent, [])

    def test_failed_at_once_says_why(self) -> None:
        message = self.answer()
        self.delivered(message, Taken("SMfailed", "failed", "63016"))
        self.assertEqual((message.status, message.error_code), (FAILED, "63016"))


class UncertainTests(DeliveryTestCase):
    """Whatever may have gone out is not sent again before the provider was asked."""

    def test_it_stays_under_way(self) -> None:
        for ending in (NO_ANSWER, THEIR_ERROR):
            with self.subTest(ending=ending.code):
                message = self.answer()
                self.delivered(message, ending)
                self.assertEqual((message.status, message.error_code), (SENDING, ending.code))
                self.assertEqual(message.due_at, self.now + settings.DELIVERY_DOUBT_AFTER)
                self.assertEqual(self.delivered(message).sent, [])
                message.delete()

    def test_a_crash_between_claim_and_answer_leaves_it_under_way(self) -> None:
        message = self.answer()

        class Crashing(Provider):
            def send(self, outbound):  # type: ignore[no-untyped-def]
                raise SystemExit

        with self.assertRaises(SystemExit):
            delivery.deliver(str(message.pk), via=Crashing())
        message.refresh_from_db()
        self.assertEqual(message.status, SENDING)
        self.assertEqual(message.due_at, self.now + settings.DELIVERY_DOUBT_AFTER)
        self.assertEqual(self.delivered(message).sent, [])


class NewOwnerTests(DeliveryTestCase):
    """Between the question and the answer the number has gone to somebody else."""

    OWNER = samples.Citizen("Pemilik Baru", WATI.phone, "ID.7000000000000099")

    def test_the_answer_follows_the_person_and_not_the_number(self) -> None:
        message = self.answer()
        people.message(samples.text("Halo", by=self.OWNER))
        (sent,) = self.delivered(message).sent
        self.assertEqual(sent.recipient, f"whatsapp:{WATI.bsuid}")

    def test_an_sms_cannot_follow_and_fails_rather_than_reach_a_stranger(self) -> None:
        report = people.report(samples.sms("Lewat SMS"))
        message = self.answer(report=report)
        people.message(samples.text("Halo", by=self.OWNER))
        self.assertEqual(self.delivered(message).sent, [])
        self.assertEqual((message.status, message.error_code), (FAILED, "no_address"))


class RealProviderTests(DeliveryTestCase):
    """The whole way out, with the SDK and the address of the settings, and the receipt back."""

    def setUp(self) -> None:
        super().setUp()
        self.twilio = PretendTwilio()
        self.enterContext(self.twilio)
        self.enterContext(override_settings(TWILIO_API_URL=self.twilio.url))
        gateway.cache_clear()
        self.addCleanup(gateway.cache_clear)

    def test_an_answer_goes_out_and_is_confirmed(self) -> None:
        message = self.answer("Petugas menuju lokasi")
        self.assertTrue(delivery.deliver(str(message.pk)))
        (sent,) = self.twilio.sent
        self.assertEqual(
            (sent.recipient, sent.body), (f"whatsapp:{WATI.phone}", "Petugas menuju lokasi")
        )
        message.refresh_from_db()
        self.assertEqual((message.provider_sid, message.status), (sent.sid, ACCEPTED))
        people.receipt(samples.status("read", sent.sid), of=message)
        message.refresh_from_db()
        self.assertEqual(message.status, Delivery.READ)

    def test_an_answer_that_was_lost_is_found_and_not_doubled(self) -> None:
        message = self.answer()
        self.twilio.will(Answer.ERROR_AFTER)
        delivery.deliver(str(message.pk))
        self.travel(self.now + settings.DELIVERY_DOUBT_AFTER)
        self.twilio.sent[0].made_at = self.now.timestamp()
        self.assertTrue(delivery.settle(str(message.pk)))
        message.refresh_from_db()
        self.assertEqual(
            (message.provider_sid, message.status), (self.twilio.sent[0].sid, ACCEPTED)
        )
        self.assertEqual(len(self.twilio.attempts), 1)
