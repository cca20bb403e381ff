"""A message whose answer was lost: the provider is asked about it, and nothing is sent again before it has said no."""

from datetime import timedelta

from django.conf import settings

from reports import delivery
from reports.channels.base import ChannelError, Taken
from reports.models import Change, Message
from reports.models.message import Delivery
from tests import people, samples
from tests.reports.gateways import NO_ANSWER, NO_NETWORK, TOO_MANY, Ending, Provider
from tests.reports.test_delivery import FAILED, QUEUED, SENDING, DeliveryTestCase


class SettlingTestCase(DeliveryTestCase):
    """`self.message` was claimed at `self.now`, and its answer was lost."""

    def setUp(self) -> None:
        super().setUp()
        self.message = self.answer()
        self.delivered(self.message, NO_ANSWER)

    def settle(self, *endings: Ending, after: timedelta | None = None) -> Provider:
        """Ask the provider about it, so long after it was claimed."""
        self.travel(self.now + (after or settings.DELIVERY_DOUBT_AFTER))
        provider = Provider(*endings)
        self.settled = delivery.settle(str(self.message.pk), via=provider)
        self.message.refresh_from_db()
        return provider


class FoundTests(SettlingTestCase):
    def test_found_it_is_noted_and_never_sent_again(self) -> None:
        provider = self.settle(Taken("SMlost", "sent"))
        self.assertTrue(self.settled)
        self.assertEqual(
            (self.message.provider_sid, self.message.status), ("SMlost", Delivery.SENT)
        )
        self.assertEqual((provider.sent, self.delivered(self.message).sent), ([], []))

    def test_found_as_failed_it_has_failed(self) -> None:
        self.settle(Taken("SMlost", "failed"))
        self.assertEqual(self.message.status, FAILED)
        self.assertEqual(len(self.events()), 1)

    def test_it_is_looked_for_by_address_words_and_time(self) -> None:
        ((outbound, since, _),) = self.settle(None).asked
        self.assertEqual(outbound.body, "Petugas menuju lokasi")
        self.assertEqual(outbound.sender, f"whatsapp:{samples.WHATSAPP_NUMBER}")
        self.assertEqual(since, self.now - delivery.CLOCKS_APART)

    def test_messages_that_we_know_are_not_taken_for_it(self) -> None:
        earlier = self.answer("Petugas menuju lokasi")
        Message.objects.filter(pk=earlier.pk).update(provider_sid="SMknown", status="sent")
        ((_, _, known),) = self.settle(None).asked
        self.assertEqual(known, {"SMknown"})

    def test_the_next_one_is_rung_for(self) -> None:
        following = self.answer("kedua")
        self.rings.clear()
        with self.captureOnCommitCallbacks(execute=True):
            self.settle(Taken("SMlost", "sent"))
        self.assertEqual(self.rings, [("reports.deliver", str(following.pk))])


class NotFoundTests(SettlingTestCase):
    def test_it_goes_back_into_the_queue(self) -> None:
        self.settle(None)
        self.assertEqual((self.message.status, self.message.provider_sid), (QUEUED, None))
        self.travel(timedelta(minutes=1))
        self.assertEqual(len(self.delivered(self.message).sent), 1)

    def test_after_too_many_tries_it_is_given_up(self) -> None:
        Message.objects.filter(pk=self.message.pk).update(tries=settings.DELIVERY_TRIES)
        self.settle(None)
        self.assertEqual((self.message.status, self.message.error_code), (FAILED, "gave_up"))

    def test_claimed_again_it_is_looked_for_since_its_last_claim(self) -> None:
        self.settle(None)
        claimed = self.travel(timedelta(minutes=5))
        self.delivered(self.message, NO_ANSWER)
        self.travel(settings.DELIVERY_DOUBT_AFTER)
        provider = Provider(None)
        delivery.settle(str(self.message.pk), via=provider)
        self.assertEqual(provider.asked[0][1], claimed - delivery.CLOCKS_APART)


class CannotSayTests(SettlingTestCase):
    def test_while_the_provider_is_away_it_stays_under_way(self) -> None:
        for ending in (NO_NETWORK, TOO_MANY, ChannelError("500"), ChannelError("20003")):
            with self.subTest(ending=ending.code):
                Message.objects.filter(pk=self.message.pk).update(due_at=self.now)
                provider = self.settle(ending, after=timedelta(hours=1))
                self.assertEqual((self.message.status, provider.sent), (SENDING, []))
                self.assertEqual(self.message.error_code, ending.code)
                self.assertGreater(self.message.due_at, self.now + timedelta(hours=1))

    def test_after_some_hours_it_is_shown_as_in_doubt(self) -> None:
        Change.objects.all().delete()
        self.settle(NO_NETWORK, after=settings.DELIVERY_DOUBT_GIVES_UP + timedelta(seconds=1))
        self.assertEqual(self.message.status, Delivery.UNKNOWN)
        self.assertEqual(Change.objects.get().report, self.report)

    def test_until_then_it_is_asked_about(self) -> None:
        self.settle(NO_NETWORK, after=settings.DELIVERY_DOUBT_GIVES_UP - timedelta(seconds=1))
        self.assertEqual(self.message.status, SENDING)

    def test_in_doubt_it_is_never_sent_again_by_itself(self) -> None:
        self.settle(NO_NETWORK, after=timedelta(hours=5))
        self.travel(timedelta(hours=9))
        self.assertEqual(self.delivered(self.message).sent, [])
        self.assertEqual(self.settle(None, after=timedelta(hours=10)).asked, [])

    def test_in_doubt_it_holds_up_nothing(self) -> None:
        following = self.answer("kedua")
        self.settle(NO_NETWORK, after=timedelta(hours=5))
        self.assertEqual(len(self.delivered(following).sent), 1)

    def test_a_receipt_still_settles_it(self) -> None:
        self.settle(NO_NETWORK, after=timedelta(hours=5))
        people.receipt(samples.status("delivered", "SMlost"), of=self.message)
        self.message.refresh_from_db()
        self.assertEqual(
            (self.message.status, self.message.provider_sid), (Delivery.DELIVERED, "SMlost")
        )


class WhetherToAskTests(SettlingTestCase):
    def test_a_slow_provider_is_given_its_time(self) -> None:
        self.assertEqual(self.settle(None, after=timedelta(seconds=29)).asked, [])
        self.assertFalse(self.settled)

    def test_one_asks_at_a_time(self) -> None:
        provider, message = Provider(NO_NETWORK), self.message

        class Asking(Provider):
            def find(self, outbound, **given):  # type: ignore[no-untyped-def]
                self.other = delivery.settle(str(message.pk), via=provider)
                return super().find(outbound, **given)

        self.travel(self.now + settings.DELIVERY_DOUBT_AFTER)
        first = Asking(None)
        self.assertTrue(delivery.settle(str(message.pk), via=first))
        self.assertFalse(first.other)
        self.assertEqual(provider.asked, [])

    def test_an_answer_about_an_earlier_try_does_not_undo_a_later_one(self) -> None:
        case, message = self, self.message

        class Slow(Provider):
            def find(self, outbound, **given):  # type: ignore[no-untyped-def]
                claimed_again = {"status": SENDING, "tries": message.tries + 1}
                Message.objects.filter(pk=message.pk).update(**claimed_again)
                return super().find(outbound, **given)

        case.travel(case.now + settings.DELIVERY_DOUBT_AFTER)
        delivery.settle(str(message.pk), via=Slow(None))
        message.refresh_from_db()
        case.assertEqual(message.status, SENDING)

    def test_what_is_settled_already_is_not_asked_about(self) -> None:
        people.receipt(samples.status("sent", "SMlost"), of=self.message)
        self.assertEqual(self.settle(None).asked, [])
        self.assertFalse(self.settled)

    def test_a_receipt_that_comes_while_we_ask_is_not_undone(self) -> None:
        for number, ending in enumerate((None, NO_NETWORK, Taken("SMlost2", "queued"))):
            with self.subTest(ending=ending):
                again = {"status": SENDING, "provider_sid": None, "due_at": self.now}
                Message.objects.filter(pk=self.message.pk).update(**again)
                self.settle_while_a_receipt_comes(f"SMlost{number}", ending)
                self.assertEqual(self.message.status, Delivery.DELIVERED)

    def settle_while_a_receipt_comes(self, sid: str, ending: Ending) -> None:
        message = self.message

        class Overtaken(Provider):
            def find(self, outbound, **given):  # type: ignore[no-untyped-def]
                people.receipt(samples.status("delivered", sid), of=message)
                return super().find(outbound, **given)

        self.assertTrue(delivery.settle(str(message.pk), via=Overtaken(ending)))
        message.refresh_from_db()

    def test_it_is_asked_about_after_the_window_has_closed_too(self) -> None:
        self.settle(Taken("SMlost", "delivered"), after=timedelta(hours=25))
        self.assertEqual(self.message.status, Delivery.DELIVERED)

    def test_not_taken_and_the_window_closed_it_fails_with_that_reason(self) -> None:
        self.settle(None, after=timedelta(hours=25))
        self.travel(timedelta(minutes=20))
        self.assertEqual(self.delivered(self.message).sent, [])
        self.assertEqual((self.message.status, self.message.error_code), (FAILED, "window"))
