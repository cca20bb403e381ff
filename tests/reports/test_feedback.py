"""Whether the reporter finds it settled: asked once, answered in one tap, and "not yet" comes back to the desk."""

from datetime import timedelta

from django.utils import timezone

from reports import feedback, jobs, triage
from reports.feedback import AlreadyAsked
from reports.models import Feedback, Message, ReplyTemplate, Report
from reports.models.event import EventKind
from reports.models.message import Direction
from reports.models.reply_template import ReplyKey
from reports.replies import TextUnfit
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase, body_of

SID = "HX" + "0" * 31 + "8"


class FeedbackTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())
        self.report = people.report()

    def ask(self) -> Message:
        message = feedback.ask(Report.objects.get(pk=self.report.pk), by=self.rina)
        self.travel(timedelta(minutes=1))
        return message

    def close(self) -> None:
        triage.close(self.report, Outcome.ACTED, "Beres.", by=self.rina)

    def say(self, text: str) -> Message:
        message = people.message(samples.text(text))
        jobs.enrich()
        return message

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.report.pk)

    def thanks(self) -> list[str]:
        said = Message.objects.filter(direction=Direction.OUTBOUND, author=None)
        keys = (ReplyKey.SETTLED_THANKS, ReplyKey.NOT_SETTLED)
        return [body_of(one) for one in said.filter(template_key__in=keys)]


class AskTests(FeedbackTestCase):
    def test_the_question_goes_out_in_the_stations_words(self) -> None:
        message = self.ask()
        self.assertEqual(body_of(message), "Sudah beres? 1 sudah, 2 belum.")
        self.assertEqual(self.report.events.get(kind=EventKind.ASKED).data["what"], "settled")

    def test_with_buttons_where_whatsapp_has_approved_them(self) -> None:
        ReplyTemplate.objects.filter(key=ReplyKey.SETTLED).update(content_sid=SID)
        self.assertEqual(self.ask().content_sid, SID)

    def test_the_clocks_do_not_stand_still_for_it(self) -> None:
        self.ask()
        self.assertEqual(self.now_is().status, Status.TRIAGE)

    def test_it_is_not_asked_twice(self) -> None:
        self.ask()
        with self.assertRaises(AlreadyAsked):
            self.ask()
        self.assertEqual(Feedback.objects.count(), 1)

    def test_it_can_be_asked_after_the_end(self) -> None:
        self.close()
        self.ask()
        self.assertEqual(self.now_is().status, Status.DONE)

    def test_without_words_for_it_nothing_is_sent(self) -> None:
        ReplyTemplate.objects.filter(key=ReplyKey.SETTLED).delete()
        with self.assertRaises(TextUnfit):
            self.ask()
        self.assertFalse(Feedback.objects.exists())


class AnswerTests(FeedbackTestCase):
    def test_settled_is_noted_and_thanked_for_and_nobody_has_to_answer(self) -> None:
        self.close()
        self.ask()
        said = self.say("1")
        row = Feedback.objects.get()
        self.assertEqual((row.answer, row.said_in, row.answered_at), ("settled", said, said.at))
        self.assertEqual(self.thanks(), ["Terima kasih."])
        report = self.now_is()
        self.assertEqual((report.status, report.unread_count), (Status.DONE, 0))

    def test_on_an_open_report_the_clock_of_an_answer_does_not_begin(self) -> None:
        self.ask()
        self.say("Sudah pak, terima kasih")
        report = self.now_is()
        self.assertEqual((report.waiting_since, report.unread_count), (None, 0))

    def test_not_yet_comes_back_to_the_desk_and_is_not_opened_by_itself(self) -> None:
        self.close()
        self.ask()
        self.say("2")
        report = self.now_is()
        self.assertEqual((report.status, report.unread_count), (Status.DONE, 1))
        self.assertTrue(Report.objects.at_the_desk().filter(pk=report.pk).exists())
        self.assertEqual(self.thanks(), ["Kami lihat lagi."])
        self.assertEqual(
            report.events.get(kind=EventKind.FEEDBACK_GIVEN).data, {"answer": "not_yet"}
        )

    def test_days_after_the_end_it_still_joins_the_report_that_asked(self) -> None:
        self.close()
        self.ask()
        self.travel(timedelta(days=3))
        self.assertEqual(self.say("1").report_id, self.report.pk)
        self.assertEqual(Feedback.objects.get().answer, "settled")

    def test_other_words_days_later_open_a_report_of_their_own(self) -> None:
        self.close()
        self.ask()
        self.travel(timedelta(days=3))
        self.assertNotEqual(self.say("Ada tawuran di pasar").report_id, self.report.pk)
        self.assertEqual(Feedback.objects.get().answer, "")

    def test_after_a_week_one_is_no_answer_any_more(self) -> None:
        self.close()
        self.ask()
        self.travel(timedelta(days=8))
        self.assertNotEqual(self.say("1").report_id, self.report.pk)

    def test_words_of_their_own_are_left_to_a_person(self) -> None:
        self.ask()
        self.say("sudah 1 jam belum ada polisi")
        self.assertEqual((Feedback.objects.get().answer, self.thanks()), ("", []))
        self.assertEqual(self.now_is().unread_count, 1)

    def test_what_was_written_before_the_question_does_not_answer_it(self) -> None:
        message = people.message(samples.text("sudah"))
        self.travel(timedelta(minutes=1))
        self.ask()
        jobs.enrich()
        self.assertEqual(Feedback.objects.get().answer, "")
        self.assertEqual(message.report_id, self.report.pk)

    def test_the_first_answer_counts(self) -> None:
        self.ask()
        self.say("1")
        self.travel(timedelta(minutes=1))
        self.say("2")
        self.assertEqual(Feedback.objects.get().answer, "settled")

    def test_without_a_question_a_number_says_nothing(self) -> None:
        self.say("1")
        self.assertFalse(Feedback.objects.exists())
        self.assertEqual(self.thanks(), [])
