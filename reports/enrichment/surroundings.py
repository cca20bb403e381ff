"""What a station knows and enrichers read against: its areas, landmarks and categories. Values, remembered for a moment."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings

from reports.enrichment.gazetteer import Gazetteer
from reports.enrichment.learning import in_use
from reports.folding import fold
from reports.models import Area, Boundary, Category, Landmark, Station

if TYPE_CHECKING:
    from reports.enrichment.learning.model import Model
    from reports.enrichment.territory import Territory


@dataclass(frozen=True)
class Surroundings:
    """Rows that stand for themselves: nothing of them is written, and no citizen is in them."""

    station: Station | None
    """Whose number was written to; None where that is not known, and a name of two places stays open."""
    areas: tuple[Area, ...] = field(repr=False)
    """Of every station, districts before villages: a message may name a place next door."""
    landmarks: tuple[Landmark, ...] = field(repr=False)
    categories: tuple[Category, ...] = field(repr=False)
    """Those that a report can be about: leaves, in order."""
    boundaries: Mapping[int, Any] = field(default_factory=dict, repr=False)
    """GeoJSON geometries of villages by the areas' keys, where the station has brought some."""
    learned: "Model | None" = field(default=None, repr=False)
    """What operators' decisions have taught, while that is better than the keywords."""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer(self.areas, self.landmarks)

    @cached_property
    def territory(self) -> "Territory":
        # Here: its library takes 20 MB of every process that imports it, and only one looks points up.
        from reports.enrichment.territory import Territory

        return Territory(self.areas, self.boundaries, nearest_km=settings.AREA_NEAREST_KM)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the areas' names, folded: as words they mean nothing else."""
        return frozenset(word for area in self.areas for word in fold(area.name).split())


_lock = threading.Lock()
_known: dict[int | None, tuple[float, Surroundings]] = {}


def of(station_id: int | None) -> Surroundings:
    """The surroundings of a station (or of all, without one), at most ENRICHMENT_REMEMBERED old."""
    now = time.monotonic()
    with _lock:
        if (known := _known.get(station_id)) and known[0] > now:
            return known[1]
    # The outlines for the small map are the most of these rows, and nobody reads them here.
    areas = Area.objects.select_related("parent", "station").defer("outline", "parent__outline")
    landmarks = Landmark.objects.select_related("area__parent", "station").defer(
        "area__outline", "area__parent__outline"
    )
    fresh = Surroundings(
        None if station_id is None else Station.objects.get(pk=station_id),
        tuple(areas.order_by("code")),
        tuple(landmarks),
        tuple(Category.objects.filter(children=None, parent__isnull=False)),
        dict(
            Boundary.objects.filter(area__level=Area.Level.VILLAGE).values_list("area", "geometry")
        ),
        learned=in_use.model(),
    )
    remembered = settings.ENRICHMENT_REMEMBERED.total_seconds()
    with _lock:
        _known[station_id] = (now + remembered, fresh)
    return fresh


def forget() -> None:
    """For tests: rows have changed."""
    with _lock:
        _known.clear()
    in_use.forget()
