"""The desk's first verbs: take a report, answer it, close it, and read it."""

from datetime import timedelta

from django.utils import timezone

from operators.models import Operator
from reports import claims, replies, triage
from reports.claims import HeldByAnother
from reports.models import Change, Event, Message, Report
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase, address_of, body_of
from tests.samples import JOKO, WATI

NOTE = "Sudah dibubarkan patroli."


class TriageTestCase(StationTestCase):
    budi: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budi = people.operator(cls.station, username="budi")

    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.report = people.report()
        Message.objects.filter(direction="outbound").delete()
        Change.objects.all().delete()
        self.rings.clear()

    def events(self) -> list[tuple[str, str]]:
        """What has happened since the report was opened, and who did it."""
        events = Event.objects.exclude(kind=EventKind.OPENED).select_related("by")
        return [(e.kind, e.by.username if e.by else "") for e in events.order_by("pk")]

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.report.pk)

    def assertNothingHappened(self) -> None:
        fields = Report.objects.filter(pk=self.report.pk).values
        self.assertEqual(fields().get(), self.before)
        self.assertEqual(Event.objects.count(), self.events_before)
        self.assertEqual(Message.objects.filter(direction=Direction.OUTBOUND).count(), 0)
        self.assertEqual(self.rings, [])

    def remember(self) -> None:
        self.before = Report.objects.filter(pk=self.report.pk).values().get()
        self.events_before = Event.objects.count()


class ReplyTests(TriageTestCase):
    def reply(self, text: str = "Petugas menuju lokasi", by: Operator | None = None) -> Message:
        return triage.reply(self.report, text, by=by or self.rina)

    def test_an_answer_is_queued_to_the_reporter(self) -> None:
        message = self.reply("Petugas menuju lokasi 🚓")
        self.assertEqual((message.direction, message.status), ("outbound", Delivery.QUEUED))
        self.assertEqual((message.author, message.report), (self.rina, self.report))
        self.assertEqual(body_of(message), "Petugas menuju lokasi 🚓")
        self.assertEqual(address_of(message), WATI.phone)

    def test_its_words_are_sealed(self) -> None:
        message = self.reply("burung-kenari-7731")
        self.assertNotIn(b"kenari", bytes(message.body_sealed))

    def test_it_is_rung_for_once_it_is_committed(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            message = self.reply()
        self.assertEqual(self.rings, [("reports.deliver", str(message.pk))])

    def test_the_citizen_waits_no_more(self) -> None:
        self.reply()
        report = self.now_is()
        self.assertEqual((report.waiting_since, report.unread_count), (None, 0))
        self.assertEqual(report.answered_at, self.now)

    def test_the_first_answer_is_the_one_that_counts(self) -> None:
        self.reply()
        self.travel(timedelta(minutes=5))
        self.reply("Sudah di lokasi")
        self.assertEqual(self.now_is().answered_at, self.now)

    def test_whoever_answers_first_has_it(self) -> None:
        self.reply()
        self.assertEqual((self.now_is().holder, self.now_is().status), (self.rina, Status.TRIAGE))
        self.assertEqual(self.events(), [("claimed", "rina"), ("replied", "rina")])

    def test_what_another_has_is_not_answered(self) -> None:
        claims.claim(self.report, by=self.budi)
        self.remember()
        with self.assertRaises(HeldByAnother):
            self.reply()
        self.assertNothingHappened()

    def test_nothing_is_no_answer(self) -> None:
        self.remember()
        for nothing in ("", "   ", "\n\t "):
            with self.subTest(text=nothing), self.assertRaises(replies.TextUnfit):
                self.reply(nothing)
        self.assertNothingHappened()

    def test_as_much_as_fits_goes_and_one_sign_more_does_not(self) -> None:
        self.reply("a" * replies.TEXT_LIMIT)
        with self.assertRaises(replies.TextUnfit) as caught:
            self.reply("a" * (replies.TEXT_LIMIT + 1))
        self.assertIn("1601", str(caught.exception))

    def test_blanks_and_lines_go_out_as_they_were_written(self) -> None:
        self.assertEqual(body_of(self.reply("  satu\n\n dua ")), "  satu\n\n dua ")

    def test_a_closed_report_is_answered_without_being_taken(self) -> None:
        triage.close(self.report, Outcome.ANSWERED, NOTE, by=self.budi)
        self.reply("Sama-sama")
        self.assertEqual((self.now_is().holder, self.now_is().status), (self.budi, Status.DONE))

    def test_after_the_window_nothing_is_sent_and_nothing_changed(self) -> None:
        self.remember()
        self.travel(timedelta(hours=24))
        with self.assertRaises(replies.WindowClosed):
            self.reply()
        self.assertNothingHappened()

    def test_just_before_it_closes_an_answer_is_taken(self) -> None:
        self.travel(timedelta(hours=23, minutes=59))
        self.assertEqual(self.reply().status, Delivery.QUEUED)

    def test_by_sms_there_is_no_window(self) -> None:
        self.report = people.report(samples.sms(by=JOKO))
        self.travel(timedelta(days=8))
        self.assertEqual(self.reply().status, Delivery.QUEUED)
