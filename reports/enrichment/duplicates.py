"""The same incident told twice: place, time and category together, helped by words, number plates and pictures.

A hint, never more: nothing is hidden, nothing is linked by itself. The points are a weighing of ours, set on invented days
of messages; `manage.py evaluate` says how well they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings

from reports.enrichment import details, grouping, happening, incidents, likeness
from reports.enrichment.fingerprints import NEAR, SAME, nearest
from reports.enrichment.grouping import SUGGEST, TOO_LITTLE, Weighed
from reports.enrichment.nearness import Where, places
from reports.enrichment.told import QUESTION, Told
from reports.enrichment.witness import is_no_witness

STRONG = 7.0
MOST = 8
"""Offered at once; more are not read by anybody."""
SHORT_LIVED = timedelta(hours=5)
SHORT = 4
"""Words that say something: with fewer a text fits everything, so it is only suggested."""
RARE_WITHIN = timedelta(minutes=25)
SOON, LATELY, LONG_AFTER = timedelta(minutes=20), timedelta(minutes=60), timedelta(hours=2)
SURE = 2.0
"""Points of a place from which on it is one place, or the district of it."""
RELATED = 1.0
"""Points of categories from which on one may be the other seen anew."""
SMALL_TALK = 0.4
"""The most that words count which everybody says."""
STRANGER = -0.5
"""Of the same kind in the same minutes, but without a place, and telling of it as of something new."""
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
    kinds, is_same = happening.categories(a, b)
    is_odd = kinds < RELATED and bool(a.happenings and b.happenings)
    is_related = kinds >= 0.0 and bool(a.happenings and b.happenings)
    manner = happening.manner(a, b)
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
    against = 0.0 if marks else _against(a, b)
    if against >= details.AGAINST:
        return None
    words, says_the_same, is_telling = _words(a, b)
    if not is_telling:
        words = min(words, SMALL_TALK)
    is_vague = bool(a.happened or b.happened)
    is_led_to = place >= SURE and gap <= LATELY and happening.led_to(a, b)
    if where == "unknown":
        words *= 1.25
        is_known = is_telling or any(one.is_back or one.goes_on for one in (a, b))
        is_known |= (a.is_caught and b.is_caught) or happening.led_to(a, b)
        later = max(a, b, key=lambda one: one.at)
        is_strange = not is_known and (later.is_as_new or manner.is_private)
        if not is_vague and a.happenings and b.happenings:
            moment = _moment(gap, manner)
            place += STRANGER if is_strange else moment if is_known else 0.0
        if a.area_words & b.area_words:
            # A name that was not taken for the place still stands in both.
            place += 1.0
        if a.is_back or b.is_back:
            place += 0.25
        if is_strange:
            manner = replace(manner, is_rare=False)
    elif where == "moved" and not is_same:
        # What moves on is the same when it is called the same; something else there is something else.
        place = min(place, 1.0 if kinds > RELATED else 0.0)
    elif where == "area" and not is_same and not is_led_to:
        # A whole district, and not even the same kind of thing.
        place -= 0.0 if is_telling else 0.25 if kinds > 1.0 else 1.0 if is_odd else 0.5
    if where not in ("unknown", "moved") and not is_telling:
        place -= 0.0 if is_led_to else _unproven(where, gap, manner) + _unlike(kinds, is_same or is_led_to, where == "same" and gap <= SOON)
        if where != "same":
            manner = replace(manner, is_rare=False)
    if where == "near" and gap > LONG_AFTER:
        place -= 1.0
    if where in ("unknown", "area") and details.are_elsewhere(a.details, b.details):
        place -= 0.75
    if is_odd or against or not (is_same or is_telling):
        manner = replace(manner, is_rare=False)
    points = kinds + place + _time(gap, manner, is_vague) + words - against
    if a.is_caught and b.is_caught:
        points += 1.0
    points += sum({"plate": 3.0, "picture": 4.0, "like picture": 2.0}[mark] for mark in marks)
    if manner.is_private and is_same:
        # Of two robbed within the hour, the one may well be the other's witness.
        points -= 1.0 if gap <= SOON else 1.5 if gap <= LATELY else 2.25
    if not is_same and gap > LATELY:
        # What one thing leads to is told soon: a jam after a crash, a brawl after drink.
        points -= (0.75 if gap <= LONG_AFTER else 2.0) + (0.0 if is_telling else 0.75)
    if gap > LONG_AFTER and manner.lasts <= SHORT_LIVED:
        points -= 1.5
    if QUESTION in (a.kind, b.kind):
        points -= 0.5 if gap <= LONG_AFTER else 2.0
    if a.is_habit != b.is_habit:
        # Somebody complains of every night, somebody else hears it now.
        points -= 3.0
    if a.is_over != b.is_over and not is_telling:
        points -= 1.5
    if not is_related and not _is_seen_by_all(a, b):
        # Nobody knows what the one is about; the other is nothing that a passer-by would write of.
        points -= 0.5
    shares = {mark.removeprefix("like ") for mark in marks} | (
        {"words"} if says_the_same else set()
    )
    return Weighed(points, where, is_same, is_related, frozenset(shares))


def _is_out_of_question(a: Told, b: Told) -> bool:
    if a.report and a.report == b.report:
        return True
    if a.person and a.person == b.person and abs(a.at - b.at) < settings.FOLLOW_UP_WINDOW:
        # Whoever writes again goes on telling: a follow-up, and no second witness.
        return True
    return any(map(is_no_witness, (a, b))) or (a.kind == b.kind == QUESTION)


def _is_seen_by_all(a: Told, b: Told) -> bool:
    return {one.happenings[0] for one in (a, b) if one.happenings} <= incidents.SEEN_BY_ALL


def _against(a: Told, b: Told) -> float:
    ones, others = frozenset(a.happenings[:2]), frozenset(b.happenings[:2])
    if a.plates and b.plates and ones & incidents.TAKEN and others & incidents.TAKEN:
        # No mark, so they are two vehicles.
        return details.AGAINST
    return details.against(a.details, b.details, ones, others)


def _unproven(where: Where, gap: timedelta, manner: incidents.Manner) -> float:
    """What is missing where the words of two share nothing of their own: the vaguer the place, the later, the more."""
    is_brief = manner.lasts <= SHORT_LIVED
    points = {"area": 0.5 if gap <= SOON else 2.5, "near": 1.5}.get(where, 0.0)
    if gap > (LATELY if is_brief else LONG_AFTER):
        points += 0.75
    if manner.is_private:
        points += 0.75 if where == "same" else 1.5
    return points


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


def _unlike(kinds: float, is_same: bool, is_there_and_then: bool) -> float:
    """What is missing where neither the words nor the categories are the same: less where all else is."""
    if is_same:
        return 0.0
    return 0.9 if kinds >= RELATED or is_there_and_then else 1.5


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


def _words(a: Told, b: Told) -> tuple[float, bool, bool]:
    """The points for what both say; whether that speaks for them, and whether any of it is more than everybody says."""
    if likeness.are_the_same(a.words, b.words):
        return 4.0, True, True
    # What kind, and where, counts by itself where both are known; where they are not, the words are all there is.
    kinds = a.kind_words | b.kind_words if a.categories and b.categories else frozenset()
    known = a.place_words | b.place_words if a.spots and b.spots else frozenset()
    found = likeness.alike(a.word_set, b.word_set, kinds, known)
    if found.shared >= 1.0:
        points = min(3.0, 5.0 * found.ratio + 0.25 * (found.shared - 1.0))
    else:
        points = 1.5 * found.ratio
    is_telling = found.is_telling or details.agree(a.details, b.details)
    return points, points >= 1.5, is_telling
