"""The lists that a form offers: categories by their group, places by their district. One query each."""

from collections.abc import Iterable
from itertools import groupby

from reports.models import Area, Category
from reports.workflow import URGENCY_SLUGS

Grouped = list[tuple[str, list[tuple[str, str]]]]
"""As Django's choices: a heading, and under it pairs of value and label."""


def categories() -> Grouped:
    """Those that a report can have, by slug: the groups themselves are headings."""
    leaves = Category.objects.exclude(parent=None).filter(children=None).select_related("parent")
    ordered = leaves.order_by("parent__position", "parent__slug", "position", "slug")
    return _grouped((str(c.parent), c.slug, c.label) for c in ordered)


def areas(station_id: int) -> Grouped:
    """The station's districts and their villages, by code; a district comes first under its own name."""
    found = Area.objects.filter(station=station_id).exclude(level=Area.Level.REGENCY)
    rows = []
    names: dict[int, str] = {}
    for area in found.only("code", "level", "name", "parent_id"):
        if area.level == Area.Level.DISTRICT:
            names[area.pk] = area.name
            rows.append((area.name, area.code, area.name))
        else:
            rows.append((names.get(area.parent_id or 0, ""), area.code, area.name))
    return _grouped(sorted(rows, key=lambda row: (row[0], row[1].count("."), row[2])))


def urgencies() -> list[tuple[str, str]]:
    return [(slug, str(urgency.label)) for urgency, slug in URGENCY_SLUGS.items()]


def _grouped(rows: Iterable[tuple[str, str, str]]) -> Grouped:
    return [
        (heading, [(value, label) for _, value, label in under])
        for heading, under in groupby(rows, key=lambda row: row[0])
    ]
