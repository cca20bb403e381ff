"""What is known of a report when it is laid beside others: when, where, of what kind, in which words. Values only."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import pi, sqrt
from typing import Any

from reports.enrichment import details, incidents, language, likeness, wording
from reports.enrichment.details import Details
from reports.enrichment.hints import Hint
from reports.enrichment.plates import plates_in
from reports.enrichment.surroundings import Surroundings
from reports.models import Area
from reports.models.area import Point
from reports.models.finding import Enricher

VILLAGE_KM, DISTRICT_KM, REGENCY_KM = 1.2, 4.0, 18.0
"""Radius of an area whose size is not known; of Sragen's, which are the larger ones."""
CATEGORIES, SPOTS = 3, 3
"""So many of the possibilities count, the best first."""
STREET = "Jl "
NAME_FROM, GUESSED = 5, 0.3
"""Letters of a name that is no other word, mostly; and how sure it is that the place is meant."""
REPORT, QUESTION, FOLLOW_UP, PRANK = "laporan", "pertanyaan", "tindak lanjut", "iseng"
"""Kinds of message. Who pours out their heart may well do so about what others see too."""


@dataclass(frozen=True)
class Spot:
    """A place it may be about, with how exactly it is known."""

    point: Point | None = None
    exact_km: float = VILLAGE_KM
    district: str = ""
    village: str = ""
    landmark: int | None = None
    confidence: float = 1.0
    is_street: bool = False


@dataclass(frozen=True)
class Named:
    """Words whose sense is known here: of categories, and of places."""

    kinds: frozenset[str] = field(default=frozenset(), repr=False)
    places: frozenset[str] = field(default=frozenset(), repr=False)
    areas: Mapping[str, Area | None] = field(default_factory=dict, repr=False)
    """Districts and villages by a name of one word; None where several are called so."""


@dataclass(frozen=True)
class Told:
    """One report, as far as it is known."""

    at: datetime
    """When it was told."""
    report: str = ""
    """Which report; two of the same are never compared."""
    person: str = ""
    """Who told it, under any name that is the same for the same person."""
    happened: tuple[datetime, datetime] | None = None
    """Between when and when it happened, if that is not now."""
    kind: str = ""
    categories: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = field(default=(), repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    named: Named = field(default=Named(), repr=False)
    plates: frozenset[str] = field(default=frozenset(), repr=False)
    pictures: frozenset[int] = field(default=frozenset(), repr=False)
    text: str = field(default="", repr=False)
    tokens: tuple[str, ...] = field(default=(), repr=False)
    """The text as `language` makes it; what follows is read out of both when it is first asked for."""

    @cached_property
    def is_habit(self) -> bool:
        """It is said to happen again and again; "every night, and now again" is told of now."""
        return bool(wording.HABIT.search(self.text)) and not wording.NOW.search(self.text)

    @cached_property
    def is_afar(self) -> bool:
        """The place that is named may be another one near it."""
        return bool(wording.AFAR.search(self.text))

    @cached_property
    def is_back(self) -> bool:
        """It speaks of something as known already: "the crash just now"."""
        return bool(wording.BACK.search(self.text))

    @cached_property
    def is_thanks(self) -> bool:
        return bool(wording.THANKS.search(self.text))

    @cached_property
    def goes_on(self) -> bool:
        """It speaks of something as going on: "the flames reach the house next door"."""
        return bool(wording.GOES_ON.search(self.text))

    @cached_property
    def is_as_new(self) -> bool:
        """It is told as something that nobody knows of yet."""
        return bool(wording.AS_NEW.search(self.text))

    @cached_property
    def is_over(self) -> bool:
        """Nothing is left of it."""
        return bool(wording.OVER.search(self.text))

    @cached_property
    def is_hearsay(self) -> bool:
        return bool(wording.HEARSAY.search(self.text))

    @cached_property
    def is_caught(self) -> bool:
        """Somebody was caught, or is in the hands of a crowd."""
        return bool(wording.CAUGHT.search(self.text))

    @cached_property
    def asks_how(self) -> bool:
        """It asks what to do, not what that is over there."""
        return bool(wording.ASKS_HOW.search(self.text))

    @cached_property
    def details(self) -> Details:
        return details.read(self.tokens)

    @cached_property
    def happenings(self) -> tuple[str, ...]:
        """Its categories that are of something that happens."""
        return tuple(one for one in self.categories if one not in incidents.NEVER)

    @cached_property
    def word_set(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def kind_words(self) -> frozenset[str]:
        """Its words that name a kind of happening."""
        return self.word_set & self.named.kinds

    @cached_property
    def place_words(self) -> frozenset[str]:
        return self.word_set & self.named.places

    @cached_property
    def area_words(self) -> frozenset[str]:
        """Its words that areas are called by, as far as they name nothing else."""
        return (self.word_set & self.named.areas.keys()) - self.named.kinds

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.happened or (self.at, self.at)


def told(
    text: str,
    at: datetime,
    hints: Iterable[Hint],
    around: Surroundings,
    *,
    report: str = "",
    person: str = "",
    category: str = "",
    spot: Spot | None = None,
    pictures: Iterable[int] = (),
) -> Told:
    """What a text and the hints of it say. `category` and `spot`, where given, are what a person has set: they stand."""
    possible: dict[Enricher, list[Mapping[str, Any]]] = {}
    spots: list[Spot] = []
    for hint in hints:
        values = [one.value for one in hint.candidates]
        possible.setdefault(hint.enricher, []).extend(values)
        if hint.enricher == Enricher.PLACE:
            spots += [_spot(one.value, one.confidence, around) for one in hint.candidates[:SPOTS]]
    categories = [str(value["slug"]) for value in possible.get(Enricher.CATEGORY, ())]
    kinds = [str(value["kind"]) for value in possible.get(Enricher.KIND, ())]
    text = text[: likeness.LONGEST_READ]
    tokens = tuple(language.normalise(text))
    words, names = likeness.telling(tokens), named(around)
    if not any(spot.point or spot.district for spot in spots):
        spots = _guessed(words, names)
    return Told(
        at=at,
        report=report,
        person=person,
        happened=wording.happened(text, at),
        kind=kinds[0] if kinds else "",
        categories=(category,) if category else tuple(categories[:CATEGORIES]),
        spots=(spot,) if spot else tuple(spots[:SPOTS]),
        words=words,
        named=names,
        plates=plates_in(text),
        pictures=frozenset(pictures),
        text=text,
        tokens=tokens,
    )


def spot_of(
    area: Area | None, point: Point | None, landmark: int | None = None, confidence: float = 1.0
) -> Spot | None:
    """A place that stands on a report: the area, the point, or both; None without either."""
    if area is None and point is None:
        return None
    village = area.code if area and area.level == Area.Level.VILLAGE else ""
    district = ".".join(area.code.split(".")[:3]) if area and area.code.count(".") >= 2 else ""
    if point is not None:
        return Spot(point, 0.1, district, village, landmark, confidence)
    return (
        Spot(area.centre, _radius(area), district, village, landmark, confidence) if area else None
    )


def named(around: Surroundings) -> Named:
    """The words that categories and places are called by. Remembered with the surroundings."""
    for known, words in tuple(_named):
        if known is around:
            return words
    kinds = [str(word) for category in around.categories for word in category.keywords]
    places = [area.name for area in around.areas]
    places += [name for mark in around.landmarks for name in (mark.name, *mark.aliases)]
    fresh = Named(_words(kinds), _words(places), _areas(around.areas))
    _named.append((around, fresh))
    return fresh


_named: deque[tuple[Surroundings, Named]] = deque(maxlen=8)


def _areas(areas: Iterable[Area]) -> dict[str, Area | None]:
    called: dict[str, list[Area]] = {}
    for area in areas:
        words = likeness.words_of(area.name)
        if area.level != Area.Level.REGENCY and len(words) == 1:
            called.setdefault(words[0], []).append(area)
    # A district and the village in it that it has its name from: of the two the district is meant.
    return {
        word: min(those, key=lambda area: len(area.code))
        if len({area.code[: len("33.14.01")] for area in those}) == 1
        else None
        for word, those in called.items()
    }


def _guessed(words: Iterable[str], named: Named) -> list[Spot]:
    """Where nothing was read as the place: what is called by a word of the text, if that is one place."""
    found = {
        area.code: area
        for word in words
        if len(word) >= NAME_FROM and word not in named.kinds and (area := named.areas.get(word))
    }
    spots = [spot_of(area, None, confidence=GUESSED) for area in found.values()]
    return [spot for spot in spots if spot] if len(spots) == 1 else []


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in likeness.words_of(phrase))


def _spot(value: Mapping[str, Any], confidence: float, around: Surroundings) -> Spot:
    code = value.get("area") or value.get("district")
    area = next((area for area in around.areas if area.code == code), None) if code else None
    latitude, longitude = value.get("latitude"), value.get("longitude")
    point = None if latitude is None or longitude is None else Point(latitude, longitude)
    known = spot_of(area, point, value.get("landmark"), confidence)
    if known is None:
        return Spot(district=str(value.get("district") or ""), confidence=confidence)
    exact = value.get("precision_km")
    return Spot(
        known.point,
        max(float(exact), 0.1) if exact is not None else known.exact_km,
        known.district or str(value.get("district") or ""),
        known.village,
        known.landmark,
        confidence,
        is_street=str(value.get("name") or "").startswith(STREET),
    )


def _radius(area: Area) -> float:
    if area.square_km:
        return sqrt(area.square_km / pi)
    by_level = {Area.Level.VILLAGE: VILLAGE_KM, Area.Level.DISTRICT: DISTRICT_KM}
    return by_level.get(Area.Level(area.level), REGENCY_KM)
