"""Handing a report to a unit, calling it off, and what becomes of the report."""

from datetime import timedelta

from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import answering, assignment, briefs, claims, describing, dispatch_pictures, triage
from reports.actors import NotAllowed
from reports.assignment import AlreadySent, CannotBeSent, TextUnfit
from reports.claims import AlreadyClosed, HeldByAnother, ReasonMissing
from reports.copies import PictureUnfit
from reports.models import (
    Assignment,
    CheckedFirst,
    DispatchPicture,
    Event,
    Note,
    ReplyTemplate,
    Report,
)
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.models.media_file import FileRole
from reports.models.report import NotVerified
from reports.steps import Ended
from reports.workflow import Outcome, Status
from tests import people, photos, samples
from tests.reports.cases import StationTestCase
from tests.shown_files import prepared

BRIEF = "Pemuda nongkrong di depan warung, minta dibubarkan."


class AssignmentTestCase(StationTestCase):
    sari: Operator
    anton: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.samapta, cls.lantas = people.unit(cls.station), people.unit(cls.station, "lantas")
        cls.sari = people.operator(cls.station, Role.UNIT, username="sari", unit=cls.samapta)
        cls.anton = people.operator(cls.station, Role.UNIT, username="anton", unit=cls.samapta)
        cls.lukas = people.operator(cls.station, Role.UNIT, username="lukas", unit=cls.lantas)

    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.report = people.report()

    def assign(self, **changes: object) -> Assignment:
        given: dict[str, object] = {"to": self.samapta, "brief": BRIEF, "by": self.rina}
        return assignment.assign(self.now_is(), **(given | changes))  # type: ignore[arg-type]

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.report.pk)

    def kinds(self) -> list[str]:
        return list(self.report.events.order_by("id").values_list("kind", flat=True))


class AssignTests(AssignmentTestCase):
    def test_the_unit_has_it_and_the_report_is_being_acted_on(self) -> None:
        made = self.assign()
        report = self.now_is()
        self.assertEqual((report.status, report.unit), (Status.ACTING, self.samapta))
        self.assertEqual(report.holder, self.rina)
        self.assertEqual(
            (made.progress, made.sent_at, made.by), (Progress.SENT, self.now, self.rina)
        )
        self.assertEqual(self.kinds()[-2:], [EventKind.CLAIMED, EventKind.DISPATCHED])

    def test_its_words_are_sealed_under_its_own_key(self) -> None:
        made = self.assign(place_note="Sebelah timur pasar")
        self.assertNotIn(b"warung", bytes(made.brief_sealed))
        words = briefs.for_unit([made], by=self.sari)[made.pk]
        self.assertEqual((words.brief, words.place_note), (BRIEF, "Sebelah timur pasar"))
        self.assertEqual(briefs.for_desk([made], by=self.rina)[made.pk].brief, BRIEF)

    def test_the_timeline_names_the_unit_and_no_word_of_anybody(self) -> None:
        made = self.assign()
        event = Event.objects.get(kind=EventKind.DISPATCHED)
        told = {"unit": "samapta", "name": "Samapta", "number": made.number}
        self.assertEqual((event.by, event.data), (self.rina, told))

    def test_it_copies_place_label_and_urgency(self) -> None:
        category = people.category("balap-liar", label="Balap liar", arrive_minutes=30)
        Report.objects.filter(pk=self.report.pk).update(
            category=category, urgency=2, latitude=-7.43, longitude=111.02
        )
        made = self.assign()
        self.assertEqual((made.category_label, made.urgency), ("Balap liar", 2))
        self.assertEqual((made.latitude, made.longitude), (-7.43, 111.02))
        self.assertEqual(made.arrive_by, self.now + timedelta(minutes=30))

    def test_a_second_unit_works_on_the_same_report(self) -> None:
        self.assign()
        self.assign(to=self.lantas)
        self.assertEqual(self.report.assignments.running().count(), 2)
        self.assertEqual(self.now_is().unit, self.samapta)

    def test_one_unit_has_it_once(self) -> None:
        self.assign()
        with self.assertRaises(AlreadySent):
            self.assign()

    def test_it_goes_to_an_active_unit_of_the_station_only(self) -> None:
        away = people.unit(people.station("lain", "LLN"))
        closed = people.unit(self.station, "lama")
        closed.is_active = False
        closed.save()
        for unit in (away, closed):
            with self.subTest(unit=unit.slug), self.assertRaises(CannotBeSent):
                self.assign(to=unit)
        self.assertEqual((self.now_is().status, self.now_is().holder), (Status.NEW, None))

    def test_what_is_reserved_goes_to_its_own_unit_only(self) -> None:
        propam = people.unit(self.station, "propam")
        reader = people.operator(self.station, username="propam", unit=propam)
        category = people.category("anggota-polri", reserved_for="propam")
        Report.objects.filter(pk=self.report.pk).update(category=category)
        with self.assertRaises(CannotBeSent):
            self.assign(by=reader)
        self.assertEqual(self.assign(to=propam, by=reader).unit, propam)

    def test_without_words_or_with_too_many_nothing_goes_out(self) -> None:
        for changes in ({"brief": " \n"}, {"brief": "a" * 2001}, {"place_note": "a" * 301}):
            with self.assertRaises(TextUnfit):
                self.assign(**changes)
        self.assertFalse(Assignment.objects.exists())

    def test_what_another_holds_or_what_is_closed_is_refused(self) -> None:
        budi = people.operator(self.station, username="budi")
        claims.claim(self.report, by=budi)
        with self.assertRaises(HeldByAnother):
            self.assign()
        triage.close(self.now_is(), Outcome.ANSWERED, "Sudah dijawab.", by=budi)
        with self.assertRaises(AlreadyClosed):
            self.assign(by=budi)

    def test_nobody_else_hands_over(self) -> None:
        for who in (self.sari, people.operator(self.station, Role.ADMIN)):
            with self.assertRaises(NotAllowed):
                self.assign(by=who)

    def test_clocks_that_stood_still_go_on(self) -> None:
        paused_at = self.now - timedelta(minutes=10)
        Report.objects.filter(pk=self.report.pk).update(status=Status.WAITING, paused_at=paused_at)
        self.assign()
        self.assertEqual((self.now_is().paused_at, self.now_is().paused_seconds), (None, 600))


class PictureTests(AssignmentTestCase):
    def test_clean_pictures_go_along_under_the_key_of_the_task(self) -> None:
        attached = prepared(self.report, photos.jpeg())
        view = attached.files.get(role=FileRole.VIEW)
        made = self.assign(pictures=[view])
        picture = made.pictures.get()
        self.assertEqual((picture.width, picture.height), (view.width, view.height))
        self.assertEqual(dispatch_pictures.read(picture)[:3], b"\xff\xd8\xff")

    def test_no_original_and_no_picture_of_another_report(self) -> None:
        attached = prepared(self.report, photos.jpeg())
        other = people.report(samples.text(by=samples.Citizen("Lain", "+6281200000077")))
        another = prepared(other, photos.jpeg())
        for file in (
            attached.files.get(role=FileRole.ORIGINAL),
            another.files.get(role=FileRole.VIEW),
        ):
            with self.subTest(role=file.role), self.assertRaises(PictureUnfit):
                self.assign(pictures=[file])
        self.assertFalse(DispatchPicture.objects.exists())


class CheckFirstTests(AssignmentTestCase):
    def setUp(self) -> None:
        super().setUp()
        category = people.category("judi")
        CheckedFirst.objects.create(station=self.station, category=category)
        Report.objects.filter(pk=self.report.pk).update(category=category)

    def test_nobody_acts_unchecked(self) -> None:
        with self.assertRaises(NotVerified):
            self.assign()
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_why_it_is_left_out_is_a_note_and_an_event_without_the_words(self) -> None:
        self.assign(unchecked_because="Sedang berlangsung, ada anak kecil.")
        self.assertEqual(Event.objects.get(kind=EventKind.CHECK_SKIPPED).data, {})
        self.assertNotIn(b"anak", bytes(Note.objects.get().body_sealed))
        self.assign(to=self.lantas)

    def test_also_where_its_category_was_set_after_the_first_unit_went(self) -> None:
        Report.objects.filter(pk=self.report.pk).update(category=None)
        self.assign()
        category = CheckedFirst.objects.get().category
        Report.objects.filter(pk=self.report.pk).update(category=category)
        with self.assertRaises(NotVerified):
            self.assign(to=self.lantas)

    def test_where_no_check_is_wanted_a_reason_leaves_no_trace(self) -> None:
        CheckedFirst.objects.all().delete()
        self.assign(unchecked_because="Tidak perlu.")
        self.assertFalse(Event.objects.filter(kind=EventKind.CHECK_SKIPPED).exists())


class CallOffTests(AssignmentTestCase):
    def test_the_unit_reads_why_and_the_report_is_back_in_triage(self) -> None:
        made = assignment.call_off(self.assign(), reason=" Sudah bubar. ", by=self.rina)
        self.assertEqual((made.progress, made.ended_by), (Progress.CALLED_OFF, self.rina))
        self.assertEqual(
            briefs.for_unit([made], by=self.sari)[made.pk].closing_note, "Sudah bubar."
        )
        report = self.now_is()
        self.assertEqual((report.status, report.unit), (Status.TRIAGE, None))
        self.assertEqual(self.kinds()[-1], EventKind.CALLED_OFF)

    def test_with_another_unit_on_it_the_report_goes_on(self) -> None:
        made = self.assign()
        self.assign(to=self.lantas)
        assignment.call_off(made, reason="Cukup satu.", by=self.rina)
        self.assertEqual((self.now_is().status, self.now_is().unit), (Status.ACTING, self.lantas))

    def test_it_needs_a_reason_and_is_done_once(self) -> None:
        made = self.assign()
        with self.assertRaises(ReasonMissing):
            assignment.call_off(made, reason=" ", by=self.rina)
        assignment.call_off(made, reason="Sudah bubar.", by=self.rina)
        with self.assertRaises(Ended):
            assignment.call_off(made, reason="Sudah bubar.", by=self.rina)

    def test_closing_the_report_calls_off_what_runs(self) -> None:
        made = self.assign()
        triage.close(self.now_is(), Outcome.ALREADY_OVER, "Sudah bubar.", by=self.rina)
        made.refresh_from_db()
        self.assertEqual((made.progress, made.ended_by), (Progress.CALLED_OFF, self.rina))
        self.assertEqual(self.kinds()[-2:], [EventKind.CALLED_OFF, EventKind.CLOSED])

    def test_a_category_that_is_reserved_takes_the_task_from_other_units(self) -> None:
        made = self.assign()
        member = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(self.now_is(), member, by=self.rina)
        made.refresh_from_db()
        self.assertEqual(made.progress, Progress.CALLED_OFF)
        self.assertEqual((self.now_is().status, self.now_is().unit), (Status.TRIAGE, None))

    def test_a_question_to_the_reporter_does_not_stop_a_unit(self) -> None:
        ReplyTemplate.objects.create(station=self.station, key="ask_place", text="Di mana?")
        self.assign()
        answering.ask(self.now_is(), "place", by=self.rina)
        self.assertEqual((self.now_is().status, self.now_is().paused_at), (Status.ACTING, None))
