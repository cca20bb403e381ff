"""Outlines of areas out of a GeoJSON file that a station has got for itself, put on the areas by code.

None come with the program: README.md says why. Without them a map shows an area as a circle of its size, and a point
belongs to the village whose centre is nearest.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from django.db import transaction
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from reports.models import Area, Boundary
from reports.models.area import Ring

CODE_NAMES = ("code", "kode")
TOLERANCE = 0.0005
"""In degrees, about 55 m: less than a line's width on the small map."""
DECIMALS = 5
POLYGONS = ("Polygon", "MultiPolygon")


class OutlinesUnfit(ValueError):
    """The file is not a GeoJSON collection of polygons with the codes of areas."""


@transaction.atomic
def import_areas(collection: Any, *, replace: bool = False) -> dict[str, int]:
    """Put the outlines on the areas that have none, or on all with `replace`; how many were set, kept, not known, and of
    those set how many had to be repaired.

    A district or regency of whose parts there are outlines is their union, whatever the file says of it: files draw the
    larger areas more coarsely, and then a point lies in a village and not in its district.
    """
    shapes = dict(_shapes(collection))
    if not shapes:
        raise OutlinesUnfit("no polygon with a code of an area in it")
    areas = list(Area.objects.order_by("code"))
    counts = {"set": 0, "kept": 0, "unknown": len(shapes.keys() - {area.code for area in areas})}
    counts["repaired"] = 0
    held = set(Boundary.objects.values_list("area", flat=True))
    for area in areas:
        if area.level != Area.Level.VILLAGE or area.code not in shapes:
            continue
        if area.pk in held and not replace:
            counts["kept"] += 1
            continue
        counts["repaired"] += not shapes[area.code].is_valid
        _put(area, repaired(shapes[area.code]))
        counts["set"] += 1
    _put_wholes(areas, shapes, held, counts, replace)
    return counts


def _put_wholes(
    areas: list[Area],
    shapes: Mapping[str, BaseGeometry],
    held: set[int],
    counts: dict[str, int],
    replace: bool,
) -> None:
    """The districts, then the regencies, each out of its parts; out of the file only where no part has an outline."""
    for level in (Area.Level.DISTRICT, Area.Level.REGENCY):
        parts: defaultdict[int | None, list[BaseGeometry]] = defaultdict(list)
        for boundary in Boundary.objects.filter(area__parent__level=level).select_related("area"):
            parts[boundary.area.parent_id].append(shape(boundary.geometry))
        for area in areas:
            if area.level != level:
                continue
            if area.pk in parts:
                _put(area, repaired(shapely.union_all(parts[area.pk])))
            elif area.code in shapes and (replace or area.pk not in held):
                _put(area, repaired(shapes[area.code]))
            else:
                counts["kept"] += area.code in shapes
                continue
            counts["set"] += area.code in shapes


def repaired(geometry: BaseGeometry) -> BaseGeometry:
    """The same land as a valid geometry of polygons only: rings that cross themselves are taken apart."""
    valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
    if valid.geom_type in POLYGONS:
        return valid
    pieces = [piece for piece in shapely.get_parts(valid) if piece.geom_type in POLYGONS]
    return shapely.union_all(pieces)


def _put(area: Area, geometry: BaseGeometry) -> None:
    west, south, east, north = geometry.bounds
    Boundary.objects.update_or_create(
        area=area,
        defaults={
            # Through JSON, so that tuples are lists as they will be when they are read again.
            "geometry": json.loads(json.dumps(mapping(geometry))),
            "west": west,
            "south": south,
            "east": east,
            "north": north,
        },
    )
    area.outline = rings_for_a_map(geometry)
    area.save(update_fields=["outline"])


def rings_for_a_map(geometry: BaseGeometry) -> list[Ring]:
    """Its rings with fewer points, none further off than TOLERANCE; not closed, rounded."""
    simple = geometry.simplify(TOLERANCE, preserve_topology=True)
    polygons = shapely.get_parts(simple)
    rings = [ring for one in polygons for ring in (one.exterior, *one.interiors)]
    return [
        [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords[:-1]] for ring in rings
    ]


def _shapes(collection: Any) -> Iterator[tuple[str, BaseGeometry]]:
    """The code and the polygons of every feature that has both."""
    try:
        for feature in collection["features"]:
            code = _code_of(feature["properties"] or {})
            geometry = feature["geometry"] or {}
            if code and geometry.get("type") in POLYGONS and geometry.get("coordinates"):
                yield code, shapely.force_2d(shape(geometry))
    except (KeyError, TypeError, ValueError, IndexError, shapely.GEOSException):
        raise OutlinesUnfit("not a GeoJSON collection of polygons") from None


def _code_of(properties: Mapping[str, Any]) -> str:
    return next((str(properties[name]) for name in CODE_NAMES if properties.get(name)), "")
