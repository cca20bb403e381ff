"""What is asked for again and again is remembered for a moment, as long as the cache is there."""

from datetime import timedelta
from unittest import mock

from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone

from operators.desk import facts, notes, remembered
from operators.desk.hearing import Hearing
from tests import people
from tests.operators.desk.cases import DeskTestCase

A_MOMENT = timedelta(seconds=3)


class RememberingTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        for forget in (cache.clear, remembered.forget):
            forget()
            self.addCleanup(forget)
        self.addCleanup(setattr, remembered, "_left_alone_until", 0.0)


@override_settings(HEARING_REMEMBERED=A_MOMENT)
class LatelyTests(RememberingTestCase):
    def test_a_second_page_asks_the_database_nothing(self) -> None:
        before = [sign.name for sign in Hearing(self.rina).everything]
        with self.assertNumQueries(0):
            self.assertEqual(Hearing(self.rina).troubles, [])
        self.assertEqual([sign.name for sign in Hearing(self.rina).everything], before)

    def test_the_station_next_door_is_asked_for_itself(self) -> None:
        self.assertEqual(Hearing(self.rina).troubles, [])
        andi = people.operator(people.station("sebelah", "SBL"), username="andi")
        with self.assertNumQueries(1):
            self.assertEqual(Hearing(andi).troubles, [])

    def test_nothing_is_remembered_for_no_time(self) -> None:
        for answer in (1, 2):
            self.assertEqual(remembered.lately("x", timedelta(0), lambda a=answer: a), answer)

    def test_without_the_cache_the_answer_is_as_good(self) -> None:
        with mock.patch.object(remembered.cache, "get", side_effect=ConnectionError):
            for answer in (1, 2):
                told = remembered.lately("x", A_MOMENT, lambda a=answer: a)
                self.assertEqual(told, answer)


@override_settings(CHOICES_REMEMBERED=A_MOMENT)
class ChoicesTests(RememberingTestCase):
    def test_categories_and_colleagues_are_asked_for_once(self) -> None:
        report = self.arrive()
        people.category("balap-liar")
        first = (str(facts.category_options(report)), notes.colleagues(report))
        with self.assertNumQueries(0):
            again = (str(facts.category_options(report)), notes.colleagues(report))
        self.assertEqual(again, first)
        self.assertIn('value="balap-liar"', first[0])

    # Redis counts the seconds itself; a moment that a test makes pass is known to this process alone.
    @override_settings(
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    )
    def test_what_is_new_is_offered_after_a_moment(self) -> None:
        self.travel(timezone.now())
        report = self.arrive()
        facts.category_options(report)
        people.category("balap-liar")
        self.travel(A_MOMENT + timedelta(seconds=1))
        self.assertIn('value="balap-liar"', facts.category_options(report))

    def test_whom_a_reserved_report_is_hidden_from_is_not_among_the_colleagues(self) -> None:
        propam = people.unit(self.station, "propam")
        people.operator(self.station, username="intan", unit=propam)
        everybody = notes.colleagues(self.arrive())
        reserved = self.arrive(category=people.category("anggota-polri", reserved_for="propam"))
        self.assertEqual([one.username for one in notes.colleagues(reserved)], ["intan"])
        self.assertIn("bambang", [one.username for one in everybody])
