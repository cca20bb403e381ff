"""From the data files to rows: each kind is looked up by its natural key, and only what is missing is created."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from reports.models import (
    Area,
    Category,
    CheckedFirst,
    Landmark,
    ReplyTemplate,
    ServiceNumber,
    Station,
)
from reports.workflow import Urgency

HERE = Path(__file__).parent
POSITIONS_OF_A_GROUP = 100
"""Groups stand this far apart, so that an administrator can put a category of their own in between."""


@transaction.atomic
def create_missing() -> dict[str, int]:
    """Create what is missing; how many of each kind. The number of queries does not depend on how much that is."""
    plan = read("stations.json")
    stations, made = _stations(plan)
    return {
        "stations": made,
        "numbers": _numbers(plan, stations),
        "areas": _areas({entry["regency"]: stations[entry["slug"]] for entry in plan}),
        "landmarks": _landmarks(),
        "categories": _categories(),
        "checks": _checks_first(plan, stations),
        "replies": _replies(stations),
    }


def read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _stations(plan: list[dict[str, Any]]) -> tuple[dict[str, Station], int]:
    """Every station of the plan by its slug, and how many of them are new."""
    known: dict[str, Station] = Station.objects.in_bulk(
        [entry["slug"] for entry in plan], field_name="slug"
    )
    fresh = [
        Station(
            slug=entry["slug"],
            code=entry["code"],
            name=entry["name"],
            duty_desk=entry["duty_desk"],
        )
        for entry in plan
        if entry["slug"] not in known
    ]
    Station.objects.bulk_create(fresh)
    return known | {station.slug: station for station in fresh}, len(fresh)


def _checks_first(plan: list[dict[str, Any]], stations: Mapping[str, Station]) -> int:
    """What a station checks in plain clothes before anybody acts, where it has settled on nothing yet: the categories that
    are marked so, or everything of a group that is no emergency."""
    leaves = Category.objects.filter(children=None)
    settled = set(CheckedFirst.objects.values_list("station_id", flat=True))
    links = [
        CheckedFirst(station=stations[entry["slug"]], category_id=pk)
        for entry in plan
        if stations[entry["slug"]].pk not in settled
        for pk in _checked(leaves, entry["checks_first"])
    ]
    CheckedFirst.objects.bulk_create(links)
    return len(links)


def _checked(leaves: QuerySet[Category], which: str) -> QuerySet[Category, int]:
    if which == "marked":
        found = leaves.filter(check_first=True)
    else:
        found = leaves.filter(parent__slug=which, urgency__lt=Urgency.EMERGENCY)
    return found.values_list("pk", flat=True)


def _numbers(plan: list[dict[str, Any]], stations: Mapping[str, Station]) -> int:
    """The numbers of every channel on which a station has none, not even a retired one.

    Where it has one, an administrator may have put another in its place: the old one must not come back.
    """
    known = list(ServiceNumber.objects.all())
    settled = {(number.station_id, number.channel) for number in known}
    taken = {(number.channel, number.address) for number in known}
    fresh: dict[tuple[str, str], ServiceNumber] = {}
    successors: dict[tuple[str, str], str] = {}
    for entry in plan:
        station = stations[entry["slug"]]
        for row in entry["numbers"]:
            key = (row["channel"], row["address"])
            if (station.pk, row["channel"]) in settled or key in taken:
                continue
            fresh[key] = ServiceNumber(
                station=station,
                channel=row["channel"],
                address=row["address"],
                is_active=row.get("is_active", True),
            )
            successors[key] = row.get("successor", "")
    ServiceNumber.objects.bulk_create(
        number for key, number in fresh.items() if not successors[key]
    )
    for key, address in successors.items():
        fresh[key].successor = fresh.get((key[0], address))
    ServiceNumber.objects.bulk_create(number for key, number in fresh.items() if successors[key])
    return len(fresh)


def _areas(stations: Mapping[str, Station]) -> int:
    """Regencies before their districts, districts before their villages. `stations` by the regency's code."""
    rows = table("areas.csv")
    known: dict[str, Area] = Area.objects.in_bulk([row["code"] for row in rows], field_name="code")
    made = 0
    for level in Area.Level:
        fresh = [
            Area(
                station=stations[row["code"][:5]],
                code=row["code"],
                level=level,
                name=row["name"],
                parent=known.get(row["code"].rpartition(".")[0]),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                square_km=float(row["square_km"]),
            )
            for row in rows
            if row["level"] == level and row["code"] not in known
        ]
        Area.objects.bulk_create(fresh)
        known |= {area.code: area for area in fresh}
        made += len(fresh)
    return made


def _landmarks() -> int:
    """Those of each station that it has none of that name of; their station is that of their area."""
    rows = table("landmarks.csv")
    areas = Area.objects.in_bulk({row["area"] for row in rows}, field_name="code")
    known = set(Landmark.objects.values_list("station_id", "name"))
    fresh = [
        Landmark(
            station_id=area.station_id,
            area=area,
            name=row["name"],
            aliases=[alias for alias in row["aliases"].split(";") if alias],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        )
        for row in rows
        for area in [areas[row["area"]]]
        if (area.station_id, row["name"]) not in known
    ]
    Landmark.objects.bulk_create(fresh)
    return len(fresh)


def _categories() -> int:
    groups = read("categories.json")
    leaves = [
        (group["slug"], row | {"position": POSITIONS_OF_A_GROUP * place + within})
        for place, group in enumerate(groups, start=1)
        for within, row in enumerate(group["categories"], start=1)
    ]
    slugs = [group["slug"] for group in groups] + [row["slug"] for _, row in leaves]
    known: dict[str, Category] = Category.objects.in_bulk(slugs, field_name="slug")
    fresh_groups = [
        Category(
            slug=group["slug"],
            label=group["label"],
            short_label=group["short_label"],
            position=POSITIONS_OF_A_GROUP * place,
        )
        for place, group in enumerate(groups, start=1)
        if group["slug"] not in known
    ]
    Category.objects.bulk_create(fresh_groups)
    parents = known | {group.slug: group for group in fresh_groups}
    fresh = [
        Category(parent=parents[group], **row) for group, row in leaves if row["slug"] not in known
    ]
    Category.objects.bulk_create(fresh)
    return len(fresh_groups) + len(fresh)


def _replies(stations: Mapping[str, Station]) -> int:
    known = set(ReplyTemplate.objects.values_list("station_id", "key"))
    said = [
        ReplyTemplate(station=stations[slug], key=key, text=text, position=place)
        for slug, words in read("replies.json").items()
        for place, (key, text) in enumerate(words.items(), start=1)
    ]
    # After the questions, which fit nearly everywhere.
    chosen = [
        ReplyTemplate(station=station, position=POSITIONS_OF_A_GROUP + place, **row)
        for station in stations.values()
        for place, row in enumerate(read("canned.json"), start=1)
    ]
    fresh = [row for row in (*said, *chosen) if (row.station_id, row.key) not in known]
    ReplyTemplate.objects.bulk_create(fresh)
    return len(fresh)
