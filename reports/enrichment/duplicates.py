"""The same incident told twice: place, time and category together, helped by words, number plates and pictures.

A hint, never more: nothing is hidden, nothing is linked by itself. How two are weighed stands in `weighing`, set on
invented days of messages; `manage.py evaluate` says how well it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from django.conf import settings

from reports.enrichment import grouping
from reports.enrichment.grouping import SUGGEST, Weighed
from reports.enrichment.nearness import Where
from reports.enrichment.told import Told
from reports.enrichment.weighing import weigh

STRONG = 7.0
MOST = 8
"""Offered at once; more are not read by anybody."""
SHORT = 4
"""Words that say something: with fewer a text fits everything, so it is only suggested."""
Strength = Literal["suggest", "strong"]


@dataclass(frozen=True)
class Match:
    """Two reports that seem to be of one incident, and what speaks for it."""

    points: float
    strength: Strength
    apart: timedelta
    """How much later the first of the two was told than the other; negative when earlier."""
    where: Where
    is_same_category: bool
    is_related: bool = True
    """Whether the categories have to do with each other; not where there are none."""
    shares: frozenset[str] = field(default=frozenset())
    """What else: "words", "plate", "picture", "company"."""

    @property
    def confidence(self) -> float:
        return round(min(0.95, 0.5 + (self.points - SUGGEST) * 0.09), 2)


def score(a: Told, b: Told) -> Match | None:
    """Whether these two reports seem to tell of one incident. Order does not matter but for `apart`."""
    weighed = weigh(a, b)
    return _match(a, b, weighed) if weighed and weighed.points >= SUGGEST else None


def matches(new: Told, others: Sequence[Told]) -> list[tuple[int, Match]]:
    """Those of the others that fit, by their places in the list, the best first, at most MOST.

    A report is of one incident, so what fits is looked at together (see `grouping`): of two that exclude each other the
    better supported stays, and what almost fits is taken along with what fits.
    """
    weighed = {n: w for n, other in enumerate(others) if (w := weigh(new, other))}
    between = grouping.Between(lambda a, b: weigh(others[a], others[b]), len(others))
    found = [(n, _match(new, others[n], w)) for n, w in grouping.of_one_incident(weighed, between)]
    return sorted(found, key=lambda pair: (-pair[1].points, abs(pair[1].apart)))[:MOST]


def pairs(told: Sequence[Told]) -> set[frozenset[int]]:
    """Which two of a list seem to be of one incident, by their places in it: each against the latest before it, as many as
    the desk's are laid beside."""
    order = sorted(range(len(told)), key=lambda n: told[n].at)
    found = set()
    for rank, n in enumerate(order):
        earlier = order[max(0, rank - settings.DUPLICATES_LOOKED_AT) : rank]
        for m, _match in matches(told[n], [told[e] for e in earlier]):
            found.add(frozenset((n, earlier[m])))
    return found


def _match(a: Told, b: Told, weighed: Weighed) -> Match:
    is_short = min(len(a.words), len(b.words)) < SHORT and "picture" not in weighed.shares
    is_strong = weighed.points >= STRONG and not is_short and weighed.where != "unknown"
    return Match(
        weighed.points,
        "strong" if is_strong else "suggest",
        a.at - b.at,
        weighed.where,
        weighed.is_same_category,
        weighed.is_related,
        weighed.shares,
    )
