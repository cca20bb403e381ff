"""Which village a point lies in: by the outlines where a station has brought some, else by the nearest centre."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import shape

from reports.models import Area
from reports.models.area import KM_PER_DEGREE, Point

SEAM_KM = 0.15
"""A point this near to an outline is inside it: on a river or a seam between two that do not quite meet."""


class Territory:
    """Read-only once made; used by several threads."""

    def __init__(
        self, areas: Iterable[Area], boundaries: Mapping[int, Any], *, nearest_km: float
    ) -> None:
        """`boundaries`: GeoJSON geometries by the areas' keys. `nearest_km`: how far a village's land goes at most from
        its centre, where it has no outline."""
        self._nearest_km = nearest_km
        villages = [area for area in areas if area.level == Area.Level.VILLAGE]
        self._outlined = [area for area in villages if area.pk in boundaries]
        self._others = [area for area in villages if area.pk not in boundaries]
        self._tree = shapely.STRtree([shape(boundaries[area.pk]) for area in self._outlined])

    def village_at(self, point: Point) -> Area | None:
        """The village that holds this point; None where that is nobody's land."""
        spot = shapely.Point(point.longitude, point.latitude)
        held = sorted(self._tree.query(spot, predicate="intersects"))
        if held:
            return self._outlined[int(held[0])]
        seam = SEAM_KM / KM_PER_DEGREE
        near = sorted(self._tree.query_nearest(spot, max_distance=seam))
        if near:
            return self._outlined[int(near[0])]
        nearest = min(self._others, key=lambda area: point.km_to(area.centre), default=None)
        if nearest is None or point.km_to(nearest.centre) > min(self._nearest_km, _reach(nearest)):
            return None
        return nearest


def _reach(area: Area) -> float:
    """Villages are not round: some of their land lies further from the centre than the circle of their size."""
    return 1 + 2 * area.radius_km
