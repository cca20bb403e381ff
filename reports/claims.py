"""Who has a report: the lock that every verb takes, and taking, giving back, taking over, assigning.

Each verb checks the right, locks the row, checks the state, changes, records. A claim never touches anybody's draft.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import events, targets
from reports.actors import Actor, NotAllowed, Refused
from reports.models import Report
from reports.models.event import EventKind
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


def lock(report: Report, verb: str, by: Actor, *, seen: int | None = None) -> Report:
    """The report as it is now, locked; call in a transaction.

    NotAllowed when this person may not do this, or not see it any more. Stale when `seen`, the version on the page
    that this came from, is no longer the present one.
    """
    if not by.may(verb):
        raise NotAllowed(_("Your account may not do this."))
    visible = Report.objects.visible_to(by).filter(pk=report.pk)
    locked = (
        visible.select_related("station", "category", "contact__service_number", "holder")
        .select_for_update(of=("self",))
        .first()
    )
    if locked is None:
        raise NotAllowed(_("Your account may not do this."))
    if seen is not None and seen != locked.version:
        raise Stale(
            _(
                "Something has happened on this report since you began: read it first, then send. Nothing was sent."
            )
        )
    return locked


def take(report: Report, by: Actor) -> None:
    """Make `by` the holder of a locked report, if nobody else is. HeldByAnother names who was first."""
    if report.holder_id == by.pk:
        return
    if report.holder_id is not None:
        raise HeldByAnother(_("%(name)s has this report.") % {"name": report.holder})
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
def mark_read(report: Report, *, by: Actor) -> None:
    """The words are before somebody's eyes. On an open report only the holder's count; on a closed one anybody's."""
    is_theirs = report.holder_id == by.pk or not report.is_open
    if report.unread_count and is_theirs and by.may("read_report"):
        Report.objects.filter(pk=report.pk).update(unread_count=0)
        events.changed(report)


def _hand_to(report: Report, holder_id: Any) -> None:
    report.holder_id = holder_id
    report.claimed_at = timezone.now()
    report.version += 1
    if report.status == Status.NEW:
        report.become(Status.TRIAGE)
    targets.renew(report)
    report.save(update_fields=["holder", "claimed_at", "version", "status", "due_at"])
