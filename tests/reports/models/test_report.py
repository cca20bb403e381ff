"""Which reports somebody sees, in which order, and what the database itself refuses."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from operators.permissions import Role
from reports import triage
from reports.models import Report, Station
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.reports.cases import StationTestCase


class ReportTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.now = timezone.now()

    def report(self, at: Station | None = None, **fields: Any) -> Report:
        """A report of a person of its own, then changed like this."""
        number = (at or self.station).numbers.get(channel="whatsapp").address
        by = samples.Citizen("Warga", f"+62812{Report.objects.count():08}")
        report = people.report(samples.text(by=by, To=f"whatsapp:{number}"))
        Report.objects.filter(pk=report.pk).update(**fields)
        report.refresh_from_db()
        return report


class VisibleTests(ReportTestCase):
    def visible(self, who: Any) -> set[Report]:
        return set(Report.objects.visible_to(who))

    def test_the_desk_sees_its_stations_reports_and_no_other(self) -> None:
        other = people.station("lain", "LAN")
        here, there = self.report(), self.report(other)
        self.assertEqual(self.visible(self.rina), {here})
        self.assertEqual(self.visible(people.operator(other, username="lain")), {there})

    def test_all_other_roles_see_none(self) -> None:
        self.report()
        for role in set(Role) - {Role.OPERATOR, Role.PAMAPTA}:
            with self.subTest(role=role):
                self.assertEqual(self.visible(people.operator(self.station, role)), set())

    def test_an_account_without_roles_sees_none(self) -> None:
        self.report()
        for roles in ([], ["no-such-role"]):
            self.rina.roles = roles
            self.assertEqual(self.visible(self.rina), set())

    def test_what_is_reserved_for_a_unit_is_seen_by_its_people_only(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        open_to_all = people.category("laka-lantas")
        hidden = self.report(category=reserved)
        shown, uncategorised = self.report(category=open_to_all), self.report()
        self.assertEqual(self.visible(self.rina), {shown, uncategorised})
        dewi = people.operator(
            self.station, username="dewi", unit=people.unit(self.station, "propam")
        )
        self.assertEqual(self.visible(dewi), {hidden, shown, uncategorised})

    def test_two_reserved_categories_are_two(self) -> None:
        self.report(category=people.category("satu", reserved_for="propam"))
        two = self.report(category=people.category("dua", reserved_for="satreskrim"))
        who = people.operator(
            self.station, username="reserse", unit=people.unit(self.station, "satreskrim")
        )
        self.assertEqual(self.visible(who), {two})

    def test_the_right_is_part_of_the_question(self) -> None:
        for _ in range(3):
            self.report(people.station(f"s{Report.objects.count()}", f"S{Report.objects.count()}"))
        mine = self.report()
        self.assertEqual(list(Report.objects.visible_to(self.rina)[:2]), [mine])


class QueueTests(ReportTestCase):
    def test_the_queue_is_in_the_order_of_what_is_lost_first(self) -> None:
        def at(minutes: int) -> Any:
            return self.now - timedelta(minutes=minutes)

        soon = {"urgency": Urgency.SOON}
        expected = [
            self.report(urgency=Urgency.EMERGENCY, due_at=at(1), received_at=at(1)),
            self.report(urgency=Urgency.EMERGENCY, due_at=None, received_at=at(90)),
            self.report(**soon, due_at=at(30), received_at=at(40)),
            self.report(**soon, due_at=at(20), received_at=at(50)),
            self.report(due_at=at(60), received_at=at(60)),
            self.report(due_at=at(10), received_at=at(10)),
            self.report(due_at=None, received_at=at(100)),
            self.report(due_at=None, received_at=at(5)),
        ]
        self.assertEqual(list(Report.objects.lost_first()), expected)

    def test_what_is_open_or_has_unread_words_is_at_the_desk(self) -> None:
        for status in set(Status) - {Status.DONE}:
            with self.subTest(status=status):
                report = self.report(status=status, unread_count=0)
                self.assertIn(report, Report.objects.at_the_desk())
                self.assertIn(report, Report.objects.open())

    def test_what_is_closed_and_read_is_not(self) -> None:
        report = triage.close(self.report(), Outcome.ACTED, "Selesai.", by=self.rina)
        self.assertNotIn(report, Report.objects.at_the_desk())
        Report.objects.update(unread_count=1)
        self.assertIn(report, Report.objects.at_the_desk())
        self.assertNotIn(report, Report.objects.open())

    def test_what_is_closed_with_an_answer_that_did_not_arrive_is_still_at_the_desk(self) -> None:
        report = triage.close(self.report(), Outcome.ACTED, "Selesai.", by=self.rina)
        Report.objects.update(failed_at=self.now)
        self.assertIn(report, Report.objects.at_the_desk())


class GuardTests(ReportTestCase):
    """Whatever the code does: the database refuses a closed report without outcome and an open one with it."""

    def refused(self, **fields: Any) -> None:
        with self.subTest(**fields), self.assertRaises(IntegrityError), transaction.atomic():
            Report.objects.update(**fields)

    def test_done_needs_outcome_and_time(self) -> None:
        self.report()
        self.refused(status=Status.DONE)
        self.refused(status=Status.DONE, closed_at=self.now)
        self.refused(status=Status.DONE, outcome=Outcome.ACTED)

    def test_open_has_neither(self) -> None:
        self.report()
        self.refused(outcome=Outcome.ACTED)
        self.refused(closed_at=self.now)

    def test_a_number_is_given_once(self) -> None:
        first, second = self.report(), self.report()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=second.pk).update(number=first.number)

    def test_it_is_called_by_its_number(self) -> None:
        report = self.report()
        self.assertEqual(str(report), report.number)
        self.assertEqual(report.get_absolute_url(), f"/desk/reports/{report.number}/")
