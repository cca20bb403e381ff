"""Category, urgency, place and summary: what each verb changes, whom it refuses, and what it never does."""

from datetime import timedelta
from typing import Any

from operators.permissions import Role
from reports import claims, describing, reading, triage
from reports.actors import NotAllowed
from reports.identity import vault
from reports.models import Area, Boundary, Category, Change, Event, Landmark, Report, Station
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.reports.cases import StationTestCase

SQUARE = [[[110.0, -7.0], [110.1, -7.0], [110.1, -7.1], [110.0, -7.1], [110.0, -7.0]]]


def village(station: Station, code: str, name: str, at: tuple[float, float], **more: Any) -> Area:
    latitude, longitude = at
    return Area.objects.create(
        station=station,
        code=code,
        level=Area.Level.VILLAGE,
        name=name,
        latitude=latitude,
        longitude=longitude,
        **more,
    )


class DescribingTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text())

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.report.pk)

    def last_event(self) -> Event:
        event = self.report.events.order_by("-at", "-pk").first()
        assert event is not None
        return event


class CategoriseTests(DescribingTestCase):
    def test_it_is_set_and_recorded_and_claims_nothing(self) -> None:
        before = self.now_is().version
        describing.categorise(self.report, people.category("balap-liar"), by=self.rina)
        report = self.now_is()
        assert report.category
        self.assertEqual(report.category.slug, "balap-liar")
        self.assertEqual((report.holder, report.status), (None, Status.NEW))
        self.assertEqual(report.version, before)
        event = self.last_event()
        self.assertEqual((event.kind, event.by), ("categorised", self.rina))
        self.assertEqual(event.data, {"category": "balap-liar", "urgency": "segera"})

    def test_its_urgency_raises_that_of_the_report(self) -> None:
        fire = people.category("kebakaran", urgency=Urgency.EMERGENCY)
        describing.categorise(self.report, fire, by=self.rina)
        self.assertEqual(self.now_is().urgency, Urgency.EMERGENCY)

    def test_and_never_lowers_it(self) -> None:
        describing.set_urgency(self.report, Urgency.EMERGENCY, by=self.rina)
        describing.categorise(
            self.report, people.category("skck", urgency=Urgency.ROUTINE), by=self.rina
        )
        self.assertEqual(self.now_is().urgency, Urgency.EMERGENCY)
        self.assertEqual(self.last_event().data, {"category": "skck"})

    def test_its_target_moves_the_time_that_the_report_is_due(self) -> None:
        category = people.category("kebakaran", urgency=Urgency.EMERGENCY, respond_minutes=1)
        describing.categorise(self.report, category, by=self.rina)
        report = self.now_is()
        assert report.waiting_since
        self.assertEqual(report.due_at, report.waiting_since + timedelta(minutes=1))

    def test_the_same_again_says_nothing(self) -> None:
        category = people.category()
        for _ in range(2):
            describing.categorise(self.report, category, by=self.rina)
        self.assertEqual(self.report.events.filter(kind="categorised").count(), 1)

    def test_a_group_is_refused(self) -> None:
        group = people.category("kamtibmas")
        people.category("balap-liar", parent=group)
        with self.assertRaises(describing.NotACategory):
            describing.categorise(self.report, group, by=self.rina)
        self.assertIsNone(self.now_is().category)

    def test_a_colleague_may_put_right_what_another_holds(self) -> None:
        claims.claim(self.report, by=people.operator(self.station, username="budi"))
        describing.categorise(self.report, people.category(), by=self.rina)
        self.assertIsNotNone(self.now_is().category)

    def test_a_closed_report_can_still_be_categorised_and_grows_no_more_urgent(self) -> None:
        triage.close(self.report, Outcome.ACTED, "Sudah.", by=self.rina)
        fire = people.category("kebakaran", urgency=Urgency.EMERGENCY)
        describing.categorise(self.report, fire, by=self.rina)
        report = self.now_is()
        self.assertEqual((report.category, report.urgency), (fire, Urgency.ROUTINE))
        self.assertIsNone(report.due_at)


class ReservedTests(DescribingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.secret = people.category("anggota-polri", reserved_for="propam")
        self.siti = people.operator(
            self.station, username="siti", unit=people.unit(self.station, "propam")
        )

    def test_it_leaves_everybody_else_and_their_hands(self) -> None:
        claims.claim(self.report, by=self.rina)
        version = self.now_is().version
        describing.categorise(self.report, self.secret, by=self.rina)
        report = self.now_is()
        self.assertFalse(Report.objects.visible_to(self.rina).exists())
        self.assertEqual(Report.objects.visible_to(self.siti).get(), report)
        self.assertEqual((report.holder, report.claimed_at), (None, None))
        self.assertEqual(report.version, version + 1)

    def test_whoever_is_in_charge_of_such_reports_keeps_it(self) -> None:
        claims.claim(self.report, by=self.siti)
        describing.categorise(self.report, self.secret, by=self.siti)
        self.assertEqual(self.now_is().holder, self.siti)

    def test_open_desks_are_told_to_draw_anew(self) -> None:
        describing.categorise(self.report, self.secret, by=self.rina)
        self.assertTrue(Change.objects.filter(report=self.report, is_hiding=True).exists())

    def test_afterwards_nobody_else_may_do_anything(self) -> None:
        describing.categorise(self.report, self.secret, by=self.rina)
        with self.assertRaises(NotAllowed):
            describing.categorise(self.report, people.category(), by=self.rina)
        with self.assertRaises(NotAllowed):
            describing.summarise(self.report, "Coba", by=self.rina)

    def test_another_category_gives_it_back_to_all(self) -> None:
        describing.categorise(self.report, self.secret, by=self.siti)
        describing.categorise(self.report, people.category(), by=self.siti)
        self.assertTrue(Report.objects.visible_to(self.rina).exists())


class UrgencyTests(DescribingTestCase):
    def test_a_person_may_raise_and_lower_it(self) -> None:
        for urgency in (Urgency.EMERGENCY, Urgency.SOON, Urgency.ROUTINE):
            describing.set_urgency(self.report, urgency, by=self.rina)
            self.assertEqual(self.now_is().urgency, urgency)
        self.assertEqual(self.last_event().data, {"urgency": "biasa", "was": "segera"})

    def test_it_moves_the_time_that_the_report_is_due(self) -> None:
        before = self.now_is().due_at
        assert before
        describing.set_urgency(self.report, Urgency.EMERGENCY, by=self.rina)
        after = self.now_is().due_at
        assert after
        self.assertLess(after, before)

    def test_the_same_again_says_nothing(self) -> None:
        describing.set_urgency(self.report, Urgency.ROUTINE, by=self.rina)
        self.assertFalse(self.report.events.filter(kind="urgency_set").exists())

    def test_nothing_is_urgent_about_what_is_over(self) -> None:
        triage.close(self.report, Outcome.ACTED, "Sudah.", by=self.rina)
        with self.assertRaises(claims.AlreadyClosed):
            describing.set_urgency(self.report, Urgency.SOON, by=self.rina)

    def test_what_is_no_urgency_is_refused(self) -> None:
        with self.assertRaises(describing.UrgencyUnknown):
            describing.set_urgency(self.report, 9, by=self.rina)


class PlaceTests(DescribingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.mojo = village(self.station, "33.72.03.1010", "Mojo", (-7.05, 110.05))
        Boundary.objects.create(
            area=self.mojo,
            geometry={"type": "Polygon", "coordinates": SQUARE},
            west=110.0,
            south=-7.1,
            east=110.1,
            north=-7.0,
        )
        # Its centre is nearer to the eastern edge of the square than the square's own.
        self.baru = village(self.station, "33.72.03.1011", "Baru", (-7.05, 110.11))
        self.market = Landmark.objects.create(
            station=self.station, name="Pasar", area=self.mojo, latitude=-7.02, longitude=110.02
        )

    def place(self, **given: Any) -> Report:
        describing.place(self.report, **given, by=self.rina)
        return self.now_is()

    def test_an_area_alone_has_no_point(self) -> None:
        report = self.place(area=self.mojo)
        self.assertEqual((report.area, report.latitude, report.landmark), (self.mojo, None, None))
        self.assertEqual(self.last_event().data, {"area": "Mojo", "has_point": False})

    def test_a_landmark_gives_its_area_and_its_point(self) -> None:
        report = self.place(landmark=self.market)
        self.assertEqual((report.landmark, report.area), (self.market, self.mojo))
        self.assertEqual((report.latitude, report.longitude), (-7.02, 110.02))
        self.assertEqual(self.last_event().data["landmark"], "Pasar")

    def test_a_point_lies_in_the_area_whose_outline_holds_it(self) -> None:
        report = self.place(latitude=-7.05, longitude=110.095)
        self.assertEqual(report.area, self.mojo)

    def test_without_an_outline_the_nearest_centre_is_taken(self) -> None:
        self.assertEqual(self.place(latitude=-7.05, longitude=110.115).area, self.baru)

    def test_far_from_every_centre_it_has_no_area(self) -> None:
        report = self.place(latitude=-6.2, longitude=106.8)
        self.assertEqual((report.area, report.latitude), (None, -6.2))

    def test_the_next_place_leaves_nothing_of_the_one_before(self) -> None:
        self.place(landmark=self.market, note="Sisi utara")
        report = self.place(area=self.baru)
        self.assertEqual((report.landmark, report.latitude, report.longitude), (None, None, None))
        self.assertEqual(report.place_note_sealed, b"")

    def test_the_note_is_sealed_and_nowhere_else(self) -> None:
        report = self.place(area=self.mojo, note="Rumah cat hijau")
        self.assertNotIn(b"hijau", bytes(report.place_note_sealed))
        self.assertNotIn("hijau", str(self.last_event().data))
        self.assertEqual(reading.about(report, by=self.rina).place_note, "Rumah cat hijau")

    def test_what_is_no_place_is_refused(self) -> None:
        elsewhere = people.station("lain", "LAN")
        foreign = village(elsewhere, "33.01.01.1001", "Jauh", (-7.0, 110.0))
        for given in (
            {},
            {"note": "Di sana"},
            {"latitude": -7.0},
            {"longitude": 110.0},
            {"latitude": 52.5, "longitude": 13.4},
            {"latitude": float("nan"), "longitude": 110.0},
            {"area": foreign},
        ):
            with self.subTest(given), self.assertRaises(describing.PlaceUnfit):
                self.place(**given)
        self.assertIsNone(self.now_is().area)

    def test_the_reporters_own_position_is_not_the_place(self) -> None:
        report = people.report(samples.place(by=samples.JOKO))
        self.assertEqual((report.area, report.latitude), (None, None))


class SummariseTests(DescribingTestCase):
    def test_it_is_sealed_and_can_be_read(self) -> None:
        describing.summarise(self.report, " Balap liar sejak jam 1 ", by=self.rina)
        report = self.now_is()
        self.assertNotIn(b"Balap", bytes(report.summary_sealed))
        self.assertEqual(reading.about(report, by=self.rina).summary, "Balap liar sejak jam 1")
        self.assertEqual((self.last_event().kind, self.last_event().data), ("summarised", {}))

    def test_it_opens_on_its_own_report_only(self) -> None:
        describing.summarise(self.report, "Balap liar", by=self.rina)
        other = people.report(samples.text(by=samples.JOKO))
        Report.objects.filter(pk=other.pk).update(summary_sealed=self.now_is().summary_sealed)
        other.refresh_from_db()
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertIsNone(reading.about(other, by=self.rina).summary)
        self.assertTrue(vault.boxes_of("content", [other.pk]))

    def test_empty_words_take_it_away(self) -> None:
        describing.summarise(self.report, "Balap liar", by=self.rina)
        describing.summarise(self.report, "  ", by=self.rina)
        self.assertEqual(self.now_is().summary_sealed, b"")


class RightsTests(DescribingTestCase):
    def verbs(self) -> dict[str, Any]:
        category = Category.objects.get_or_create(slug="contoh", defaults={"label": "Contoh"})[0]
        area = Area.objects.first() or village(self.station, "33.14.01.1001", "Desa", (-7.4, 111))
        return {
            "categorise": lambda by: describing.categorise(self.report, category, by=by),
            "set_urgency": lambda by: describing.set_urgency(self.report, Urgency.SOON, by=by),
            "place": lambda by: describing.place(self.report, area=area, by=by),
            "summarise": lambda by: describing.summarise(self.report, "Contoh", by=by),
            "reopen": lambda by: triage.reopen(self.report, reason="by_mistake", by=by),
        }

    def test_only_the_desk_may(self) -> None:
        for role, person in people.everybody(self.station).items():
            if role in {Role.OPERATOR, Role.PAMAPTA}:
                continue
            for name, verb in self.verbs().items():
                with self.subTest(role=role, verb=name), self.assertRaises(NotAllowed):
                    verb(person)
        self.assertFalse(self.report.events.exclude(kind="opened").exists())

    def test_only_the_stations_own(self) -> None:
        stranger = people.operator(people.station("lain", "LAN"), username="lain")
        for name, verb in self.verbs().items():
            with self.subTest(name), self.assertRaises(NotAllowed):
                verb(stranger)
