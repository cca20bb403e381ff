"""Who may read a report at all, as a condition: for one person, and for whoever will ask."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from reports.actors import Actor, NotAllowed
from reports.statements import Given


def not_reserved_from(actor: Actor) -> Q:
    """Reports whose category is reserved for nobody, or for this person's unit."""
    return Q(category=None) | Q(category__reserved_for__in={"", actor.unit_slug})


@dataclass
class AnyReader:
    """Stands in a statement (`reports.statements`) for whoever will ask, who is then given by `values_of`."""

    pk: Any = Given("operator", models.IntegerField())
    username: str = ""
    station_id: Any = Given("station", models.IntegerField())
    unit_slug: Any = Given("unit", models.CharField())

    def may(self, verb: str) -> bool:
        return verb == "read_report"

    @staticmethod
    def values_of(reader: Actor) -> dict[str, Any]:
        """What to give the statement. Raises NotAllowed for somebody who may not read."""
        if not reader.may("read_report"):
            raise NotAllowed
        return {"operator": reader.pk, "station": reader.station_id, "unit": reader.unit_slug}
