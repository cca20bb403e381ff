"""The same incident told twice: place, time and category together, helped by words, number plates and pictures.

A hint, never more: nothing is hidden, nothing is linked by itself. The points are a weighing of ours, set on invented days
of messages; `manage.py evaluate` says how well they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Literal

from django.conf import settings

from reports.enrichment import grouping, incidents, likeness
from reports.enrichment.grouping import SUGGEST, TOO_LITTLE, Weighed
from reports.enrichment.nearness import Where, places
from reports.enrichment.told import PRANK, QUESTION, REPORT, Told
from reports.fingerprints import NEAR, SAME, nearest

STRONG = 7.0
MOST = 8
"""Offered at once; more are not read by anybody."""
SHORT_LIVED = timedelta(hours=5)
SHORT = 4
"""Words that say something: with fewer a text fits everything, so it is only suggested."""
UNLIKE = -3.0
RARE_WITHIN = timedelta(minutes=25)
SOON, LATELY, LONG_AFTER = timedelta(minutes=20), timedelta(minutes=60), timedelta(hours=2)
MOMENTS = ((SOON, 1.25), (timedelta(minutes=35), 1.0), (LATELY, 0.5))

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
    weighed = _weigh(a, b)
    return _match(a, b, weighed) if weighed and weighed.points >= SUGGEST else None


def matches(new: Told, others: Sequence[Told]) -> list[tuple[int, Match]]:
    """Those of the others that fit, by their places in the list, the best first, at most MOST.

    A report is of one incident, so what fits is looked at together (see `grouping`): of two that exclude each other the
    better supported stays, and what almost fits is taken along with what fits.
    """
    weighed = {n: w for n, other in enumerate(others) if (w := _weigh(new, other))}
    between = grouping.Between(lambda a, b: _weigh(others[a], others[b]), len(others))
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


def _weigh(a: Told, b: Told) -> Weighed | None:
    """The points for two reports; None where they cannot be of one incident."""
    if _is_out_of_question(a, b):
        return None
    kinds, is_same = _categories(a, b)
    is_odd = kinds < 1.0 and bool(a.happenings and b.happenings)
    manner = _manner(a, b)
    gap = _gap(a.span, b.span)
    marks = _marks(a, b)
    if gap > manner.lasts and not marks:
        return None
    where, place = places(a, b, manner, abs(a.at - b.at))
    if marks and where == "far":
        # A car drives on, a picture is passed on.
        place = 0.0
    if kinds + place + max(0.0, _time(gap, manner, False)) + 4.0 < TOO_LITTLE and not marks:
        return None
    words, says_the_same = _words(a, b)
    is_vague = bool(a.happened or b.happened)
    if where == "unknown":
        words *= 1.25
        if not is_vague and a.happenings and b.happenings:
            place += _moment(gap, manner)
        if a.area_words & b.area_words:
            # A name that was not taken for the place still stands in both.
            place += 1.0
        if a.is_back or b.is_back:
            place += 0.25
    elif where == "moved" and kinds < 1.25:
        # What moves on is the same when it is called the same; something else there is something else.
        place = min(place, 0.0)
    elif where == "area" and not is_same:
        # A whole district, and not even the same kind of thing.
        place -= 0.25 if kinds > 1.0 else 1.0 if is_odd else 0.5
    if is_odd:
        manner = replace(manner, is_rare=False)
    points = kinds + place + _time(gap, manner, is_vague) + words
    if a.is_caught and b.is_caught:
        points += 1.0
    points += sum({"plate": 3.0, "picture": 4.0, "like picture": 2.0}[mark] for mark in marks)
    if manner.is_private and is_same:
        # Of two robbed within the hour, the one may well be the other's witness.
        points -= 1.0 if gap <= SOON else 1.5 if gap <= LATELY else 2.25
    if not is_same and gap > LATELY:
        # What one thing leads to is told soon: a jam after a crash, a brawl after drink.
        points -= 0.75 if gap <= LONG_AFTER else 2.0
    if gap > LONG_AFTER and manner.lasts <= SHORT_LIVED:
        points -= 1.5
    if QUESTION in (a.kind, b.kind):
        points -= 0.5 if gap <= LONG_AFTER else 2.0
    if a.is_habit != b.is_habit:
        # Somebody complains of every night, somebody else hears it now.
        points -= 1.0
    shares = {mark.removeprefix("like ") for mark in marks} | (
        {"words"} if says_the_same else set()
    )
    is_related = kinds >= 0.0 and bool(a.happenings and b.happenings)
    return Weighed(points, where, is_same, is_related, frozenset(shares))


def _is_out_of_question(a: Told, b: Told) -> bool:
    if a.report and a.report == b.report:
        return True
    if a.person and a.person == b.person and abs(a.at - b.at) < settings.FOLLOW_UP_WINDOW:
        # Whoever writes again goes on telling: a follow-up, and no second witness.
        return True
    return any(map(_is_no_witness, (a, b))) or (a.kind == b.kind == QUESTION)


def _is_no_witness(told: Told) -> bool:
    is_thanks = told.is_thanks and (
        told.kind != REPORT or bool({incidents.PRAISE} & set(told.categories))
    )
    if told.kind == PRANK or is_thanks or (told.categories and not told.happenings):
        return True
    is_service = bool(told.categories) and told.categories[0] in incidents.NEVER
    if told.kind == QUESTION:
        # "What is that smoke over there?" is asked by a witness; what to do about a debt is not.
        is_rumour = told.categories[:1] == (incidents.RUMOUR,)
        return (is_service and not is_rumour) or not (
            set(told.happenings[:1]) & incidents.SEEN_BY_ALL
        )
    return is_service and told.kind != REPORT


def _categories(a: Told, b: Told) -> tuple[float, bool]:
    ones, others = a.happenings, b.happenings
    if not ones or not others:
        return 0.25, False
    if ones[0] == others[0]:
        return 2.0, True
    both = set(ones) & set(others)
    if ones[0] in both or others[0] in both:
        return 1.25 if len(both) == 1 else 1.5, False
    if incidents.are_alike(ones[0], others[0]):
        return 1.25 if both else 1.0, False
    if both:
        return 0.75, False
    if any(incidents.are_alike(ones[0], other) for other in others) or any(
        incidents.are_alike(one, others[0]) for one in ones
    ):
        return 0.0, False
    if any(incidents.are_alike(one, other) for one, other in product(ones, others)):
        return -1.5, False
    return UNLIKE, False


def _manner(a: Told, b: Told) -> incidents.Manner:
    """Of the two together: a jam goes on when the accident is over, a brawl is where the convoy stopped."""
    manners = [incidents.manner_of(t.happenings[0]) for t in (a, b) if t.happenings]
    if not manners:
        return incidents.ORDINARY
    # A thief in the hands of a crowd is seen by everybody.
    is_public = a.is_caught and b.is_caught
    shared = set(a.happenings) & set(b.happenings)
    manners += [manner for one in shared if (manner := incidents.manner_of(one)).leads_far]
    goes_along = any(manner.leads_far for manner in manners)
    return incidents.Manner(
        lasts=max(manner.lasts for manner in manners),
        speed_kmh=(max if goes_along else min)(manner.speed_kmh for manner in manners),
        leads_far=goes_along,
        is_private=all(manner.is_private for manner in manners) and not is_public,
        is_rare=any(manner.is_rare for manner in manners) or is_public,
        seen_km=max(manner.seen_km for manner in manners),
    )


def _gap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> timedelta:
    return max(timedelta(0), one[0] - other[1], other[0] - one[1])


def _time(gap: timedelta, manner: incidents.Manner, is_vague: bool) -> float:
    if gap > manner.lasts:
        return -2.0
    if is_vague:
        # "Yesterday" holds a whole day of happenings.
        return 0.5
    points = 1.5 if gap <= SOON else 1.0 if gap <= LATELY else 0.5 if gap * 2 <= manner.lasts else 0
    return points + (1.0 if manner.is_rare and gap <= RARE_WITHIN else 0.0)


def _moment(gap: timedelta, manner: incidents.Manner) -> float:
    """Where no place is known, the moment stands for it: who writes in the same minutes mostly saw the same."""
    if gap > manner.lasts:
        return 0.0
    if manner.lasts > SHORT_LIVED:
        # A flood is told of for longer than a crash.
        gap /= 2
    return next((points for most, points in MOMENTS if gap <= most), -0.5)


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
    points = min(3.0, 5.0 * ratio + 0.25 * (shared - 1.0)) if shared >= 1.0 else 1.5 * ratio
    return points, points >= 1.5
