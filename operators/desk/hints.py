"""What was found, as quiet suggestions beside the fields: what may be accepted with one key, why, and how sure it is.

For the eyes only. What is accepted is decided by the verb; what is decided is suggested no more.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from operators.desk import alike, times
from operators.desk.alike import Alike
from operators.desk.timeline import Happening
from operators.models import Operator
from reports import wordings
from reports.findings import Found, Suggested
from reports.models import Category, Report
from reports.models.event import EventKind
from reports.models.finding import Enricher
from reports.statements import Statement, any_of, each
from reports.wordings import Wording
from reports.workflow import Urgency

OFFERED = 3
"""So many of each: more would be a list to read, not a hint."""
SURE, LIKELY = 0.8, 0.5
"""The scale of confidence that every enricher keeps to: certain from explicit words; likely; a suggestion."""
PIN = "pin"
"""The reporter's own position, which the facts show by itself: it is not the place of the incident."""
KEYS_FROM: Mapping[Enricher, int] = {
    Enricher.CATEGORY: 1,
    Enricher.PLACE: 4,
}
"""The figure keys: 1 to 3 the category, 4 to 6 the place, 7 to 9 the same incident."""
REPORT = "laporan"
KINDS: Mapping[str, Promise] = {
    REPORT: pgettext_lazy("kind of message", "a report"),
    "pertanyaan": pgettext_lazy("kind of message", "a question"),
    "tindak lanjut": pgettext_lazy("kind of message", "more about an earlier report"),
    "iseng": pgettext_lazy("kind of message", "a prank or a test"),
    "curhat": pgettext_lazy("kind of message", "somebody who pours out their heart"),
}


CATEGORIES = Statement(lambda: Category.objects.filter(slug__in=any_of(OFFERED, CharField())))


class Offer(NamedTuple):
    """One candidate as it is offered: which of which finding, what it is called, why."""

    finding: UUID
    candidate: int
    value: dict[str, Any]
    label: str
    reason: str
    confidence: float
    source: str
    key: str
    aside: str | Promise = ""

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE

    @property
    def is_likely(self) -> bool:
        return LIKELY <= self.confidence < SURE


class Raised(NamedTuple):
    """An urgency that nobody has set: since when, why, and what it was before."""

    urgency: str
    was: str
    was_label: str | Promise
    reason: str


class CameraNote(NamedTuple):
    """Where and when the camera says that a picture was taken."""

    offer: Offer
    taken: SafeString | None
    coordinates: str
    can_be_accepted: bool


@dataclass(frozen=True)
class Hints:
    """What is suggested about one report. Each part costs nothing until a template asks for it."""

    report: Report
    found: list[Found] = field(repr=False)
    happenings: list[Happening] = field(repr=False)
    operator: Operator
    now: datetime

    @cached_property
    def categories(self) -> list[Offer]:
        """The best categories; once one is set, only another one that later words make likely. One query, if any."""
        offers = _best(self._offers(Enricher.CATEGORY), lambda value: value.get("slug"))
        if category := self.report.category:
            offers = [o for o in offers[:1] if o.value.get("slug") != category.slug]
            offers = [o for o in offers if o.confidence >= LIKELY]
        slugs = [offer.value["slug"] for offer in offers]
        known = {c.slug: c for c in CATEGORIES.ask(**each(slugs, OFFERED))} if slugs else {}
        offers = [offer for offer in offers if offer.value["slug"] in known]
        return _numbered(
            (_called(offer, known[offer.value["slug"]]) for offer in offers), Enricher.CATEGORY
        )

    @cached_property
    def raised(self) -> Raised | None:
        """The urgency, where it stands as high as it does because of the words and nobody has said anything about it."""
        last = next(
            (h.event for h in reversed(self.happenings) if h.event.kind == EventKind.URGENCY_SET),
            None,
        )
        if last is None or last.by_id is not None or not self.report.is_open:
            return None
        slug, was = str(last.data.get("urgency", "")), str(last.data.get("was", ""))
        if slug != Urgency(self.report.urgency).slug:
            return None
        offers = [o for o in self._offers(Enricher.URGENCY) if o.value["urgency"] == slug]
        if not offers:
            return None
        label = next((each.label for each in Urgency if each.slug == was), "")
        return Raised(slug, was, label, offers[0].reason)

    @cached_property
    def urgency(self) -> Offer | None:
        """A higher urgency that the words speak for."""
        if not self.report.is_open:
            return None
        for offer in self._offers(Enricher.URGENCY):
            suggested = Urgency.of(offer.value["urgency"])
            if suggested > self.report.urgency:
                return offer._replace(label=str(suggested.label), key="y")
        return None

    @cached_property
    def places(self) -> list[Offer]:
        """Where it may be, without the reporter's own position; once a place is set, only what later words say surely."""
        offers = [o for o in self._offers(Enricher.PLACE) if o.source != PIN]
        offers = _best(offers, _spot)
        if self.report.area_id or self.report.landmark_id or self.report.latitude is not None:
            offers = [o for o in offers[:1] if o.is_sure and not self._is_here(o.value)]
        return _numbered(offers, Enricher.PLACE)

    @cached_property
    def reporter_near(self) -> Offer | None:
        """What lies at the position that the reporter has sent."""
        pins = (o for o in self._offers(Enricher.PLACE) if o.source == PIN)
        return next(pins, None)

    @cached_property
    def camera(self) -> list[CameraNote]:
        return [self._camera(offer) for offer in self._offers(Enricher.CAMERA)[:OFFERED]]

    @cached_property
    def kind(self) -> Offer | None:
        """What kind of message it is, where it is not simply a report: by the first message, unless a later one warns."""
        offers = self._offers(Enricher.KIND) if self.report.is_open else []
        best = [offer for offer in offers if offer.candidate == 0]
        warnings = (o for o in best if o.value.get("never_filter") and o.value["kind"] != REPORT)
        warning = next(warnings, None)
        shown = warning or (best[-1] if best else None)
        if shown is None or shown.value.get("kind") in (REPORT, None):
            return None
        slug = str(shown.value["kind"])
        return shown._replace(label=str(KINDS.get(slug, slug)))

    @property
    def kind_slug(self) -> str:
        return str(self.kind.value["kind"]) if self.kind else ""

    @cached_property
    def answer(self) -> Wording | None:
        """The canned reply that fits the question, filled in. One query, if any."""
        if not self.report.waiting_since or not self.answer_key:
            return None
        return wordings.wording(self.report, self.answer_key, by=self.operator)

    @cached_property
    def answer_key(self) -> str:
        keys = (str(o.value.get("template_key") or "") for o in self._offers(Enricher.KIND))
        return next(filter(None, keys), "")

    @cached_property
    def alike(self) -> list[Alike]:
        """Reports that may be about the same incident, as far as this person may see them."""
        found = [(o.value.get("report"), o) for o in self._offers(Enricher.DUPLICATE)]
        return alike.load(self.report, found, self.operator, self.now)

    def _offers(self, enricher: Enricher) -> list[Offer]:
        """Every candidate of this enricher, those of the newest message first."""
        return [
            _offer(found, number, candidate)
            for found in self.found
            if found.finding.enricher == enricher
            for number, candidate in enumerate(found.candidates)
        ]

    def _is_here(self, value: Mapping[str, Any]) -> bool:
        report = self.report
        if report.landmark_id is not None and value.get("landmark") == report.landmark_id:
            return True
        area = report.area
        known = {area.code, area.parent.code if area.parent else ""} if area else set()
        return bool(known & {value.get("area"), value.get("district")})

    def _camera(self, offer: Offer) -> CameraNote:
        value = offer.value
        taken_at = parse_datetime(str(value.get("taken_at") or ""))
        has_point = value.get("latitude") is not None and value.get("longitude") is not None
        return CameraNote(
            offer,
            times.at_day_and_time(taken_at) if taken_at and taken_at.tzinfo else None,
            f"{value['latitude']:.5f}, {value['longitude']:.5f}" if has_point else "",
            has_point and self.report.latitude != value.get("latitude"),
        )


RESERVED = pgettext_lazy("suggested category", "only those in charge see it then")


def _called(offer: Offer, category: Category) -> Offer:
    return offer._replace(label=category.label, aside=RESERVED if category.reserved_for else "")


def _offer(found: Found, number: int, one: Suggested) -> Offer:
    label = str(one.value.get("name") or one.value.get("label") or "")
    which = (found.finding.pk, number)
    return Offer(*which, one.value, label, one.reason, one.confidence, one.source, "")


def _best(offers: Iterable[Offer], same: Callable[[dict[str, Any]], Hashable]) -> list[Offer]:
    """The surest few, each value once; of equals the one from the newest message."""
    best: dict[Hashable, Offer] = {}
    for offer in sorted(offers, key=lambda offer: -offer.confidence):
        if (key := same(offer.value)) is not None:
            best.setdefault(key, offer)
    return list(best.values())[:OFFERED]


def _spot(value: dict[str, Any]) -> Hashable:
    if value.get("landmark"):
        return "landmark", value["landmark"]
    if value.get("area") and (value.get("precision_km") or 1) > 0.3:
        return "area", value["area"]
    latitude, longitude = value.get("latitude"), value.get("longitude")
    if latitude is not None and longitude is not None:
        return "point", round(latitude, 3), round(longitude, 3)
    return ("name", value["name"]) if value.get("name") else None


def _numbered(offers: Iterable[Offer], enricher: Enricher) -> list[Offer]:
    return [o._replace(key=str(n)) for n, o in enumerate(offers, start=KEYS_FROM[enricher])]
