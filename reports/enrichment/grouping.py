"""Which of the reports that fit a new one are of its incident: a report is of one, so they must fit each other as well.

Knows nothing of words and places: how well two go together is asked of `duplicates`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from reports.enrichment.nearness import Where

SUGGEST = 3.25
COMPANY = SUGGEST + 0.25
"""Two that fit so well speak for a third that fits one of them."""
ALMOST, HARDLY = SUGGEST - 1.75, SUGGEST - 3.5
"""Too little by itself, but enough when one other report of the same incident fits, or two."""
TOO_LITTLE = HARDLY
APART = ("far", "near")
"""Named by another place each: no company outweighs that."""
WITHIN = 8
"""So many of the best are laid beside each other: the cost of it grows with the square."""


@dataclass(frozen=True)
class Weighed:
    """What speaks for two reports being of one incident."""

    points: float
    where: Where
    is_same_category: bool
    is_related: bool = True
    shares: frozenset[str] = field(default=frozenset())

    @property
    def fits(self) -> bool:
        return self.points >= SUGGEST


class Between:
    """How well any two of the others go together, each pair weighed once."""

    def __init__(self, weigh: Callable[[int, int], Weighed | None], count: int) -> None:
        self.count = count
        self._weigh = weigh
        self._known: dict[tuple[int, int], Weighed | None] = {}

    def __call__(self, a: int, b: int) -> Weighed | None:
        pair = (min(a, b), max(a, b))
        if pair not in self._known:
            self._known[pair] = self._weigh(*pair)
        return self._known[pair]

    def points(self, a: int, b: int) -> float:
        return weighed.points if (weighed := self(a, b)) else 0.0


def of_one_incident(weighed: Mapping[int, Weighed], between: Between) -> list[tuple[int, Weighed]]:
    """Those of the weighed that are of the incident of the new report, with their points; the best first."""
    direct = sorted(
        (n for n, w in weighed.items() if w.fits), key=lambda n: (-weighed[n].points, -n)
    )[: 2 * WITHIN]
    direct = [n for n in direct if not _is_claimed(n, weighed, between)]
    best = direct[:WITHIN]
    best.sort(key=lambda n: -_support(n, direct[:WITHIN], weighed, between))
    kept: list[int] = []
    for n in best + direct[WITHIN:]:
        if not any(_exclude(other, n, weighed, between) for other in kept):
            kept.append(n)
    direct = kept
    along = _along(direct[:WITHIN], weighed, between) if len(direct) < WITHIN else []
    return [(n, weighed[n]) for n in direct] + along


def _support(
    seed: int, direct: list[int], weighed: Mapping[int, Weighed], between: Between
) -> float:
    """What speaks for the incident that this one tells of."""
    others = [n for n in direct if n != seed and between.points(seed, n) >= SUGGEST]
    return weighed[seed].points + sum(weighed[n].points - ALMOST for n in others)


def _exclude(a: int, b: int, weighed: Mapping[int, Weighed], between: Between) -> bool:
    """Whether these are of two incidents, so that one without a place cannot be of both; nor one that says no more than
    the district of two in different villages."""
    found = {weighed[a].where, weighed[b].where}
    pair = between(a, b)
    if "unknown" in found:
        return pair is None or (not pair.fits and pair.where in ("far", "moved"))
    return found == {"area"} and (pair is None or (not pair.fits and pair.where in ("far", "near")))


def _is_claimed(n: int, weighed: Mapping[int, Weighed], between: Between) -> bool:
    """Whether one without a place fits an incident elsewhere better than this one."""
    if weighed[n].where != "unknown":
        return False
    here, elsewhere = [weighed[n].points], []
    for m in range(between.count):
        if m == n or (points := between.points(n, m)) < ALMOST:
            continue
        if m not in weighed or weighed[m].where == "far":
            elsewhere.append(points)
        elif weighed[m].points >= ALMOST and weighed[m].where != "unknown":
            here.append(points)
    return bool(elsewhere) and _together(elsewhere) > _together(here)


def _together(points: list[float]) -> float:
    """Several that fit say more than one, but they repeat each other."""
    return max(points) + 0.5 * (len(points) - 1)


def _along(
    direct: list[int], weighed: Mapping[int, Weighed], between: Between
) -> list[tuple[int, Weighed]]:
    company = [n for n in direct if weighed[n].points >= COMPANY]
    found = []
    for n, almost in weighed.items():
        if n in direct or almost.fits or almost.points < HARDLY or almost.where in APART:
            continue
        beside = sum(between.points(n, m) >= COMPANY for m in company)
        if beside >= (1 if almost.points >= ALMOST else 2):
            shares = almost.shares | {"company"}
            found.append((n, replace(almost, points=SUGGEST, shares=shares)))
    return found
