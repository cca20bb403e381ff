"""Sentences of people with what they mean, and the categories they are read against: the seeded ones, without a database."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reports.enrichment.reading import Words, read
from reports.enrichment.surroundings import Surroundings
from reports.models import Area, Category, Station
from reports.models.finding import Enricher
from reports.reference.creation import read as seeded
from reports.reference.creation import table

HERE = Path(__file__).parent
KINDS = {
    "L": "laporan",
    "P": "pertanyaan",
    "T": "tindak lanjut",
    "I": "iseng",
    "C": "curhat",
}
URGENCIES = {"D": "darurat", "S": "segera", "B": "biasa"}
AT = datetime(2026, 11, 29, 14, 0, tzinfo=UTC)


class Sentence(NamedTuple):
    category: str
    kind: str
    urgency: str
    text: str


class Meant(NamedTuple):
    """What was read out of a sentence; categories the best first."""

    categories: list[str]
    kind: str
    urgency: str


def of(name: str) -> list[Sentence]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("|", 3) for line in lines if not line.startswith("#")]
    return [
        Sentence(slug, KINDS[kind], URGENCIES[urgent], text) for slug, kind, urgent, text in rows
    ]


@cache
def surroundings() -> Surroundings:
    categories = [
        Category(parent=Category(slug=group["slug"]), **row)
        for group in seeded("categories.json")
        for row in group["categories"]
    ]
    station = Station(pk=1, slug="sragen")
    known: dict[str, Area] = {}
    for pk, row in enumerate(table("areas.csv"), start=1):
        known[row["code"]] = Area(
            pk=pk,
            station=station,
            code=row["code"],
            level=row["level"],
            name=row["name"],
            parent=known.get(row["code"].rpartition(".")[0]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            square_km=float(row["square_km"]),
        )
    return Surroundings(station, tuple(known.values()), (), tuple(categories))


def values(text: str, enricher: Enricher, **known: Any) -> list[dict[str, Any]]:
    """The values that this enricher gives for these words, the best first."""
    hints = read(Words(text, AT, **known), surroundings())
    (hint,) = [hint for hint in hints if hint.enricher == enricher]
    return [dict(candidate.value) for candidate in hint.candidates]


def meant(text: str) -> Meant:
    urgencies = values(text, Enricher.URGENCY)
    return Meant(
        [value["slug"] for value in values(text, Enricher.CATEGORY)],
        values(text, Enricher.KIND)[0]["kind"],
        urgencies[0]["urgency"] if urgencies else "biasa",
    )


def share(answers: Iterable[bool]) -> float:
    each = list(answers)
    return sum(each) / len(each)
