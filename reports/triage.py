"""Answer a report, close it. Each verb checks the right, locks, changes, records."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import claims, events, replies, targets
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Message, Report
from reports.models.event import EventKind
from reports.workflow import Outcome, Status


class OutcomeIncomplete(Refused):
    """A report is closed with an outcome and a sentence, or not at all."""

    code = "outcome_incomplete"


@transaction.atomic
def reply(report: Report, text: str, *, by: Actor, seen: int | None = None) -> Message:
    """Answer the reporter. An unclaimed report is claimed by whoever answers it first.

    `seen` is the version of the report on the page that the answer was written on. Raises claims.Stale, HeldByAnother,
    replies.WindowClosed, replies.TextUnfit; then nothing is sent and nothing changed.
    """
    report = claims.lock(report, "reply", by, seen=seen)
    if report.is_open:
        claims.take(report, by)
    now = timezone.now()
    message = replies.queue(report, text, at=now, by=by)
    report.answered_at = report.answered_at or now
    report.waiting_since = None
    report.unread_count = 0
    report.failed_at = None
    report.version += 1
    targets.renew(report)
    report.save(
        update_fields=[
            "answered_at", "waiting_since", "unread_count", "failed_at", "version", "due_at",
        ]
    )  # fmt: skip
    events.record(report, EventKind.REPLIED, by=by)
    return message


@transaction.atomic
def close(report: Report, outcome: Outcome, note: str, *, by: Actor) -> Report:
    """Close with an outcome and a sentence that says why. Raises OutcomeIncomplete, HeldByAnother, AlreadyClosed."""
    if outcome not in Outcome or not note.strip():
        raise OutcomeIncomplete(_("Closing needs an outcome and a sentence."))
    report = claims.lock(report, "close", by)
    claims.refuse_closed(report)
    claims.take(report, by)
    report.become(Status.DONE)
    report.outcome = outcome
    report.outcome_note_sealed = vault.box_of("content", report.pk).seal(
        "report.outcome_note", report.pk, note.strip()
    )
    report.closed_at = timezone.now()
    report.waiting_since = None
    report.paused_at = None
    report.failed_at = None
    report.unread_count = 0
    report.version += 1
    targets.renew(report)
    report.save(
        update_fields=[
            "status", "outcome", "outcome_note_sealed", "closed_at", "waiting_since", "paused_at",
            "failed_at", "unread_count", "version", "due_at",
        ]
    )  # fmt: skip
    events.record(report, EventKind.CLOSED, by=by, outcome=outcome)
    return report
