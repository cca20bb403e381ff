"""Many messages at once: the same outcome as one by one, numbers without gaps, and a constant number of queries."""

import threading
from datetime import UTC, datetime
from unittest import mock, skipUnless

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from reports import jobs
from reports.models import Message, NumberSequence, Report, Reporter
from tests import people, samples
from tests.reports.cases import CommittedTestCase, StationTestCase, arrive, put_away
from tests.samples import Citizen


def citizen(number: int) -> Citizen:
    return Citizen(f"Warga {number}", f"+62813{number:08}", f"ID.8{number:015}")


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


class NumberTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(datetime(2027, 2, 1, tzinfo=UTC))

    def number_of(self, at: datetime, **changes: str) -> str:
        by = citizen(Report.objects.count() + 1)
        return people.report(samples.text(by=by, **changes), at=at).number

    def test_it_names_station_month_and_place_in_it(self) -> None:
        noon = datetime(2026, 11, 21, 5, tzinfo=UTC)
        self.assertEqual(self.number_of(noon), "CTH-2611-00001")
        self.assertEqual(self.number_of(noon), "CTH-2611-00002")

    def test_the_month_is_that_of_the_stations_clock(self) -> None:
        # 17:00 UTC is midnight in Sragen.
        self.assertEqual(
            self.number_of(datetime(2026, 11, 30, 16, 59, tzinfo=UTC)), "CTH-2611-00001"
        )
        self.assertEqual(self.number_of(datetime(2026, 11, 30, 17, tzinfo=UTC)), "CTH-2612-00001")

    @override_settings(TIME_ZONE="Asia/Jayapura")
    def test_further_east_the_month_begins_earlier(self) -> None:
        self.assertEqual(self.number_of(datetime(2026, 11, 30, 15, tzinfo=UTC)), "CTH-2612-00001")

    def test_a_new_year_begins_anew(self) -> None:
        self.number_of(datetime(2026, 12, 31, 16, tzinfo=UTC))
        self.assertEqual(self.number_of(datetime(2026, 12, 31, 18, tzinfo=UTC)), "CTH-2701-00001")

    def test_a_late_one_takes_a_number_of_the_month_it_arrived_in(self) -> None:
        self.number_of(datetime(2026, 12, 2, tzinfo=UTC))
        self.assertEqual(self.number_of(datetime(2026, 11, 29, tzinfo=UTC)), "CTH-2611-00001")

    def test_stations_count_apart(self) -> None:
        other = people.station("lain", "LAN").numbers.get(channel="whatsapp").address
        noon = datetime(2026, 11, 21, 5, tzinfo=UTC)
        self.number_of(noon)
        self.assertEqual(self.number_of(noon, To=f"whatsapp:{other}"), "LAN-2611-00001")

    def test_a_batch_is_numbered_in_the_order_of_arrival_without_gaps(self) -> None:
        messages = arrive(*(samples.text(by=citizen(n)) for n in range(12)))
        numbers = [message.report.number for message in messages]
        self.assertEqual([number[-5:] for number in numbers], [f"{n:05}" for n in range(1, 13)])

    def test_several_are_taken_with_one_statement(self) -> None:
        with self.assertNumQueries(1):
            numbers = NumberSequence.take(self.station, "2611", 3)
        self.assertEqual(numbers, ["CTH-2611-00001", "CTH-2611-00002", "CTH-2611-00003"])
        self.assertEqual(NumberSequence.take(self.station, "2611", 1), ["CTH-2611-00004"])

    def test_beyond_five_digits_it_goes_on(self) -> None:
        NumberSequence.take(self.station, "2611", 99_999)
        self.assertEqual(NumberSequence.take(self.station, "2611", 1), ["CTH-2611-100000"])

    def test_a_message_that_joins_a_report_takes_none(self) -> None:
        people.report()
        people.report()
        self.assertEqual(NumberSequence.objects.get().last, 1)


class QueriesTests(StationTestCase):
    def queries_for(self, *messages: samples.Params) -> int:
        for params in messages:
            put_away(params)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            done = jobs.drain_inbox(seconds=None)
        self.assertEqual(done, {"message": len(messages)})
        return len(asked)

    def test_newcomers_cost_the_same_one_or_twenty(self) -> None:
        one = self.queries_for(samples.text(by=citizen(0)))
        twenty = self.queries_for(*(samples.text(by=citizen(n)) for n in range(1, 21)))
        self.assertEqual(twenty, one)

    def test_follow_ups_cost_the_same_one_or_twenty(self) -> None:
        for n in range(21):
            people.message(samples.text(by=citizen(n)))
        one = self.queries_for(samples.picture(by=citizen(0)))
        twenty = self.queries_for(*(samples.picture(by=citizen(n)) for n in range(1, 21)))
        self.assertEqual(twenty, one)

    def test_an_album_costs_no_more_than_one_picture(self) -> None:
        one = self.queries_for(samples.picture(by=citizen(1)))
        album = self.queries_for(*(samples.picture(by=citizen(2)) for _ in range(20)))
        self.assertEqual(album, one)


class BatchTests(StationTestCase):
    def test_a_stranger_in_the_batch_does_not_hinder_the_others(self) -> None:
        messages = [samples.text(by=citizen(n % 3)) for n in range(9)]
        self.assertEqual(len({message.report_id for message in arrive(*messages)}), 3)
        self.assertEqual(sorted(Report.objects.values_list("unread_count", flat=True)), [3, 3, 3])

    def test_more_than_a_batch_is_done_in_several(self) -> None:
        for n in range(jobs.draining.BATCH + 5):
            put_away(samples.text(by=citizen(n % 7)))
        self.assertEqual(jobs.drain_inbox(seconds=None), {"message": jobs.draining.BATCH + 5})

    def test_every_reporter_has_an_alias_of_their_own(self) -> None:
        arrive(*(samples.text(by=citizen(n)) for n in range(30)))
        self.assertEqual(Reporter.objects.values("alias").distinct().count(), 30)


class WorkersAtOnceTests(CommittedTestCase):
    """Several workers on the same inbox. SQLite has one writer at a time."""

    def drain_with(self, workers: int) -> None:
        """Each takes two messages at a time, so that they get in each other's way."""
        problems: list[BaseException] = []

        def drain() -> None:
            try:
                jobs.drain_inbox(seconds=None)
            except BaseException as problem:  # noqa: BLE001
                problems.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=drain) for _ in range(workers)]
        with mock.patch.object(jobs.draining, "BATCH", 2):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(problems, [])

    @skipUnless(is_postgresql(), "needs several writers")
    def test_ten_messages_of_one_person_are_one_report(self) -> None:
        people.station()
        for n in range(10):
            put_away(samples.text(f"pesan {n}"))
        self.drain_with(workers=5)
        self.assertEqual(Report.objects.count(), 1)
        self.assertEqual(Reporter.objects.count(), 1)
        self.assertEqual(Message.objects.filter(direction="inbound").count(), 10)
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 1)
        self.assertEqual(Report.objects.get().unread_count, 10)

    @skipUnless(is_postgresql(), "needs several writers")
    def test_many_people_are_each_taken_in_once(self) -> None:
        people.station()
        for n in range(60):
            put_away(samples.text(by=citizen(n % 20)))
        self.drain_with(workers=4)
        self.assertEqual(Report.objects.count(), 20)
        self.assertEqual(Message.objects.filter(direction="inbound").count(), 60)
        numbers = sorted(Report.objects.values_list("number", flat=True))
        self.assertEqual([number[-5:] for number in numbers], [f"{n:05}" for n in range(1, 21)])
