"""The timeline is only ever added to, and open desks learn of every change."""

from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from reports import events
from reports.models import Change, Event
from reports.models.event import EventKind
from tests import people
from tests.reports.cases import CommittedTestCase, StationTestCase


class TimelineTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report()
        self.event = Event.objects.get()

    def test_an_event_is_not_deleted(self) -> None:
        for delete in (
            self.event.delete,
            Event.objects.all().delete,
            self.report.events.all().delete,
        ):
            with self.assertRaisesMessage(TypeError, "only ever added to"):
                delete()
        self.assertEqual(Event.objects.count(), 1)

    def test_an_event_is_not_changed(self) -> None:
        with self.assertRaisesMessage(TypeError, "only ever added to"):
            Event.objects.update(kind=EventKind.CLOSED)
        self.assertEqual(Event.objects.get().kind, EventKind.OPENED)

    def test_nor_is_a_report_with_its_timeline(self) -> None:
        with self.assertRaises(ProtectedError):
            self.report.delete()

    def test_an_event_knows_when_who_and_what(self) -> None:
        now = self.travel(timezone.now())
        event = events.record(self.report, EventKind.CLOSED, by=self.rina, outcome="acted")
        event.refresh_from_db()
        self.assertEqual((event.at, event.by, event.data), (now, self.rina, {"outcome": "acted"}))

    def test_recording_tells_open_desks(self) -> None:
        before = Change.objects.count()
        events.record(self.report, EventKind.CLAIMED, by=self.rina)
        self.assertEqual(Change.objects.count(), before + 1)

    def test_several_changes_cost_one_query(self) -> None:
        with self.assertNumQueries(1):
            events.changed(*[self.report] * 5)


class ChangeTests(CommittedTestCase):
    def test_a_change_knows_the_transaction_that_wrote_it(self) -> None:
        people.station()
        report = people.report()
        Change.objects.all().delete()
        with transaction.atomic():
            events.changed(report)
            events.changed(report)
        events.changed(report)
        first, second, third = Change.objects.order_by("pk").values_list("transaction", flat=True)
        self.assertEqual(first, second)
        if connection.vendor == "postgresql":
            self.assertGreater(third, first)
        else:
            self.assertEqual((first, third), (0, 0))
