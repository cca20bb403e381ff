"""After the 24 hours, after a failure, and after a message that was about something else."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import claims, delivery, triage
from reports.models import Message, Report
from reports.models.message import Delivery
from tests import people, samples
from tests.operators.desk.cases import words
from tests.operators.desk.test_composing import ComposingTestCase
from tests.reports.gateways import REFUSED, Provider
from tests.samples import HIDDEN, WATI

DAY = 24 * 60
SID = f"HX{'a' * 32}"


class WindowTests(ComposingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.add("kabar", "Ada kabar tentang {nomor_laporan}.", title="Kabar", content_sid=SID)
        self.add("tempat", "Ada kabar dari {tempat}.", title="Tempat", content_sid=SID)

    def test_before_its_end_no_template_is_offered(self) -> None:
        page = self.open(self.arrive(minutes_ago=DAY - 1))
        self.assertNotIn("Kabar", words(page))
        self.assertIn('data-may-reply="yes"', page.text)

    def test_after_it_the_approved_ones_are_offered_as_they_will_read(self) -> None:
        report = self.arrive(minutes_ago=DAY + 1)
        page = self.open(report)
        self.assertIn(f"Ada kabar tentang {report.number}.", words(page))
        self.assertIn('name="template" value="kabar"', page.text)

    def test_the_next_step_names_them(self) -> None:
        report = self.arrive(minutes_ago=DAY + 1)
        claims.claim(report, by=self.rina)
        self.assertIn("Kirim templat, atau catat hasilnya", words(self.open(report)))

    def test_one_that_lacks_something_cannot_be_sent(self) -> None:
        page = self.open(self.arrive(minutes_ago=DAY + 1))
        self.assertIn("Ada kabar dari {tempat}.", words(page))
        self.assertNotIn('value="tempat"', page.text)

    def test_it_is_sent_with_one_press(self) -> None:
        report = self.arrive(minutes_ago=DAY + 1)
        page = self.act("template", report, template="kabar")
        self.assertEqual(page.status_code, 200)
        (message,) = self.answers(report)
        self.assertEqual((message.content_sid, message.tries), (SID, 0))
        self.assertIn("Terkirim dalam 10 dtk", words(page))

    def test_free_words_are_refused_by_the_server(self) -> None:
        report = self.arrive(minutes_ago=DAY + 1)
        self.assertEqual(self.act("reply", report, text="Halo").status_code, 409)
        self.assertEqual(self.answers(report), [])

    def test_where_there_is_a_number_words_go_by_sms(self) -> None:
        report = people.report(samples.text(by=WATI), at=self.now - timedelta(minutes=DAY + 1))
        page = self.open(report)
        self.assertIn("Kirim lewat SMS", words(page))
        self.assertIn('name="by_sms"', page.text)
        page = self.act("reply", report, text="Halo", by_sms="on")
        (message,) = self.answers(report)
        self.assertEqual(message.contact.service_number.channel, "sms")
        self.assertIn("SMS", words(page))

    def test_where_there_is_none_they_do_not(self) -> None:
        report = people.report(samples.text(by=HIDDEN), at=self.now - timedelta(minutes=DAY + 1))
        page = self.open(report)
        self.assertNotIn("Kirim lewat SMS", words(page))
        self.assertIn('data-may-reply="no"', page.text)

    def test_whoever_cannot_answer_is_offered_nothing(self) -> None:
        report = self.arrive(minutes_ago=DAY + 1)
        claims.claim(report, by=self.bambang)
        page = self.open(report)
        self.assertEqual(page.context["ways"].templates, [])
        self.assertNotIn('name="by_sms"', page.text)

    def test_it_costs_three_queries_more_and_only_then(self) -> None:
        open_report, over = self.arrive(minutes_ago=60), self.arrive(minutes_ago=DAY + 1)
        counts = []
        for report in (open_report, over):
            claims.claim(report, by=self.rina)
            self.open(report)
            with CaptureQueriesContext(connection) as asked:
                self.open(report)
            counts.append(len(asked))
        self.assertEqual(counts[1] - counts[0], 3)


class FailureTests(ComposingTestCase):
    def failed(self) -> tuple[Report, Message]:
        report = self.arrive()
        message = triage.reply(report, "Petugas menuju lokasi.", by=self.rina)
        # The acknowledgement went out first.
        Message.objects.filter(report=report, author=None, direction="outbound").delete()
        delivery.deliver(str(message.pk), via=Provider(REFUSED))
        self.travel(timedelta(minutes=1))
        return report, message

    def test_one_press_sends_it_again_and_the_first_stays_red(self) -> None:
        report, message = self.failed()
        self.assertIn(
            reverse("desk:send-again", args=[report.number, message.pk]), self.open(report).text
        )
        page = self.act_on("send-again", message)
        self.assertEqual(page.status_code, 200)
        first, second = self.answers(report)
        self.assertEqual((first.status, second.retry_of), (Delivery.FAILED, first))
        self.assertIn("Dikirim ulang", words(page))
        self.assertNotIn(f"{first.pk}/again/", page.text)

    def test_twice_is_refused(self) -> None:
        _, message = self.failed()
        self.act_on("send-again", message)
        page = self.act_on("send-again", message)
        self.assertEqual(page.status_code, 409)
        self.assertIn("sudah dikirim ulang", words(page))

    def test_after_the_window_there_is_no_button(self) -> None:
        report, message = self.failed()
        self.travel(timedelta(days=1))
        self.client.force_login(self.rina)
        self.assertNotIn(f"{message.pk}/again/", self.open(report).text)
        self.assertEqual(self.act_on("send-again", message).status_code, 409)


class SplitTests(ComposingTestCase):
    def test_a_second_message_can_become_a_report_of_its_own(self) -> None:
        report = people.report(samples.text("Ada balap liar"))
        self.assertNotIn("/split_off/", self.open(report).text)
        second = people.message(samples.text("Tetangga saya kemalingan"))
        self.assertIn(f"{second.pk}/split_off/", self.open(report).text)
        page = self.act_on("split-off", second)
        own = Report.objects.exclude(pk=report.pk).get()
        self.assertEqual(page.status_code, 200)
        self.assertIn(own.number, words(page))
        self.assertNotIn("Tetangga saya kemalingan", words(page))
        self.assertIn("Tetangga saya kemalingan", words(self.open(own)))

    def test_the_only_one_cannot(self) -> None:
        message = people.message(samples.text())
        page = self.act_on("split-off", message)
        self.assertEqual(page.status_code, 409)
        self.assertIn("satu-satunya pesan", words(page))
