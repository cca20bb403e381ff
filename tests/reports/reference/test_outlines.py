"""Outlines out of a station's own GeoJSON file: simplified, put on the areas by code, never over what is there."""

import json
import tempfile
from io import StringIO
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase

from reports.models import Area
from reports.models.area import Point
from reports.reference import outlines
from tests import people
from tests.cases import PolresTestCase

CIRCLE = [[110 + 0.05 * cos(n * pi / 180), -7 + 0.05 * sin(n * pi / 180)] for n in range(360)]
HOLE = [[110.01, -7.01], [110.01, -6.99], [109.99, -6.99], [109.99, -7.01], [110.01, -7.01]]


def feature(code: str, *rings: list[list[float]], kind: str = "Polygon") -> dict[str, Any]:
    coordinates: Any = list(rings) if kind == "Polygon" else [list(rings)]
    return {
        "type": "Feature",
        "properties": {"kode": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


class SimplifyTests(SimpleTestCase):
    def test_far_fewer_points_none_far_off(self) -> None:
        ring = outlines.simplify([*CIRCLE, CIRCLE[0]])
        self.assertLess(len(ring), 60)
        self.assertNotEqual(ring[0], ring[-1])
        for x, y in ring:
            self.assertAlmostEqual(((x - 110) ** 2 + (y + 7) ** 2) ** 0.5, 0.05, places=4)

    def test_a_straight_side_becomes_its_ends(self) -> None:
        side = [[110 + n / 100, -7.0] for n in range(11)]
        self.assertEqual(
            outlines.simplify([*side, [110.1, -7.1], [110.0, -7.1]]),
            [[110.0, -7.0], [110.1, -7.0], [110.1, -7.1], [110.0, -7.1]],
        )


class ImportTests(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.area = Area.objects.create(
            station=people.station(),
            code="33.14.01.2001",
            level="village",
            name="Contoh",
            latitude=-7,
            longitude=110,
        )

    def run_on(self, content: Any, *options: str) -> str:
        said = StringIO()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "outlines.geojson"
            file.write_text(content if isinstance(content, str) else json.dumps(content))
            call_command("import_outlines", str(file), *options, stdout=said)
        self.area.refresh_from_db()
        return said.getvalue()

    def test_it_puts_them_on_the_areas_by_code(self) -> None:
        said = self.run_on(collection(feature("33.14.01.2001", CIRCLE), feature("99.99", CIRCLE)))
        self.assertEqual(said, "outlines: 1 set, 0 kept, 1 unknown\n")
        self.assertTrue(self.area.holds(Point(-7.01, 110.02)))
        self.assertFalse(self.area.holds(Point(-7.06, 110.0)))

    def test_a_hole_is_not_inside(self) -> None:
        self.run_on(collection(feature("33.14.01.2001", CIRCLE, HOLE, kind="MultiPolygon")))
        self.assertFalse(self.area.holds(Point(-7.0, 110.0)))
        self.assertTrue(self.area.holds(Point(-7.03, 110.0)))

    def test_one_that_is_there_is_kept(self) -> None:
        self.run_on(collection(feature("33.14.01.2001", CIRCLE)))
        before = self.area.outline
        said = self.run_on(collection(feature("33.14.01.2001", HOLE)))
        self.assertEqual(said, "outlines: 0 set, 1 kept, 0 unknown\n")
        self.assertEqual(self.area.outline, before)
        self.run_on(collection(feature("33.14.01.2001", HOLE)), "--replace")
        self.assertEqual(self.area.outline, [HOLE[:-1]])

    def test_another_kind_of_file_is_refused_in_words(self) -> None:
        for content in ("nothing", "[]", "{}", collection(), {"features": [{"type": "Feature"}]}):
            with self.subTest(content), self.assertRaises(CommandError):
                self.run_on(content)
        self.assertIsNone(self.area.outline)
