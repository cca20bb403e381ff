"""A message arrives: it becomes a report of its sender, with everything that it carried."""

import json
from datetime import datetime, timedelta

from django.utils import timezone

from reports import jobs
from reports.identity import vault
from reports.models import Attachment, Change, Contact, Event, InboxEntry, Message, Report, Reporter
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.workflow import Status
from tests import people, samples
from tests.reports.cases import StationTestCase, arrive, body_of, opening_of, put_away
from tests.samples import HIDDEN, JOKO, WATI


class FirstMessageTests(StationTestCase):
    def test_it_opens_a_report_of_the_station_that_it_was_sent_to(self) -> None:
        at = timezone.now() - timedelta(minutes=3)
        report = people.report(samples.text("Tolong, ada begal"), at=at)
        self.assertEqual((report.station, report.status), (self.station, Status.NEW))
        self.assertEqual((report.channel, report.holder, report.category), ("whatsapp", None, None))
        self.assertEqual(
            (report.received_at, report.last_inbound_at, report.waiting_since), (at, at, at)
        )
        self.assertEqual((report.unread_count, report.closed_at, report.outcome), (1, None, ""))

    def test_the_message_is_kept_with_its_words(self) -> None:
        params = samples.text("Tolong, ada begal 🙏")
        message = people.message(params)
        self.assertEqual(message.provider_sid, params["MessageSid"])
        self.assertEqual(
            (message.direction, message.status, message.kind),
            (Direction.INBOUND, Delivery.RECEIVED, "text"),
        )
        self.assertEqual(body_of(message), "Tolong, ada begal 🙏")

    def test_the_sender_becomes_a_reporter_with_a_pseudonym(self) -> None:
        report = people.report()
        self.assertRegex(report.reporter.alias, r"^[A-Z][a-z]+-\d{4}$")
        self.assertEqual(report.reporter.station, self.station)

    def test_it_is_an_event(self) -> None:
        report = people.report()
        event = Event.objects.get(report=report)
        self.assertEqual((event.kind, event.by, event.data), (EventKind.OPENED, None, {}))

    def test_open_desks_are_told(self) -> None:
        report = people.report()
        self.assertEqual(Change.objects.get().report, report)

    def test_the_row_of_the_queue_shows_the_first_words(self) -> None:
        report = people.report(samples.text("Ada balap liar"))
        self.assertEqual(opening_of(report), "Ada balap liar")
        self.assertEqual(report.opening_kind, "text")

    def test_a_picture_without_words_has_no_first_words(self) -> None:
        report = people.report(samples.picture())
        self.assertEqual((bytes(report.opening_sealed), report.opening_kind), (b"", "image"))

    def test_words_that_follow_a_picture_are_the_first_words(self) -> None:
        report = people.report(samples.picture())
        people.message(samples.text("Ini di depan pasar"))
        self.assertEqual(opening_of(report), "Ini di depan pasar")


class EveryKindTests(StationTestCase):
    def test_every_kind_becomes_a_message_with_nothing_missing(self) -> None:
        for name, sample in samples.SAMPLES.items():
            params = sample()
            with self.subTest(sample=name):
                message = people.message(params)
                self.assertEqual(message.provider_sid, params["MessageSid"])
                box = vault.box_of("content", message.report_id)
                raw = box.open("message.raw", message.pk, message.raw_sealed).expose()
                self.assertEqual(json.loads(raw), params)

    def test_whatever_is_missing_it_is_a_message(self) -> None:
        for missing in ("Body", "NumMedia", "MessageType", "ProfileName", "WaId", "SmsStatus"):
            with self.subTest(missing=missing):
                people.message(samples.text(**{missing: None}))

    def test_something_unsupported_is_a_report_all_the_same(self) -> None:
        message = people.message(samples.unsupported())
        self.assertEqual((message.kind, bytes(message.body_sealed)), ("unsupported", b""))
        self.assertEqual(message.report.status, Status.NEW)

    def test_files_are_noted_in_order_with_their_address_sealed(self) -> None:
        params = samples.mms()
        message = people.message(params)
        files = list(message.attachments.all())
        self.assertEqual([file.position for file in files], [0, 1, 2])
        self.assertEqual(files[2].declared_type, "video/3gpp")
        box = vault.box_of("content", message.report_id)
        for file in files:
            self.assertEqual(file.state, Attachment.State.WAITING)
            self.assertNotIn(b"twilio", bytes(file.url_sealed))
            address = box.open("attachment.url", file.pk, file.url_sealed).expose()
            self.assertEqual(address, params[f"MediaUrl{file.position}"])

    def test_places_and_unknown_parameters_are_kept_sealed(self) -> None:
        message = people.message(samples.named_place(NewIn2027="nilai"))
        box = vault.box_of("content", message.report_id)
        details = json.loads(
            box.open("message.details", message.pk, message.details_sealed).expose()
        )
        self.assertEqual(details["place"]["label"], "Pasar Bunder")
        self.assertEqual(details["extra"], {"NewIn2027": "nilai"})

    def test_a_forwarded_message_is_marked(self) -> None:
        self.assertTrue(people.message(samples.forwarded()).is_forwarded)
        self.assertFalse(people.message(samples.text()).is_forwarded)

    def test_a_message_to_the_sms_number_is_an_sms(self) -> None:
        report = people.report(samples.sms())
        self.assertEqual((report.channel, report.contact.service_number.channel), ("sms", "sms"))

    def test_somebody_without_a_number_is_a_reporter_too(self) -> None:
        report = people.report(samples.text(by=HIDDEN))
        self.assertEqual(report.reporter.station, self.station)


class OrderTests(StationTestCase):
    """Messages may be understood in another order than they arrived in: a failed one, a lost ring, a second worker."""

    def setUp(self) -> None:
        super().setUp()
        self.began = timezone.now() - timedelta(minutes=10)

    def at(self, minutes: int) -> datetime:
        return self.began + timedelta(minutes=minutes)

    def late(self) -> Report:
        """The second message is understood first."""
        people.message(samples.text("kedua"), at=self.at(2))
        return people.report(samples.text("pertama"), at=self.at(1))

    def test_the_conversation_is_in_the_order_of_arrival(self) -> None:
        report = self.late()
        words = [body_of(m) for m in report.messages.filter(direction="inbound").in_order()]
        self.assertEqual(words, ["pertama", "kedua"])

    def test_the_first_words_are_those_that_arrived_first(self) -> None:
        self.assertEqual(opening_of(self.late()), "pertama")

    def test_later_words_do_not_replace_them(self) -> None:
        report = people.report(samples.text("pertama"), at=self.at(1))
        people.message(samples.text("kedua"), at=self.at(2))
        self.assertEqual(opening_of(report), "pertama")

    def test_the_last_word_is_the_one_that_arrived_last(self) -> None:
        self.assertEqual(self.late().last_inbound_at, self.at(2))

    def test_answers_go_where_the_last_word_came_from(self) -> None:
        people.message(samples.text("kedua"), at=self.at(2))
        report = people.report(samples.sms("pertama"), at=self.at(1))
        self.assertEqual(report.contact.service_number.channel, "whatsapp")

    def test_a_window_that_a_late_one_found_open_is_not_shortened(self) -> None:
        self.late()
        self.assertEqual(Contact.objects.get().last_inbound_at, self.at(2))

    def test_the_citizen_waits_since_the_first_of_them(self) -> None:
        self.assertEqual(self.late().waiting_since, self.at(1))

    def test_of_a_batch_the_oldest_is_read_first(self) -> None:
        for minutes, words in ((3, "ketiga"), (1, "pertama"), (2, "kedua")):
            put_away(samples.text(words), self.at(minutes))
        jobs.drain_inbox(seconds=None)
        report = Report.objects.get()
        words = [body_of(m) for m in report.messages.filter(direction="inbound").in_order()]
        self.assertEqual(words, ["pertama", "kedua", "ketiga"])
        self.assertEqual(opening_of(report), "pertama")
        self.assertEqual((report.received_at, report.unread_count), (self.at(1), 3))


class NobodysNumberTests(StationTestCase):
    def test_a_message_to_it_is_kept_in_sight(self) -> None:
        entry = people.parked_entry()
        self.assertEqual((entry.reason, entry.processed_at), ("UnknownNumber", None))
        self.assertTrue(bytes(entry.payload_sealed))
        self.assertEqual(Reporter.objects.count(), 0)

    def test_a_number_of_another_channel_is_nobodys(self) -> None:
        put_away(samples.sms(To=samples.WHATSAPP_NUMBER))
        jobs.drain_inbox(seconds=None)
        self.assertEqual(InboxEntry.objects.parked().count(), 1)

    def test_a_message_of_nobody_is_kept_in_sight(self) -> None:
        put_away(samples.sms(From=""))
        jobs.drain_inbox(seconds=None)
        self.assertEqual(InboxEntry.objects.parked().get().reason, "UnknownPayload")

    def test_the_others_of_its_batch_are_understood(self) -> None:
        put_away(samples.text(To="whatsapp:+628000000000"))
        put_away(samples.text())
        self.assertEqual(jobs.drain_inbox(seconds=None), {"message": 1, "parked": 1})
        self.assertEqual(Report.objects.count(), 1)


class StationsTests(StationTestCase):
    def test_each_has_its_own_reporters_and_reports(self) -> None:
        other = people.station("lain", "LAN")
        number = other.numbers.get(channel="whatsapp").address
        here = people.report(samples.text())
        there = people.report(samples.text(To=f"whatsapp:{number}"))
        self.assertEqual((here.station, there.station), (self.station, other))
        self.assertNotEqual(here.reporter, there.reporter)

    def test_two_people_have_two_reports(self) -> None:
        wati, joko = arrive(samples.text(by=WATI), samples.text(by=JOKO))
        self.assertNotEqual(wati.report, joko.report)
        self.assertNotEqual(wati.reporter, joko.reporter)
        self.assertEqual(Message.objects.filter(direction="inbound").count(), 2)
