"""Reports as they are known, for tests that lay them beside each other: written by hand, or out of an invented day."""

from datetime import datetime
from functools import cache
from itertools import combinations
from zoneinfo import ZoneInfo

from reports.enrichment import likeness
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.surroundings import Surroundings
from reports.enrichment.told import Told, told
from reports.models import Area, Category
from reports.models.finding import Enricher
from reports.reference.creation import read, table

JAKARTA = ZoneInfo("Asia/Jakarta")
SURE = 0.9


@cache
def around() -> Surroundings:
    """The areas and categories of the reference data, unsaved; no landmarks."""
    areas = tuple(
        Area(
            code=row["code"],
            level=row["level"],
            name=row["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            square_km=float(row["square_km"] or 0) or None,
        )
        for row in table("areas.csv")
    )
    categories = tuple(
        Category(slug=category["slug"], keywords=category["keywords"])
        for group in read("categories.json")
        for category in group["categories"]
    )
    return Surroundings(None, areas, (), categories)


def one(
    text: str,
    clock: str = "20:00",
    *categories: str,
    at: str = "",
    kind: str = "laporan",
    day: int = 3,
    who: str = "",
    **rest: object,
) -> Told:
    """A report of that hour; `at` is the code of an area. Without `who` everybody is somebody else."""
    hour, minute = map(int, clock.split(":"))
    hints = [
        Hint(Enricher.KIND, (Candidate({"kind": kind}, SURE, "rules", ""),)),
        Hint(
            Enricher.CATEGORY,
            tuple(Candidate({"slug": slug}, SURE, "keywords", "") for slug in categories),
        ),
        Hint(Enricher.PLACE, (Candidate({"area": at}, SURE, "text", ""),) if at else ()),
    ]
    time = datetime(2026, 11, day, hour, minute, tzinfo=JAKARTA)
    return told(text, time, hints, around(), person=who, **rest)  # type: ignore[arg-type]


def day(lines: str) -> tuple[list[Told], set[frozenset[int]]]:
    """An invented day, and which two of it are about one incident."""
    reports, incidents = [], []
    for line in lines.splitlines():
        clock, who, said, at, incident, text = line.split("|")
        kind, _, categories = said.rpartition(":")
        at = "" if at == "-" else at
        reports.append(
            one(text, clock, *categories.split(), at=at, kind=kind or "laporan", who=who)
        )
        incidents.append(incident)
    pairs = {
        frozenset((a, b))
        for a, b in combinations(range(len(reports)), 2)
        if incidents[a] == incidents[b] != "-"
    }
    return reports, pairs


def words(text: str) -> tuple[str, ...]:
    return likeness.words_of(text)
