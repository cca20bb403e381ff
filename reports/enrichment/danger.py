"""Situations in which somebody is in danger, told by words together that say nothing of it one by one.

`danger.json` is ours: concepts (words that stand for the same thing) and the situations that they make. "Orang" and "massa"
are nobody's danger; somebody who is beaten by a crowd is in it. Words that name danger by themselves are in `urgency.json`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.enrichment.said import Phrases, Said

NEAR = 14
"""Words within which the parts of a situation must stand: about two clauses."""

_lexicon: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "danger.json").read_text(encoding="utf-8")
)
CONCEPTS = {name: Phrases(words) for name, words in _lexicon["concepts"].items()}


@dataclass(frozen=True)
class Situation:
    """Concepts that must all stand near each other, and those that explain it otherwise."""

    needs: Sequence[str]
    without: Sequence[str] = ()
    stays: bool = False
    """Danger whenever it was said to be, and also if it is feared: somebody is to come."""
    is_feared: bool = False
    """Danger also where the words only fear what may come of it: a leak of gas."""
    is_asked: bool = False
    """Danger also in a question: who asks what to live for."""


@dataclass(frozen=True)
class Seen:
    """A situation that these words tell of."""

    situation: Situation
    words: Sequence[str]


SITUATIONS = tuple(
    Situation(
        needs=row["all"],
        without=row.get("none", ()),
        stays=row.get("anyway", False),
        is_feared=row.get("feared", False),
        is_asked=row.get("asked", False),
    )
    for row in _lexicon["situations"]
)


def seen(text: Said) -> list[Seen]:
    """The situations that the text tells of, each once."""
    places: dict[str, Sequence[tuple[int, ...]]] = {}

    def of(name: str) -> Sequence[tuple[int, ...]]:
        if name not in places:
            places[name] = CONCEPTS[name].places(text)
        return places[name]

    found = []
    for situation in SITUATIONS:
        if not all(of(name) for name in situation.needs):
            continue
        if any(of(name) for name in situation.without):
            continue
        together = _together([of(name) for name in situation.needs])
        if together:
            words = [" ".join(text.tokens[place] for place in each) for each in together]
            found.append(Seen(situation, list(dict.fromkeys(words))))
    return found


def _together(wanted: Sequence[Sequence[tuple[int, ...]]]) -> list[tuple[int, ...]] | None:
    """One of each, no word twice, all near the first."""
    for first in wanted[0]:
        chosen = [first]
        for each in wanted[1:]:
            best = _nearest(first, each, chosen)
            if best is None:
                break
            chosen.append(best)
        else:
            return chosen
    return None


def _nearest(
    first: tuple[int, ...], each: Iterable[tuple[int, ...]], taken: Sequence[tuple[int, ...]]
) -> tuple[int, ...] | None:
    used = {place for places in taken for place in places}
    near = [
        places for places in each if abs(places[0] - first[0]) <= NEAR and not used & set(places)
    ]
    return min(near, key=lambda places: abs(places[0] - first[0]), default=None)
