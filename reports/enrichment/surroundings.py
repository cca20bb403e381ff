"""What a station knows and enrichers read against: its areas, landmarks and categories. Values, remembered for a moment."""

import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings

from reports.enrichment.learning import in_use
from reports.folding import fold
from reports.models import Area, Category, Landmark, Station

if TYPE_CHECKING:
    from reports.enrichment.learning.model import Model


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
    learned: "Model | None" = field(default=None, repr=False)
    """What operators' decisions have taught, while that is better than the keywords."""

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
    fresh = Surroundings(
        None if station_id is None else Station.objects.get(pk=station_id),
        tuple(Area.objects.select_related("parent", "station").order_by("code")),
        tuple(Landmark.objects.select_related("area__parent", "station")),
        tuple(Category.objects.filter(children=None, parent__isnull=False)),
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
