"""Outlines out of a station's own GeoJSON file: put on the areas by code, repaired, the larger made of the smaller, and
never over what is there."""

import json
import tempfile
from io import StringIO
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command

from reports.enrichment import surroundings
from reports.enrichment.territory import Territory
from reports.models import Area, Boundary
from reports.models.area import Point
from tests import people
from tests.cases import PolresTestCase

CIRCLE = [[110 + 0.05 * cos(n * pi / 180), -7 + 0.05 * sin(n * pi / 180)] for n in range(361)]
HOLE = [[110.01, -7.01], [110.01, -6.99], [109.99, -6.99], [109.99, -7.01], [110.01, -7.01]]
BESIDE = [[110.04, -7.1], [110.2, -7.1], [110.2, -6.9], [110.04, -6.9], [110.04, -7.1]]
BOW_TIE = [[110, -7], [110.1, -7.1], [110.1, -7], [110, -7.1], [110, -7]]
COARSE = [[109, -8], [111, -8], [111, -6], [109, -6], [109, -8]]
DISTRICT, VILLAGE, OTHER = "33.14.01", "33.14.01.2001", "33.14.01.2002"


def feature(code: str, *rings: list[list[float]], kind: str = "Polygon") -> dict[str, Any]:
    coordinates: Any = list(rings) if kind == "Polygon" else [list(rings)]
    return {
        "type": "Feature",
        "properties": {"kode": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


class ImportTests(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.station = people.station()
        self.district = self.area(DISTRICT, "Kecamatan", Area.Level.DISTRICT)
        self.village = self.area(VILLAGE, "Contoh", parent=self.district)
        self.other = self.area(OTHER, "Lain", parent=self.district, longitude=110.12)

    def area(self, code: str, name: str, level: str = "village", **more: Any) -> Area:
        where = {"latitude": -7, "longitude": 110} | more
        return Area.objects.create(station=self.station, code=code, name=name, level=level, **where)

    def run_on(self, content: Any, *options: str) -> str:
        said = StringIO()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "areas.geojson"
            file.write_text(content if isinstance(content, str) else json.dumps(content))
            call_command("import_areas", str(file), *options, stdout=said)
        self.village.refresh_from_db()
        return said.getvalue()

    def at(self, latitude: float, longitude: float) -> Area | None:
        return Area.objects.at(Point(latitude, longitude), self.station, within_km=1)

    def test_it_puts_them_on_the_areas_by_code(self) -> None:
        said = self.run_on(collection(feature(VILLAGE, CIRCLE), feature("99.99", CIRCLE)))
        self.assertEqual(said, "areas: 1 set, 0 kept, 1 unknown, 0 repaired\n")
        self.assertEqual(self.at(-7.01, 110.02), self.village)
        self.assertIsNone(self.at(-7.06, 110.0))

    def test_the_map_gets_far_fewer_points_none_far_off(self) -> None:
        self.run_on(collection(feature(VILLAGE, CIRCLE)))
        assert self.village.outline
        (ring,) = self.village.outline
        self.assertLess(len(ring), 60)
        self.assertNotEqual(ring[0], ring[-1])
        for x, y in ring:
            self.assertAlmostEqual(((x - 110) ** 2 + (y + 7) ** 2) ** 0.5, 0.05, places=4)
        stored = Boundary.objects.get(area=self.village)
        self.assertEqual(len(stored.geometry["coordinates"][0]), 361)

    def test_a_hole_is_not_inside(self) -> None:
        self.run_on(collection(feature(VILLAGE, CIRCLE, HOLE, kind="MultiPolygon")))
        boundary = Boundary.objects.get(area=self.village)
        self.assertFalse(boundary.holds(Point(-7.0, 110.0)))
        self.assertTrue(boundary.holds(Point(-7.03, 110.0)))

    def test_a_district_is_the_union_of_its_villages_whatever_the_file_says(self) -> None:
        self.run_on(
            collection(feature(DISTRICT, COARSE), feature(VILLAGE, CIRCLE), feature(OTHER, BESIDE))
        )
        whole = Boundary.objects.get(area=self.district)
        self.assertTrue(whole.holds(Point(-7.0, 109.99)))
        self.assertTrue(whole.holds(Point(-7.0, 110.15)))
        self.assertFalse(whole.holds(Point(-7.5, 110.5)))

    def test_without_villages_a_district_is_as_in_the_file(self) -> None:
        self.run_on(collection(feature(DISTRICT, COARSE)))
        self.assertTrue(Boundary.objects.get(area=self.district).holds(Point(-7.5, 110.5)))

    def test_a_ring_that_crosses_itself_is_repaired(self) -> None:
        said = self.run_on(collection(feature(VILLAGE, BOW_TIE)))
        self.assertIn("1 repaired", said)
        boundary = Boundary.objects.get(area=self.village)
        self.assertEqual(boundary.geometry["type"], "MultiPolygon")
        self.assertTrue(boundary.holds(Point(-7.05, 110.01)))
        self.assertTrue(boundary.holds(Point(-7.05, 110.09)))
        self.assertFalse(boundary.holds(Point(-7.01, 110.05)))

    def test_one_that_is_there_is_kept(self) -> None:
        self.run_on(collection(feature(VILLAGE, CIRCLE)))
        before = self.village.outline
        said = self.run_on(collection(feature(VILLAGE, HOLE)))
        self.assertEqual(said, "areas: 0 set, 1 kept, 0 unknown, 0 repaired\n")
        self.assertEqual(self.village.outline, before)
        self.run_on(collection(feature(VILLAGE, HOLE)), "--replace")
        self.assertNotEqual(self.village.outline, before)

    def test_another_kind_of_file_is_refused_in_words(self) -> None:
        unfit = {"features": [{"type": "Feature"}]}
        broken = collection(feature(VILLAGE, [[110.0, "x"], [1.0, 2.0]]))  # type: ignore[list-item]
        for content in ("nothing", "[]", "{}", collection(), unfit, broken):
            with self.subTest(content), self.assertRaises(CommandError):
                self.run_on(content)
        self.assertIsNone(self.village.outline)

    def test_both_ways_of_looking_a_point_up_agree(self) -> None:
        self.run_on(collection(feature(VILLAGE, CIRCLE, HOLE), feature(OTHER, BESIDE)))
        surroundings.forget()
        self.addCleanup(surroundings.forget)
        territory = surroundings.of(self.station.pk).territory
        for longitude in (109.96, 110.0, 110.02, 110.1, 110.19, 110.3):
            with self.subTest(longitude):
                self.assertEqual(
                    territory.village_at(Point(-7.0, longitude)), self.at(-7, longitude)
                )


class TerritoryTests(PolresTestCase):
    def test_without_outlines_a_point_belongs_to_the_nearest_centre_and_not_far_from_it(
        self,
    ) -> None:
        village = Area(pk=1, level=Area.Level.VILLAGE, latitude=-7, longitude=110, square_km=3)
        territory = Territory([village], {}, nearest_km=settings.AREA_NEAREST_KM)
        self.assertEqual(territory.village_at(Point(-7.01, 110.01)), village)
        self.assertIsNone(territory.village_at(Point(-7.04, 110.0)))
