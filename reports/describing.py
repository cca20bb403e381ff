"""Say what a report is about: category, urgency, place, summary. Each verb checks the right, locks, changes, records.

Describing claims nothing: a colleague or the head of the shift may put right what another holds, and a closed report's
category, place and summary may still be corrected, because the studies are made from them. Nothing here sends anything.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import claims, events, findings, standing_down, targets
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Area, Category, Landmark, Report
from reports.models.area import Point
from reports.models.event import EventKind
from reports.models.finding import Decision, Enricher
from reports.workflow import Status, Urgency

SOUTH, NORTH, WEST, EAST = -11.2, 6.3, 94.7, 141.2
"""What Indonesia lies within, in degrees."""


class NotACategory(Refused):
    """A group holds categories; a report is about one of them."""

    code = "not_a_category"


class UrgencyUnknown(Refused):
    code = "urgency_unknown"


class PlaceUnfit(Refused):
    """No place at all, a point that is not in Indonesia, or another station's place."""

    code = "place_unfit"


@transaction.atomic
def categorise(report: Report, category: Category, *, by: Actor) -> Report:
    """Set the category. Its own urgency may raise that of an open report, and never lowers it.

    A category that is reserved for others takes the report from everybody else's desk, from its holder's hands, and from
    other units.
    """
    report = claims.lock(report, "categorise", by)
    if category.children.exists():
        raise NotACategory(_("Choose a category, not a group of them."))
    decision = findings.decide(report, Enricher.CATEGORY, {"slug": category.slug}, by=by)
    if report.category_id == category.pk:
        return _only_decided(report, decision)
    report.category = category
    fields = ["category", "due_at", "status"]
    _reserve_checks(report)
    if report.is_open and category.urgency > report.urgency:
        report.urgency = category.urgency
        fields.append("urgency")
    if report.holder and not report.is_visible_to(report.holder):
        report.holder, report.claimed_at = None, None
        report.version += 1
        fields += ["holder", "claimed_at", "version"]
    slug = category.reserved_for
    # What another unit was given of it, it need not have any longer.
    if slug and report.is_open and standing_down.leave_to(report, slug, by=by):
        fields += ["unit", "status"]
    targets.renew(report)
    report.save(update_fields=fields)
    raised = {"urgency": Urgency(report.urgency).slug} if "urgency" in fields else {}
    events.record(
        report, EventKind.CATEGORISED, by=by, category=category.slug, **raised, **_hint(decision)
    )
    if category.reserved_for:
        events.changed(report, is_hiding=True)
    return report


def _reserve_checks(report: Report) -> None:
    """What was found about a report that is reserved now is so too; one that runs ends, because others were asked."""
    reserved_for = report.category.reserved_for if report.category else ""
    others = report.verifications.exclude(reserved_for=reserved_for)
    if others.running().call_off(at=timezone.now()) and report.status == Status.VERIFYING:
        report.become(Status.TRIAGE)
    others.update(reserved_for=reserved_for)


@transaction.atomic
def set_urgency(report: Report, urgency: Urgency | int, *, by: Actor) -> Report:
    """Set the urgency, up or down: a person decides. Raises AlreadyClosed: nothing is urgent about what is over."""
    if urgency not in Urgency:
        raise UrgencyUnknown(_("Choose how urgent it is."))
    report = claims.lock(report, "set_urgency", by)
    claims.refuse_closed(report)
    former, slug = Urgency(report.urgency), Urgency(urgency).slug
    decision = findings.decide(report, Enricher.URGENCY, {"urgency": slug}, by=by)
    if urgency == former:
        return _only_decided(report, decision)
    report.urgency = Urgency(urgency)
    targets.renew(report)
    report.save(update_fields=["urgency", "due_at"])
    events.record(
        report, EventKind.URGENCY_SET, by=by, urgency=slug, was=former.slug, **_hint(decision)
    )
    return report


def raise_urgency(report: Report, urgency: Urgency, *, reason: str) -> bool:
    """What a rule finds urgent stands higher on the desk, by nobody; False when nothing changes. Call in a transaction.

    It only ever raises, and what a person has set stays as it is. `reason` is a word of ours for the timeline.
    """
    locked = Report.objects.lock(report)
    is_set_by_person = locked.events.filter(kind=EventKind.URGENCY_SET, by__isnull=False).exists()
    if not locked.is_open or is_set_by_person or urgency <= locked.urgency:
        return False
    former, locked.urgency = Urgency(locked.urgency), urgency
    targets.renew(locked)
    locked.save(update_fields=["urgency", "due_at"])
    events.record(
        locked, EventKind.URGENCY_SET, urgency=urgency.slug, was=former.slug, reason=reason
    )
    return True


@transaction.atomic
def place(
    report: Report,
    *,
    area: Area | None = None,
    landmark: Landmark | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    note: str = "",
    by: Actor,
) -> Report:
    """Set where the incident is, in place of what was known before.

    A landmark gives its point and its area. A point alone gives the area it lies in, or none outside the station's.
    An area alone has no point. `note` says the rest in words: which side, which house.
    """
    point = _point(latitude, longitude)
    if area is None and landmark is None and point is None:
        raise PlaceUnfit(_("Choose a place, or give its coordinates."))
    report = claims.lock(report, "place", by)
    if any(given and given.station_id != report.station_id for given in (area, landmark)):
        raise PlaceUnfit(_("This place belongs to another station."))
    if landmark is not None:
        point = point or Point(landmark.latitude, landmark.longitude)
        area = area or landmark.area
    if area is None and point is not None:
        nearest = settings.AREA_NEAREST_KM
        area = Area.objects.at(point, report.station, within_km=nearest)
    report.area, report.landmark = area, landmark
    report.latitude, report.longitude = point or (None, None)
    report.place_note_sealed = _sealed(report, "report.place_note", note)
    report.save(update_fields=["area", "landmark", "latitude", "longitude", "place_note_sealed"])
    decision = findings.decide(report, Enricher.PLACE, _where(report), by=by)
    events.record(report, EventKind.PLACED, by=by, **_named(report), **_hint(decision))
    return report


@transaction.atomic
def summarise(report: Report, text: str, *, by: Actor) -> Report:
    """Write down in a few words what it is about; empty words take the summary away."""
    report = claims.lock(report, "summarise", by)
    report.summary_sealed = _sealed(report, "report.summary", text)
    report.save(update_fields=["summary_sealed"])
    events.record(report, EventKind.SUMMARISED, by=by)
    return report


@transaction.atomic
def accept(report: Report, finding_id: UUID, candidate: int = 0, *, by: Actor) -> Report:
    """Take over what is suggested: the verb of its field with the candidate's value, 0 being the best.

    Raises findings.SuggestionGone, and what that verb raises. Which kind of message it is, is only noted.
    """
    report = claims.lock(report, "accept", by)
    enricher, chosen = findings.suggested(report, finding_id, candidate)
    value = chosen.value
    match enricher:
        case Enricher.CATEGORY:
            category = Category.objects.filter(slug=value["slug"]).first()
            if category is None:
                raise findings.SuggestionGone(_("There is no such category any more."))
            return categorise(report, category, by=by)
        case Enricher.URGENCY:
            return set_urgency(report, Urgency.of(value["urgency"]), by=by)
        case Enricher.PLACE | Enricher.CAMERA:
            report = place(report, **_suggested_place(report, value), by=by)
            if enricher == Enricher.CAMERA:
                findings.decide(report, enricher, value, by=by)
            return report
    return _only_decided(report, findings.decide(report, enricher, value, by=by))


@transaction.atomic
def dismiss(report: Report, enricher: Enricher, *, by: Actor) -> Report:
    """Say that what is suggested of this is wrong, without choosing anything in its place. Again changes nothing."""
    report = claims.lock(report, "accept", by)
    if findings.dismiss(report, enricher, by=by):
        events.changed(report)
    return report


def _suggested_place(report: Report, value: dict[str, Any]) -> dict[str, Any]:
    """A candidate for `place`: a landmark as it is, else the area with the point if that is more than a centre of it.

    What belongs to another station is left out, and its point stays: it lies outside.
    """
    pk = value.get("landmark") or 0
    landmark = Landmark.objects.filter(station=report.station_id, pk=pk).first()
    if landmark is not None:
        return {"landmark": landmark}
    code = value.get("area") or value.get("district")
    area = Area.objects.filter(station=report.station_id, code=code).first()
    precision = value.get("precision_km")
    if area is not None and (precision is None or precision > findings.SAME_PLACE_KM):
        return {"area": area}
    return {"area": area, "latitude": value.get("latitude"), "longitude": value.get("longitude")}


def _only_decided(report: Report, decision: Decision | None) -> Report:
    """Nothing of the report has changed but what is thought of its hints."""
    if decision is not None:
        events.changed(report)
    return report


def _hint(decision: Decision | None) -> dict[str, str]:
    """For the timeline: whether what was set had been suggested, and not what was."""
    return {"hint": str(decision.value)} if decision else {}


def _where(report: Report) -> dict[str, Any]:
    return {
        "area": report.area.code if report.area else None,
        "landmark": report.landmark_id,
        "latitude": report.latitude,
        "longitude": report.longitude,
    }


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        raise PlaceUnfit(_("A point needs both of its coordinates."))
    # NaN fails both comparisons.
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise PlaceUnfit(_("This point does not lie in Indonesia: check the coordinates."))
    return Point(latitude, longitude)


def _sealed(report: Report, column: str, text: str) -> bytes:
    text = text.strip()
    return vault.box_of("content", report.pk).seal(column, report.pk, text) if text else b""


def _named(report: Report) -> dict[str, Any]:
    """The place for the timeline: names that we have given, never what a citizen or colleague wrote."""
    named: dict[str, Any] = {"has_point": report.latitude is not None}
    if report.area:
        named["area"] = report.area.name
    if report.landmark:
        named["landmark"] = report.landmark.name
    return named
