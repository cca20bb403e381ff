"""Checks in plain clothes: who may be asked, who sees them, and what becomes of the report."""

from datetime import timedelta

from operators.models import Operator
from operators.permissions import Role
from reports import (
    answering,
    claims,
    compartment,
    describing,
    triage,
    verification,
)
from reports.actors import NotAllowed
from reports.identity import vault
from reports.models import Area, Change, Event, Landmark, Report, Verification
from reports.models.verification import Result
from reports.verification import CheckOver, CheckRuns, OfficerUnfit, WordsUnfit
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.check_cases import CheckTestCase


class AskingTests(CheckTestCase):
    def test_the_report_is_in_verification_and_belongs_to_whoever_asked(self) -> None:
        self.ask()
        self.assertEqual(self.status(), Status.VERIFYING)
        self.assertEqual(self.report.holder, self.rina)

    def test_the_timeline_says_nothing_of_it(self) -> None:
        claims.claim(self.report, by=self.rina)
        before = list(Event.objects.values_list("kind", flat=True))
        check = self.ask()
        verification.begin(check, by=self.satu)
        verification.note(check, "Ramai", by=self.satu)
        self.finish(check, Result.CONFIRMED)
        self.assertEqual(list(Event.objects.values_list("kind", flat=True)), before)

    def test_open_desks_are_told_that_the_report_changed(self) -> None:
        claims.claim(self.report, by=self.rina)
        before = Change.objects.filter(report=self.report).count()
        check = self.ask()
        self.finish(check, Result.NOT_FOUND)
        self.assertEqual(Change.objects.filter(report=self.report).count(), before + 2)

    def test_words_are_sealed_under_a_key_that_opens_no_report(self) -> None:
        check = self.ask(brief="burung-kenari-7731", place_note="pagar-hijau-5512")
        self.assertNotIn(b"kenari", bytes(check.brief_sealed))
        self.assertNotIn(b"pagar", bytes(check.place_note_sealed))
        with self.assertRaises(vault.Unreadable):
            vault.box_of("content", self.report.pk).open(
                "verification.brief", check.pk, check.brief_sealed
            )
        self.assertEqual(vault.boxes_of("content", [check.pk]), {})
        self.assertEqual(self.inside(check, self.satu).brief, "burung-kenari-7731")

    def test_the_place_is_copied_as_it_is_now(self) -> None:
        area = Area.objects.create(
            station=self.station, code="1", level="village", name="Sine", latitude=-7, longitude=111
        )
        mark = Landmark.objects.create(
            station=self.station, name="Pasar Bunder", latitude=-7.4, longitude=111.0, area=area
        )
        describing.place(self.report, landmark=mark, by=self.rina)
        check = self.ask()
        describing.place(self.report, latitude=-7.5, longitude=111.1, by=self.rina)
        check.refresh_from_db()
        self.assertEqual(check.place_name, "Pasar Bunder, Sine")
        self.assertEqual((check.latitude, check.longitude), (-7.4, 111.0))

    def test_one_runs_at_a_time_and_after_it_there_may_be_another(self) -> None:
        first = self.ask()
        self.refuse(CheckRuns)
        self.finish(first, Result.WRONG_PLACE)
        self.assertNotEqual(self.ask().pk, first.pk)
        self.assertEqual(self.status(), Status.VERIFYING)

    def test_a_report_of_another_and_a_closed_one_are_refused(self) -> None:
        claims.claim(self.report, by=self.bambang)
        self.refuse(claims.HeldByAnother)
        triage.close(self.report, Outcome.ANSWERED, "Sudah", by=self.bambang)
        self.refuse(claims.AlreadyClosed)
        self.assertFalse(Verification.objects.exists())

    def test_nothing_and_too_much_are_refused(self) -> None:
        self.refuse(WordsUnfit, brief=" \n ")
        self.refuse(WordsUnfit, brief="x" * (verification.TEXT_LIMIT + 1))
        self.refuse(WordsUnfit, place_note="x" * (verification.SENTENCE_LIMIT + 1))
        self.assertEqual(self.status(), Status.NEW)

    def test_waiting_for_the_reporter_ends_and_its_clocks_go_on(self) -> None:
        now = self.travel(timedelta())
        answering.ask(self.report, "place", text="Di mana?", by=self.rina)
        self.assertEqual(self.status(), Status.WAITING)
        self.travel(now + timedelta(minutes=10))
        self.ask()
        self.assertEqual(self.status(), Status.VERIFYING)
        self.assertEqual((self.report.paused_at, self.report.paused_seconds), (None, 600))


class OfficersTests(CheckTestCase):
    def test_somebody_must_be_named_who_may_and_is_there(self) -> None:
        gone = people.operator(self.station, Role.UNIT, username="gone", is_active=False)
        chief = people.operator(self.station, Role.CHIEF)
        other = people.operator(people.station("tetangga", "TTG"), Role.UNIT, username="jauh")
        for nobody in ([], [gone.pk], [chief.pk], [other.pk], [self.satu.pk, 999_999]):
            with self.subTest(officers=nobody):
                self.refuse(OfficerUnfit, officers=nobody)

    def test_a_report_about_police_is_checked_by_those_in_charge_of_it_alone(self) -> None:
        propam = people.unit(self.station, "propam")
        inner = people.operator(self.station, Role.UNIT, username="inner", unit=propam)
        desk = people.operator(self.station, username="paminal", unit=propam)
        category = people.category("anggota-polri", reserved_for="propam")
        Report.objects.filter(pk=self.report.pk).update(category=category)
        self.refuse(OfficerUnfit, by=desk)
        self.report.refresh_from_db()
        self.assertEqual(verification.candidates(self.report), [inner, desk])
        check = self.ask(inner, by=desk)
        self.assertEqual(verification.more_for(check), [desk])
        with self.assertRaises(OfficerUnfit):
            verification.add_officer(check, self.satu.pk, by=desk)

    def test_whoever_asked_names_another_and_takes_one_out(self) -> None:
        check = self.ask()
        verification.add_officer(check, self.dua.pk, by=self.rina)
        verification.add_officer(check, self.dua.pk, by=self.rina)
        verification.remove_officer(check, self.satu.pk, by=self.rina)
        self.assertIsNone(compartment.opened(check.pk, by=self.satu))
        self.assertTrue(self.inside(check, self.dua).names(self.dua))

    def test_the_last_one_stays(self) -> None:
        check = self.ask()
        with self.assertRaises(OfficerUnfit):
            verification.remove_officer(check, self.satu.pk, by=self.rina)

    def test_nobody_else_chooses(self) -> None:
        check = self.ask()
        for who in (self.satu, self.dua, self.bambang):
            with self.subTest(who=who), self.assertRaises(NotAllowed):
                verification.add_officer(check, who.pk, by=who)

    def test_who_may_no_longer_sees_no_longer(self) -> None:
        check = self.ask()
        for changes in ({"is_active": False}, {"roles": [Role.CHIEF]}):
            with self.subTest(changes):
                changed = Operator.objects.get(pk=self.satu.pk)
                for name, value in changes.items():
                    setattr(changed, name, value)
                self.assertIsNone(compartment.opened(check.pk, by=changed))


class CallingOffTests(CheckTestCase):
    def test_whoever_asked_or_has_the_report_calls_it_off(self) -> None:
        pamapta = people.operator(self.station, Role.PAMAPTA)
        for holder in (self.rina, pamapta):
            with self.subTest(holder):
                check = self.ask()
                if holder != self.rina:
                    claims.take_over(self.report, "Ganti jaga", by=holder)
                verification.call_off(self.report, by=holder)
                check.refresh_from_db()
                self.assertFalse(check.is_running)
                self.assertEqual((check.result, self.status()), ("", Status.TRIAGE))

    def test_somebody_else_s_is_not_called_off(self) -> None:
        self.ask()
        with self.assertRaises(claims.HeldByAnother):
            verification.call_off(self.report, by=self.bambang)
        with self.assertRaises(NotAllowed):
            verification.call_off(self.report, by=self.satu)

    def test_where_none_runs_nothing_happens(self) -> None:
        with self.assertRaises(CheckOver):
            verification.call_off(self.report, by=self.rina)

    def test_closing_the_report_ends_it(self) -> None:
        check = self.ask()
        triage.close(self.report, Outcome.REFERRED, "Diteruskan", by=self.rina)
        check.refresh_from_db()
        self.assertIsNotNone(check.called_off_at)
        with self.assertRaises(CheckOver):
            self.finish(check, Result.CONFIRMED)
        self.assertEqual(self.status(), Status.DONE)

    def test_a_category_that_is_reserved_ends_it_and_takes_it_out_of_sight(self) -> None:
        check = self.ask()
        verification.note(check, "Ternyata anggota", by=self.satu)
        describing.categorise(
            self.report, people.category("anggota-polri", reserved_for="propam"), by=self.rina
        )
        check.refresh_from_db()
        self.assertFalse(check.is_running)
        self.assertEqual(self.status(), Status.TRIAGE)
        for who in (self.satu, self.rina):
            self.assertIsNone(compartment.opened(check.pk, by=who))

    def test_another_category_changes_nothing_of_it(self) -> None:
        check = self.ask()
        describing.categorise(self.report, people.category("balap-liar"), by=self.rina)
        check.refresh_from_db()
        self.assertTrue(check.is_running)
        self.assertEqual(self.status(), Status.VERIFYING)

    def test_a_message_split_off_leaves_it_with_the_first_report(self) -> None:
        people.message(samples.text("Juga ada pencurian"))
        check = self.ask()
        newest = self.report.messages.filter(direction="inbound").order_by("-at")[0]
        own = answering.split_off(newest, by=self.rina)
        check.refresh_from_db()
        self.assertEqual(check.report, self.report)
        self.assertFalse(own.verifications.exists())
        self.finish(check, Result.CONFIRMED)
        self.assertEqual(self.status(), Status.TRIAGE)
