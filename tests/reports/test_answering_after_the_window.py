"""When the 24 hours are over: words that WhatsApp has approved, or SMS where the reporter has a number."""

import json
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from reports import answering, delivery, replies, triage
from reports.identity import vault
from reports.models import Contact, Message, ReplyTemplate, Report
from reports.models.message import Delivery
from reports.workflow import Status
from tests import people, samples
from tests.reports.cases import StationTestCase, body_of
from tests.reports.gateways import Provider
from tests.samples import HIDDEN, JOKO, WATI

SID = f"HX{'a' * 32}"


class WindowTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now())
        self.report = people.report(samples.text(by=WATI))
        Message.objects.filter(direction="outbound").delete()
        self.template = ReplyTemplate.objects.create(
            station=self.station,
            key="kabar",
            text="{polres}: ada kabar tentang {nomor_laporan}, {polres}.",
            content_sid=SID,
        )

    def after(self, hours: int, minutes: int) -> None:
        self.travel(self.began + timedelta(hours=hours, minutes=minutes))

    def sent(self, message: Message) -> Provider:
        provider = Provider()
        delivery.deliver(str(message.pk), via=provider)
        message.refresh_from_db()
        return provider

    def template_sent(self, key: str = "kabar", report: Report | None = None) -> Message:
        return answering.send_template(report or self.report, key, by=self.rina)


class TemplateTests(WindowTestCase):
    def test_at_23_59_free_words_go(self) -> None:
        self.after(23, 59)
        message = triage.reply(self.report, "Halo", by=self.rina)
        self.assertEqual(len(self.sent(message).sent), 1)

    def test_at_24_01_only_a_template_goes(self) -> None:
        self.after(24, 1)
        with self.assertRaises(replies.WindowClosed):
            triage.reply(self.report, "Halo", by=self.rina)
        (sent,) = self.sent(self.template_sent()).sent
        self.assertEqual(sent.content_sid, SID)

    def test_its_variables_are_numbered_as_the_text_first_names_them(self) -> None:
        (sent,) = self.sent(self.template_sent()).sent
        self.assertEqual(sent.variables, {"1": self.station.name, "2": self.report.number})

    def test_the_conversation_shows_how_it_reads(self) -> None:
        message = self.template_sent()
        self.assertEqual(
            body_of(message),
            f"{self.station.name}: ada kabar tentang {self.report.number}, {self.station.name}.",
        )
        self.assertEqual((message.template_key, message.author), ("kabar", self.rina))

    def test_what_fills_it_is_sealed(self) -> None:
        message = self.template_sent()
        self.assertNotIn(self.report.number.encode(), bytes(message.variables_sealed))
        box = vault.box_of("content", self.report.pk)
        opened = box.open("message.variables", message.pk, message.variables_sealed).expose()
        self.assertEqual(json.loads(opened)["2"], self.report.number)

    def test_it_answers_the_reporter(self) -> None:
        self.template_sent()
        report = Report.objects.get(pk=self.report.pk)
        self.assertIsNone(report.waiting_since)
        self.assertEqual(report.holder, self.rina)

    def test_without_a_value_for_a_variable_nothing_goes(self) -> None:
        self.template.text = "Kabar tentang {tempat}."
        self.template.save()
        with self.assertRaises(replies.Unfilled) as caught:
            self.template_sent()
        self.assertIn("{tempat}", str(caught.exception))
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)

    def test_words_that_were_not_approved_are_no_template(self) -> None:
        self.template.content_sid = ""
        self.template.save()
        for key in ("kabar", "acknowledgement", "nothing"):
            with self.subTest(key=key), self.assertRaises(answering.NoWording):
                self.template_sent(key)

    def test_another_stations_template_is_not_borrowed(self) -> None:
        ReplyTemplate.objects.update(station=people.station("lain", "LAN", answers=False))
        with self.assertRaises(answering.NoWording):
            self.template_sent()

    def test_it_is_whatsapps_and_goes_no_other_way(self) -> None:
        report = people.report(samples.sms(by=JOKO))
        with self.assertRaises(replies.NoWay):
            self.template_sent(report=report)

    def test_a_failed_one_is_sent_again_as_it_was(self) -> None:
        message = self.template_sent()
        Message.objects.filter(pk=message.pk).update(status=Delivery.FAILED)
        self.after(48, 0)
        again = answering.send_again(message, by=self.rina)
        (sent,) = self.sent(again).sent
        self.assertEqual((sent.content_sid, sent.variables["2"]), (SID, self.report.number))

    def test_an_approved_question_waits_for_its_answer(self) -> None:
        ReplyTemplate.objects.filter(pk=self.template.pk).update(key="ask_place")
        self.after(24, 1)
        self.template_sent("ask_place")
        self.assertEqual(Report.objects.get(pk=self.report.pk).status, Status.WAITING)


class SmsTests(WindowTestCase):
    def by_sms(self, report: Report | None = None) -> Message:
        return triage.reply(report or self.report, "Halo", by=self.rina, by_sms=True)

    def test_it_goes_to_the_telephone_from_the_stations_sms_number(self) -> None:
        self.after(24, 1)
        (sent,) = self.sent(self.by_sms()).sent
        self.assertEqual((sent.sender, sent.recipient), (samples.SMS_NUMBER, WATI.phone))

    def test_the_report_goes_on_where_the_reporter_wrote(self) -> None:
        self.by_sms()
        report = Report.objects.get(pk=self.report.pk)
        self.assertEqual(report.contact, self.report.contact)
        self.assertEqual(report.contact.last_inbound_at, self.began)

    def test_its_contact_is_made_once(self) -> None:
        self.by_sms()
        self.by_sms()
        self.assertEqual(Contact.objects.filter(reporter=self.report.reporter).count(), 2)

    def test_when_they_answer_by_sms_they_are_known(self) -> None:
        self.by_sms()
        message = people.message(samples.sms("Ya, Pak", by=WATI))
        self.assertEqual(message.report, self.report)
        self.assertEqual(Contact.objects.filter(reporter=self.report.reporter).count(), 2)

    def test_somebody_who_hides_the_number_cannot_be_reached_so(self) -> None:
        report = people.report(samples.text(by=HIDDEN))
        self.assertFalse(replies.may_go_by_sms(report))
        with self.assertRaises(replies.NoWay):
            self.by_sms(report)
        self.assertIsNone(Report.objects.get(pk=report.pk).holder)

    def test_without_a_number_of_our_own_nobody_can(self) -> None:
        self.station.numbers.filter(channel="sms").update(is_active=False)
        self.assertFalse(replies.may_go_by_sms(self.report))
        with self.assertRaises(replies.NoWay):
            self.by_sms()

    def test_whether_there_is_a_number_tells_nothing_of_it(self) -> None:
        self.assertIs(replies.may_go_by_sms(self.report), True)

    def test_it_has_no_end_of_time(self) -> None:
        self.after(24 * 9, 0)
        message = self.by_sms()
        self.assertEqual(message.due_at, timezone.now())
        self.assertEqual(len(self.sent(message).sent), 1)


class NoAddressTests(WindowTestCase):
    def test_somebody_at_the_desk_is_not_written_to(self) -> None:
        Contact.objects.filter(pk=self.report.contact_id).update(handle=None)
        with self.assertRaises(replies.NoWay):
            triage.reply(self.report, "Halo", by=self.rina)

    def test_a_voice_call_is_not_answered_in_writing_but_by_sms(self) -> None:
        self.station.numbers.filter(channel="whatsapp").update(channel="voice")
        with self.assertRaises(replies.NoWay):
            triage.reply(self.report, "Halo", by=self.rina)
        message = triage.reply(self.report, "Halo", by=self.rina, by_sms=True)
        self.assertEqual(message.contact.service_number.channel, "sms")


class HeldTests(WindowTestCase):
    def test_a_template_waits_its_seconds_whatever_the_window(self) -> None:
        self.after(23, 59)
        self.travel(timedelta(seconds=57))
        held = settings.UNDO_WITHIN
        message = answering.send_template(self.report, "kabar", by=self.rina, held=held)
        self.assertEqual(message.due_at, timezone.now() + held)
