"""Outlines of areas out of a GeoJSON file that a station has got for itself: made simple, and put on the areas by code.

None come with the program: README.md says why. Without them a map shows an area as a circle of its size.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from reports.models import Area
from reports.models.area import Ring

CODE_NAMES = ("code", "kode")
TOLERANCE = 0.0005
"""In degrees, about 55 m: less than a line's width on the small map."""
DECIMALS = 5


class OutlinesUnfit(ValueError):
    """The file is not a GeoJSON collection of polygons with the codes of areas."""


@transaction.atomic
def import_outlines(collection: Any, *, replace: bool = False) -> dict[str, int]:
    """Put the outlines on the areas that have none, or on all with `replace`. How many were set, kept, not known."""
    shapes = dict(_shapes(collection))
    if not shapes:
        raise OutlinesUnfit("no polygon with a code of an area in it")
    areas = {area.code: area for area in Area.objects.filter(code__in=shapes)}
    fresh = [area for area in areas.values() if replace or area.outline is None]
    for area in fresh:
        area.outline = shapes[area.code]
    Area.objects.bulk_update(fresh, ["outline"], batch_size=100)
    return {
        "set": len(fresh),
        "kept": len(areas) - len(fresh),
        "unknown": len(shapes) - len(areas),
    }


def _shapes(collection: Any) -> Iterator[tuple[str, list[Ring]]]:
    """The code and the simplified rings of every feature that has both."""
    try:
        for feature in collection["features"]:
            if (code := _code_of(feature["properties"] or {})) and (rings := _rings(feature)):
                yield code, rings
    except (KeyError, TypeError, ValueError, IndexError):
        raise OutlinesUnfit("not a GeoJSON collection of polygons") from None


def _code_of(properties: Mapping[str, Any]) -> str:
    return next((str(properties[name]) for name in CODE_NAMES if properties.get(name)), "")


def _rings(feature: Any) -> list[Ring]:
    geometry: dict[str, Any] = feature["geometry"] or {}
    shape: list[Any] = geometry.get("coordinates") or []
    polygons = {"Polygon": [shape], "MultiPolygon": shape}.get(geometry.get("type", ""), [])
    simplified = [simplify(ring) for polygon in polygons for ring in polygon]
    return [ring for ring in simplified if len(ring) >= 3]


def simplify(ring: Ring, tolerance: float = TOLERANCE) -> Ring:
    """The ring with fewer points (Douglas and Peucker), none further off than the tolerance; not closed, rounded."""
    points = [(float(x), float(y)) for x, y, *_height in ring]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 4:
        return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in points]
    # A ring has no ends: cut where it is furthest from its first point.
    x0, y0 = points[0]
    far = max(range(len(points)), key=lambda n: (points[n][0] - x0) ** 2 + (points[n][1] - y0) ** 2)
    kept = {0, far} | _needed(points, 0, far, tolerance)
    around = [*points, points[0]]
    kept |= _needed(around, far, len(points), tolerance)
    return [
        [round(x, DECIMALS), round(y, DECIMALS)] for n, (x, y) in enumerate(points) if n in kept
    ]


def _needed(points: list[tuple[float, float]], first: int, last: int, tolerance: float) -> set[int]:
    needed: set[int] = set()
    open_ends = [(first, last)]
    while open_ends:
        start, end = open_ends.pop()
        if end - start < 2:
            continue
        (x1, y1), (x2, y2) = points[start], points[end]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        worst, off = start, 0.0
        for n in range(start + 1, end):
            x, y = points[n]
            if length:
                distance = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            else:
                distance = ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            if distance > off:
                worst, off = n, distance
        if off > tolerance:
            needed.add(worst)
            open_ends += [(start, worst), (worst, end)]
    return needed
