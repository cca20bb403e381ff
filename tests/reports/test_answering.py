"""What follows an answer: it can be withdrawn while it waits, asked questions stop the clocks, failures are sent again."""

import threading
from datetime import timedelta
from unittest import skipUnless

from django.conf import settings
from django.db import connection
from django.utils import timezone

from operators.models import Operator
from reports import answering, delivery, replies, triage
from reports.actors import Refused
from reports.answering import TooLate
from reports.claims import HeldByAnother
from reports.models import Event, Message, ReplyTemplate, Report
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.models.reply_template import ASKED
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import CommittedTestCase, StationTestCase
from tests.reports.gateways import REFUSED, Provider

HELD = settings.UNDO_WITHIN
A_SECOND, A_MINUTE, AN_HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PLACE = "Mohon kirim lokasi untuk {nomor_laporan}."


class AnsweringTestCase(StationTestCase):
    """A report came in an hour ago, and nobody has answered it."""

    budi: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budi = people.operator(cls.station, username="budi")
        for key in ASKED.values():
            ReplyTemplate.objects.create(station=cls.station, key=key, text=PLACE)

    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now() - AN_HOUR)
        self.report = people.report()
        Message.objects.filter(direction="outbound").delete()
        self.travel(AN_HOUR)
        self.rings.clear()

    def now_is(self) -> Report:
        return Report.objects.select_related("contact__service_number").get(pk=self.report.pk)

    def reply(self, text: str = "Petugas menuju lokasi", **more: object) -> Message:
        return triage.reply(self.report, text, by=self.rina, held=HELD, **more)  # type: ignore[arg-type]

    def delivered(self, message: Message, *endings: object) -> Provider:
        provider = Provider(*endings)  # type: ignore[arg-type]
        delivery.deliver(str(message.pk), via=provider)
        message.refresh_from_db()
        return provider

    def kinds(self) -> list[str]:
        skipped = (EventKind.OPENED, EventKind.CLAIMED)
        events = Event.objects.filter(report=self.report).exclude(kind__in=skipped)
        return list(events.order_by("pk").values_list("kind", flat=True))


class WaitingTests(AnsweringTestCase):
    def test_an_answer_waits_before_it_goes_out(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            message = self.reply()
        self.assertEqual(self.rings, [])
        self.assertEqual(self.delivered(message).sent, [])
        self.travel(HELD)
        self.assertEqual(len(self.delivered(message).sent), 1)

    def test_it_does_not_wait_beyond_the_window(self) -> None:
        until = self.began + settings.WHATSAPP_WINDOW
        self.travel(until - timedelta(seconds=8))
        message = self.reply()
        self.assertEqual(message.due_at, until - replies.LAST_MOMENT)

    def test_in_the_last_moment_it_goes_at_once(self) -> None:
        now = self.travel(self.began + settings.WHATSAPP_WINDOW - timedelta(seconds=2))
        with self.captureOnCommitCallbacks(execute=True):
            message = self.reply()
        self.assertEqual(message.due_at, now)
        self.assertEqual(self.rings, [("reports.deliver", str(message.pk))])

    def test_a_variable_that_is_not_filled_in_stops_it(self) -> None:
        for text in ("Petugas ke {tempat}", "Halo {nama}", "{}"):
            with self.subTest(text=text), self.assertRaises(replies.Unfilled) as caught:
                self.reply(text)
        self.assertIn("{}", str(caught.exception))
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)


class WithdrawTests(AnsweringTestCase):
    def before(self) -> tuple[object, ...]:
        report = self.now_is()
        return (report.waiting_since, report.answered_at, report.due_at, report.failed_at)

    def test_it_never_goes_out(self) -> None:
        message = self.reply()
        answering.withdraw(message, by=self.rina)
        self.travel(HELD)
        self.assertEqual(self.delivered(message).sent, [])
        self.assertEqual(message.status, Delivery.CANCELLED)

    def test_the_clocks_run_as_if_it_had_not_been_written(self) -> None:
        before = self.before()
        message = self.reply()
        self.assertIsNone(self.now_is().waiting_since)
        self.travel(A_SECOND)
        answering.withdraw(message, by=self.rina)
        self.assertEqual(self.before(), before)
        self.assertEqual(self.now_is().waiting_since, self.began)

    def test_the_version_goes_on(self) -> None:
        message = self.reply()
        version = self.now_is().version
        answering.withdraw(message, by=self.rina)
        self.assertEqual(self.now_is().version, version + 1)

    def test_the_report_stays_with_whoever_answered(self) -> None:
        answering.withdraw(self.reply(), by=self.rina)
        self.assertEqual(self.now_is().holder, self.rina)
        self.assertEqual(self.kinds(), ["replied", "withdrawn"])

    def test_an_answer_that_stands_still_counts(self) -> None:
        first = self.reply("pertama")
        self.travel(A_SECOND)
        second = self.reply("kedua")
        answering.withdraw(second, by=self.rina)
        report = self.now_is()
        self.assertEqual((report.waiting_since, report.answered_at), (None, first.at))

    def test_a_later_answer_counts_in_place_of_one_that_was_withdrawn(self) -> None:
        first = self.reply("pertama")
        self.travel(A_SECOND)
        second = self.reply("kedua")
        answering.withdraw(first, by=self.rina)
        report = self.now_is()
        self.assertEqual((report.waiting_since, report.answered_at), (None, second.at))

    def test_when_all_are_withdrawn_in_any_order_the_first_word_waits_again(self) -> None:
        for order in ((0, 1), (1, 0)):
            messages = [self.reply("pertama")]
            self.travel(A_SECOND)
            messages.append(self.reply("kedua"))
            for place in order:
                answering.withdraw(messages[place], by=self.rina)
            with self.subTest(order=order):
                self.assertEqual(self.now_is().waiting_since, self.began)
                self.assertIsNone(self.now_is().answered_at)
            self.travel(A_SECOND)

    def test_what_the_reporter_wrote_meanwhile_does_not_reset_the_clock(self) -> None:
        message = self.reply()
        self.travel(A_SECOND)
        people.message(samples.text("Halo?"))
        answering.withdraw(message, by=self.rina)
        self.assertEqual(self.now_is().waiting_since, self.began)

    def test_nobody_waits_again_for_what_was_settled_before_the_end(self) -> None:
        triage.close(self.report, Outcome.ANSWERED, "Selesai.", by=self.rina)
        self.travel(A_SECOND)
        answering.withdraw(self.reply(), by=self.rina)
        self.assertIsNone(self.now_is().waiting_since)

    def test_a_failure_that_was_answered_is_red_again(self) -> None:
        failed = triage.reply(self.report, "Halo", by=self.rina)
        self.delivered(failed, REFUSED)
        red_since = self.now_is().failed_at
        self.assertIsNotNone(red_since)
        self.travel(A_SECOND)
        message = self.reply("Sekali lagi")
        self.assertIsNone(self.now_is().failed_at)
        answering.withdraw(message, by=self.rina)
        self.assertEqual(self.now_is().failed_at, red_since)

    def test_what_has_left_is_not_withdrawn(self) -> None:
        message = triage.reply(self.report, "Halo", by=self.rina)
        self.delivered(message)
        for status in set(Delivery) - {Delivery.QUEUED}:
            Message.objects.filter(pk=message.pk).update(status=status)
            with self.subTest(status=status), self.assertRaises(TooLate):
                answering.withdraw(message, by=self.rina)
        self.assertEqual(self.kinds(), ["replied"])

    def test_what_the_program_says_by_itself_is_not_withdrawn(self) -> None:
        other = people.report(samples.text(by=samples.JOKO))
        with self.assertRaises(TooLate):
            answering.withdraw(other.messages.get(direction="outbound"), by=self.rina)

    def test_another_does_not_withdraw_it_unless_the_report_is_theirs_now(self) -> None:
        message = self.reply()
        with self.assertRaises(HeldByAnother):
            answering.withdraw(message, by=self.budi)
        Report.objects.update(holder=self.budi)
        answering.withdraw(message, by=self.budi)

    def test_its_author_may_though_the_report_was_taken_over(self) -> None:
        message = self.reply()
        Report.objects.update(holder=self.budi)
        answering.withdraw(message, by=self.rina)

    def test_no_receipt_brings_it_back(self) -> None:
        message = self.reply()
        answering.withdraw(message, by=self.rina)
        for word in ("sent", "delivered", "read", "failed"):
            people.receipt(samples.status(word, samples.sid()), of=message)
        message.refresh_from_db()
        self.assertEqual(message.status, Delivery.CANCELLED)


@skipUnless(connection.vendor == "postgresql", "needs several writers")
class AtOnceTests(CommittedTestCase):
    def test_of_sender_and_withdrawal_one_wins(self) -> None:
        station = people.station(answers=False)
        rina = people.operator(station)
        for _ in range(8):
            report = people.report(samples.text(by=samples.Citizen("Warga", f"+62812{_:08}")))
            message = triage.reply(report, "Petugas menuju lokasi", by=rina)
            provider, ready = Provider(), threading.Barrier(2)
            refused: list[Refused] = []
            work = (
                lambda p=provider, m=message: delivery.deliver(str(m.pk), via=p),
                lambda m=message, r=refused: self.withdraw(m, rina, r),
            )
            threads = [threading.Thread(target=self.at_once, args=(ready, w)) for w in work]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            message.refresh_from_db()
            sent = message.status != Delivery.CANCELLED
            self.assertEqual((len(provider.sent), len(refused)), (sent, sent))

    def at_once(self, ready: threading.Barrier, work: object) -> None:
        ready.wait(10)
        try:
            work()  # type: ignore[operator]
        finally:
            connection.close()

    def withdraw(self, message: Message, by: Operator, refused: list[Refused]) -> None:
        try:
            answering.withdraw(message, by=by)
        except TooLate as refusal:
            refused.append(refusal)
