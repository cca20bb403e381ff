"""From whoever wrote to the station's reporters: pseudonyms, contacts, and two who turn out to be one."""

from datetime import timedelta
from typing import Any
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import delivery, jobs, meeting, reading, triage
from reports.channels.base import Sender
from reports.identity import people as people_of_the_wall
from reports.meeting import Caller
from reports.models import (
    Contact,
    Event,
    InboxEntry,
    Message,
    Report,
    Reporter,
    ServiceNumber,
)
from reports.models.event import EventKind
from reports.models.message import Delivery
from tests import people, samples
from tests.reports.cases import CommittedTestCase, StationTestCase, put_away
from tests.reports.gateways import Provider
from tests.samples import WATI, Citizen

BY_PHONE = Citizen("Wati", WATI.phone)
BY_ID = Citizen("@wati", bsuid=WATI.bsuid)


class MeetTestCase(StationTestCase):
    def caller(self, sender: Sender | None = None, **given: Any) -> Caller:
        number = given.get("number") or self.station.numbers.get(channel="whatsapp")
        shown = sender or Sender(phone=WATI.phone, bsuid=WATI.bsuid)
        return Caller(shown, number, given.get("at") or timezone.now())


class ReporterTests(MeetTestCase):
    def test_somebody_new_is_named_after_a_bird(self) -> None:
        meeting.meet([self.caller()])
        bird, number = Reporter.objects.get().alias.split("-")
        self.assertIn(bird, meeting.BIRDS)
        self.assertTrue(1000 <= int(number) <= 9999)

    def test_the_name_says_nothing_of_who_they_are(self) -> None:
        senders = [Sender(phone=f"+62812{n:08}", name="Budi") for n in range(20)]
        meeting.meet([self.caller(sender) for sender in senders])
        aliases = set(Reporter.objects.values_list("alias", flat=True))
        self.assertEqual(len(aliases), 20)
        self.assertFalse(any("Budi" in alias for alias in aliases))

    def test_a_name_that_is_taken_is_not_given_again(self) -> None:
        with mock.patch.object(meeting.secrets, "choice", lambda birds: birds[0]):
            with mock.patch.object(meeting.secrets, "randbelow", lambda limit: 7):
                meeting.meet([self.caller(Sender(phone="+6281200000001"))])
            draws = iter([7, 7, 8, 8, 9])
            with mock.patch.object(meeting.secrets, "randbelow", lambda limit: next(draws)):
                meeting.meet(
                    [
                        self.caller(Sender(phone="+6281200000002")),
                        self.caller(Sender(phone="+6281200000003")),
                    ]
                )
        aliases = list(Reporter.objects.order_by("alias").values_list("alias", flat=True))
        self.assertEqual(aliases, ["Kenari-1007", "Kenari-1008", "Kenari-1009"])

    def test_where_the_short_numbers_are_taken_they_get_longer(self) -> None:
        with (
            mock.patch.object(meeting.secrets, "choice", lambda birds: birds[0]),
            mock.patch.object(meeting.secrets, "randbelow", lambda limit: limit - 1),
        ):
            meeting.meet([self.caller(Sender(phone="+6281200000001"))])
            meeting.meet([self.caller(Sender(phone="+6281200000002"))])
        aliases = set(Reporter.objects.values_list("alias", flat=True))
        self.assertEqual(aliases, {"Kenari-9999", "Kenari-90999"})

    def test_another_station_may_have_a_bird_of_the_same_name(self) -> None:
        other = people.station("lain", "LAN").numbers.get(channel="whatsapp")
        with (
            mock.patch.object(meeting.secrets, "choice", lambda birds: birds[0]),
            mock.patch.object(meeting.secrets, "randbelow", lambda limit: 7),
        ):
            meeting.meet([self.caller(), self.caller(number=other)])
        self.assertEqual(Reporter.objects.filter(alias="Kenari-1007").count(), 2)

    def test_the_same_person_is_the_same_reporter(self) -> None:
        first, second = meeting.meet([self.caller(), self.caller(Sender(bsuid=WATI.bsuid))])
        self.assertEqual(first.reporter, second.reporter)
        (third,) = meeting.meet([self.caller(Sender(phone=WATI.phone))])
        self.assertEqual(first.reporter, third.reporter)


class ContactTests(MeetTestCase):
    def test_each_number_is_a_contact_of_its_own(self) -> None:
        sms = self.station.numbers.get(channel="sms")
        meeting.meet([self.caller(), self.caller(Sender(phone=WATI.phone), number=sms)])
        self.assertEqual(Contact.objects.count(), 2)
        self.assertEqual(Reporter.objects.count(), 1)

    def test_it_notes_the_last_word(self) -> None:
        now = timezone.now()
        meeting.meet([self.caller(at=now - timedelta(hours=1))])
        meeting.meet([self.caller(at=now)])
        self.assertEqual(Contact.objects.get().last_inbound_at, now)

    def test_an_older_word_read_later_changes_nothing(self) -> None:
        now = timezone.now()
        meeting.meet([self.caller(at=now), self.caller(at=now - timedelta(hours=1))])
        meeting.meet([self.caller(at=now - timedelta(hours=2))])
        self.assertEqual(Contact.objects.get().last_inbound_at, now)

    def test_answers_go_to_the_address_shown_last(self) -> None:
        meeting.meet([self.caller(Sender(bsuid=WATI.bsuid))])
        meeting.meet([self.caller()])
        handle = Contact.objects.get().handle
        self.assertEqual(handle.kind, "phone")

    def test_the_free_window_is_whatsapps_alone(self) -> None:
        sms = self.station.numbers.get(channel="sms")
        now = timezone.now()
        by_whatsapp, by_sms = meeting.meet([self.caller(at=now), self.caller(at=now, number=sms)])
        self.assertEqual(by_whatsapp.free_text_until(), now + timedelta(hours=24))
        self.assertIsNone(by_sms.free_text_until())

    def test_known_callers_cost_the_same_however_many(self) -> None:
        counts = []
        for many in (1, 25):
            callers = [self.caller(Sender(phone=f"+6281{n:09}")) for n in range(many)]
            meeting.meet(callers)
            with CaptureQueriesContext(connection) as asked:
                meeting.meet(callers)
            counts.append(len(asked))
        self.assertEqual(counts[0], counts[1])


class AbsorptionTests(StationTestCase):
    """An SMS from a number and a WhatsApp message from a user name, and then both in one payload."""

    def setUp(self) -> None:
        super().setUp()
        self.by_sms = people.report(samples.sms("Lewat SMS", by=BY_PHONE))
        self.by_id = people.report(samples.text("Lewat WhatsApp", by=BY_ID))
        self.former = self.by_sms.reporter

    def both(self) -> Message:
        return people.message(samples.text("Sekarang dua-duanya", by=WATI))

    def test_before_that_they_are_two(self) -> None:
        self.assertNotEqual(self.by_sms.reporter, self.by_id.reporter)

    def test_afterwards_they_are_one(self) -> None:
        message = self.both()
        self.assertEqual(Reporter.objects.get(), message.reporter)
        self.assertEqual(message.reporter, self.by_id.reporter)

    def test_reports_and_messages_move_and_stay_two_reports(self) -> None:
        self.both()
        survivor = Reporter.objects.get()
        self.assertEqual(set(survivor.reports.all()), {self.by_sms, self.by_id})
        self.assertEqual(Message.objects.filter(reporter=survivor).count(), Message.objects.count())

    def test_the_message_joins_the_newest_open_report(self) -> None:
        self.assertEqual(self.both().report, self.by_id)

    def test_answers_to_the_old_report_still_go_to_the_old_address(self) -> None:
        self.both()
        self.by_sms.refresh_from_db()
        Message.objects.filter(direction="outbound").delete()
        answer = triage.reply(self.by_sms, "Baik", by=self.rina)
        provider = Provider()
        delivery.deliver(str(answer.pk), via=provider)
        (sent,) = provider.sent
        self.assertEqual((sent.sender, sent.recipient), (samples.SMS_NUMBER, WATI.phone))

    def test_what_was_written_stays_readable(self) -> None:
        self.both()
        for report in Report.objects.all():
            lines = reading.conversation(report, report.messages.in_order(), by=self.rina)
            self.assertTrue(all(line.text for line in lines))

    def test_it_is_an_event_of_the_report_that_moved(self) -> None:
        self.both()
        event = Event.objects.get(kind=EventKind.MERGED)
        self.assertEqual(event.report, self.by_sms)
        self.assertEqual(event.data, {"former_alias": self.former.alias})

    def test_contacts_on_the_same_number_become_one(self) -> None:
        people.message(samples.text("Nomor saja", by=BY_PHONE))
        self.assertEqual(Contact.objects.count(), 3)
        self.both()
        numbers = Contact.objects.values_list("service_number__channel", flat=True)
        self.assertEqual(sorted(numbers), ["sms", "whatsapp"])

    def test_the_window_is_that_of_the_later_word_of_the_two(self) -> None:
        other = ServiceNumber.objects.create(
            station=self.station, channel="whatsapp", address="+628877000888"
        )
        people.message(samples.text("Nomor saja", by=BY_PHONE))
        last = Contact.objects.get(reporter=self.former, service_number__channel="whatsapp")
        Contact.objects.filter(reporter=self.by_id.reporter).update(
            last_inbound_at=last.last_inbound_at - timedelta(hours=20)
        )
        people.message(samples.text("Di nomor lain", by=WATI, To=f"whatsapp:{other.address}"))
        kept = Contact.objects.get(service_number=last.service_number)
        self.assertEqual(kept.last_inbound_at, last.last_inbound_at)

    def test_two_answers_under_way_at_that_moment_are_no_obstacle(self) -> None:
        Message.objects.filter(direction="outbound").update(status=Delivery.SENDING)
        self.assertEqual(self.both().reporter, self.by_id.reporter)
        answers = Message.objects.filter(direction="outbound").exclude(status=Delivery.QUEUED)
        self.assertEqual(
            sorted(answers.values_list("status", flat=True)), [Delivery.SENDING, Delivery.UNKNOWN]
        )

    def test_a_later_sms_joins_the_survivors_report(self) -> None:
        self.both()
        report = people.report(samples.sms("Lagi", by=BY_PHONE))
        self.assertEqual(report.reporter, Reporter.objects.get())


class AbsorptionInABatchTests(CommittedTestCase):
    def test_a_message_of_the_absorbed_one_may_wait_in_the_same_batch(self) -> None:
        people.station()
        people.message(samples.text("Nomor saja", by=BY_PHONE))
        people.message(samples.text("Nama saja", by=BY_ID))
        with mock.patch.object(jobs.draining, "_drain_one") as alone:
            for citizen in (BY_PHONE, WATI, BY_PHONE, BY_ID):
                put_away(samples.text("bersama", by=citizen))
            done = jobs.drain_inbox(seconds=None)
        alone.assert_not_called()
        self.assertEqual(done, {"message": 4})
        self.assertEqual(Reporter.objects.count(), 1)
        self.assertEqual(Contact.objects.count(), 1)
        self.assertEqual(InboxEntry.objects.unread().count(), 0)

    def test_answers_reach_the_absorbed_one_where_they_last_wrote(self) -> None:
        people.station()
        people.message(samples.text("Nomor saja", by=BY_PHONE))
        people.message(samples.text("Nama saja", by=BY_ID))
        put_away(samples.sms("Lewat SMS", by=BY_PHONE))
        put_away(samples.text("bersama", by=WATI))
        jobs.drain_inbox(seconds=None)
        for contact in Contact.objects.all():
            _, address = people_of_the_wall.address_of(contact.handle_id, kinds=("phone",))
            self.assertEqual(address.expose(), WATI.phone)

    def test_all_three_may_be_new(self) -> None:
        people.station()
        for citizen in (BY_PHONE, BY_ID, WATI):
            put_away(samples.text("bersama", by=citizen))
        self.assertEqual(jobs.drain_inbox(seconds=None), {"message": 3})
        self.assertEqual(Reporter.objects.count(), 1)
        self.assertEqual(Message.objects.filter(direction="inbound").count(), 3)
