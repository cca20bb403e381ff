"""From the data file to units, looked up by station and slug."""

import json
from pathlib import Path

from django.db import transaction

from operators.models import Unit
from reports.models import Area, Station

UNITS = Path(__file__).parent / "units.json"


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
