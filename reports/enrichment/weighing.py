"""What speaks for two reports being of one incident, and what against: place, time and category, words and marks.

Where the words share nothing that not everybody says, the rest must be the surer: the vaguer the place, the later, the
less alike the categories, the more is missing. The points are a weighing of ours.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings

from reports.enrichment import details, happening, incidents, likeness, vehicles
from reports.enrichment.grouping import SUGGEST, TOO_LITTLE, Weighed
from reports.enrichment.incidents import Manner
from reports.enrichment.nearness import Where, places
from reports.enrichment.told import QUESTION, Told
from reports.enrichment.witness import is_no_witness
from reports.fingerprints import NEAR, SAME, nearest

SHORT_LIVED = timedelta(hours=5)
RARE_WITHIN = timedelta(minutes=25)
SOON, LATELY, LONG_AFTER = timedelta(minutes=20), timedelta(minutes=60), timedelta(hours=2)
MOMENTS = ((SOON, 1.25), (timedelta(minutes=35), 1.0), (LATELY, 0.5))
SURE = 2.0
"""Points of a place from which on it is one place, or the district of it."""
RELATED = 1.0
"""Points of categories from which on one may be the other seen anew."""
SMALL_TALK = 0.4
"""The most that words count which everybody says."""
STRANGER = -0.5
"""Of the same kind in the same minutes, but without a place, and told as something new."""
MARKS = {"plate": 3.0, "picture": 4.0, "like picture": 2.0}
SAME_WORDS, MOST_OF_WORDS = 4.0, 3.0
"""Points of a text passed on, and the most of any other."""
SPEAKS = 1.5
"""Points of words from which on they are named as a reason."""


def weigh(a: Told, b: Told) -> Weighed | None:
    """The points for two reports; None where they cannot be of one incident."""
    if _is_out_of_question(a, b):
        return None
    return _Two(a, b).weighed()


def _is_out_of_question(a: Told, b: Told) -> bool:
    if a.report and a.report == b.report:
        return True
    if a.person and a.person == b.person and abs(a.at - b.at) < settings.FOLLOW_UP_WINDOW:
        # Whoever writes again goes on telling: a follow-up, and no second witness.
        return True
    return any(map(is_no_witness, (a, b))) or (a.kind == b.kind == QUESTION)


class _Two:
    """Two reports laid beside each other."""

    def __init__(self, a: Told, b: Told) -> None:
        self.a, self.b = a, b
        self.kinds, self.is_same = happening.categories(a, b)
        self.are_both_known = bool(a.happenings and b.happenings)
        self.manner = happening.manner(a, b)
        self.gap = _gap(a.span, b.span)
        self.marks = _marks(a, b)

    def weighed(self) -> Weighed | None:
        a, b = self.a, self.b
        if self.gap > self.manner.lasts and not self.marks:
            return None
        self.where, place = places(a, b, self.manner, abs(a.at - b.at))
        if self.marks and self.where == "far":
            # A car drives on, a picture is passed on.
            place = 0.0
        if not self.marks and self._is_hopeless(place):
            return None
        against = 0.0 if self.marks else self._against()
        if against >= vehicles.AGAINST:
            return None
        words, self.is_telling = _words(a, b)
        if self.where in ("unknown", "area"):
            self.is_telling |= details.are_at_one(a.details, b.details)
        shares = {mark.removeprefix("like ") for mark in self.marks}
        shares |= {"words"} if words >= SPEAKS else set()
        words = (words if self.is_telling else min(words, SMALL_TALK)) * self._weight_of_words()
        self.led_to = place >= SURE and self.gap <= LATELY and happening.led_to(a, b)
        points = self.kinds + self._place(place) + words - against - self._missing()
        points += self._in_time(is_rare=self._is_rare(against))
        points += sum(MARKS[mark] for mark in self.marks) + (1.0 if self._are_caught() else 0.0)
        points -= self._after() + self._meant_otherwise()
        is_related = self.kinds >= 0.0 and self.are_both_known
        return Weighed(points, self.where, self.is_same, is_related, frozenset(shares))

    def _is_hopeless(self, place: float) -> bool:
        """Whether no words would help: those of most pairs are never compared."""
        points = self.kinds + place + max(0.0, _time(self.gap, self.manner))
        if self.where != "far":
            return points + SAME_WORDS < TOO_LITTLE
        is_passed_on = likeness.are_the_same(self.a.words, self.b.words)
        return points + (SAME_WORDS if is_passed_on else MOST_OF_WORDS) < SUGGEST

    def _against(self) -> float:
        a, b = self.a, self.b
        ones, others = frozenset(a.happenings[:2]), frozenset(b.happenings[:2])
        if a.plates and b.plates and ones & incidents.TAKEN and others & incidents.TAKEN:
            # No mark, so they are two vehicles.
            return vehicles.AGAINST
        return details.against(a.details, b.details, ones, others)

    def _weight_of_words(self) -> float:
        return 1.25 if self.where == "unknown" else 1.0

    def _are_caught(self) -> bool:
        return self.a.is_caught and self.b.is_caught

    def _is_strange(self) -> bool:
        """Whether one without a place does not even speak of anything that goes on."""
        a, b = self.a, self.b
        later = max(a, b, key=lambda one: one.at)
        return not self._is_known() and (later.is_as_new or self.manner.is_private)

    def _is_known(self) -> bool:
        a, b = self.a, self.b
        goes_on = any(one.is_back or one.goes_on for one in (a, b)) or self._are_caught()
        return self.is_telling or goes_on or happening.led_to(a, b)

    def _place(self, points: float) -> float:
        if self.where == "unknown":
            return points + self._instead_of_place()
        if self.where == "moved" and not self.is_same:
            # What moves on is the same when it is called the same; something else there is something else.
            return min(points, 1.0 if self.kinds > RELATED else 0.0)
        if self.where == "near" and self.gap > LONG_AFTER:
            return points - 1.0
        if self.where == "area" and not (self.is_same or self.led_to or self.is_telling):
            # A whole district, and not even the same kind of thing.
            is_odd = self.kinds < RELATED and self.are_both_known
            return points - (0.25 if self.kinds > RELATED else 1.0 if is_odd else 0.5)
        return points

    def _instead_of_place(self) -> float:
        """Where no place is known, the moment stands for it: who goes on in the same minutes mostly saw the same."""
        a, b, points = self.a, self.b, 0.0
        if self.are_both_known and not (a.happened or b.happened):
            known = _moment(self.gap, self.manner) if self._is_known() else 0.0
            points += STRANGER if self._is_strange() else known
        if a.area_words & b.area_words:
            # A name that was not taken for the place still stands in both.
            points += 1.0
        return points + (0.25 if a.is_back or b.is_back else 0.0)

    def _missing(self) -> float:
        """What is missing where the words share nothing of their own, or name two spots."""
        points = 0.0
        if self.where not in ("unknown", "moved") and not (self.is_telling or self.led_to):
            points = _unproven(self.where, self.gap, self.manner) + self._unlike()
        is_wide = self.where in ("unknown", "area")
        if is_wide and details.are_elsewhere(self.a.details, self.b.details):
            points += 0.75
        return points

    def _unlike(self) -> float:
        """What is missing where the categories are not the same either."""
        if self.is_same:
            return 0.0
        if self.gap > SOON:
            return 2.0 if self.kinds >= RELATED else 2.5
        return 0.9 if self.kinds >= RELATED else 1.5

    def _is_rare(self, against: float) -> bool:
        """Whether the hour alone says much: there are no two of it at once, as far as one can tell."""
        if against or (self.kinds < RELATED and self.are_both_known):
            return False
        if self.where == "unknown" and self._is_strange():
            return False
        is_proven = self.is_telling or (self.is_same and self.where in ("same", "unknown", "moved"))
        return self.manner.is_rare and is_proven

    def _in_time(self, is_rare: bool) -> float:
        is_vague = bool(self.a.happened or self.b.happened)
        return _time(self.gap, replace(self.manner, is_rare=is_rare), is_vague)

    def _after(self) -> float:
        """What the time between the two speaks against it."""
        points = 0.0
        if self.manner.is_private and self.is_same:
            # Of two robbed within the hour, the one may well be the other's witness.
            points += 1.0 if self.gap <= SOON else 1.5 if self.gap <= LATELY else 2.25
        if not self.is_same and self.gap > LATELY:
            # What one thing leads to is told soon: a jam after a crash, a brawl after drink.
            points += 0.75 if self.gap <= LONG_AFTER else 2.0
            points += 0.0 if self.is_telling else 0.75
        if self.gap > LONG_AFTER and self.manner.lasts <= SHORT_LIVED:
            points += 1.5
        return points

    def _meant_otherwise(self) -> float:
        """What the way it is told speaks against it."""
        a, b, points = self.a, self.b, 0.0
        if QUESTION in (a.kind, b.kind):
            points += 0.5 if self.gap <= LONG_AFTER else 2.0
        if a.is_habit != b.is_habit:
            # Somebody complains of every night, somebody else hears it now.
            points += 3.0
        if a.is_over != b.is_over and not self.is_telling:
            points += 1.5
        told_of = {one.happenings[0] for one in (a, b) if one.happenings}
        is_related = self.kinds >= 0.0 and self.are_both_known
        if not is_related and not told_of <= incidents.SEEN_BY_ALL:
            # Nobody knows what the one is about; the other is nothing that a passer-by would write of.
            points += 0.5
        return points


def _unproven(where: Where, gap: timedelta, manner: Manner) -> float:
    is_brief = manner.lasts <= SHORT_LIVED
    # Of what is rare there are hardly two in one district.
    later = 1.0 if manner.is_rare else 2.5
    points = {"area": 0.5 if gap <= SOON else later, "near": 1.5}.get(where, 0.0)
    if gap > (LATELY if is_brief else LONG_AFTER):
        points += 0.75
    if manner.is_private:
        points += 0.75 if where == "same" else 1.5
    return points


def _gap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> timedelta:
    return max(timedelta(0), one[0] - other[1], other[0] - one[1])


def _time(gap: timedelta, manner: Manner, is_vague: bool = False) -> float:
    if gap > manner.lasts:
        return -2.0
    if is_vague:
        # "Yesterday" holds a whole day of happenings.
        return 0.5
    points = 1.5 if gap <= SOON else 1.0 if gap <= LATELY else 0.5 if gap * 2 <= manner.lasts else 0
    return points + (1.0 if manner.is_rare and gap <= RARE_WITHIN else 0.0)


def _moment(gap: timedelta, manner: Manner) -> float:
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
    """The points for what both say, and whether any of it is more than everybody says."""
    if likeness.are_the_same(a.words, b.words):
        return SAME_WORDS, True
    # What kind, and where, counts by itself where both are known; where they are not, the words are all there is.
    none: frozenset[str] = frozenset()
    kinds = a.kind_words | b.kind_words if a.categories and b.categories else none
    known = a.place_words | b.place_words if a.spots and b.spots else none
    found = likeness.alike(a.word_set, b.word_set, kinds, known)
    points = 1.5 * found.ratio
    if found.shared >= 1.0:
        points = min(MOST_OF_WORDS, 5.0 * found.ratio + 0.25 * (found.shared - 1.0))
    return points, found.is_telling or details.agree(a.details, b.details)
