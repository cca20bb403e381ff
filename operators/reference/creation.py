"""From the data files to units, looked up by station and slug, and to the rules of where reports go."""

import json
from pathlib import Path

from django.db import transaction

from operators.models import Unit
from reports.models import Area, Category, RoutingRule, Station

UNITS = Path(__file__).parent / "units.json"
ROUTING = Path(__file__).parent / "routing.json"
POSITIONS_APART = 10
"""So that an administrator can put a rule of their own in between."""


@transaction.atomic
def create_missing_units() -> int:
    """Create the units that are missing at the stations of the file; how many. Their stations and areas must be there."""
    plan = json.loads(UNITS.read_text(encoding="utf-8"))
    everywhere = plan["everywhere"]
    stations: dict[str, Station] = Station.objects.in_bulk(
        list(plan["stations"]), field_name="slug"
    )
    districts = dict(Area.objects.filter(level=Area.Level.DISTRICT).values_list("code", "pk"))
    known = set(Unit.objects.values_list("station_id", "slug"))
    fresh = [
        Unit(
            station=stations[slug],
            slug=row["slug"],
            name=row["name"],
            district_id=districts[row["district"]] if "district" in row else None,
            may_investigate=row.get("may_investigate", True),
        )
        for slug, rows in plan["stations"].items()
        for row in [*everywhere, *rows]
        if (stations[slug].pk, row["slug"]) not in known
    ]
    Unit.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def create_missing_rules() -> int:
    """Where reports go, at the stations that have settled on nothing yet; how many rules. Units and categories must be
    there."""
    plan = json.loads(ROUTING.read_text(encoding="utf-8"))
    stations = Station.objects.in_bulk(list(plan), field_name="slug")
    settled = set(RoutingRule.objects.values_list("station_id", flat=True))
    units = {(unit.station_id, unit.slug): unit for unit in Unit.objects.all()}
    slugs = {row["category"] for rows in plan.values() for row in rows}
    categories = Category.objects.in_bulk(slugs, field_name="slug")
    fresh = [
        RoutingRule(
            station=stations[slug],
            position=POSITIONS_APART * place,
            category=categories[row["category"]],
            least_urgency=row.get("least_urgency"),
            from_time=row.get("from"),
            to_time=row.get("to"),
            to_polsek=row.get("to_polsek", False),
            unit=units[stations[slug].pk, row["unit"]],
            together_with=units.get((stations[slug].pk, row.get("together_with", ""))),
        )
        for slug, rows in plan.items()
        for place, row in enumerate(rows, start=1)
        if stations[slug].pk not in settled
    ]
    RoutingRule.objects.bulk_create(fresh)
    return len(fresh)
