"""What failed is sent once more, as a message of its own; the first stays failed."""

from django.conf import settings

from reports import answering, triage
from reports.answering import NotFailed, SentAgain
from reports.models import Message
from reports.models.message import Delivery
from reports.replies import WindowClosed
from tests import people, samples
from tests.reports.cases import body_of
from tests.reports.gateways import REFUSED
from tests.reports.test_answering import HELD, AnsweringTestCase


class SendAgainTests(AnsweringTestCase):
    def failed(self, text: str = "Petugas menuju lokasi") -> Message:
        message = triage.reply(self.report, text, by=self.rina)
        self.delivered(message, REFUSED)
        self.assertEqual(message.status, Delivery.FAILED)
        return message

    def test_the_same_goes_out_as_a_message_of_its_own(self) -> None:
        failed = self.failed()
        self.assertIsNotNone(self.now_is().failed_at)
        with self.captureOnCommitCallbacks(execute=True):
            again = answering.send_again(failed, by=self.rina)
        self.assertEqual(self.rings[-1], ("reports.deliver", str(again.pk)))
        self.delivered(again)
        failed.refresh_from_db()
        self.assertEqual((failed.status, again.status), (Delivery.FAILED, Delivery.ACCEPTED))
        self.assertEqual((body_of(again), again.retry_of), ("Petugas menuju lokasi", failed))
        self.assertNotEqual(again.provider_sid, failed.provider_sid)

    def test_the_report_is_red_no_more(self) -> None:
        failed = self.failed()
        answering.send_again(failed, by=self.rina)
        self.assertIsNone(self.now_is().failed_at)
        self.assertEqual(self.kinds(), ["replied", "delivery_failed", "sent_again"])

    def test_it_is_done_once(self) -> None:
        failed = self.failed()
        answering.send_again(failed, by=self.rina)
        with self.assertRaises(SentAgain):
            answering.send_again(failed, by=self.rina)

    def test_one_that_was_withdrawn_can_be_sent_again_another_time(self) -> None:
        failed = self.failed()
        answering.withdraw(answering.send_again(failed, by=self.rina), by=self.rina)
        self.assertIsNotNone(self.now_is().failed_at)
        answering.send_again(failed, by=self.rina)

    def test_what_has_not_failed_is_not_repeated(self) -> None:
        message = triage.reply(self.report, "Halo", by=self.rina)
        for status in set(Delivery) - {Delivery.FAILED}:
            Message.objects.filter(pk=message.pk).update(status=status)
            with self.subTest(status=status), self.assertRaises(NotFailed):
                answering.send_again(message, by=self.rina)

    def test_after_the_window_it_stays_red(self) -> None:
        failed = self.failed()
        self.travel(settings.WHATSAPP_WINDOW)
        with self.assertRaises(WindowClosed):
            answering.send_again(failed, by=self.rina)
        self.assertIsNotNone(self.now_is().failed_at)

    def test_what_the_program_said_by_itself_answers_nobody_when_sent_again(self) -> None:
        report = people.report(samples.text(by=samples.JOKO))
        acknowledgement = report.messages.get(direction="outbound")
        self.delivered(acknowledgement, REFUSED)
        again = answering.send_again(acknowledgement, by=self.rina)
        report.refresh_from_db()
        self.assertIsNone(again.author)
        self.assertIsNotNone(report.waiting_since)
        self.assertEqual((report.failed_at, report.answered_at), (None, None))

    def test_sending_that_again_does_not_stand_for_an_answer_that_is_withdrawn(self) -> None:
        Message.objects.filter(direction="outbound").delete()
        report = people.report(samples.text(by=samples.JOKO))
        waiting_since = report.waiting_since
        acknowledgement = report.messages.get(direction="outbound")
        self.delivered(acknowledgement, REFUSED)
        message = triage.reply(report, "Sebentar", by=self.rina, held=HELD)
        answering.send_again(acknowledgement, by=self.rina)
        answering.withdraw(message, by=self.rina)
        report.refresh_from_db()
        self.assertEqual(report.waiting_since, waiting_since)
