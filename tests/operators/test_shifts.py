"""Shifts: what the pattern plans, who is on duty when, and claims of people who went home."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from operators import shifts
from operators.models import Duty, Operator, Regu, Shift, ShiftPattern
from operators.permissions import Role
from reports import claims, triage
from reports.actors import NotAllowed
from reports.models import Report
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import StationTestCase

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAKARTA)


class ShiftTestCase(StationTestCase):
    bambang: Operator
    slamet: Operator
    regu: Regu
    next_regu: Regu

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bambang = people.operator(cls.station, Role.PAMAPTA, username="bambang")
        cls.slamet = people.operator(cls.station, Role.PAMAPTA, username="slamet")
        cls.regu = Regu.objects.create(station=cls.station, name="Regu I", position=0)
        cls.next_regu = Regu.objects.create(station=cls.station, name="Regu II", position=1)

    def pattern(self, *changes: str) -> None:
        ShiftPattern.objects.create(
            station=self.station, changes_at=list(changes), counted_from=date(2026, 11, 1)
        )

    def start(self, *members: Operator) -> Shift:
        return shifts.start(self.regu, [one.pk for one in members], by=self.bambang)


class PlannedTests(ShiftTestCase):
    def turn(self, moment: datetime) -> tuple[str, datetime, datetime]:
        turn = shifts.planned(self.station, moment)
        assert turn is not None and turn.regu is not None
        return turn.regu.name, turn.starts_at, turn.ends_at

    def test_a_whole_day_each(self) -> None:
        self.pattern("07:00")
        self.assertEqual(self.turn(at(1, 7)), ("Regu I", at(1, 7), at(2, 7)))
        self.assertEqual(self.turn(at(2, 6, 59)), ("Regu I", at(1, 7), at(2, 7)))
        self.assertEqual(self.turn(at(2, 7)), ("Regu II", at(2, 7), at(3, 7)))
        self.assertEqual(self.turn(at(3, 12))[0], "Regu I")

    def test_twelve_hours_each_over_midnight(self) -> None:
        self.pattern("07:00", "19:00")
        self.assertEqual(self.turn(at(1, 8)), ("Regu I", at(1, 7), at(1, 19)))
        self.assertEqual(self.turn(at(2, 3)), ("Regu II", at(1, 19), at(2, 7)))
        self.assertEqual(self.turn(at(2, 7))[0], "Regu I")

    def test_before_the_day_it_is_counted_from_the_cycle_goes_on_backwards(self) -> None:
        self.pattern("07:00")
        october = datetime(2026, 10, 31, 12, tzinfo=JAKARTA)
        self.assertEqual(self.turn(october)[0], "Regu II")

    def test_a_regu_that_is_given_up_has_no_turn(self) -> None:
        self.pattern("07:00")
        Regu.objects.filter(pk=self.next_regu.pk).update(is_active=False)
        self.assertEqual(self.turn(at(2, 12))[0], "Regu I")

    def test_without_a_pattern_nothing_is_planned(self) -> None:
        self.assertIsNone(shifts.planned(self.station, at(1, 8)))

    def test_without_regu_the_times_are_planned_all_the_same(self) -> None:
        self.pattern("07:00")
        Regu.objects.all().delete()
        turn = shifts.planned(self.station, at(1, 8))
        assert turn is not None
        self.assertEqual((turn.regu, turn.ends_at), (None, at(2, 7)))


class StartTests(ShiftTestCase):
    def test_the_leader_and_the_crew_are_on_duty(self) -> None:
        shift = self.start(self.rina)
        self.assertEqual(shift.leader, self.bambang)
        self.assertEqual(set(shifts.on_duty(self.station.pk)), {self.bambang, self.rina})

    def test_it_ends_by_the_pattern_or_after_half_a_day(self) -> None:
        self.travel(at(1, 8))
        self.assertEqual(self.start().planned_end_at, at(1, 20))
        Duty.objects.all().delete()
        Shift.objects.all().delete()
        self.pattern("07:00")
        self.assertEqual(self.start().planned_end_at, at(2, 7))

    def test_one_shift_at_a_time(self) -> None:
        self.start()
        with self.assertRaises(shifts.ShiftRunning):
            shifts.start(self.next_regu, [], by=self.slamet)
        self.assertEqual(Shift.objects.count(), 1)

    def test_only_a_pamapta_of_the_station_starts_one(self) -> None:
        elsewhere = people.operator(people.station("lain", "LAN"), Role.PAMAPTA, username="lain")
        for somebody in (self.rina, elsewhere):
            with self.subTest(by=somebody.username), self.assertRaises(NotAllowed):
                shifts.start(self.regu, [], by=somebody)

    def test_whoever_does_not_work_the_desk_is_not_on_duty(self) -> None:
        chief = people.operator(self.station, Role.CHIEF)
        with self.assertRaises(shifts.NotOfTheDesk):
            self.start(chief)
        self.assertFalse(Shift.objects.exists())

    def test_who_was_there_when_can_be_told(self) -> None:
        began = self.travel(at(1, 7))
        self.start(self.rina)
        self.travel(at(1, 9))
        shifts.leave(by=self.rina)
        there = {
            hour: {
                str(one.operator.username)
                for one in shifts.was_on_duty(self.station.pk, at(1, hour))
            }
            for hour in (6, 8, 10)
        }
        self.assertEqual(there, {6: set(), 8: {"bambang", "rina"}, 10: {"bambang"}})
        self.assertEqual(Duty.objects.get(operator=self.rina).since, began)


class JoinTests(ShiftTestCase):
    def test_somebody_of_the_desk_goes_on_duty_once(self) -> None:
        self.start()
        shifts.join(by=self.rina)
        shifts.join(by=self.rina)
        self.assertEqual(Duty.objects.filter(operator=self.rina, until=None).count(), 1)

    def test_without_a_shift_nobody_can(self) -> None:
        with self.assertRaises(shifts.NoShift):
            shifts.join(by=self.rina)

    def test_others_than_the_desk_cannot(self) -> None:
        self.start()
        with self.assertRaises(NotAllowed):
            shifts.join(by=people.operator(self.station, Role.UNIT))

    def test_the_leader_goes_by_the_hand_over_only(self) -> None:
        self.start()
        with self.assertRaises(NotAllowed):
            shifts.leave(by=self.bambang)
        self.assertEqual(shifts.on_duty(self.station.pk), [self.bambang])


class ReturnClaimsTests(ShiftTestCase):
    def test_what_somebody_held_returns_to_the_queue_when_they_go(self) -> None:
        self.start(self.rina)
        report = claims.claim(people.report(), by=self.rina)
        shifts.leave(by=self.rina)
        self.assertEqual(shifts.return_claims(), 1)
        report.refresh_from_db()
        self.assertIsNone(report.holder)
        self.assertEqual(report.events.get(kind="released").data, {"reason": "shift_over"})
        self.assertEqual(shifts.return_claims(), 0)

    def test_nobodys_claim_is_touched_while_they_are_on_duty(self) -> None:
        self.start(self.rina)
        claims.claim(people.report(), by=self.rina)
        self.assertEqual(shifts.return_claims(), 0)

    def test_whoever_never_goes_on_duty_keeps_what_they_have(self) -> None:
        claims.claim(people.report(), by=self.rina)
        self.start()
        self.assertEqual(shifts.return_claims(), 0)

    def test_what_is_claimed_after_going_home_stays(self) -> None:
        self.start(self.rina)
        shifts.leave(by=self.rina)
        self.travel(timedelta(minutes=5))
        claims.claim(people.report(), by=self.rina)
        self.assertEqual(shifts.return_claims(), 0)

    def test_a_closed_report_keeps_the_name_of_who_closed_it(self) -> None:

        self.start(self.rina)
        report = triage.close(people.report(), Outcome.ACTED, "Beres.", by=self.rina)
        shifts.leave(by=self.rina)
        self.assertEqual(shifts.return_claims(), 0)
        report.refresh_from_db()
        self.assertEqual(report.holder, self.rina)

    def test_it_rings_again_for_a_reporter_who_still_waits(self) -> None:

        self.start(self.rina)
        claims.claim(people.report(samples.text("Tolong!")), by=self.rina)
        shifts.leave(by=self.rina)
        self.assertEqual(Report.objects.ringing().count(), 0)
        shifts.return_claims()
        self.assertEqual(Report.objects.ringing().count(), 1)

    def test_looking_for_them_is_one_query(self) -> None:
        timezone.now()
        with self.assertNumQueries(1):
            shifts.return_claims()
