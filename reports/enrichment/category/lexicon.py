"""Words and where they stand: what a message holds, and which keywords, concepts and combinations it meets.

`combinations.json` is ours: concepts (words that stand for the same thing) and combinations of them, which tell
categories apart where single words do not: "motor" and "hilang" is a theft, "STNK" and "hilang" a paper that is needed.
In `all` and `none`, "a|b" is either, "=word" a single word, "a_b" two words one after the other.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reports.enrichment.category.leanings import Leanings, leanings
from reports.enrichment.language import STOP, normalise
from reports.enrichment.said import Said
from reports.models import Category

NEAR = 9
"""Words within which a combination must stand: about a clause and its neighbour."""
PLACES = 12
"""Times that the same concept is looked at in one message."""
OF_ONE, OF_TWO, OF_MORE = 1.5, 2.2, 2.8
"""Weights of a keyword by its number of words: a phrase says more than a word."""
DENIED = 0.1


class Hit(NamedTuple):
    """A keyword that stands in the message."""

    slug: str
    weight: float
    places: tuple[int, ...]


class Keyword(NamedTuple):
    slug: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Combination:
    slug: str
    weight: float
    needs: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]


class Lexicon:
    """The keywords of these categories, by their first word."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self.categories = categories
        phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for category in categories:
            for written in category.keywords:
                words = tuple(word for word in normalise(str(written)) if word != STOP)
                if words:
                    phrases[words].add(category.slug)
        self.by_first: dict[str, list[Keyword]] = defaultdict(list)
        for words, slugs in phrases.items():
            # What stands for several categories says less about each.
            weight = _weight(len(words)) / math.sqrt(len(slugs))
            for slug in sorted(slugs):
                self.by_first[words[0]].append(Keyword(slug, words, weight))
        slugs = {category.slug for category in categories}
        self.leanings: Leanings = leanings(phrases.items(), _combined(), slugs)

    def hits(self, text: Said) -> Iterable[Hit]:
        for root in text.roots:
            for keyword in self.by_first.get(root, ()):
                for places in text.places(keyword.words):
                    denied = DENIED if text.is_denied(places[0]) else 1.0
                    yield Hit(keyword.slug, keyword.weight * denied, places)


def _weight(words: int) -> float:
    return {1: OF_ONE, 2: OF_TWO}.get(words, OF_MORE)


@cache
def combinations() -> tuple[tuple[Combination, ...], Mapping[str, Sequence[str]], Sequence[str]]:
    """The combinations; which concepts a word belongs to; and the names of concepts that are two words."""
    plain = json.loads((Path(__file__).parent / "combinations.json").read_text(encoding="utf-8"))
    rows = tuple(_combination(row) for row in plain["combinations"])
    words: dict[str, list[str]] = defaultdict(list)
    pairs: list[str] = []
    named = [part for row in rows for need in (*row.needs, row.without) for part in need]
    members = {name: line.split() for name, line in plain["concepts"].items()}
    members |= {part: [part[1:]] for part in named if part.startswith("=")}
    for name, each in members.items():
        for word in each:
            meant = [w for w in normalise(word.replace("_", " ")) if w != STOP]
            key = " ".join(meant)
            words[key].append(name)
            if len(meant) > 1:
                pairs.append(key)
    return rows, dict(words), tuple(dict.fromkeys(pairs))


def _combination(row: Mapping[str, Any]) -> Combination:
    needs = tuple(tuple(need.split("|")) for need in row["all"])
    return Combination(row["slug"], row["weight"], needs, tuple(row.get("none", ())))


def _combined() -> Iterable[tuple[str, str]]:
    """Each single word that a combination may be met by, and its category."""
    rows, words, _pairs = combinations()
    members: dict[str, list[str]] = defaultdict(list)
    for word, names in words.items():
        for name in names if " " not in word else ():
            members[name].append(word)
    for row in rows:
        if row.weight > 0:
            yield from (
                (word, row.slug) for need in row.needs for part in need for word in members[part]
            )


def met(text: Said) -> Iterable[Hit]:
    """The combinations that this message meets, each once."""
    rows, words, pairs = combinations()
    places: dict[str, list[int]] = defaultdict(list)
    for root, at in text.roots.items():
        for name in words.get(root, ()):
            places[name] += [place for place in at if not text.is_denied(place)]
    for pair in pairs:
        for found in text.places(pair.split()):
            for name in words[pair]:
                places[name].append(found[0])
    for row in rows:
        if any(name in places for name in row.without):
            continue
        wanted = [sorted({p for name in need for p in places.get(name, ())}) for need in row.needs]
        together = _together([each[:PLACES] for each in wanted]) if all(wanted) else None
        if together:
            yield Hit(row.slug, row.weight, together)


def _together(wanted: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """One place of each, all different and near each other."""
    for first in wanted[0]:
        chosen = [first]
        for each in wanted[1:]:
            near = [p for p in each if p not in chosen and abs(p - first) <= NEAR]
            if not near:
                break
            chosen.append(min(near, key=lambda p: abs(p - first)))
        else:
            return tuple(chosen)
    return None
