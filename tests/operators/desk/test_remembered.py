"""What is asked for again and again is remembered for a moment, as long as the cache is there."""

from datetime import timedelta
from unittest import mock

from django.core.cache import cache
from django.test import override_settings

from operators.desk import remembered
from operators.desk.hearing import Hearing
from tests import people
from tests.operators.desk.cases import DeskTestCase

A_MOMENT = timedelta(seconds=3)


@override_settings(HEARING_REMEMBERED=A_MOMENT)
class LatelyTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        cache.clear()
        self.addCleanup(cache.clear)
        self.addCleanup(setattr, remembered, "_left_alone_until", 0.0)

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
