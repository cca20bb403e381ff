"""What is known of a report when it is laid beside others: when, where, of what kind, in which words. Values only."""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from math import pi, sqrt
from typing import Any

from django.utils import timezone

from reports.enrichment import likeness
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
NO_WITNESS = frozenset({"pertanyaan", "iseng"})
"""Kinds of message that tell of nothing. Who pours out their heart may well do so about what others see too."""

HABIT = re.compile(r"\b(tiap|setiap|saben|sering|kerap|selalu|langganan|biasane|biasanya)\b", re.I)
LAST_NIGHT = re.compile(
    r"\b(tadi|td|wau|mau|dek|kemarin|kmrn|wingi)\s+(malam|malem|mlm|bengi|dalu)|\bsemalam\b", re.I
)
YESTERDAY = re.compile(r"\b(kemarin|kemaren|kmrn|kmren|kmrin|wingi)\b", re.I)
LONG_AGO = re.compile(
    r"\b(minggu|bulan|tahun|pekan|minggu)\s+(lalu|kemarin|kepungkur|wingi)\b|\b(kemarin|kmrn)\s+lusa\b",
    re.I,
)


@dataclass(frozen=True)
class Spot:
    """A place it may be about, with how exactly it is known."""

    point: Point | None = None
    exact_km: float = VILLAGE_KM
    district: str = ""
    village: str = ""
    landmark: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Named:
    """Words whose sense is known here: of categories, and of places."""

    kinds: frozenset[str] = field(default=frozenset(), repr=False)
    places: frozenset[str] = field(default=frozenset(), repr=False)


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
    is_habit: bool = False
    """It is said to happen again and again."""
    kind: str = ""
    categories: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = field(default=(), repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    named: Named = field(default=Named(), repr=False)
    plates: frozenset[str] = field(default=frozenset(), repr=False)
    pictures: frozenset[int] = field(default=frozenset(), repr=False)

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
    return Told(
        at=at,
        report=report,
        person=person,
        happened=_happened(text, at),
        is_habit=bool(HABIT.search(text)),
        kind=kinds[0] if kinds else "",
        categories=(category,) if category else tuple(categories[:CATEGORIES]),
        spots=(spot,) if spot else tuple(spots[:SPOTS]),
        words=likeness.words_of(text),
        named=named(around),
        plates=plates_in(text[: likeness.LONGEST_READ]),
        pictures=frozenset(pictures),
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
    fresh = Named(_words(kinds), _words(places))
    _named.append((around, fresh))
    return fresh


_named: deque[tuple[Surroundings, Named]] = deque(maxlen=8)


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
    )


def _radius(area: Area) -> float:
    if area.square_km:
        return sqrt(area.square_km / pi)
    by_level = {Area.Level.VILLAGE: VILLAGE_KM, Area.Level.DISTRICT: DISTRICT_KM}
    return by_level.get(Area.Level(area.level), REGENCY_KM)


def _happened(text: str, at: datetime) -> tuple[datetime, datetime] | None:
    """Where the words speak of another day: between when and when."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if LONG_AGO.search(text):
        return day - timedelta(days=40), day - timedelta(days=1)
    if LAST_NIGHT.search(text) and timezone.localtime(at).hour >= 4:
        return day - timedelta(hours=4), day + timedelta(hours=4)
    if YESTERDAY.search(text):
        return day - timedelta(days=1), day
    return None
