"""Incidents: link reports that tell of the same, take them apart, and say how far what happened is.

What belongs to an incident changes by one verb of a station at a time: the row of the station is locked first, then
reporters, then reports, each in the order of their keys. Intake locks reporters before reports as well, so that nobody waits
in a circle. Nothing is linked by itself, and linking hides nothing.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import events, findings, incident_answers, replies
from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.incident_recipients import HEAVY
from reports.models import (
    Event,
    Incident,
    IncidentAnswer,
    Likeness,
    NumberSequence,
    Report,
    Reporter,
    Station,
)
from reports.models.event import EventKind
from reports.models.finding import Decision, Enricher
from reports.triage import OutcomeIncomplete
from reports.workflow import OPEN_STATUSES, Outcome, Status

RELATED = ("station", "category", "area", "incident")
TOLD = 30
"""So many rows of the queue are drawn anew when the number on them changes; the others when they are drawn next."""


class SameReport(Refused):
    """A report is not linked to itself."""

    code = "same_report"


class NotLinked(Refused):
    code = "not_linked"


class NothingToSplit(Refused):
    """A split takes some of the reports, and leaves some."""

    code = "nothing_to_split"


class StatusUnfit(Refused):
    code = "status_unfit"


def named(number: str, *, by: Actor) -> Report | Incident | None:
    """The report or incident with this number, as far as this person may see it; of one that was joined to another, the
    other."""
    number = number.strip().upper()[:20]
    report = Report.objects.visible_to(by).filter(number=number).first()
    return report or _incident_named(number, by)


def _incident_named(number: str, by: Actor) -> Incident | None:
    rows = Incident.objects.filter(number=number, station_id=by.station_id)
    row = rows.select_related("joined_into").first()
    while row is not None and row.joined_into is not None:
        row = row.joined_into
    return Incident.objects.visible_to(by).filter(pk=row.pk).first() if row else None


@transaction.atomic
def link(
    report: Report, to: Report | Incident, *, by: Actor, held: timedelta = replies.AT_ONCE
) -> Incident:
    """Say that a report tells of the same as another, or belongs to an incident; again changes nothing.

    Where there is no incident yet, one is opened; two become one, the open and then the older one. If an answer to all
    stands, whoever joins gets it, not before `held` is over. Raises SameReport, NotAllowed for what this person may not
    see.
    """
    _permit("link", by)
    _one_at_a_time(report.station_id)
    here, *others = _visible([report, to] if isinstance(to, Report) else [report], by)
    if isinstance(to, Report):
        if to.pk == report.pk:
            raise SameReport(_("Choose another report: this one cannot be linked to itself."))
        known = [here.incident, others[0].incident]
    else:
        known = [here.incident, _visible_incident(to, by)]
    incidents = sorted({one.pk: one for one in known if one}.values(), key=_rank)
    if len(incidents) == 1 and all(one is not None for one in known):
        return incidents[0]
    incident = incidents[0] if incidents else _open([here, *others], by)
    _gather([here, *others], incident, incidents[1:], by)
    for joined in incidents[1:]:
        _join(joined, incident)
    _decide([here, *others], incident, by)
    incident_answers.catch_up(incident, by=by, held=held)
    return incident


@transaction.atomic
def unlink(report: Report, *, by: Actor) -> Report:
    """Take the report out of its incident. Raises NotLinked, NotAllowed."""
    _permit("link", by)
    _one_at_a_time(report.station_id)
    (here,) = _locked(_visible([report], by))
    if here.incident is None:
        raise NotLinked(_("This report belongs to no incident."))
    incident, here.incident = here.incident, None
    here.save(update_fields=["incident"])
    events.record(here, EventKind.UNLINKED, by=by, incident=incident.number)
    _tell(incident)
    return here


@transaction.atomic
def split(incident: Incident, reports: Collection[Report], *, by: Actor) -> Incident:
    """Make an incident of its own out of some of the reports. Raises NothingToSplit for none or all of them."""
    _permit("link", by)
    _one_at_a_time(incident.station_id)
    incident = _visible_incident(incident, by)
    ours = incident.reports.visible_to(by).values_list("pk", flat=True)
    chosen = [one for one in reports if one.pk in set(ours)]
    if not chosen or len(chosen) != len(reports):
        raise NothingToSplit(_("Choose reports of this incident."))
    if not incident.reports.exclude(pk__in=[one.pk for one in chosen]).exists():
        raise NothingToSplit(_("Leave at least one report in the incident."))
    rows = _visible(chosen, by)
    own = _open(rows, by)
    _gather(rows, own, (), by)
    _tell(incident)
    return own


@transaction.atomic
def set_status(incident: Incident, status: Status | str, *, by: Actor) -> Incident:
    """Say how far what happened is; out of “done” it is open again. Its reports are not touched. Raises StatusUnfit."""
    _permit("link", by)
    if status not in OPEN_STATUSES:
        raise StatusUnfit(_("Choose a status, or close the incident with an outcome."))
    _one_at_a_time(incident.station_id)
    incident = _visible_incident(incident, by)
    incident.status, incident.outcome, incident.note_sealed = Status(status), "", b""
    incident.closed_at = incident.closed_by_id = None
    incident.save(update_fields=CLOSING)
    _tell(incident)
    return incident


@transaction.atomic
def close(incident: Incident, outcome: Outcome | str, note: str, *, by: Actor) -> Incident:
    """Say how it ended and why. Its open reports are offered the same; each is closed by a person.

    Raises OutcomeIncomplete.
    """
    _permit("link", by)
    if outcome not in Outcome or not note.strip():
        raise OutcomeIncomplete(_("Closing needs an outcome and a sentence."))
    _one_at_a_time(incident.station_id)
    incident = _visible_incident(incident, by)
    box = vault.box_of("content", incident.pk)
    incident.status, incident.outcome = Status.DONE, outcome
    incident.note_sealed = box.seal("incident.note", incident.pk, note.strip())
    incident.closed_at, incident.closed_by_id = timezone.now(), by.pk
    incident.save(update_fields=CLOSING)
    _tell(incident)
    return incident


CLOSING = ["status", "outcome", "note_sealed", "closed_at", "closed_by"]


def _permit(verb: str, by: Actor) -> None:
    if not by.may(verb):
        raise NotAllowed(_("Your account may not do this."))


def _one_at_a_time(station_id: int) -> None:
    list(Station.objects.select_for_update(no_key=True).filter(pk=station_id).values_list("pk"))


def _visible(reports: Iterable[Report], by: Actor) -> list[Report]:
    """These as they are now, in this order. NotAllowed when one of them is out of this person's sight."""
    ids = [report.pk for report in reports]
    rows = Report.objects.visible_to(by).select_related(*RELATED).defer(*HEAVY)
    found = rows.in_bulk(ids)
    if len(found) != len(set(ids)):
        raise NotAllowed(_("Your account may not do this."))
    return [found[pk] for pk in ids]


def _visible_incident(incident: Incident, by: Actor) -> Incident:
    now = _incident_named(incident.number, by)
    if now is None:
        raise NotAllowed(_("Your account may not do this."))
    return now


def _locked(reports: list[Report]) -> list[Report]:
    """Lock reporters, then reports, each in one order: as intake does."""
    theirs = Reporter.objects.filter(pk__in={report.reporter_id for report in reports})
    list(theirs.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    rows = Report.objects.filter(pk__in={report.pk for report in reports})
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    return reports


def _rank(incident: Incident) -> tuple[bool, object, str]:
    """Which of two survives: one that goes on before one that is over, then the older one."""
    return (not incident.is_open, incident.opened_at, incident.number)


def _open(reports: list[Report], by: Actor) -> Incident:
    station, now = reports[0].station, timezone.now()
    _locked(reports)
    (number,) = NumberSequence.take(station, f"K{NumberSequence.period_of(now)}", 1)
    incident = Incident(number=number, station=station, opened_at=now, opened_by_id=by.pk)
    vault.new_boxes("content", [incident.pk])
    incident.save(force_insert=True)
    return incident


def _gather(
    chosen: list[Report], incident: Incident, joined: Iterable[Incident], by: Actor
) -> None:
    """Put these reports, and all of the incidents that are joined to it, into the incident."""
    among = Q(pk__in=[one.pk for one in chosen]) | Q(incident__in=[one.pk for one in joined])
    moved = Report.objects.filter(among).exclude(incident=incident)
    rows = _locked(list(moved.select_related(*RELATED).defer(*HEAVY).order_by("pk")))
    Report.objects.filter(pk__in=[row.pk for row in rows]).update(incident=incident)
    _inherit(incident, rows)
    now = timezone.now()
    Event.objects.bulk_create(
        Event(report=row, kind=EventKind.LINKED, at=now, by_id=by.pk, data=_named(incident, row))
        for row in rows
    )
    _tell(incident, *rows)


def _named(incident: Incident, moved: Report) -> dict[str, str]:
    """For the timeline: where it belongs now, and where it did before."""
    return {"incident": incident.number} | (
        {"was": moved.incident.number} if moved.incident else {}
    )


def _inherit(incident: Incident, reports: Iterable[Report]) -> None:
    """What an incident is about and where, from the first of its reports that says so and that is for all eyes."""
    for report in sorted(reports, key=lambda report: report.received_at):
        if report.category and report.category.reserved_for:
            continue
        incident.category = incident.category or report.category
        incident.area = incident.area or report.area
    incident.save(update_fields=["category", "area"])


def _join(former: Incident, into: Incident) -> None:
    """The answers of an incident that turned out to be another one go with its reports, sealed anew; one stands."""
    own, theirs = vault.box_of("content", into.pk), vault.box_of("content", former.pk)
    stands = into.answers.filter(is_standing=True).exists()
    for answer in IncidentAnswer.objects.filter(incident=former).order_by("at"):
        column = incident_answers.COLUMN
        answer.text_sealed = own.seal_bytes(
            column, answer.pk, theirs.open_bytes(column, answer.pk, answer.text_sealed)
        )
        answer.incident, answer.is_standing = into, answer.is_standing and not stands
        answer.save(update_fields=["incident", "text_sealed", "is_standing"])
    former.joined_into = into
    former.save(update_fields=["joined_into"])


def _decide(reports: Iterable[Report], incident: Incident, by: Actor) -> None:
    """Note on what was found alike that it was right: on these, and on what named them."""
    ids = [report.pk for report in reports]
    here = Q(finding__report__in=ids, report__incident=incident)
    there = Q(report__in=ids, finding__report__incident=incident)
    pairs = Likeness.objects.filter(here | there, finding__decision=Decision.OPEN).order_by("pk")
    first: dict[UUID, UUID] = {}
    for finder, found in pairs.values_list("finding__report", "report"):
        first.setdefault(finder, found)
    for finder, found in first.items():
        findings.decide(Report(pk=finder), Enricher.DUPLICATE, {"report": str(found)}, by=by)


def _tell(incident: Incident, *reports: Report) -> None:
    """Let desks know: of these, and of the rows of the queue that name the incident."""
    beside = incident.reports.at_the_desk().exclude(pk__in=[one.pk for one in reports])
    events.changed(*reports, *beside.only("station", "incident").order_by("-received_at")[:TOLD])
