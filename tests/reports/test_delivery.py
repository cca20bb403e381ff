"""One queued message is claimed and sent once, in order, and what the provider answers is what the desk sees."""

import threading
from datetime import timedelta
from unittest import skipUnless

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reports import delivery, triage
from reports.channels.base import ChannelError, Taken
from reports.channels.twilio.errors import MEANINGS
from reports.identity.models import DataKey
from reports.models import Change, Contact, Event, Message, Report
from reports.models.event import EventKind
from reports.models.message import Delivery
from tests import people, samples
from tests.environment import PUBLIC_URL
from tests.reports.cases import CommittedTestCase, StationTestCase
from tests.reports.gateways import NO_ANSWER, REFUSED, TOO_MANY, Provider
from tests.samples import HIDDEN, JOKO, WATI

QUEUED, SENDING, ACCEPTED, FAILED = (
    Delivery.QUEUED,
    Delivery.SENDING,
    Delivery.ACCEPTED,
    Delivery.FAILED,
)


class DeliveryTestCase(StationTestCase):
    """`self.report` came in just now, and nothing is written to its reporter yet."""

    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.report = people.report()
        Message.objects.filter(direction="outbound").delete()

    def answer(self, text: str = "Petugas menuju lokasi", report: Report | None = None) -> Message:
        answered = report or self.report
        return triage.reply(answered, text, by=self.rina)

    def delivered(self, message: Message, *endings: Taken | ChannelError) -> Provider:
        """Deliver it, with a provider that ends like this; `message` is then as the database has it."""
        provider = Provider(*endings)
        delivery.deliver(str(message.pk), via=provider)
        message.refresh_from_db()
        return provider

    def events(self, kind: EventKind = EventKind.DELIVERY_FAILED) -> list[Event]:
        return list(Event.objects.filter(kind=kind))


class SendTests(DeliveryTestCase):
    def test_a_message_goes_to_its_reporter_from_the_number_they_wrote_to(self) -> None:
        message = self.answer("Petugas menuju lokasi 🚓")
        (sent,) = self.delivered(message).sent
        self.assertEqual(sent.sender, f"whatsapp:{samples.WHATSAPP_NUMBER}")
        self.assertEqual(sent.recipient, f"whatsapp:{WATI.phone}")
        self.assertEqual(sent.body, "Petugas menuju lokasi 🚓")

    def test_its_callback_carries_our_own_id(self) -> None:
        message = self.answer()
        (sent,) = self.delivered(message).sent
        self.assertEqual(sent.callback_url, f"{PUBLIC_URL}/twilio/status/?m={message.pk}")

    def test_an_sms_goes_out_as_sms(self) -> None:
        report = people.report(samples.sms(by=JOKO))
        Message.objects.filter(direction="outbound").delete()
        (sent,) = self.delivered(self.answer(report=report)).sent
        self.assertEqual((sent.sender, sent.recipient), (samples.SMS_NUMBER, JOKO.phone))

    def test_somebody_without_a_number_is_reached_by_their_id(self) -> None:
        report = people.report(samples.text(by=HIDDEN))
        Message.objects.filter(direction="outbound").delete()
        (sent,) = self.delivered(self.answer(report=report)).sent
        self.assertEqual(sent.recipient, f"whatsapp:{HIDDEN.bsuid}")

    def test_the_providers_name_and_state_are_noted(self) -> None:
        message = self.answer()
        self.delivered(message, Taken("SM1", "queued"))
        self.assertEqual((message.provider_sid, message.status), ("SM1", ACCEPTED))
        self.assertEqual((message.claimed_at, message.tries), (self.now, 1))

    def test_a_state_further_on_is_noted_as_such(self) -> None:
        message = self.answer()
        self.delivered(message, Taken("SM1", "sent"))
        self.assertEqual(message.status, Delivery.SENT)

    def test_a_state_that_we_do_not_know_is_taken_for_accepted(self) -> None:
        message = self.answer()
        self.delivered(message, Taken("SM1", "teleported"))
        self.assertEqual(message.status, ACCEPTED)

    def test_open_desks_are_told(self) -> None:
        message = self.answer()
        Change.objects.all().delete()
        self.delivered(message)
        self.assertEqual(Change.objects.get().report, self.report)


class OnceTests(DeliveryTestCase):
    def test_a_message_is_claimed_once(self) -> None:
        message = self.answer()
        provider = Provider()
        self.assertTrue(delivery.deliver(str(message.pk), via=provider))
        self.assertFalse(delivery.deliver(str(message.pk), via=provider))
        self.assertEqual(len(provider.sent), 1)

    def test_it_is_claimed_before_it_is_sent(self) -> None:
        message = self.answer()
        states = []

        class Watching(Provider):
            def send(self, outbound):  # type: ignore[no-untyped-def]
                states.append(Message.objects.get(pk=message.pk).status)
                return super().send(outbound)

        delivery.deliver(str(message.pk), via=Watching())
        self.assertEqual(states, [SENDING])

    def test_what_is_not_queued_is_not_sent(self) -> None:
        for status in set(Delivery) - {QUEUED}:
            with self.subTest(status=status):
                message = self.answer()
                Message.objects.filter(pk=message.pk).update(status=status)
                self.assertEqual(self.delivered(message).sent, [])
                message.delete()

    def test_what_is_not_due_yet_is_not_sent(self) -> None:
        message = self.answer()
        Message.objects.update(due_at=self.now + timedelta(seconds=1))
        self.assertEqual(self.delivered(message).sent, [])

    def test_a_message_of_a_citizen_is_never_sent(self) -> None:
        inbound = self.report.messages.get()
        self.assertEqual(self.delivered(inbound).sent, [])

    def test_what_does_not_exist_is_not_there_to_claim(self) -> None:
        self.assertFalse(delivery.deliver("00000000-0000-4000-8000-000000000000", via=Provider()))


class OrderTests(DeliveryTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.first = self.answer("pertama")
        self.travel(timedelta(seconds=1))
        self.second = self.answer("kedua")

    def test_the_second_waits_for_the_first(self) -> None:
        self.assertEqual(self.delivered(self.second).sent, [])
        self.delivered(self.first)
        self.assertEqual(self.delivered(self.second).sent[0].body, "kedua")

    def test_it_waits_while_the_first_is_under_way(self) -> None:
        self.delivered(self.first, NO_ANSWER)
        self.assertEqual(self.first.status, SENDING)
        self.assertEqual(self.delivered(self.second).sent, [])

    def test_it_waits_while_the_first_waits_for_another_try(self) -> None:
        self.delivered(self.first, TOO_MANY)
        self.assertEqual(self.delivered(self.second).sent, [])
        self.assertEqual(list(Message.objects.ready_to_go(timezone.now())), [])

    def test_a_first_that_is_not_due_yet_holds_up_nothing(self) -> None:
        Message.objects.filter(pk=self.first.pk).update(due_at=timezone.now() + timedelta(hours=3))
        self.assertEqual(list(Message.objects.ready_to_go(timezone.now())), [self.second])
        self.assertEqual(len(self.delivered(self.second).sent), 1)

    def test_once_it_is_due_it_goes_first(self) -> None:
        due_at = timezone.now() + timedelta(seconds=5)
        Message.objects.filter(pk=self.first.pk).update(due_at=due_at)
        self.travel(due_at)
        self.assertEqual(list(Message.objects.ready_to_go(timezone.now())), [self.first])
        self.assertEqual(self.delivered(self.second).sent, [])

    def test_a_failed_first_holds_up_nothing(self) -> None:
        self.delivered(self.first, REFUSED)
        self.assertEqual(len(self.delivered(self.second).sent), 1)

    def test_a_doubtful_first_holds_up_nothing(self) -> None:
        Message.objects.filter(pk=self.first.pk).update(status=Delivery.UNKNOWN)
        self.assertEqual(len(self.delivered(self.second).sent), 1)

    def test_the_same_instant_has_an_order_too(self) -> None:
        Message.objects.update(at=self.now)
        ready = Message.objects.ready_to_go(timezone.now())
        self.assertEqual(ready.count(), 1)

    def test_somebody_else_waits_for_nobody(self) -> None:
        other = people.report(samples.text(by=JOKO))
        Message.objects.filter(report=other, direction="outbound").delete()
        self.assertEqual(len(self.delivered(self.answer("lain", other)).sent), 1)

    def test_when_the_first_has_gone_the_second_is_rung_for(self) -> None:
        self.rings.clear()
        with self.captureOnCommitCallbacks(execute=True):
            self.delivered(self.first)
        self.assertEqual(self.rings, [("reports.deliver", str(self.second.pk))])

    def test_two_to_one_person_cannot_be_under_way_at_once(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            Message.objects.filter(direction="outbound").update(status=SENDING)


class WindowTests(DeliveryTestCase):
    """WhatsApp takes free text for 24 hours after a person's last word; checked when it goes out."""

    def late(self, hours: int, minutes: int) -> Message:
        message = self.answer()
        self.travel(self.now + timedelta(hours=hours, minutes=minutes))
        return message

    def test_at_23_59_it_goes(self) -> None:
        message = self.late(23, 59)
        self.assertEqual(len(self.delivered(message).sent), 1)

    def test_at_24_01_it_fails_with_the_reason_and_is_not_sent(self) -> None:
        message = self.late(24, 1)
        self.assertEqual(self.delivered(message).sent, [])
        self.assertEqual((message.status, message.error_code), (FAILED, "window"))
        self.assertIn("window", MEANINGS)

    def test_at_24_00_it_is_closed(self) -> None:
        self.assertEqual(self.delivered(self.late(24, 0)).sent, [])

    def test_a_new_word_opens_it_again(self) -> None:
        message = self.late(24, 1)
        people.message(samples.text("Halo?"))
        self.assertEqual(len(self.delivered(message).sent), 1)

    def test_an_sms_goes_at_any_time(self) -> None:
        report = people.report(samples.sms(by=JOKO))
        Message.objects.filter(direction="outbound").delete()
        message = self.answer(report=report)
        self.travel(timedelta(days=9))
        self.assertEqual(len(self.delivered(message).sent), 1)


class UnreadableTests(DeliveryTestCase):
    def test_an_address_that_does_not_open_is_a_failure(self) -> None:
        message = self.answer()
        DataKey.objects.filter(owner=self.report.reporter.identity_id).delete()
        with self.assertLogs("reports.delivery", "ERROR"):
            self.assertEqual(self.delivered(message).sent, [])
        self.assertEqual((message.status, message.error_code), (FAILED, "unreadable"))

    def test_words_that_do_not_open_are_a_failure(self) -> None:
        message = self.answer()
        Message.objects.filter(pk=message.pk).update(body_sealed=b"plain words")
        with self.assertLogs("reports.delivery", "ERROR"):
            self.assertEqual(self.delivered(message).sent, [])
        self.assertEqual(message.error_code, "unreadable")

    def test_the_address_of_somebody_else_is_never_used(self) -> None:
        other = people.report(samples.text(by=JOKO))
        handle = Contact.objects.get(reporter=other.reporter).handle
        mine = self.report.contact.handle
        type(mine).objects.filter(pk=mine.pk).update(value_sealed=bytes(handle.value_sealed))
        with self.assertLogs("reports.delivery", "ERROR"):
            self.assertEqual(self.delivered(self.answer()).sent, [])


@skipUnless(connection.vendor == "postgresql", "needs several writers")
class WorkersAtOnceTests(CommittedTestCase):
    def deliver_at_once(self, *messages: Message) -> Provider:
        provider, ready = Provider(), threading.Barrier(len(messages))

        def work(message: Message) -> None:
            ready.wait(10)
            delivery.deliver(str(message.pk), via=provider)
            connection.close()

        threads = [threading.Thread(target=work, args=(message,)) for message in messages]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return provider

    def test_one_of_them_sends_it(self) -> None:
        people.station()
        people.report()
        message = Message.objects.get(direction="outbound")
        self.assertEqual(len(self.deliver_at_once(*[message] * 6).sent), 1)

    def test_two_messages_to_one_person_do_not_overtake(self) -> None:
        report = people.report(samples.text()) if people.station() else None
        rina = people.operator(report.station)  # type: ignore[union-attr]
        triage.reply(report, "kedua", by=rina)  # type: ignore[arg-type]
        messages = list(Message.objects.filter(direction="outbound").in_order())
        provider = self.deliver_at_once(*messages * 3)
        self.assertEqual(provider.sent[0].body.split()[0], "Laporan")
        self.assertLessEqual(len(provider.sent), 2)
