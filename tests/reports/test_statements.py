"""Statements ask what their queryset asks, with the values of the moment, and make their SQL once."""

import uuid
from unittest import mock

from django.db.models import UUIDField
from django.test import TestCase

from reports import events
from reports.actors import NotAllowed
from reports.models import Event, Report
from reports.models.event import EventKind
from reports.models.readers import AnyReader
from reports.statements import THE_REPORT, Given, Statement, any_of, each
from tests import people, samples


class StatementTests(TestCase):
    def setUp(self) -> None:
        self.station = people.station()
        self.one, self.other = (
            people.report(samples.text()),
            people.report(samples.text(by=samples.JOKO)),
        )
        self.events = Statement(
            lambda: Event.objects.filter(report=THE_REPORT).select_related("report").order_by("id")
        )

    def test_each_time_it_is_asked_about_something_else(self) -> None:
        for report in (self.one, self.other, self.one):
            found = self.events.ask(report=report.pk)
            self.assertEqual(found, list(report.events.order_by("id")))
            self.assertTrue(found)

    def test_what_is_joined_comes_with_it(self) -> None:
        (event, *_) = self.events.ask(report=self.one.pk)
        with self.assertNumQueries(0):
            self.assertEqual(event.report, self.one)

    def test_it_asks_once_and_builds_nothing_the_second_time(self) -> None:
        self.events.ask(report=self.one.pk)
        with self.assertNumQueries(1), mock.patch.object(self.events, "_build") as build:
            self.events.ask(report=self.other.pk)
        build.assert_not_called()

    def test_it_sees_what_has_changed_since(self) -> None:
        before = self.events.ask(report=self.one.pk)
        noted = events.record(self.one, EventKind.NOTED)
        self.assertEqual(self.events.ask(report=self.one.pk), [*before, noted])

    def test_the_first_or_nothing(self) -> None:
        self.assertEqual(self.events.first(report=self.one.pk), self.one.events.order_by("id")[0])
        self.assertIsNone(self.events.first(report=uuid.uuid4()))

    def test_a_value_that_is_missing_is_an_error(self) -> None:
        with self.assertRaises(KeyError):
            self.events.ask()

    def test_values_of_columns_instead_of_rows(self) -> None:
        numbers = Statement(
            lambda: Report.objects.filter(pk=Given("pk", UUIDField())).values_list(
                "number", flat=True
            )
        )
        self.assertEqual(numbers.ask(pk=self.one.pk), [self.one.number])

    def test_one_of_a_few(self) -> None:
        some = Statement(lambda: Report.objects.filter(pk__in=any_of(3, UUIDField())))
        self.assertEqual(some.ask(**each([self.one.pk], 3)), [self.one])
        self.assertCountEqual(
            some.ask(**each([self.one.pk, self.other.pk], 3)), [self.one, self.other]
        )


class ReaderTests(TestCase):
    """A statement shows everybody what `visible_to` shows them."""

    SEEN = Statement(lambda: Report.objects.visible_to(AnyReader()))

    def test_like_visible_to(self) -> None:
        station = people.station()
        propam = people.unit(station, "propam")
        rina = people.operator(station)
        intan = people.operator(station, username="intan", unit=propam)
        stranger = people.operator(people.station("lain", "LAN"), username="dian")
        people.report(samples.text())
        secret = people.category("anggota-polri", reserved_for="propam")
        hidden = people.report(samples.text(by=samples.JOKO))
        Report.objects.filter(pk=hidden.pk).update(category=secret)
        for reader, number in ((rina, 1), (intan, 2), (stranger, 0), (rina, 1)):
            with self.subTest(reader.username):
                seen = self.SEEN.ask(**AnyReader.values_of(reader))
                self.assertCountEqual(seen, Report.objects.visible_to(reader))
                self.assertEqual(len(seen), number)

    def test_whoever_may_not_read_asks_nothing(self) -> None:
        chief = people.operator(people.station(), "chief")
        with self.assertNumQueries(0), self.assertRaises(NotAllowed):
            self.SEEN.ask(**AnyReader.values_of(chief))
