"""What a unit does with its task, and what the desk sees of it."""

from datetime import timedelta

from operators.permissions import Role
from reports import assignment, briefs, triage
from reports.actors import NotAllowed
from reports.assignment import AlreadyAccepted, ResultMissing
from reports.claims import ReasonMissing, Stale
from reports.models import Event, Report
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.steps import Ended, OnlyForward
from reports.workflow import Outcome, Status
from tests import people
from tests.reports.test_assignment import AssignmentTestCase


class StepTests(AssignmentTestCase):
    def test_it_accepts_sets_out_arrives_and_finishes(self) -> None:
        made = self.assign()
        assignment.accept(made, by=self.sari)
        assignment.set_out(made, by=self.sari)
        assignment.arrive(made, by=self.anton)
        made = assignment.finish(
            made, result=Outcome.ACTED, note="Sudah dibubarkan, aman.", by=self.anton
        )
        self.assertEqual((made.progress, made.result), (Progress.FINISHED, Outcome.ACTED))
        self.assertEqual((made.accepted_by, made.ended_by), (self.sari, self.anton))
        self.assertEqual(
            self.kinds()[-4:],
            [
                EventKind.UNIT_ACCEPTED,
                EventKind.UNIT_UNDER_WAY,
                EventKind.UNIT_ARRIVED,
                EventKind.UNIT_FINISHED,
            ],
        )
        words = briefs.for_desk([made], by=self.rina)[made.pk]
        self.assertEqual(words.closing_note, "Sudah dibubarkan, aman.")
        told = {"unit": "samapta", "name": "Samapta", "number": made.number, "result": "acted"}
        self.assertEqual(Event.objects.get(kind=EventKind.UNIT_FINISHED).data, told)

    def test_after_the_end_the_report_is_still_being_acted_on_and_somebody_has_to_look(
        self,
    ) -> None:
        made = self.assign()
        Report.objects.update(unread_count=0)
        assignment.finish(made, result=Outcome.NOT_FOUND, note="Tidak ada.", by=self.sari)
        self.assertEqual((self.now_is().status, self.now_is().unread_count), (Status.ACTING, 1))

    def test_steps_may_be_skipped_forwards_and_their_times_are_filled(self) -> None:
        made = assignment.arrive(self.assign(), by=self.sari)
        self.assertEqual(
            (made.accepted_at, made.under_way_at, made.arrived_at), (self.now, self.now, self.now)
        )
        self.assertEqual(made.accepted_by, self.sari)
        with self.assertRaises(OnlyForward):
            assignment.set_out(made, by=self.sari)

    def test_the_second_who_accepts_is_told_who_was_first(self) -> None:
        made = assignment.accept(self.assign(), by=self.sari)
        with self.assertRaisesMessage(AlreadyAccepted, "Contoh Sari"):
            assignment.accept(made, by=self.anton)
        self.assertEqual(assignment.accept(made, by=self.sari).accepted_by, self.sari)
        self.assertEqual(self.kinds().count(EventKind.UNIT_ACCEPTED), 1)

    def test_the_same_step_again_changes_nothing(self) -> None:
        made = self.assign()
        for _again in range(2):
            assignment.set_out(made, by=self.sari)
        self.assertEqual(self.kinds().count(EventKind.UNIT_UNDER_WAY), 1)

    def test_another_unit_and_the_desk_hear_nothing_but_no(self) -> None:
        made = self.assign()
        away = people.station("lain", "LLN")
        stranger = people.operator(away, Role.UNIT, username="asing", unit=people.unit(away))
        alone = people.operator(self.station, Role.KASAT, username="tanpa")
        for who in (self.lukas, self.rina, stranger, alone):
            for attempt in (
                lambda: assignment.accept(made, by=who),  # noqa: B023
                lambda: assignment.set_out(made, by=who),  # noqa: B023
                lambda: assignment.arrive(made, by=who),  # noqa: B023
                lambda: assignment.finish(made, result=Outcome.ACTED, note="x", by=who),  # noqa: B023
                lambda: assignment.give_back(made, reason="x", by=who),  # noqa: B023
            ):
                with self.subTest(who=who.username), self.assertRaises(NotAllowed):
                    attempt()
        made.refresh_from_db()
        self.assertEqual(made.progress, Progress.SENT)

    def test_an_end_needs_a_result_of_a_unit_and_a_sentence(self) -> None:
        made = self.assign()
        for result, note in ((Outcome.ACTED, " "), ("", "Aman."), (Outcome.PRANK, "Iseng.")):
            with self.assertRaises(ResultMissing):
                assignment.finish(made, result=result, note=note, by=self.sari)  # type: ignore[arg-type]

    def test_after_the_end_nothing_moves(self) -> None:
        made = self.assign()
        triage.close(self.now_is(), Outcome.ACTED, "Selesai.", by=self.rina)
        with self.assertRaises(Ended):
            assignment.accept(made, by=self.sari)


class GiveBackTests(AssignmentTestCase):
    def test_the_report_is_back_at_the_desk_and_waits(self) -> None:
        made = self.assign()
        Report.objects.update(unread_count=0, waiting_since=None)
        made = assignment.give_back(made, reason="Wilayah polsek.", by=self.sari)
        report = self.now_is()
        self.assertEqual((made.progress, report.status), (Progress.RETURNED, Status.TRIAGE))
        self.assertEqual((report.unit, report.unread_count), (None, 1))
        self.assertEqual(report.waiting_since, self.now)
        self.assertIsNotNone(report.due_at)

    def test_it_rings_where_nobody_holds_it(self) -> None:
        made = self.assign()
        Report.objects.update(waiting_since=None, holder=None)
        self.assertFalse(Report.objects.ringing().exists())
        assignment.give_back(made, reason="Wilayah polsek.", by=self.sari)
        self.assertTrue(Report.objects.ringing().exists())

    def test_handing_it_on_again_ends_that_waiting(self) -> None:
        made = self.assign()
        Report.objects.update(waiting_since=None)
        assignment.give_back(made, reason="Wilayah polsek.", by=self.sari)
        self.assign(to=self.lantas)
        self.assertIsNone(self.now_is().waiting_since)

    def test_a_reporter_who_waits_for_an_answer_goes_on_waiting(self) -> None:
        waiting_since = self.now_is().waiting_since
        made = self.assign()
        assignment.give_back(made, reason="Wilayah polsek.", by=self.sari)
        self.assign(to=self.lantas)
        self.assertEqual(self.now_is().waiting_since, waiting_since)

    def test_with_another_unit_on_it_the_report_is_acted_on(self) -> None:
        made = self.assign()
        self.assign(to=self.lantas)
        assignment.give_back(made, reason="Cukup lantas.", by=self.sari)
        self.assertEqual((self.now_is().status, self.now_is().unit), (Status.ACTING, self.lantas))

    def test_it_needs_a_reason_and_goes_out_again_to_the_same_unit(self) -> None:
        made = self.assign()
        with self.assertRaises(ReasonMissing):
            assignment.give_back(made, reason="", by=self.sari)
        assignment.give_back(made, reason="Salah tekan.", by=self.sari)
        self.assertNotEqual(self.assign().pk, made.pk)


class StaleTests(AssignmentTestCase):
    """An answer that is being written misses nothing that matters to it, and is not held up by every step of a unit."""

    def test_the_end_of_a_task_makes_an_answer_stale_and_says_why(self) -> None:
        made = self.assign()
        seen = self.now_is().version
        self.travel(timedelta(minutes=1))
        assignment.finish(made, result=Outcome.ACTED, note="Aman.", by=self.sari)
        with self.assertRaisesMessage(Stale, "Satuan sudah selesai: Contoh Sari"):
            triage.reply(self.now_is(), "Unit menuju lokasi.", by=self.rina, seen=seen)

    def test_a_step_on_the_way_does_not(self) -> None:
        made = self.assign()
        seen = self.now_is().version
        self.travel(timedelta(minutes=1))
        assignment.arrive(made, by=self.sari)
        triage.reply(self.now_is(), "Unit sudah di lokasi.", by=self.rina, seen=seen)

    def test_calling_off_says_so(self) -> None:
        made = self.assign()
        seen = self.now_is().version
        self.travel(timedelta(minutes=1))
        assignment.call_off(made, reason="Bubar.", by=self.rina)
        with self.assertRaisesMessage(Stale, "Contoh Rina membatalkan tugas satuan."):
            triage.reply(self.now_is(), "Unit menuju lokasi.", by=self.rina, seen=seen)
