"""A message becomes a report of its own: with its files, under its own key, and the first as if it had never been in it."""

from datetime import timedelta

from django.utils import timezone

from operators.models import Operator
from reports import answering, claims, reading, triage
from reports.answering import NotSplittable
from reports.identity import vault
from reports.models import Event, Message, Report
from reports.models.event import EventKind
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase, body_of, opening_of

MINUTE = timedelta(minutes=1)


class SplitTests(StationTestCase):
    budi: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budi = people.operator(cls.station, username="budi")

    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now())
        self.first = people.message(samples.text("Ada balap liar"))
        self.travel(MINUTE)
        params = samples.picture("Tetangga saya kemalingan", NewIn2027="x")
        self.second = people.message(params)
        self.report = self.first.report
        self.assertEqual(self.second.report, self.report)

    def split(self, message: Message | None = None, by: Operator | None = None) -> Report:
        return answering.split_off(message or self.second, by=by or self.rina)

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.report.pk)

    def test_it_has_a_number_and_the_same_reporter(self) -> None:
        own = self.split()
        self.assertNotEqual(own.number, self.report.number)
        self.assertTrue(own.number.startswith("CTH-"))
        self.assertEqual((own.reporter, own.contact), (self.report.reporter, self.report.contact))
        self.assertEqual((own.station, own.channel), (self.report.station, "whatsapp"))
        self.assertEqual((own.status, own.holder, own.unread_count), (Status.NEW, None, 1))

    def test_its_words_and_files_open_under_its_own_key(self) -> None:
        own = self.split()
        (line,) = reading.conversation(own, own.messages.filter(direction="inbound"), by=self.rina)
        self.assertEqual(line.text, "Tetangga saya kemalingan")
        self.assertEqual(line.details["extra"], {"NewIn2027": "x"})
        self.assertEqual(opening_of(own), "Tetangga saya kemalingan")
        (file,) = line.message.attachments.all()
        box = vault.box_of("content", own.pk)
        url = box.open("attachment.url", file.pk, file.url_sealed)
        self.assertIn("/Media/", url.expose())
        self.assertTrue(box.open("message.raw", line.message.pk, line.message.raw_sealed).expose())

    def test_the_former_key_opens_it_no_more(self) -> None:
        self.split()
        self.second.refresh_from_db()
        box = vault.box_of("content", self.report.pk)
        with self.assertRaises(vault.Unreadable):
            box.open("message.body", self.second.pk, self.second.body_sealed)

    def test_each_says_which_the_other_is(self) -> None:
        own = self.split()
        said = Event.objects.filter(kind=EventKind.SPLIT_OFF)
        self.assertEqual(said.get(report=own).data, {"off": self.report.number})
        self.assertEqual(said.get(report=self.report).data, {"into": own.number})

    def test_its_clock_runs_since_it_was_written(self) -> None:
        own = self.split()
        self.assertEqual((own.received_at, own.waiting_since), (self.second.at, self.second.at))
        self.assertIsNotNone(own.due_at)

    def test_the_reporter_is_told_its_number(self) -> None:
        own = self.split()
        told = own.messages.get(direction="outbound")
        self.assertIn(own.number, body_of(told))

    def test_the_first_is_as_if_it_had_never_been_in_it(self) -> None:
        before = Report.objects.filter(pk=self.report.pk).values().get()
        self.split()
        after = Report.objects.filter(pk=self.report.pk).values().get()
        changed = {name for name in after if after[name] != before[name]}
        self.assertEqual(changed, {"last_inbound_at", "unread_count", "version"})
        self.assertEqual((after["last_inbound_at"], after["unread_count"]), (self.began, 1))

    def test_its_first_message_can_go_as_well(self) -> None:
        own = self.split(self.first)
        self.assertEqual(opening_of(own), "Ada balap liar")
        self.assertEqual(opening_of(self.now_is()), "Tetangga saya kemalingan")
        self.assertEqual(self.now_is().waiting_since, self.second.at)

    def test_what_the_reporter_said_only_once_stays(self) -> None:
        self.split()
        with self.assertRaises(NotSplittable):
            self.split(self.first)

    def test_our_own_words_stay(self) -> None:
        for message in self.report.messages.filter(direction="outbound"):
            with self.assertRaises(NotSplittable):
                self.split(message)

    def test_what_another_holds_is_theirs_to_split(self) -> None:
        claims.claim(self.report, by=self.budi)
        with self.assertRaises(claims.HeldByAnother):
            self.split()
        self.split(by=self.budi)

    def test_a_closed_report_stays_closed(self) -> None:
        triage.close(self.report, Outcome.ALREADY_OVER, "Sudah bubar.", by=self.rina)
        own = self.split()
        self.assertEqual(self.now_is().status, Status.DONE)
        self.assertIsNone(self.now_is().waiting_since)
        self.assertEqual(own.status, Status.NEW)

    def test_nothing_is_lost_when_it_cannot_be_read(self) -> None:
        Message.objects.filter(pk=self.second.pk).update(body_sealed=b"\x00broken")
        with self.assertRaises(NotSplittable):
            self.split()
        self.second.refresh_from_db()
        self.assertEqual(self.second.report, self.report)
        self.assertEqual(Report.objects.count(), 1)
