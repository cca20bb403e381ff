"""How well messages are read, measured on labelled ones by the code that reads real messages. Stores nothing.

A labelled message is one JSON object: `teks`, `waktu`, `pengirim`; and what a person says of it: `jenis`,
`kategori_diterima` (or `kategori`), `urgensi`, `kecamatan_kode`, `grup_duplikat`. `koordinat` is a pin's, unless the text
gives it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import Any

from django.conf import settings

from reports.enrichment import duplicates
from reports.enrichment.hints import Hint
from reports.enrichment.reading import Words, read
from reports.enrichment.surroundings import Surroundings
from reports.enrichment.told import told
from reports.models.finding import Enricher
from reports.workflow import Urgency

LIKELY = 0.5
"""A place below this is offered as a guess, so it counts as none."""
TOP = 3


class UnfitLine(ValueError):
    """A line that is no labelled message; says which, and why."""


@dataclass(frozen=True)
class Labelled:
    """A message and what a person says of it."""

    words: Words = field(repr=False)
    sender: str = field(repr=False)
    kind: str
    categories: frozenset[str]
    urgency: str
    district: str | None
    group: str | None


@dataclass(frozen=True)
class Share:
    """So many of so many; nothing of nothing has no share."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


def parse(lines: Iterable[str]) -> list[Labelled]:
    """The labelled messages, the earliest first. Raises UnfitLine."""
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append((datetime.fromisoformat(row["waktu"]), row))
        except (ValueError, KeyError, TypeError) as problem:
            raise UnfitLine(f"line {number}: {type(problem).__name__}") from None
    rows.sort(key=lambda pair: pair[0])
    wrote_at: dict[str, datetime] = {}
    messages: list[Labelled] = []
    for at, row in rows:
        sender = str(row.get("pengirim") or f"#{len(messages)}")
        before = wrote_at.get(sender)
        is_follow_up = before is not None and at - before < settings.FOLLOW_UP_WINDOW
        wrote_at[sender] = at
        messages.append(_labelled(row, at, sender, is_follow_up))
    return messages


def _labelled(row: Mapping[str, Any], at: datetime, sender: str, is_follow_up: bool) -> Labelled:
    text, point = str(row.get("teks") or ""), row.get("koordinat")
    is_pin = bool(point) and not any(character.isdigit() for character in text)
    place = {"latitude": point[0], "longitude": point[1]} if point and is_pin else None
    return Labelled(
        words=Words(text, at, {"place": place} if place else {}, is_follow_up),
        sender=sender,
        kind=str(row.get("jenis") or ""),
        categories=frozenset(row.get("kategori_diterima") or [row.get("kategori") or ""]),
        urgency=str(row.get("urgensi") or ""),
        district=row.get("kecamatan_kode") or None,
        group=row.get("grup_duplikat") or None,
    )


def evaluate(messages: Sequence[Labelled], around: Surroundings) -> dict[str, Share]:
    """Each figure with what it was counted of. `around` as of the desk that would have got these messages."""
    read_now = [_by_enricher(read(message.words, around)) for message in messages]
    both = list(zip(messages, read_now, strict=True))
    found = [_danger(hints) for hints in read_now]
    danger = [message.urgency == Urgency.EMERGENCY.slug for message in messages]
    hits = sum(is_so and said for is_so, said in zip(danger, found, strict=True))
    together, said_together = pairs_of(messages), _pairs_found(both, around)
    return {
        "kind": _share(_kind(hints) == m.kind for m, hints in both if m.kind),
        "category_top1": _share(bool(m.categories & _categories(hints, 1)) for m, hints in both),
        "category_top3": _share(bool(m.categories & _categories(hints, TOP)) for m, hints in both),
        "kecamatan": _share(m.district == _district(hints) for m, hints in both),
        "darurat_recall": Share(hits, sum(danger)),
        "darurat_precision": Share(hits, sum(found)),
        "duplicate_recall": Share(len(together & said_together), len(together)),
        "duplicate_precision": Share(len(together & said_together), len(said_together)),
    }


def _pairs_found(
    both: Sequence[tuple[Labelled, Mapping[Enricher, Hint]]], around: Surroundings
) -> set[frozenset[int]]:
    return duplicates.pairs(
        [
            told(m.words.text, m.words.at, hints.values(), around, report=str(n), person=m.sender)
            for n, (m, hints) in enumerate(both)
        ]
    )


def _share(answers: Iterable[bool]) -> Share:
    answers = list(answers)
    return Share(sum(answers), len(answers))


def _by_enricher(hints: Iterable[Hint]) -> dict[Enricher, Hint]:
    return {hint.enricher: hint for hint in hints}


def _kind(hints: Mapping[Enricher, Hint]) -> str:
    best = hints[Enricher.KIND].best if Enricher.KIND in hints else None
    return str(best.value["kind"]) if best else ""


def _categories(hints: Mapping[Enricher, Hint], most: int) -> set[str]:
    hint = hints.get(Enricher.CATEGORY)
    return {str(one.value["slug"]) for one in hint.candidates[:most]} if hint else set()


def _district(hints: Mapping[Enricher, Hint]) -> str | None:
    best = hints[Enricher.PLACE].best if Enricher.PLACE in hints else None
    if best is None or best.confidence < LIKELY:
        return None
    return best.value.get("district") or None


def _danger(hints: Mapping[Enricher, Hint]) -> bool:
    best = hints[Enricher.URGENCY].best if Enricher.URGENCY in hints else None
    return best is not None and best.value["urgency"] == Urgency.EMERGENCY.slug


def pairs_of(messages: Sequence[Labelled]) -> set[frozenset[int]]:
    """Which two of them are about the same incident, by their places in the list."""
    return {
        frozenset((a, b))
        for (a, one), (b, other) in combinations(enumerate(messages), 2)
        if one.group is not None and one.group == other.group
    }
