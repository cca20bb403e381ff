"""Closing needs an outcome and a sentence; and what counts as read."""

from operators.permissions import Role
from reports import claims, reading, triage
from reports.claims import AlreadyClosed, HeldByAnother
from reports.models import Event, Message, Report
from reports.models.event import EventKind
from reports.triage import OutcomeIncomplete
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.test_triage import NOTE, TriageTestCase


class CloseTests(TriageTestCase):
    def test_it_is_closed_with_its_outcome_and_sentence(self) -> None:
        report = triage.close(self.report, Outcome.NOT_FOUND, f"  {NOTE} ", by=self.rina)
        self.assertEqual((report.status, report.outcome), (Status.DONE, Outcome.NOT_FOUND))
        self.assertEqual(self.now_is().closed_at, self.now)
        self.assertEqual(reading.outcome_note(self.now_is(), by=self.rina), NOTE)
        self.assertNotIn(b"dibubarkan", bytes(self.now_is().outcome_note_sealed))

    def test_it_leaves_the_queue(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        self.assertEqual((self.now_is().waiting_since, self.now_is().unread_count), (None, 0))
        self.assertFalse(Report.objects.at_the_desk().exists())

    def test_it_is_an_event_with_the_outcome_and_never_the_sentence(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        event = Event.objects.get(kind=EventKind.CLOSED)
        self.assertEqual((event.by, event.data), (self.rina, {"outcome": "acted"}))

    def test_every_outcome_closes(self) -> None:
        for outcome in Outcome:
            with self.subTest(outcome=outcome):
                report = triage.close(self.report, outcome, NOTE, by=self.rina)
                self.assertEqual(report.outcome, outcome)
                report.reopen()
                report.save()

    def test_without_outcome_or_sentence_it_stays_open(self) -> None:
        self.remember()
        for outcome, note in (
            (Outcome.ACTED, ""),
            (Outcome.ACTED, " \n"),
            ("", NOTE),
            ("forgotten", NOTE),
        ):
            with self.subTest(outcome=outcome), self.assertRaises(OutcomeIncomplete):
                triage.close(self.report, outcome, note, by=self.rina)  # type: ignore[arg-type]
        self.assertNothingHappened()

    def test_what_another_has_is_not_closed(self) -> None:
        claims.claim(self.report, by=self.budi)
        self.remember()
        with self.assertRaises(HeldByAnother):
            triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        self.assertNothingHappened()

    def test_it_is_closed_once(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        self.remember()
        with self.assertRaises(AlreadyClosed):
            triage.close(self.report, Outcome.PRANK, "Ternyata iseng.", by=self.rina)
        self.assertNothingHappened()

    def test_closing_tells_the_citizen_nothing_by_itself(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)


class MarkReadTests(TriageTestCase):
    def test_the_holder_has_read_it(self) -> None:
        report = claims.claim(self.report, by=self.rina)
        claims.mark_read(report, by=self.rina)
        self.assertEqual(self.now_is().unread_count, 0)

    def test_the_citizen_waits_all_the_same(self) -> None:
        claims.mark_read(claims.claim(self.report, by=self.rina), by=self.rina)
        self.assertIsNotNone(self.now_is().waiting_since)

    def test_for_anybody_else_it_stays_unread(self) -> None:
        report = claims.claim(self.report, by=self.rina)
        claims.mark_read(report, by=self.budi)
        self.assertEqual(self.now_is().unread_count, 1)

    def test_what_nobody_has_taken_stays_unread_whoever_looks(self) -> None:
        claims.mark_read(self.report, by=self.rina)
        self.assertEqual(self.now_is().unread_count, 1)

    def test_thanks_after_the_end_are_read_by_anybody_at_the_desk(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        for reader in (self.rina, self.budi):
            people.message(samples.text("Terima kasih"))
            self.assertTrue(Report.objects.at_the_desk().exists())
            claims.mark_read(self.now_is(), by=reader)
            self.assertFalse(Report.objects.at_the_desk().exists())

    def test_thanks_are_not_read_by_a_chief(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        people.message(samples.text("Terima kasih"))
        claims.mark_read(self.now_is(), by=people.operator(self.station, Role.CHIEF))
        self.assertEqual(self.now_is().unread_count, 1)

    def test_what_is_read_already_costs_nothing(self) -> None:
        report = claims.claim(self.report, by=self.rina)
        claims.mark_read(report, by=self.rina)
        report.refresh_from_db()
        with self.assertNumQueries(0):
            claims.mark_read(report, by=self.rina)
