"""Who has a report: claiming it, giving it back, taking it over, giving it to a colleague; and what came meanwhile."""

from datetime import timedelta

from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import claims, drafts, triage
from reports.actors import NotAllowed
from reports.claims import AlreadyClosed, CannotHold, HeldByAnother, ReasonMissing
from reports.identity import vault
from reports.models import Change, Draft, Event, Note, Report
from reports.models.event import EventKind
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase

NOTE = "Sudah dibubarkan patroli."
REASON = "Budi mengantar pelapor burung-kenari-7731 ke rumah sakit."


class ClaimsTestCase(StationTestCase):
    budi: Operator
    wawan: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budi = people.operator(cls.station, username="budi")
        cls.wawan = people.operator(cls.station, Role.PAMAPTA, username="wawan")

    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.report = people.report(samples.text("Ada balap liar"))
        Change.objects.all().delete()

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.report.pk)

    def events(self) -> list[tuple[str, str, object]]:
        """What has happened since the report was opened, who did it, and what was noted beside it."""
        events = Event.objects.exclude(kind=EventKind.OPENED).select_related("by").order_by("pk")
        return [(e.kind, e.by.username if e.by else "", e.data) for e in events]

    def columns(self) -> dict[str, object]:
        return Report.objects.filter(pk=self.report.pk).values().get()


class ClaimTests(ClaimsTestCase):
    def test_whoever_claims_it_has_it(self) -> None:
        report = claims.claim(self.report, by=self.rina)
        self.assertEqual((report.holder, report.claimed_at), (self.rina, self.now))
        self.assertEqual((self.now_is().holder, self.now_is().status), (self.rina, Status.TRIAGE))
        self.assertEqual(self.events(), [("claimed", "rina", {})])

    def test_open_desks_are_told(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assertEqual(Change.objects.get().report, self.report)

    def test_the_second_is_refused_and_told_who_was_first(self) -> None:
        claims.claim(self.report, by=self.rina)
        with self.assertRaises(HeldByAnother) as caught:
            claims.claim(self.report, by=self.budi)
        self.assertIn("Contoh Rina", str(caught.exception))
        self.assertEqual(self.now_is().holder, self.rina)

    def test_again_by_the_same_person_changes_nothing(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.travel(timedelta(minutes=5))
        self.assertEqual(claims.claim(self.report, by=self.rina).claimed_at, self.now)
        self.assertEqual(self.events(), [("claimed", "rina", {})])

    def test_a_page_that_was_drawn_before_decides_nothing(self) -> None:
        stale = Report.objects.get(pk=self.report.pk)
        claims.claim(self.report, by=self.rina)
        self.assertIsNone(stale.holder)
        with self.assertRaises(HeldByAnother):
            claims.claim(stale, by=self.budi)

    def test_a_status_further_on_stays(self) -> None:
        Report.objects.update(status=Status.ACTING)
        self.assertEqual(claims.claim(self.report, by=self.rina).status, Status.ACTING)

    def test_a_closed_report_is_not_claimed(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        for who in (self.rina, self.budi):
            with self.assertRaises(AlreadyClosed):
                claims.claim(self.report, by=who)

    def test_claiming_answers_nobody(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assertIsNotNone(self.now_is().waiting_since)
        self.assertEqual(self.now_is().unread_count, 1)


class ReleaseTests(ClaimsTestCase):
    def test_it_is_nobodys_again(self) -> None:
        claims.claim(self.report, by=self.rina)
        claims.release(self.report, by=self.rina)
        report = self.now_is()
        self.assertEqual((report.holder, report.claimed_at), (None, None))
        self.assertEqual(self.events()[1:], [("released", "rina", {})])
        self.assertEqual(claims.claim(self.report, by=self.budi).holder, self.budi)

    def test_open_desks_are_told(self) -> None:
        claims.claim(self.report, by=self.rina)
        Change.objects.all().delete()
        claims.release(self.report, by=self.rina)
        self.assertEqual(Change.objects.get().report, self.report)

    def test_the_reporter_waits_as_before(self) -> None:
        claims.claim(self.report, by=self.rina)
        before = self.now_is()
        self.travel(timedelta(minutes=5))
        claims.release(self.report, by=self.rina)
        report = self.now_is()
        self.assertEqual(
            (report.waiting_since, report.due_at, report.unread_count, report.status),
            (before.waiting_since, before.due_at, before.unread_count, Status.TRIAGE),
        )

    def test_what_another_has_is_not_mine_to_give(self) -> None:
        claims.claim(self.report, by=self.budi)
        before = self.columns()
        with self.assertRaises(HeldByAnother) as caught:
            claims.release(self.report, by=self.rina)
        self.assertIn("Contoh Budi", str(caught.exception))
        self.assertEqual(self.columns(), before)

    def test_what_nobody_has_stays_so(self) -> None:
        before = self.columns()
        claims.release(self.report, by=self.rina)
        self.assertEqual((self.columns(), self.events()), (before, []))

    def test_a_closed_report_is_not_given_back(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        with self.assertRaises(AlreadyClosed):
            claims.release(self.report, by=self.rina)


class TakeOverTests(ClaimsTestCase):
    def setUp(self) -> None:
        super().setUp()
        claims.claim(self.report, by=self.budi)

    def test_who_leads_the_shift_has_it_then(self) -> None:
        self.travel(timedelta(minutes=5))
        claims.take_over(self.report, REASON, by=self.wawan)
        report = self.now_is()
        self.assertEqual((report.holder, report.claimed_at), (self.wawan, timezone.now()))
        self.assertEqual(self.events()[1:], [("taken_over", "wawan", {"former": "budi"})])

    def test_the_reason_is_a_sealed_note(self) -> None:
        claims.take_over(self.report, f"  {REASON}\n", by=self.wawan)
        note = Note.objects.get()
        self.assertEqual((note.author, note.at, note.report), (self.wawan, self.now, self.report))
        self.assertNotIn(b"kenari", bytes(note.body_sealed))
        opened = vault.box_of("content", self.report.pk).open(
            "note.body", note.pk, note.body_sealed
        )
        self.assertEqual(opened.expose(), REASON)

    def test_without_a_reason_nothing_happens(self) -> None:
        before = self.columns()
        for nothing in ("", "  \n\t"):
            with self.subTest(nothing), self.assertRaises(ReasonMissing):
                claims.take_over(self.report, nothing, by=self.wawan)
        self.assertEqual((self.columns(), Note.objects.count()), (before, 0))

    def test_an_operator_takes_nothing_over(self) -> None:
        with self.assertRaises(NotAllowed):
            claims.take_over(self.report, REASON, by=self.rina)
        self.assertEqual((self.now_is().holder, Note.objects.count()), (self.budi, 0))

    def test_again_changes_nothing(self) -> None:
        claims.take_over(self.report, REASON, by=self.wawan)
        before = self.columns()
        claims.take_over(self.report, REASON, by=self.wawan)
        self.assertEqual((self.columns(), Note.objects.count()), (before, 1))

    def test_what_has_been_given_back_meanwhile_is_taken_all_the_same(self) -> None:
        claims.release(self.report, by=self.budi)
        claims.take_over(self.report, REASON, by=self.wawan)
        self.assertEqual(self.now_is().holder, self.wawan)
        self.assertEqual(self.events()[-1], ("taken_over", "wawan", {"former": ""}))

    def test_a_closed_report_is_not_taken_over(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.budi)
        with self.assertRaises(AlreadyClosed):
            claims.take_over(self.report, REASON, by=self.wawan)
        self.assertEqual(Note.objects.count(), 0)


class AssignTests(ClaimsTestCase):
    def assign(self, to: Operator, by: Operator | None = None) -> Report:
        return claims.assign(self.report, to=to, by=by or self.wawan)

    def test_a_colleague_has_it_then(self) -> None:
        self.assign(self.budi)
        report = self.now_is()
        self.assertEqual((report.holder, report.claimed_at), (self.budi, self.now))
        self.assertEqual(report.status, Status.TRIAGE)
        self.assertEqual(self.events(), [("assigned", "wawan", {"to": "budi", "former": ""})])

    def test_out_of_the_hands_of_another(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assign(self.budi)
        self.assertEqual(self.now_is().holder, self.budi)
        self.assertEqual(self.events()[-1][2], {"to": "budi", "former": "rina"})

    def test_again_to_the_same_changes_nothing(self) -> None:
        self.assign(self.budi)
        before = self.columns()
        self.assign(self.budi)
        self.assertEqual((self.columns(), len(self.events())), (before, 1))

    def test_an_operator_assigns_nothing(self) -> None:
        with self.assertRaises(NotAllowed):
            self.assign(self.budi, by=self.rina)
        self.assertIsNone(self.now_is().holder)

    def test_not_to_oneself(self) -> None:
        claims.claim(self.report, by=self.budi)
        with self.assertRaises(CannotHold):
            self.assign(self.wawan)
        self.assertEqual(self.now_is().holder, self.budi)

    def test_only_to_somebody_who_may_work_on_it(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        propam = people.unit(self.station, "propam")
        insider = people.operator(self.station, Role.PAMAPTA, username="insider", unit=propam)
        next_door = people.operator(people.station("lain", "LAN"), username="dian")
        gone = people.operator(self.station, username="gone", is_active=False)
        auditor = people.operator(self.station, Role.AUDITOR)
        for who in (next_door, gone, auditor):
            with self.subTest(who.username), self.assertRaises(CannotHold):
                self.assign(who)
        Report.objects.update(category=secret)
        with self.assertRaises(CannotHold):
            self.assign(self.budi, by=insider)
        self.assertIsNone(self.now_is().holder)

    def test_a_closed_report_is_not_assigned(self) -> None:
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        with self.assertRaises(AlreadyClosed):
            self.assign(self.budi)

    def test_those_who_can_be_chosen_are_those_whom_the_verb_takes(self) -> None:
        people.operator(people.station("lain", "LAN"), username="dian")
        people.operator(self.station, Role.AUDITOR)
        people.operator(self.station, username="gone", is_active=False)
        self.assertEqual(claims.candidates(self.now_is(), by=self.wawan), [self.budi, self.rina])
        self.assign(self.budi)
        self.assertEqual(claims.candidates(self.now_is(), by=self.wawan), [self.rina])


class DraftsStayTests(ClaimsTestCase):
    def test_whoever_has_the_report_what_others_began_to_write_stays(self) -> None:
        drafts.keep(self.report, Draft.Kind.ANSWER, "Kami ke sana", by=self.rina)
        before = Draft.objects.values().get()
        claims.claim(self.report, by=self.budi)
        claims.take_over(self.report, REASON, by=self.wawan)
        claims.assign(self.report, to=self.budi, by=self.wawan)
        claims.release(self.report, by=self.budi)
        triage.reply(self.report, "Siap", by=self.budi)
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.budi)
        people.message(samples.text("Terima kasih"))
        self.assertEqual(Draft.objects.values().get(), before)
        self.assertEqual(drafts.of(self.report, by=self.rina), {"answer": "Kami ke sana"})
