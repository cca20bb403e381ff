"""Which unit a report goes to, and the sentence that says why."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from operators.models import Unit
from reports import routing
from reports.models import Area, Category, Report, RoutingRule
from reports.workflow import Urgency
from tests import people
from tests.reports.cases import StationTestCase

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 21, hour, minute, tzinfo=JAKARTA)


class RoutingTestCase(StationTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.samapta = people.unit(cls.station)
        cls.lantas, cls.reskrim = (people.unit(cls.station, slug) for slug in ("lantas", "reskrim"))
        people.unit(cls.station, "spkt")
        cls.gesi, cls.tangen = (cls.kecamatan(code) for code in ("18", "19"))
        cls.polsek_gesi = cls.polsek("Gesi", cls.gesi)
        cls.polsek_tangen = cls.polsek("Tangen", cls.tangen, may_investigate=False)
        cls.crime = people.category("kriminal")

    @classmethod
    def kecamatan(cls, code: str) -> Area:
        where = {"latitude": -7.4, "longitude": 111.0}
        return Area.objects.create(
            station=cls.station, code=f"33.14.{code}", level="district", name=f"Kec {code}", **where
        )

    @classmethod
    def polsek(cls, name: str, district: Area, **fields: bool) -> Unit:
        return Unit.objects.create(
            station=cls.station,
            slug=f"polsek-{name.lower()}",
            name=f"Polsek {name}",
            district=district,
            **fields,
        )

    def rule(self, position: int = 1, **fields: object) -> RoutingRule:
        made = RoutingRule(station=self.station, position=position, **fields)
        made.full_clean()
        made.save()
        return made

    def report(self, category: Category | None = None, **fields: object) -> Report:
        report = people.report()
        Report.objects.filter(pk=report.pk).update(category=category, **fields)
        related = ("station", "category__parent", "area__parent")
        return Report.objects.select_related(*related).get(pk=report.pk)

    def suggest(self, report: Report, when: datetime | None = None) -> routing.Suggestion:
        found = routing.suggest(report, at=when or at(12))
        assert found is not None
        return found


class RuleTests(RoutingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.brong = people.category(
            "knalpot-brong",
            label="Knalpot brong",
            unit_slug="lantas",
            supporting_unit_slugs=["samapta"],
        )

    def test_by_night_samapta_catches_and_lantas_tickets(self) -> None:
        self.rule(
            category=self.brong,
            unit=self.samapta,
            together_with=self.lantas,
            from_time=time(18),
            to_time=time(5),
        )
        report = self.report(self.brong)
        for when in (at(18), at(23, 59), at(0), at(4, 59)):
            with self.subTest(when=when):
                found = self.suggest(report, when)
                self.assertEqual((found.unit, found.second), (self.samapta, self.lantas))
                self.assertTrue(found.is_together)
                self.assertEqual(
                    found.why,
                    "Knalpot brong malam hari (18.00–05.00): Samapta, bersama Lantas.",
                )
        for when in (at(17, 59), at(5)):
            with self.subTest(when=when):
                found = self.suggest(report, when)
                self.assertEqual((found.unit, found.is_together), (self.lantas, False))
                self.assertEqual(found.why, "Knalpot brong: Lantas.")

    def test_hours_of_the_day_end_before_their_last_minute(self) -> None:
        self.rule(unit=self.samapta, from_time=time(8), to_time=time(16))
        report = self.report(self.brong)
        said = [self.suggest(report, when).unit for when in (at(7, 59), at(8), at(15, 59), at(16))]
        self.assertEqual(said, [self.lantas, self.samapta, self.samapta, self.lantas])
        self.assertEqual(
            self.suggest(report, at(9)).why, "Setiap laporan pukul 08.00–16.00: Samapta."
        )

    def test_the_hours_are_those_of_the_station_and_not_of_the_server(self) -> None:
        self.rule(unit=self.samapta, from_time=time(18), to_time=time(5))
        report = self.report(self.brong)
        self.assertEqual(
            self.suggest(report, at(20).astimezone(ZoneInfo("UTC"))).unit, self.samapta
        )

    def test_the_first_that_fits_decides(self) -> None:
        self.rule(2, category=self.brong, unit=self.samapta)
        self.rule(1, category=self.brong, unit=self.reskrim)
        off = self.rule(0, category=self.brong, unit=self.lantas)
        RoutingRule.objects.filter(pk=off.pk).update(is_active=False)
        self.assertEqual(self.suggest(self.report(self.brong)).unit, self.reskrim)

    def test_a_rule_for_a_group_holds_for_its_categories(self) -> None:
        group = people.category("kamtibmas", label="Kamtibmas")
        Category.objects.filter(pk=self.brong.pk).update(parent=group)
        self.rule(category=group, unit=self.reskrim)
        self.assertEqual(self.suggest(self.report(self.brong)).why, "Kamtibmas: Reskrim.")

    def test_a_rule_for_a_kecamatan_holds_in_its_villages(self) -> None:
        self.rule(district=self.gesi, unit=self.samapta)
        village = Area.objects.create(
            station=self.station, code="33.14.18.2001", level="village", name="Slendro",
            parent=self.gesi, latitude=-7.4, longitude=111.0,
        )  # fmt: skip
        for area, unit in (
            (village, self.samapta),
            (self.gesi, self.samapta),
            (self.tangen, self.lantas),
            (None, self.lantas),
        ):
            with self.subTest(area=area):
                self.assertEqual(self.suggest(self.report(self.brong, area=area)).unit, unit)

    def test_a_rule_from_an_urgency_on(self) -> None:
        self.rule(least_urgency=Urgency.SOON, unit=self.samapta)
        for urgency, unit in ((1, self.lantas), (2, self.samapta), (3, self.samapta)):
            with self.subTest(urgency=urgency):
                self.assertEqual(self.suggest(self.report(self.brong, urgency=urgency)).unit, unit)

    def test_a_rule_to_a_unit_that_is_no_more_is_passed_over(self) -> None:
        Unit.objects.filter(pk=self.reskrim.pk).update(is_active=False)
        self.rule(unit=self.reskrim)
        self.assertEqual(self.suggest(self.report(self.brong)).unit, self.lantas)

    def test_another_stations_rules_are_another_stations(self) -> None:
        away = people.station("lain", "LLN")
        RoutingRule.objects.create(station=away, unit=people.unit(away))
        self.assertEqual(self.suggest(self.report(self.brong)).unit, self.lantas)


class PolsekTests(RoutingTestCase):
    def theft(self, **fields: object) -> Category:
        return people.category(
            "pencurian",
            label="Pencurian",
            parent=self.crime,
            unit_slug="reskrim",
            supporting_unit_slugs=["polsek"],
            **fields,
        )

    def test_a_rule_to_the_polsek_goes_to_that_of_the_kecamatan(self) -> None:
        self.rule(category=self.crime, to_polsek=True, unit=self.reskrim)
        found = self.suggest(self.report(self.theft(), area=self.gesi))
        self.assertEqual((found.unit, found.why), (self.polsek_gesi, "Kriminal: Polsek Gesi."))

    def test_a_polsek_that_only_enquires_gets_no_criminal_case(self) -> None:
        self.rule(category=self.crime, to_polsek=True, unit=self.samapta)
        found = self.suggest(self.report(self.theft(), area=self.tangen))
        self.assertEqual(found.unit, self.samapta)
        self.assertIn("Polsek Tangen hanya penyelidikan", found.why)

    def test_without_a_unit_in_the_rule_it_goes_to_the_detectives(self) -> None:
        self.rule(to_polsek=True)
        found = self.suggest(self.report(self.theft(), area=self.tangen))
        self.assertEqual(found.unit, self.reskrim)
        self.assertIn("perkara pidana ke Reskrim", found.why)

    def test_it_gets_what_is_no_crime(self) -> None:
        noise = people.category("keributan", label="Keributan", unit_slug="polsek")
        found = self.suggest(self.report(noise, area=self.tangen))
        self.assertEqual((found.unit, found.why), (self.polsek_tangen, "Keributan: Polsek Tangen."))

    def test_where_the_place_is_not_known_the_patrol_goes_and_the_sentence_says_so(self) -> None:
        noise = people.category("keributan", label="Keributan", unit_slug="polsek")
        found = self.suggest(self.report(noise))
        self.assertEqual(found.unit, self.samapta)
        self.assertIn("belum diketahui", found.why)

    def test_a_polsek_in_support_is_that_of_the_kecamatan_where_it_may(self) -> None:
        theft = self.theft()
        for area, second in ((self.gesi, self.polsek_gesi), (self.tangen, None), (None, None)):
            with self.subTest(area=area):
                found = self.suggest(self.report(theft, area=area))
                self.assertEqual((found.unit, found.second), (self.reskrim, second))


class CategoryTests(RoutingTestCase):
    def test_in_an_emergency_the_second_unit_goes_as_well(self) -> None:
        robbery = people.category(
            "begal", label="Begal", unit_slug="reskrim", supporting_unit_slugs=["samapta"]
        )
        for urgency, is_together in ((2, False), (3, True)):
            with self.subTest(urgency=urgency):
                found = self.suggest(self.report(robbery, urgency=urgency))
                self.assertEqual((found.unit, found.second), (self.reskrim, self.samapta))
                self.assertEqual(found.is_together, is_together)

    def test_a_question_for_the_desk_goes_nowhere_unless_it_is_an_emergency(self) -> None:
        fire = people.category(
            "kebakaran", unit_slug="spkt", supporting_unit_slugs=["polsek", "samapta"]
        )
        self.assertIsNone(routing.suggest(self.report(fire), at=at(12)))
        found = self.suggest(self.report(fire, urgency=3, area=self.gesi))
        self.assertEqual((found.unit, found.second), (self.polsek_gesi, self.samapta))

    def test_what_is_reserved_goes_to_its_own_unit_whatever_the_rules_say(self) -> None:
        propam = people.unit(self.station, "propam")
        self.rule(unit=self.samapta)
        member = people.category("anggota-polri", reserved_for="propam", unit_slug="propam")
        found = self.suggest(self.report(member))
        self.assertEqual((found.unit, found.second), (propam, None))

    def test_without_a_category_somebody_goes_and_looks(self) -> None:
        for desk, area, unit in (
            ("spkt", self.gesi, self.polsek_gesi),
            ("spkt", None, self.samapta),
            ("samapta", self.gesi, self.samapta),
        ):
            with self.subTest(desk=desk, area=area):
                self.station.duty_desk = desk
                self.station.save()
                self.assertEqual(self.suggest(self.report(area=area)).unit, unit)

    def test_a_station_without_units_suggests_nothing(self) -> None:
        Unit.objects.all().delete()
        self.assertIsNone(routing.suggest(self.report(), at=timezone.now()))

    def test_it_takes_two_queries(self) -> None:
        for number in range(5):
            self.rule(number, category=self.crime, district=self.gesi, unit=self.reskrim)
        report = self.report(people.category("x", unit_slug="polsek"), area=self.tangen)
        with self.assertNumQueries(2):
            self.suggest(report)
