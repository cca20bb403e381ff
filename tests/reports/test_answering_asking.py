"""Asking for what is missing, now or in some hours: the clocks stand still, and the reporter may be faster."""

from datetime import timedelta

from django.utils import timezone

from reports import answering, claims, targets, triage
from reports.answering import NoWording
from reports.claims import HeldByAnother
from reports.models import Message, ReplyTemplate, Report
from reports.models.message import Delivery
from reports.models.reply_template import ASKED
from reports.replies import WindowClosed
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import body_of
from tests.reports.test_answering import A_MINUTE, A_SECOND, HELD, AnsweringTestCase


class AskTests(AnsweringTestCase):
    def ask(self, what: str = "place", **more: object) -> Message:
        return answering.ask(self.report, what, by=self.rina, **more)  # type: ignore[arg-type]

    def test_the_stations_words_go_out_and_the_clocks_stand_still(self) -> None:
        message = self.ask()
        report = self.now_is()
        self.assertEqual(body_of(message), f"Mohon kirim lokasi untuk {self.report.number}.")
        self.assertEqual((report.status, report.paused_at), (Status.WAITING, message.at))
        self.assertEqual((report.waiting_since, report.holder), (None, self.rina))
        self.assertIsNone(targets.complete_by(report))
        self.assertEqual(self.kinds(), ["asked"])

    def test_the_words_may_be_changed(self) -> None:
        self.assertEqual(body_of(self.ask(text="Di mana, Bu?")), "Di mana, Bu?")

    def test_when_the_reporter_writes_the_clocks_go_on(self) -> None:
        self.ask()
        self.travel(10 * A_MINUTE)
        people.message(samples.place())
        report = self.now_is()
        self.assertEqual((report.status, report.paused_at), (Status.TRIAGE, None))
        self.assertEqual(report.paused_seconds, 600)

    def test_a_withdrawn_question_stops_nothing(self) -> None:
        claims.claim(self.report, by=self.rina)
        Report.objects.update(status=Status.ACTING)
        message = self.ask(held=HELD)
        self.travel(A_SECOND)
        answering.withdraw(message, by=self.rina)
        report = self.now_is()
        self.assertEqual((report.status, report.paused_at), (Status.ACTING, None))
        self.assertEqual(report.waiting_since, self.began)

    def test_of_two_questions_the_one_that_stands_keeps_the_clocks_still(self) -> None:
        first = self.ask(held=HELD)
        self.travel(A_SECOND)
        second = self.ask("photo", held=HELD)
        answering.withdraw(first, by=self.rina)
        self.assertEqual(self.now_is().status, Status.WAITING)
        answering.withdraw(second, by=self.rina)
        report = self.now_is()
        self.assertEqual((report.status, report.paused_at), (Status.TRIAGE, None))
        self.assertEqual(report.waiting_since, self.began)

    def test_a_closed_report_is_asked_and_stays_closed(self) -> None:
        triage.close(self.report, Outcome.ANSWERED, "Selesai.", by=self.rina)
        self.ask()
        self.assertEqual(self.now_is().status, Status.DONE)

    def test_there_must_be_words_for_it(self) -> None:
        ReplyTemplate.objects.filter(key=ASKED["place"]).update(is_active=False)
        for what in ("place", "shoe-size"):
            with self.subTest(what=what), self.assertRaises(NoWording):
                self.ask(what)
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_what_another_has_is_not_asked_about(self) -> None:
        claims.claim(self.report, by=self.budi)
        with self.assertRaises(HeldByAnother):
            self.ask()


class LaterTests(AnsweringTestCase):
    def ask(self, hours: int = 3) -> Message:
        return answering.ask(
            self.report, "place", by=self.rina, after=timedelta(hours=hours), held=HELD
        )

    def test_it_goes_out_then_and_nothing_stops_until_then(self) -> None:
        message = self.ask()
        report = self.now_is()
        self.assertEqual((report.status, report.waiting_since), (Status.TRIAGE, self.began))
        self.assertEqual(message.at, timezone.now() + timedelta(hours=3))
        self.travel(timedelta(hours=3) - A_SECOND)
        self.assertEqual(self.delivered(message).sent, [])
        self.travel(A_SECOND)
        self.assertEqual(len(self.delivered(message).sent), 1)

    def test_it_holds_up_nothing_that_is_written_meanwhile(self) -> None:
        self.ask()
        self.travel(A_MINUTE)
        answer = triage.reply(self.report, "Petugas menuju lokasi", by=self.rina)
        self.assertIn(answer, Message.objects.ready_to_go(timezone.now()))
        self.assertEqual(len(self.delivered(answer).sent), 1)

    def test_the_reporter_was_faster(self) -> None:
        message = self.ask()
        people.message(samples.text("Di pasar, Pak"))
        message.refresh_from_db()
        self.assertEqual(message.status, Delivery.CANCELLED)
        self.assertEqual(self.kinds(), ["asked", "withdrawn"])

    def test_an_answer_that_only_waits_its_seconds_goes_out_all_the_same(self) -> None:
        message = self.reply()
        people.message(samples.text("Halo?"))
        message.refresh_from_db()
        self.assertEqual(message.status, Delivery.QUEUED)

    def test_the_report_was_closed(self) -> None:
        message = self.ask()
        triage.close(self.report, Outcome.ANSWERED, "Selesai.", by=self.rina)
        message.refresh_from_db()
        self.assertEqual(message.status, Delivery.CANCELLED)

    def test_it_can_be_withdrawn_and_leaves_everything_as_it_is(self) -> None:
        self.reply()
        message = self.ask()
        answering.withdraw(message, by=self.rina)
        self.assertIsNone(self.now_is().waiting_since)
        self.assertIsNotNone(self.now_is().answered_at)

    def test_it_is_never_after_the_window(self) -> None:
        self.travel(self.began + timedelta(hours=21, seconds=1))
        with self.assertRaises(WindowClosed) as caught:
            self.ask(3)
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)
        self.assertNotIn("pesan terakhir", str(caught.exception).lower())
        self.ask(1)

    def test_a_closed_report_has_no_later(self) -> None:
        triage.close(self.report, Outcome.ANSWERED, "Selesai.", by=self.rina)
        with self.assertRaises(claims.AlreadyClosed):
            self.ask()
