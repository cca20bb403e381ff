"""The desk's first verbs: take a report, answer it, close it. Each checks the right, locks, changes, records."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import events, replies
from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.models import Message, Report
from reports.models.event import EventKind
from reports.workflow import Outcome, Status


class HeldByAnother(Refused):
    """Somebody else has claimed the report."""

    code = "held_by_another"


class AlreadyClosed(Refused):
    code = "already_closed"


class OutcomeIncomplete(Refused):
    """A report is closed with an outcome and a sentence, or not at all."""

    code = "outcome_incomplete"


@transaction.atomic
def claim(report: Report, *, by: Actor) -> Report:
    """Take the report. Again by the same person changes nothing; HeldByAnother names who was first."""
    report = _lock(report, "claim", by)
    _refuse_closed(report)
    _take(report, by)
    return report


@transaction.atomic
def reply(report: Report, text: str, *, by: Actor) -> Message:
    """Answer the reporter. An unclaimed report is claimed by whoever answers it first.

    Raises HeldByAnother, replies.WindowClosed, replies.TextUnfit; then nothing is sent and nothing changed.
    """
    report = _lock(report, "reply", by)
    if report.is_open:
        _take(report, by)
    now = timezone.now()
    message = replies.queue(report, text, at=now, by=by)
    report.answered_at = report.answered_at or now
    report.waiting_since = None
    report.unread_count = 0
    report.save(update_fields=["answered_at", "waiting_since", "unread_count"])
    events.record(report, EventKind.REPLIED, by=by)
    return message


@transaction.atomic
def close(report: Report, outcome: Outcome, note: str, *, by: Actor) -> Report:
    """Close with an outcome and a sentence that says why. Raises OutcomeIncomplete, HeldByAnother, AlreadyClosed."""
    if outcome not in Outcome or not note.strip():
        raise OutcomeIncomplete(_("Closing needs an outcome and a sentence."))
    report = _lock(report, "close", by)
    _refuse_closed(report)
    _take(report, by)
    report.become(Status.DONE)
    report.outcome = outcome
    report.outcome_note_sealed = vault.box_of("content", report.pk).seal(
        "report.outcome_note", report.pk, note.strip()
    )
    report.closed_at = timezone.now()
    report.waiting_since = None
    report.unread_count = 0
    report.save(
        update_fields=[
            "status",
            "outcome",
            "outcome_note_sealed",
            "closed_at",
            "waiting_since",
            "unread_count",
        ]
    )
    events.record(report, EventKind.CLOSED, by=by, outcome=outcome)
    return report


@transaction.atomic
def mark_read(report: Report, *, by: Actor) -> None:
    """The words are before somebody's eyes. On an open report only the holder's count; on a closed one anybody's."""
    is_theirs = report.holder_id == by.pk or not report.is_open
    if report.unread_count and is_theirs and by.may("read_report"):
        Report.objects.filter(pk=report.pk).update(unread_count=0)
        events.changed(report)


def _lock(report: Report, verb: str, by: Actor) -> Report:
    """The report as it is now, locked; NotAllowed when this person may not do this, or not see it any more."""
    if not by.may(verb):
        raise NotAllowed(_("Your account may not do this."))
    visible = Report.objects.visible_to(by).filter(pk=report.pk)
    locked = (
        visible.select_related("station", "contact__service_number", "holder")
        .select_for_update(of=("self",))
        .first()
    )
    if locked is None:
        raise NotAllowed(_("Your account may not do this."))
    return locked


def _take(report: Report, by: Actor) -> None:
    """Make `by` the holder, if nobody else is."""
    if report.holder_id == by.pk:
        return
    if report.holder_id is not None:
        raise HeldByAnother(_("%(name)s has this report.") % {"name": report.holder})
    report.holder_id = by.pk
    report.claimed_at = timezone.now()
    if report.status == Status.NEW:
        report.become(Status.TRIAGE)
    report.save(update_fields=["holder", "claimed_at", "status"])
    events.record(report, EventKind.CLAIMED, by=by)


def _refuse_closed(report: Report) -> None:
    if not report.is_open:
        raise AlreadyClosed(_("This report is already closed."))
