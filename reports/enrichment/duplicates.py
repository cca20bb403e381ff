"""The same incident told twice: place, time and category together, helped by words, number plates and pictures.

A hint, never more: nothing is hidden, nothing is linked by itself. The points are a weighing of ours, set on invented days
of messages; `manage.py evaluate` says how well they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import Literal

from django.conf import settings

from reports.enrichment import incidents, likeness
from reports.enrichment.fingerprints import NEAR, SAME, nearest
from reports.enrichment.told import NO_WITNESS, Spot, Told

SUGGEST, STRONG = 3.75, 7.0
ALMOST = SUGGEST - 1.5
"""Too little by itself, but enough when another report of the same incident fits."""
MOST = 8
"""Offered at once; more are not read by anybody."""
COMPANY = SUGGEST + 0.25
SHORT = 4
"""Words that say something: with fewer a text fits everything, so it is only suggested."""
FAR, UNLIKE = -4.0, -3.0
RARE_WITHIN = timedelta(minutes=25)
SOON, LATELY = timedelta(minutes=20), timedelta(minutes=60)
SURE_PLACE = 0.5

Strength = Literal["suggest", "strong"]
Where = Literal["same", "area", "near", "moved", "far", "unknown"]


@dataclass(frozen=True)
class Match:
    """Two reports that seem to be of one incident, and what speaks for it."""

    points: float
    strength: Strength
    apart: timedelta
    """How much later the first of the two was told than the other; negative when earlier."""
    where: Where
    is_same_category: bool
    shares: frozenset[str] = field(default=frozenset())
    """What else: "words", "plate", "picture", "company"."""

    @property
    def confidence(self) -> float:
        return round(min(0.95, 0.5 + (self.points - SUGGEST) * 0.09), 2)


@dataclass(frozen=True)
class _Weighed:
    points: float
    where: Where
    is_same_category: bool
    shares: frozenset[str]


def score(a: Told, b: Told) -> Match | None:
    """Whether these two reports seem to tell of one incident. Order does not matter but for `apart`."""
    weighed = _weigh(a, b)
    return _match(a, b, weighed) if weighed and weighed.points >= SUGGEST else None


def matches(new: Told, others: Sequence[Told]) -> list[tuple[int, Match]]:
    """Those of the others that fit, by their places in the list, the best first, at most MOST.

    One that almost fits is taken along when it fits another that fits: people see different sides of one thing.
    """
    weighed = {n: w for n, other in enumerate(others) if (w := _weigh(new, other))}
    direct = {n: w for n, w in weighed.items() if w.points >= SUGGEST}
    found = [(n, _match(new, others[n], w)) for n, w in direct.items()]
    company = [n for n, w in direct.items() if w.points >= COMPANY]
    # When more fit by themselves than are offered, none is taken along.
    for n, almost in weighed.items() if len(direct) < MOST else ():
        if n in direct or almost.points < ALMOST or almost.where == "far":
            continue
        if any(_stands_by(others[n], others[m]) for m in company):
            shares = almost.shares | {"company"}
            along = _Weighed(SUGGEST, almost.where, almost.is_same_category, shares)
            found.append((n, _match(new, others[n], along)))
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


def _stands_by(one: Told, other: Told) -> bool:
    return (weighed := _weigh(one, other)) is not None and weighed.points >= COMPANY


def _match(a: Told, b: Told, weighed: _Weighed) -> Match:
    is_short = min(len(a.words), len(b.words)) < SHORT and "picture" not in weighed.shares
    is_strong = weighed.points >= STRONG and not is_short and weighed.where != "unknown"
    return Match(
        weighed.points,
        "strong" if is_strong else "suggest",
        a.at - b.at,
        weighed.where,
        weighed.is_same_category,
        weighed.shares,
    )


def _weigh(a: Told, b: Told) -> _Weighed | None:
    """The points for two reports; None where they cannot be of one incident."""
    if _is_out_of_question(a, b):
        return None
    kinds, is_same = _categories(a, b)
    manner = _manner(a, b)
    gap = _gap(a.span, b.span)
    marks = _marks(a, b)
    if gap > manner.lasts and not marks:
        return None
    where, place = _place(a, b, manner, abs(a.at - b.at))
    if marks and where == "far":
        # A car drives on, a picture is passed on.
        place = 0.0
    if kinds + place + max(0.0, _time(gap, manner)) + 4.0 < ALMOST and not marks:
        return None
    words, says_the_same = _words(a, b)
    if where == "unknown":
        words *= 1.25
    elif where == "area" and not is_same:
        # A whole district, and not even the same kind of thing.
        place -= 0.25
    points = kinds + place + _time(gap, manner) + words
    points += sum({"plate": 3.0, "picture": 4.0, "like picture": 2.0}[mark] for mark in marks)
    if manner.is_private and is_same:
        points -= 2.25
    if not is_same and gap > LATELY:
        # What one thing leads to is told soon: a jam after a crash, a brawl after drink.
        points -= 0.75
    if a.is_habit != b.is_habit:
        # Somebody complains of every night, somebody else hears it now.
        points -= 1.0
    shares = {mark.removeprefix("like ") for mark in marks} | (
        {"words"} if says_the_same else set()
    )
    return _Weighed(points, where, is_same, frozenset(shares))


def _is_out_of_question(a: Told, b: Told) -> bool:
    if a.report and a.report == b.report:
        return True
    if a.person and a.person == b.person and abs(a.at - b.at) < settings.FOLLOW_UP_WINDOW:
        # Whoever writes again goes on telling: a follow-up, and no second witness.
        return True
    if a.kind in NO_WITNESS or b.kind in NO_WITNESS:
        return True
    return any(t.categories and t.categories[0] in incidents.NEVER for t in (a, b))


def _categories(a: Told, b: Told) -> tuple[float, bool]:
    if not a.categories or not b.categories:
        return 0.5, False
    if a.categories[0] == b.categories[0]:
        return 2.0, True
    if a.categories[0] in b.categories or b.categories[0] in a.categories:
        return 1.25, False
    if incidents.are_alike(a.categories[0], b.categories[0]):
        return 1.0, False
    if set(a.categories) & set(b.categories):
        return 0.5, False
    if any(incidents.are_alike(one, other) for one, other in product(a.categories, b.categories)):
        return 0.0, False
    return UNLIKE, False


def _manner(a: Told, b: Told) -> incidents.Manner:
    """Of the two together: a jam goes on when the accident is over, a brawl is where the convoy stopped."""
    manners = [incidents.manner_of(t.categories[0]) for t in (a, b) if t.categories]
    if not manners:
        return incidents.ORDINARY
    goes_along = any(manner.leads_far for manner in manners)
    return incidents.Manner(
        lasts=max(manner.lasts for manner in manners),
        speed_kmh=(max if goes_along else min)(manner.speed_kmh for manner in manners),
        leads_far=goes_along,
        is_private=all(manner.is_private for manner in manners),
        is_rare=any(manner.is_rare for manner in manners),
        seen_km=max(manner.seen_km for manner in manners),
    )


def _gap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> timedelta:
    return max(timedelta(0), one[0] - other[1], other[0] - one[1])


def _time(gap: timedelta, manner: incidents.Manner) -> float:
    if gap > manner.lasts:
        return -2.0
    points = 1.5 if gap <= SOON else 1.0 if gap <= LATELY else 0.5 if gap * 2 <= manner.lasts else 0
    return points + (1.0 if manner.is_rare and gap <= RARE_WITHIN else 0.0)


def _marks(a: Told, b: Told) -> list[str]:
    """What is hardly ever the same by chance."""
    found = ["plate"] if a.plates & b.plates else []
    bits = nearest(a.pictures, b.pictures)
    if bits is not None and bits <= NEAR:
        found.append("picture" if bits <= SAME else "like picture")
    return found


def _words(a: Told, b: Told) -> tuple[float, bool]:
    if likeness.are_the_same(a.words, b.words):
        return 4.0, True
    # What kind, and where, counts by itself where both are known; where they are not, the words are all there is.
    known: frozenset[str] = frozenset()
    if a.categories and b.categories:
        known |= a.kind_words | b.kind_words
    if a.spots and b.spots:
        known |= a.place_words | b.place_words
    ratio, shared = likeness.alike(a.word_set, b.word_set, known)
    points = min(3.0, 5.0 * ratio) if shared >= 1.0 else 1.5 * ratio
    return points, points >= 1.5


def _place(a: Told, b: Told, manner: incidents.Manner, apart: timedelta) -> tuple[Where, float]:
    """The best that any two of their places allow."""
    found = [
        _between(one, other, manner, apart)
        for one, other in product(a.spots, b.spots)
        if (one.point or one.district) and (other.point or other.district)
    ]
    return max(found, key=lambda pair: pair[1], default=("unknown", 0.0))


def _between(
    one: Spot, other: Spot, manner: incidents.Manner, apart: timedelta
) -> tuple[Where, float]:
    where, points = _near(one, other)
    is_one_regency = one.district.rpartition(".")[0] == other.district.rpartition(".")[0]
    if where == "far" and manner.speed_kmh and is_one_regency and one.point and other.point:
        away = one.point.km_to(other.point) - one.exact_km - other.exact_km
        if away <= 1.0 + manner.speed_kmh * (apart / timedelta(hours=1)):
            where, points = "moved", 2.0 if manner.leads_far else -1.0
    if min(one.confidence, other.confidence) < SURE_PLACE:
        # A name of two places: that one of them is the other's speaks for it, that one is not says little.
        points *= 0.8 if points > 0 else 0.4
    return where, points


def _near(one: Spot, other: Spot) -> tuple[Where, float]:
    if one.landmark is not None and one.landmark == other.landmark:
        return "same", 3.5
    away = one.point.km_to(other.point) if one.point and other.point else None
    if away is not None and max(one.exact_km, other.exact_km) <= 0.5:
        # Two points: what the areas around them are called says nothing more.
        for most, is_there in ((0.5, ("same", 3.5)), (1.2, ("near", 2.5)), (2.0, ("near", 1.0))):
            if away <= most:
                return is_there  # type: ignore[return-value]
        return "far", FAR
    if one.village and one.village == other.village:
        return "same", 3.25
    is_same_district = bool(one.district) and one.district == other.district
    if is_same_district and not (one.village and other.village):
        return "area", 2.25
    if away is None:
        return ("near", 1.0) if is_same_district else ("far", FAR)
    # Neighbours: the centres are hardly further apart than the two reach, and both are small.
    reach = one.exact_km + other.exact_km
    if reach <= 3.0 and away <= reach * 1.8:
        return "near", -0.5 if away > reach else 1.5 if is_same_district else 1.0
    return "far", FAR / 2 if away <= reach else FAR
