"""Asking for the place by itself: once, and only where it is missing, matters, and nobody has answered yet."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from reports import answering, claims, describing, jobs, triage
from reports.enrichment.hints import Candidate, Hint
from reports.jobs import asking
from reports.models import Area, Message, ReplyTemplate, Report
from reports.models.event import EventKind
from reports.models.finding import Enricher
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase, body_of

WORDS = "Mohon kirim lokasi kejadian."
NO_PLACE = "ada yang berkelahi, cepat datang"


def hint(enricher: Enricher, confidence: float = 0.9, **value: str) -> Hint:
    return Hint(enricher, (Candidate(value, confidence, "text", "karena"),))


A_REPORT = hint(Enricher.KIND, kind="laporan")
NOTHING = Hint(Enricher.PLACE)
ABOUT = hint(Enricher.CATEGORY, slug="keributan")


class AskingTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        ReplyTemplate.objects.create(station=self.station, key=ReplyKey.ASK_PLACE, text=WORDS)
        people.category("keributan")
        self.now = self.travel(timezone.now())

    def message(self, params: samples.Params | None = None) -> Message:
        """Read for its hints, as an enricher does."""
        message = people.message(params or samples.text(NO_PLACE))
        jobs.enrich()
        return message

    def planned(self, *hints: Hint, params: samples.Params | None = None) -> Report:
        message = self.message(params)
        Report.objects.update(ask_place_due_at=None)
        given = {each.enricher: each for each in (ABOUT, *(hints or (A_REPORT, NOTHING)))}
        asking.plan([(message, tuple(given.values()))])
        return Report.objects.get(pk=message.report_id)

    def later(self) -> int:
        self.travel(settings.ASK_PLACE_AFTER + timedelta(seconds=1))
        return jobs.ask_places()

    def questions(self) -> list[Message]:
        return list(Message.objects.filter(template_key=ReplyKey.ASK_PLACE).order_by("at"))


class PlanTests(AskingTestCase):
    def test_a_report_without_a_place_is_to_be_asked_in_a_minute_and_a_half(self) -> None:
        report = self.planned()
        self.assertEqual(report.ask_place_due_at, self.now + timedelta(seconds=90))
        self.assertEqual(jobs.ask_places(), 0)

    def test_in_danger_sooner(self) -> None:
        report = self.planned(A_REPORT, NOTHING, hint(Enricher.URGENCY, urgency="darurat"))
        self.assertEqual(report.ask_place_due_at, self.now + timedelta(seconds=20))

    def test_what_is_of_no_category_is_for_a_person_to_look_at(self) -> None:
        report = self.planned(A_REPORT, NOTHING, Hint(Enricher.CATEGORY))
        self.assertIsNone(report.ask_place_due_at)

    def test_only_what_reports_something_is(self) -> None:
        for kind in ("pertanyaan", "iseng", "curhat", "tindak lanjut"):
            with self.subTest(kind):
                report = self.planned(hint(Enricher.KIND, kind=kind), NOTHING)
                self.assertIsNone(report.ask_place_due_at)
        self.assertIsNone(self.planned(Hint(Enricher.KIND), NOTHING).ask_place_due_at)

    def test_what_holds_nothing_to_act_on_is_not(self) -> None:
        report = self.planned(params=samples.unsupported())
        self.assertIsNone(report.ask_place_due_at)

    def test_not_where_the_message_says_so(self) -> None:
        found = hint(Enricher.PLACE, 0.6)
        self.assertIsNone(self.planned(A_REPORT, found).ask_place_due_at)

    def test_a_guess_at_the_place_does_not_say_so(self) -> None:
        guess = hint(Enricher.PLACE, 0.4)
        self.assertIsNotNone(self.planned(A_REPORT, guess).ask_place_due_at)

    def test_not_where_a_person_can_open_a_short_link(self) -> None:
        short = Hint(Enricher.PLACE, noticed="short_link")
        self.assertIsNone(self.planned(A_REPORT, short).ask_place_due_at)

    def test_not_where_the_place_does_not_matter(self) -> None:
        group = people.category("layanan")
        people.category("skck", parent=group)
        people.category("penipuan")
        for slug in ("skck", "penipuan"):
            with self.subTest(slug):
                about = hint(Enricher.CATEGORY, slug=slug)
                self.assertIsNone(self.planned(A_REPORT, NOTHING, about).ask_place_due_at)
        about = hint(Enricher.CATEGORY, slug="keributan")
        self.assertIsNotNone(self.planned(A_REPORT, NOTHING, about).ask_place_due_at)


class AskTests(AskingTestCase):
    def test_the_reporter_is_asked_in_the_stations_words_by_nobody(self) -> None:
        report = self.planned()
        self.assertEqual(self.later(), 1)
        (question,) = self.questions()
        self.assertEqual(body_of(question), WORDS)
        self.assertEqual((question.status, question.author_id), (Delivery.QUEUED, None))
        event = report.events.get(kind=EventKind.ASKED)
        self.assertIsNone(event.by)
        self.assertTrue(event.data["by_itself"])

    def test_neither_status_nor_clocks_change(self) -> None:
        before = self.planned()
        self.later()
        after = Report.objects.get(pk=before.pk)
        for name in ("status", "due_at", "waiting_since", "answered_at", "paused_at", "version"):
            with self.subTest(name):
                self.assertEqual(getattr(after, name), getattr(before, name))
        self.assertIsNone(after.ask_place_due_at)

    def test_never_twice(self) -> None:
        report = self.planned()
        self.assertEqual(self.later(), 1)
        message = self.message(samples.text("tolong pak cepat"))
        asking.plan([(message, (A_REPORT, NOTHING, ABOUT))])
        self.assertEqual(message.report_id, report.pk)
        self.assertEqual(self.later(), 0)
        self.assertEqual(len(self.questions()), 1)

    def test_not_when_somebody_has_asked_already(self) -> None:
        report = self.planned()
        answering.ask(report, "place", by=self.rina)
        self.assertEqual(self.later(), 0)
        self.assertEqual(len(self.questions()), 1)

    def test_not_when_somebody_has_answered(self) -> None:
        triage.reply(self.planned(), "Petugas menuju lokasi.", by=self.rina)
        self.assertEqual(self.later(), 0)

    def test_a_claim_alone_asks_nothing_so_the_program_does(self) -> None:
        claims.claim(self.planned(), by=self.rina)
        self.assertEqual(self.later(), 1)

    def test_not_when_the_place_has_been_set(self) -> None:
        village = Area.objects.create(
            station=self.station, code="1", level="village", name="A", latitude=-7, longitude=110
        )
        describing.place(self.planned(), area=village, by=self.rina)
        self.assertEqual(self.later(), 0)

    def test_not_when_a_pin_has_come_meanwhile(self) -> None:
        self.planned()
        self.message(samples.place())
        self.assertEqual(self.later(), 0)

    def test_not_while_a_message_is_still_to_be_read(self) -> None:
        self.planned()
        people.message(samples.text("di depan pasar"))
        self.assertEqual(self.later(), 0)

    def test_not_when_the_report_is_over(self) -> None:
        triage.close(self.planned(), Outcome.ALREADY_OVER, "Sudah bubar.", by=self.rina)
        self.assertEqual(self.later(), 0)

    def test_not_when_the_category_that_was_chosen_needs_no_place(self) -> None:
        report = self.planned()
        describing.categorise(report, people.category("penipuan"), by=self.rina)
        self.assertEqual(self.later(), 0)

    def test_not_when_whatsapp_takes_no_free_text_any_more(self) -> None:
        report = self.planned()
        self.travel(timedelta(hours=25))
        self.assertEqual(jobs.ask_places(), 0)
        report.refresh_from_db()
        self.assertIsNone(report.ask_place_due_at)

    def test_not_at_a_station_that_does_not_want_it(self) -> None:
        self.station.asks_for_place = False
        self.station.save()
        self.planned()
        self.assertEqual(self.later(), 0)

    def test_not_by_a_station_that_has_no_words_for_it(self) -> None:
        ReplyTemplate.objects.filter(key=ReplyKey.ASK_PLACE).update(is_active=False)
        self.planned()
        self.assertEqual(self.later(), 0)
        self.assertEqual(self.questions(), [])

    def test_the_clock_rings_for_it_and_does_it_when_nobody_else_does(self) -> None:
        self.planned()
        self.travel(settings.ASK_PLACE_AFTER)
        self.rings.clear()
        jobs.tick()
        self.assertIn(("reports.ask_places",), self.rings)
        self.assertEqual(self.questions(), [])
        self.travel(settings.OVERDUE_AFTER + timedelta(seconds=1))
        jobs.tick()
        self.assertEqual(len(self.questions()), 1)

    def test_a_question_of_a_person_afterwards_can_still_be_withdrawn(self) -> None:
        report = self.planned()
        self.later()
        asked = answering.ask(
            report, "time", by=self.rina, text="Kapan?", held=timedelta(seconds=10)
        )
        self.travel(timedelta(seconds=1))
        answering.withdraw(asked, by=self.rina)
        report.refresh_from_db()
        self.assertEqual(report.status, Status.TRIAGE)
