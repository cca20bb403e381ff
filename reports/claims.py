"""Who has a report: the lock that every verb takes, and taking, giving back, taking over, assigning.

Each verb checks the right, locks the row, checks the state, changes, records. A claim never touches anybody's draft.
"""

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import events, targets
from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.models import Note, Report
from reports.models.event import EventKind
from reports.models.message import Direction
from reports.models.report import Escalation
from reports.workflow import Status


class HeldByAnother(Refused):
    """Somebody else has claimed the report."""

    code = "held_by_another"


class AlreadyClosed(Refused):
    code = "already_closed"


class Stale(Refused):
    """The report has changed since the page that this came from was drawn."""

    code = "stale"


class ReasonMissing(Refused):
    code = "reason_missing"


class CannotHold(Refused):
    """This person cannot be given the report."""

    code = "cannot_hold"


def lock(report: Report, verb: str, by: Actor, *, seen: int | None = None) -> Report:
    """The report as it is now, locked; call in a transaction.

    NotAllowed when this person may not do this, or not see it any more. When `seen`, the version on the page that this
    came from, is no longer the present one: HeldByAnother if that is why, else Stale, which says what happened.
    """
    if not by.may(verb):
        raise NotAllowed(_("Your account may not do this."))
    visible = Report.objects.visible_to(by).filter(pk=report.pk)
    list(visible.select_for_update(of=("self",), no_key=True).values_list("pk"))
    # Read once the lock is ours: in one statement with it, what is joined would be of before the wait for the lock.
    locked = visible.select_related(
        "station", "category", "contact__service_number", "holder"
    ).first()
    if locked is None:
        raise NotAllowed(_("Your account may not do this."))
    if seen is not None and seen != locked.version:
        if locked.is_open:
            refuse_held_by_another(locked, by)
        raise Stale(_what_happened(locked, locked.version - seen))
    return locked


def take(report: Report, by: Actor) -> None:
    """Make `by` the holder of a locked report, if nobody else is. HeldByAnother names who was first."""
    if report.holder_id == by.pk:
        return
    refuse_held_by_another(report, by)
    _hand_to(report, by.pk)
    events.record(report, EventKind.CLAIMED, by=by)


def refuse_closed(report: Report) -> None:
    if not report.is_open:
        raise AlreadyClosed(_("This report is already closed."))


@transaction.atomic
def claim(report: Report, *, by: Actor) -> Report:
    """Take the report. Again by the same person changes nothing; HeldByAnother names who was first."""
    report = lock(report, "claim", by)
    refuse_closed(report)
    take(report, by)
    return report


@transaction.atomic
def release(report: Report, *, by: Actor) -> Report:
    """Give the report back to nobody. What nobody has stays so; HeldByAnother when it is not theirs to give."""
    report = lock(report, "release", by)
    refuse_closed(report)
    if report.holder_id is None:
        return report
    refuse_held_by_another(report, by)
    _hand_to(report, None)
    events.record(report, EventKind.RELEASED, by=by)
    return report


@transaction.atomic
def return_to_queue(report: Report) -> bool:
    """Its holder has gone off duty: back to nobody, by nobody. False when it is closed or in other hands by now."""
    locked = Report.objects.lock(report)
    if not locked.is_open or locked.holder_id is None or locked.holder_id != report.holder_id:
        return False
    _hand_to(locked, None)
    events.record(locked, EventKind.RELEASED, reason="shift_over")
    return True


@transaction.atomic
def take_over(report: Report, reason: str, *, by: Actor) -> Report:
    """Take the report out of somebody's hands, and say why in a note on it. What is theirs already stays so.

    Raises ReasonMissing, AlreadyClosed.
    """
    if not reason.strip():
        raise ReasonMissing(_("Write why you take the report over."))
    report = lock(report, "take_over", by)
    refuse_closed(report)
    if report.holder_id == by.pk:
        return report
    former = report.holder.username if report.holder else ""
    _hand_to(report, by.pk)
    write_down(report, reason.strip(), by)
    events.record(report, EventKind.TAKEN_OVER, by=by, former=former)
    return report


@transaction.atomic
def assign(report: Report, *, to: Actor, by: Actor) -> Report:
    """Give the report to somebody else of the station who may claim it. Again to the same person changes nothing.

    Raises CannotHold, AlreadyClosed.
    """
    report = lock(report, "assign", by)
    refuse_closed(report)
    if to.pk == by.pk:
        raise CannotHold(_("Claim the report or take it over, instead of giving it to yourself."))
    if not _may_hold(to, report):
        raise CannotHold(_("%(name)s cannot work on this report.") % {"name": to})
    if report.holder_id == to.pk:
        return report
    former = report.holder.username if report.holder else ""
    _hand_to(report, to.pk)
    events.record(report, EventKind.ASSIGNED, by=by, to=to.username, former=former)
    return report


def candidates(report: Report, *, by: Actor) -> list[Any]:
    """Everybody to whom this person could give the report, by name."""
    people = get_user_model().objects.filter(station=report.station_id, is_active=True)
    others = people.exclude(pk__in={by.pk, report.holder_id} - {None}).select_related("unit")
    return [person for person in others.order_by("name", "pk") if _may_hold(person, report)]


def _may_hold(person: Actor, report: Report) -> bool:
    return person.may("claim") and report.is_visible_to(person)


def mark_read(report: Report, *, by: Actor) -> None:
    """The words are before somebody's eyes. On an open report only the holder's count; on a closed one anybody's."""
    is_theirs = report.holder_id == by.pk or not report.is_open
    if report.unread_count and is_theirs and by.may("read_report"):
        with transaction.atomic():
            Report.objects.filter(pk=report.pk).update(unread_count=0)
            events.changed(report)


def count_up(report: Report) -> None:
    """An answer that is being written must not miss what has just been done to this locked report."""
    report.version += 1
    report.save(update_fields=["version"])


def refuse_held_by_another(report: Report, by: Actor) -> None:
    if report.holder_id not in {None, by.pk}:
        raise HeldByAnother(_("%(name)s has this report.") % {"name": report.holder})


def _hand_to(report: Report, holder_id: Any) -> None:
    report.holder_id = holder_id
    report.claimed_at = None if holder_id is None else timezone.now()
    report.version += 1
    report.escalated = Escalation.NOBODY
    if report.status == Status.NEW and holder_id is not None:
        report.become(Status.TRIAGE)
    targets.renew(report)
    report.save(update_fields=["holder", "claimed_at", "version", "escalated", "status", "due_at"])


def write_down(report: Report, reason: str, by: Actor) -> None:
    """Keep a reason as a note, of a locked report. Sealed like every note: people write names and numbers into them."""
    note = uuid.uuid4()
    Note.objects.create(
        pk=note,
        report=report,
        author_id=by.pk,
        at=timezone.now(),
        body_sealed=vault.box_of("content", report.pk).seal("note.body", note, reason),
    )


VERSIONED = (
    EventKind.CLAIMED,
    EventKind.RELEASED,
    EventKind.TAKEN_OVER,
    EventKind.ASSIGNED,
    EventKind.REPLIED,
    EventKind.ASKED,
    EventKind.SENT_AGAIN,
    EventKind.PROOF_SENT,
    EventKind.WITHDRAWN,
    EventKind.SPLIT_OFF,
    EventKind.CLOSED,
    EventKind.REOPENED,
    EventKind.DISPATCHED,
    EventKind.UNIT_FINISHED,
    EventKind.UNIT_RETURNED,
    EventKind.CALLED_OFF,
    EventKind.STATUS_SET,
    EventKind.WARNED,
    EventKind.BLOCKED,
    EventKind.UNBLOCKED,
)
"""What counts the version up; beside these, every word of the reporter does. How far a unit has come, does not."""


def _what_happened(report: Report, changes: int) -> str:
    """The last so many changes of the version in words, each kind of thing once, and what to do now."""
    latest = max(0, min(changes, 10))
    happenings = [
        (event.at, _in_words(EventKind(event.kind), str(event.by or "")))
        # A question by nobody counts nothing up.
        for event in report.events.filter(kind__in=VERSIONED)
        .exclude(kind=EventKind.ASKED, by=None)
        .select_related("by")
        .order_by("-at", "-id")[:latest]
    ]
    said = report.messages.filter(direction=Direction.INBOUND).order_by("-at")
    happenings += [
        (at, _("The reporter has written.")) for at in said.values_list("at", flat=True)[:latest]
    ]
    newest = sorted(happenings, key=lambda happening: happening[0])[-latest:] if latest else []
    sentences = dict.fromkeys(words for _at, words in newest) or [
        _("Something has happened on this report.")
    ]
    advice = _("Nothing has been sent or changed: read first, then try again.")
    return " ".join([*sentences, advice])


def _in_words(kind: EventKind, who: str) -> str:
    match kind:
        case EventKind.CLAIMED:
            return _("%(name)s has claimed this report.") % {"name": who}
        case EventKind.RELEASED if not who:
            return _("The shift of whoever had this report is over.")
        case EventKind.RELEASED:
            return _("%(name)s has given this report back.") % {"name": who}
        case EventKind.TAKEN_OVER:
            return _("%(name)s has taken this report over.") % {"name": who}
        case EventKind.ASSIGNED:
            return _("%(name)s has assigned this report.") % {"name": who}
        case EventKind.CLOSED:
            return _("%(name)s has closed this report.") % {"name": who}
        case EventKind.REOPENED:
            return _("This report has been reopened.")
        case EventKind.DISPATCHED:
            return _("%(name)s has handed this report to a unit.") % {"name": who}
        case EventKind.UNIT_FINISHED:
            return _("The unit has finished: %(name)s has reported.") % {"name": who}
        case EventKind.UNIT_RETURNED:
            return _("The unit has given this report back: %(name)s.") % {"name": who}
        case EventKind.CALLED_OFF:
            return _("%(name)s has called a unit off.") % {"name": who}
        case EventKind.STATUS_SET:
            return _("%(name)s has set the status.") % {"name": who}
        case EventKind.WITHDRAWN if not who:
            return _("A planned question was withdrawn by itself.")
        case EventKind.WITHDRAWN:
            return _("%(name)s has withdrawn an answer.") % {"name": who}
        case EventKind.SPLIT_OFF:
            return _("%(name)s has made a message a report of its own.") % {"name": who}
        case EventKind.WARNED:
            return _("%(name)s has reminded the reporter.") % {"name": who}
        case EventKind.BLOCKED:
            return _("%(name)s has blocked the reporter.") % {"name": who}
        case EventKind.UNBLOCKED:
            return _("%(name)s has lifted the block.") % {"name": who}
    return _("%(name)s has answered the reporter.") % {"name": who}
