"""How often reports turned out true: what is counted, how few are shrunk to the average, and what order follows."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.test import SimpleTestCase, override_settings
from django.utils import timezone

from operators.models import Operator
from reports import reliability, triage
from reports.models import Area, Category, Report
from reports.reliability import Ledger, Part, Tally, below, quantile
from reports.workflow import Outcome, Urgency
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import JOKO, WATI, Citizen

NIGHT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
"""Half past nine in the evening here."""


class TallyTests(SimpleTestCase):
    def test_every_outcome_counts_as_one_thing_or_as_nothing(self) -> None:
        counted = {
            "confirmed": {Outcome.ACTED, Outcome.ALREADY_OVER},
            "zonk": {Outcome.NOT_FOUND, Outcome.WRONG_PLACE},
            "intent": {Outcome.PRANK, Outcome.FALSE_REPORT},
        }
        for outcome in Outcome:
            tally = reliability.tally_of({outcome: 1})
            for name, outcomes in counted.items():
                with self.subTest(outcome=outcome, name=name):
                    self.assertEqual(getattr(tally, name), int(outcome in outcomes))

    def test_a_newcomer_is_taken_for_the_average(self) -> None:
        for average in (0.0, 0.3, 0.7, 1.0):
            with self.subTest(average=average):
                self.assertEqual(Tally().estimate(average).share, average)

    def test_few_reports_say_little_and_many_say_much(self) -> None:
        one, ten, hundred = (Tally(zonk=n).estimate(0.7).share for n in (1, 10, 100))
        self.assertTrue(0.7 > one > ten > hundred > 0)
        self.assertGreater(one, 0.6)
        self.assertLess(hundred, 0.1)

    def test_the_share_is_that_of_the_average_and_the_own_together(self) -> None:
        with override_settings(RELIABILITY_AS_IF=8):
            estimate = Tally(confirmed=4, zonk=1).estimate(0.5)
        self.assertAlmostEqual(estimate.share, (8 * 0.5 + 4) / (8 + 5))

    def test_more_reports_make_the_interval_narrower(self) -> None:
        widths = []
        for times in (0, 1, 10, 100):
            estimate = Tally(confirmed=3 * times, zonk=times).estimate(0.75)
            self.assertTrue(0 < estimate.low < estimate.share < estimate.high < 1)
            widths.append(estimate.high - estimate.low)
        self.assertEqual(widths, sorted(widths, reverse=True))


class BetaTests(SimpleTestCase):
    def test_it_agrees_with_what_is_known(self) -> None:
        # Beta(1, 1) is uniform, Beta(2, 1) has the distribution x², Beta(n, n) is symmetrical.
        for x in (0.1, 0.25, 0.5, 0.9):
            self.assertAlmostEqual(below(x, 1, 1), x, places=6)
            self.assertAlmostEqual(below(x, 2, 1), x * x, places=6)
            self.assertAlmostEqual(below(x, 1, 3), 1 - (1 - x) ** 3, places=6)
        for n in (0.5, 4, 40, 4_000):
            self.assertAlmostEqual(below(0.5, n, n), 0.5, places=6)
        self.assertEqual((below(0, 2, 2), below(1, 2, 2)), (0, 1))

    def test_a_quantile_is_where_so_much_lies_below(self) -> None:
        for a, b in ((0.5, 8), (5.6, 2.4), (300, 120), (9_000, 1_000)):
            for wanted in (0.1, 0.5, 0.9):
                with self.subTest(a=a, b=b, wanted=wanted):
                    found = quantile(wanted, a, b)
                    self.assertLess(below(found - 0.001, a, b), wanted)
                    self.assertGreater(below(found + 0.001, a, b), wanted)


class PartOfDayTests(SimpleTestCase):
    def test_the_day_is_divided_as_people_divide_it(self) -> None:
        parts = {
            0: Part.BEFORE_DAWN, 4: Part.BEFORE_DAWN, 5: Part.MORNING, 10: Part.MORNING,
            11: Part.NOON, 14: Part.NOON, 15: Part.AFTERNOON, 17: Part.AFTERNOON, 18: Part.NIGHT,
            23: Part.NIGHT,
        }  # fmt: skip
        for hour, part in parts.items():
            with self.subTest(hour=hour):
                self.assertEqual(reliability.part_at(hour), part)

    def test_by_the_stations_clock(self) -> None:
        self.assertEqual(reliability.part_of_day(NIGHT), Part.NIGHT)


class LedgerTestCase(StationTestCase):
    """Reports with an outcome, each of another citizen unless one is named."""

    category: Category
    district: Area
    village: Area

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.category = people.category("knalpot-brong")
        where = {"station": cls.station, "latitude": -7.4, "longitude": 111.0}
        cls.district = Area.objects.create(
            code="33.14.10", level="district", name="Sragen", **where
        )
        cls.village = Area.objects.create(
            code="33.14.10.1", level="village", name="Sine", parent=cls.district, **where
        )

    def setUp(self) -> None:
        super().setUp()
        self.travel(NIGHT + timedelta(days=3))
        self._citizens = 0

    def closed(
        self,
        outcome: Outcome | None,
        *,
        by: Citizen | None = None,
        at: datetime = NIGHT,
        area: Area | None = None,
        **fields: object,
    ) -> Report:
        self._citizens += 1
        who = by or Citizen(f"W{self._citizens}", f"+62813{self._citizens:08}")
        report = people.report(samples.text(by=who), at=at)
        if outcome:
            triage.close(report, outcome, "Sudah dicek.", by=self.rina)
        changed = {"area": area, "received_at": at, **fields}
        if outcome:
            changed["closed_at"] = at
        Report.objects.filter(pk=report.pk).update(**changed)
        return Report.objects.select_related("area", "station").get(pk=report.pk)

    def ledger(self) -> Ledger:
        return reliability.ledger(self.station.pk, at=timezone.now())


class LedgerTests(LedgerTestCase):
    def test_questions_tests_and_what_is_open_are_left_out(self) -> None:
        for outcome in (Outcome.ANSWERED, Outcome.NUMBER_TEST, Outcome.DUPLICATE, None):
            self.closed(outcome)
        self.assertEqual(self.ledger().all, Tally())

    def test_it_counts_by_kecamatan_time_hour_and_category(self) -> None:
        self.closed(Outcome.ACTED, area=self.village, category=self.category)
        self.closed(Outcome.NOT_FOUND, area=self.district, category=self.category)
        self.closed(Outcome.PRANK)
        known = self.ledger()
        both = Tally(confirmed=1, zonk=1)
        self.assertEqual(known.all, Tally(1, 1, 1))
        self.assertEqual(known.by_district, {self.district.pk: both})
        self.assertEqual(known.by_category, {self.category.pk: both})
        self.assertEqual(known.by_part, {Part.NIGHT: Tally(1, 1, 1)})
        self.assertEqual(known.by_hour, {21: Tally(1, 1, 1)})
        self.assertEqual(known.by_district_and_part, {(self.district.pk, Part.NIGHT): both})
        self.assertAlmostEqual(known.average, 1 / 3)

    def test_what_is_long_ago_says_nothing_any_more(self) -> None:
        self.closed(Outcome.ACTED)
        self.travel(settings.RELIABILITY_WINDOW + timedelta(days=1))
        self.assertEqual(self.ledger().all, Tally())

    def test_another_stations_is_its_own(self) -> None:
        self.closed(Outcome.ACTED)
        other = people.station("lain", "LAN")
        self.assertEqual(reliability.ledger(other.pk, at=timezone.now()).all, Tally())

    def test_only_the_latest_are_counted_however_many_there_are(self) -> None:
        for n in range(3):
            self.closed(Outcome.ACTED, at=NIGHT + timedelta(hours=n))
        self.closed(Outcome.NOT_FOUND, at=NIGHT - timedelta(days=1))
        with override_settings(RELIABILITY_LATEST=3):
            self.assertEqual(self.ledger().all, Tally(confirmed=3))

    def test_it_is_one_query(self) -> None:
        self.closed(Outcome.ACTED)
        with self.assertNumQueries(1):
            self.ledger()

    def test_a_station_without_a_past_is_undecided(self) -> None:
        self.assertEqual(self.ledger().average, 0.5)


class PastTests(LedgerTestCase):
    def past(self, report: Report, *, by: Operator | None = None) -> reliability.Past:
        return reliability.past_of(report, by=by or self.rina)

    def test_the_report_itself_is_not_its_own_past(self) -> None:
        report = self.closed(Outcome.ACTED, by=WATI)
        self.assertEqual(self.past(report), (Tally(), False))

    def test_the_others_are(self) -> None:
        for day, outcome in enumerate((Outcome.ACTED, Outcome.ACTED, Outcome.NOT_FOUND)):
            self.closed(outcome, by=WATI, at=NIGHT - timedelta(days=9 - 2 * day))
        self.closed(Outcome.PRANK, by=JOKO)
        report = self.closed(None, by=WATI, at=NIGHT + timedelta(days=2))
        self.assertEqual(self.past(report).tally, Tally(confirmed=2, zonk=1))

    def test_reports_that_are_reserved_for_others_are_not_told_of(self) -> None:
        reserved = people.category("anggota-polri", reserved_for="propam")
        self.closed(Outcome.ACTED, by=WATI, at=NIGHT - timedelta(days=2), category=reserved)
        report = self.closed(None, by=WATI)
        self.assertEqual(self.past(report).tally, Tally())

    def test_it_says_whether_anything_was_ever_held_against_them(self) -> None:
        report = self.closed(Outcome.PRANK, by=WATI)
        people.kept_message(report)
        self.assertTrue(self.past(report).is_on_ladder)

    def test_it_is_one_query(self) -> None:
        report = self.closed(Outcome.ACTED, by=WATI)
        with self.assertNumQueries(1):
            self.past(report)


class OrderTests(LedgerTestCase):
    def ordered(self, *reports: Report) -> list[Report]:
        own = reliability.of_reporters(reports, by=self.rina)
        return reliability.likeliest_first(reports, self.ledger(), own)

    def test_among_those_alike_the_likeliest_is_first(self) -> None:
        for day in (4, 3, 2, 1):
            self.closed(Outcome.NOT_FOUND, by=WATI, at=NIGHT - timedelta(days=2 * day))
            self.closed(Outcome.ACTED, by=JOKO, at=NIGHT - timedelta(days=2 * day))
        doubtful, likely = self.closed(None, by=WATI), self.closed(None, by=JOKO)
        self.assertEqual(self.ordered(doubtful, likely), [likely, doubtful])

    def test_urgency_goes_before_it(self) -> None:
        for day in (4, 3, 2, 1):
            self.closed(Outcome.NOT_FOUND, by=WATI, at=NIGHT - timedelta(days=2 * day))
        urgent = self.closed(None, by=WATI, urgency=Urgency.EMERGENCY)
        likely = self.closed(None, by=JOKO)
        self.assertEqual(self.ordered(likely, urgent), [urgent, likely])

    def test_of_equals_the_oldest(self) -> None:
        late = self.closed(None, at=NIGHT + timedelta(hours=1))
        early = self.closed(None)
        self.assertEqual(self.ordered(late, early), [early, late])

    def test_nobody_falls_out_of_it(self) -> None:
        reports = [self.closed(None) for _ in range(4)]
        self.assertCountEqual(self.ordered(*reports), reports)

    def test_the_queue_is_not_ordered_by_it(self) -> None:
        for day in (4, 3, 2, 1):
            self.closed(Outcome.NOT_FOUND, by=WATI, at=NIGHT - timedelta(days=2 * day))
        doubtful = self.closed(None, by=WATI, at=NIGHT)
        likely = self.closed(None, by=JOKO, at=NIGHT + timedelta(minutes=5))
        self.assertEqual(list(Report.objects.open().lost_first()), [doubtful, likely])
