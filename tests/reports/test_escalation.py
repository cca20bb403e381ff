"""What nobody takes is escalated on time, once: to the Pamapta, then to the chief; what is taken in time never is."""

import threading
from datetime import timedelta
from typing import Any
from unittest import skipUnless

from django.conf import settings
from django.db import connection
from django.utils import timezone

from operators import jobs
from operators.models import Operator
from operators.permissions import Role
from reports import claims, duty_phones, escalation, triage
from reports.models import Event, Report, Summons
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.models.report import Escalation
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.reports.cases import CommittedTestCase, StationTestCase

NOBODY, PAMAPTA, CHIEF = Escalation
ROUTINE = timedelta(minutes=60)
EMERGENCY = timedelta(minutes=5)
DUTY_NUMBER = "+6281199990077"
A_MOMENT = timedelta(seconds=1)


def steps() -> list[str]:
    """The steps that stand in timelines, in order."""
    taken = Event.objects.filter(kind=EventKind.ESCALATED).order_by("at", "pk")
    return [event.data["step"] for event in taken]


class EscalationTestCase(StationTestCase):
    """`self.report` came in at `self.began`, and Bambang leads the shift."""

    bambang: Operator
    chief: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bambang = people.operator(cls.station, Role.PAMAPTA, username="bambang")
        cls.chief = people.operator(cls.station, Role.CHIEF)

    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now())
        self.report = people.report()

    def make(self, **columns: Any) -> None:
        Report.objects.filter(pk=self.report.pk).update(**columns)

    def make_emergency(self) -> None:
        self.make(urgency=Urgency.EMERGENCY, due_at=self.began + EMERGENCY)

    def after(self, length: timedelta) -> Report:
        """The report once the clock has ticked this long after it came."""
        self.travel(self.began + length)
        jobs.escalate_due()
        self.report.refresh_from_db()
        return self.report


class StepsTests(EscalationTestCase):
    def test_before_its_time_nobody_is_called(self) -> None:
        self.assertEqual(self.after(ROUTINE - A_MOMENT).escalated, NOBODY)
        self.assertEqual(steps(), [])

    def test_past_its_target_the_pamapta_is_called(self) -> None:
        self.assertEqual(self.after(ROUTINE).escalated, PAMAPTA)
        self.assertEqual(steps(), ["pamapta"])

    def test_after_twice_the_time_the_chief_is_called(self) -> None:
        self.after(ROUTINE)
        self.assertEqual(self.after(2 * ROUTINE - A_MOMENT).escalated, PAMAPTA)
        self.assertEqual(self.after(2 * ROUTINE).escalated, CHIEF)
        self.assertEqual(steps(), ["pamapta", "chief"])

    def test_an_emergency_takes_half_the_time(self) -> None:
        self.make_emergency()
        self.assertEqual(self.after(EMERGENCY / 2 - A_MOMENT).escalated, NOBODY)
        self.assertEqual(self.after(EMERGENCY / 2).escalated, PAMAPTA)
        self.assertEqual(self.after(EMERGENCY - A_MOMENT).escalated, PAMAPTA)
        self.assertEqual(self.after(EMERGENCY).escalated, CHIEF)

    def test_the_categorys_own_target_counts(self) -> None:
        category = people.category(respond_minutes=10)
        triage_target = self.began + timedelta(minutes=10)
        self.make(category=category, urgency=category.urgency, due_at=triage_target)
        self.assertEqual(self.after(timedelta(minutes=10)).escalated, PAMAPTA)

    def test_each_step_is_taken_once_however_often_the_clock_ticks(self) -> None:
        for minute in (60, 61, 90, 120, 121, 500):
            self.after(timedelta(minutes=minute))
        self.assertEqual(steps(), ["pamapta", "chief"])

    def test_a_clock_that_was_away_calls_both(self) -> None:
        self.assertEqual(self.after(3 * ROUTINE).escalated, CHIEF)
        self.assertEqual(steps(), ["pamapta", "chief"])

    def test_it_is_nobodys_doing(self) -> None:
        self.after(ROUTINE)
        self.assertIsNone(Event.objects.get(kind=EventKind.ESCALATED).by)


class EndTests(EscalationTestCase):
    def test_what_is_claimed_in_time_is_never_escalated(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.assertEqual(self.after(5 * ROUTINE).escalated, NOBODY)
        self.assertEqual(steps(), [])

    def test_whoever_claims_ends_it(self) -> None:
        self.after(ROUTINE)
        claims.claim(self.report, by=self.rina)
        self.assertEqual(self.after(2 * ROUTINE).escalated, NOBODY)
        self.assertEqual(steps(), ["pamapta"])

    def test_given_back_its_clocks_rule_again(self) -> None:
        self.after(ROUTINE)
        claims.claim(self.report, by=self.rina)
        claims.release(self.report, by=self.rina)
        self.assertEqual(self.after(ROUTINE + A_MOMENT).escalated, PAMAPTA)
        self.assertEqual(steps(), ["pamapta", "pamapta"])

    def test_while_we_wait_for_the_reporter_the_clocks_stand_still(self) -> None:
        self.make(status=Status.WAITING, paused_at=self.began, waiting_since=None)
        self.assertEqual(self.after(5 * ROUTINE).escalated, NOBODY)

    def test_what_is_closed_calls_nobody(self) -> None:
        triage.close(self.report, Outcome.ANSWERED, "Dijawab.", by=self.rina)
        people.message(samples.text("Terima kasih"))
        self.assertEqual(self.after(5 * ROUTINE).escalated, NOBODY)

    def test_what_is_read_and_answered_and_given_back_waits_for_nobody(self) -> None:
        triage.reply(self.report, "Petugas menuju lokasi", by=self.rina)
        claims.release(self.report, by=self.rina)
        self.assertEqual(self.after(5 * ROUTINE).escalated, NOBODY)

    def test_somebody_who_was_faster_than_the_clock_keeps_it(self) -> None:
        self.travel(self.began + ROUTINE)
        (due,) = escalation.due(PAMAPTA, timezone.now())
        claims.claim(self.report, by=self.rina)
        self.assertFalse(escalation.escalate(due, PAMAPTA, phones=()))
        self.assertEqual(steps(), [])


class CalledTests(EscalationTestCase):
    def test_the_pamaptas_telephone_is_called_and_then_the_chiefs(self) -> None:
        for person in (self.bambang, self.chief, self.rina):
            duty_phones.set_number(person.pk, DUTY_NUMBER)
        self.after(ROUTINE)
        called = Summons.objects.get()
        self.assertEqual((called.step, called.duty_phone.operator), (PAMAPTA, self.bambang))
        self.assertEqual((called.status, called.due_at), (Delivery.QUEUED, timezone.now()))
        self.after(2 * ROUTINE)
        called = Summons.objects.get(step=CHIEF)
        self.assertEqual(called.duty_phone.operator, self.chief)

    def test_without_a_telephone_it_is_on_the_screen_all_the_same(self) -> None:
        self.assertEqual(self.after(ROUTINE).escalated, PAMAPTA)
        self.assertEqual(Summons.objects.count(), 0)

    def test_an_account_that_is_switched_off_is_not_called(self) -> None:
        duty_phones.set_number(self.bambang.pk, DUTY_NUMBER)
        self.bambang.is_active = False
        self.bambang.save()
        self.after(ROUTINE)
        self.assertEqual(Summons.objects.count(), 0)

    def test_the_station_next_door_is_not_called(self) -> None:
        neighbour = people.operator(
            people.station("tetangga", "TTG"), Role.PAMAPTA, username="tetangga"
        )
        duty_phones.set_number(neighbour.pk, DUTY_NUMBER)
        self.after(ROUTINE)
        self.assertEqual(Summons.objects.count(), 0)

    def test_many_reports_at_once_call_a_telephone_once(self) -> None:
        duty_phones.set_number(self.bambang.pk, DUTY_NUMBER)
        people.report(samples.text(by=samples.JOKO))
        self.after(ROUTINE)
        self.assertEqual(steps(), ["pamapta", "pamapta"])
        self.assertEqual(Summons.objects.count(), 1)

    def test_a_report_that_is_left_lying_again_calls_again(self) -> None:
        duty_phones.set_number(self.bambang.pk, DUTY_NUMBER)
        self.after(ROUTINE)
        Summons.objects.update(status=Delivery.ACCEPTED, provider_sid="SM1", tries=1)
        claims.claim(self.report, by=self.rina)
        claims.release(self.report, by=self.rina)
        self.after(ROUTINE + settings.SUMMONS_PAUSE)
        called = Summons.objects.get()
        self.assertEqual((called.status, called.tries), (Delivery.QUEUED, 0))
        self.assertIsNone(called.provider_sid)

    def test_the_workers_are_rung_for_it(self) -> None:
        duty_phones.set_number(self.bambang.pk, DUTY_NUMBER)
        with self.captureOnCommitCallbacks(execute=True):
            self.after(ROUTINE)
        self.assertIn(("reports.summon_due",), self.rings)


class CostTests(EscalationTestCase):
    def test_a_tick_with_nothing_due_costs_two_queries(self) -> None:
        self.travel(self.began)
        with self.assertNumQueries(2):
            jobs.escalate_due()


@skipUnless(connection.vendor == "postgresql", "SQLite has one writer at a time")
class ManyClocksTests(CommittedTestCase):
    def test_however_many_clocks_run_each_step_is_taken_once(self) -> None:
        at = people.station()
        bambang = people.operator(at, Role.PAMAPTA)
        duty_phones.set_number(bambang.pk, DUTY_NUMBER)
        began = timezone.now() - ROUTINE - A_MOMENT
        for citizen in (samples.WATI, samples.JOKO):
            people.report(samples.text(by=citizen), at=began)
        self.race(8)
        self.assertEqual(steps(), ["pamapta", "pamapta"])
        self.assertLessEqual(Summons.objects.count(), 2)

    def race(self, clocks: int) -> None:
        ready, failures = threading.Barrier(clocks), []

        def tick() -> None:
            try:
                ready.wait(10)
                jobs.escalate_due()
            except Exception as error:  # noqa: BLE001
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=tick) for _ in range(clocks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
