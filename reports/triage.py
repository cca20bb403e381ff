"""Answer a report, close it, open it again. Each verb checks the right, locks, changes, records."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import claims, events, findings, replies, standing_down, targets, turns
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Message, Picture, Report
from reports.models.event import EventKind
from reports.models.finding import Enricher
from reports.workflow import Outcome, ReopenReason, Status

KIND_OF = {
    Outcome.ACTED: "laporan",
    Outcome.ALREADY_OVER: "laporan",
    Outcome.NOT_FOUND: "laporan",
    Outcome.WRONG_PLACE: "laporan",
    Outcome.ANSWERED: "pertanyaan",
    Outcome.PRANK: "iseng",
    Outcome.NUMBER_TEST: "iseng",
}
"""What an outcome says about the kind of message it was; the other outcomes leave it open."""


class OutcomeIncomplete(Refused):
    """A report is closed with an outcome and a sentence, or not at all."""

    code = "outcome_incomplete"


class NotClosed(Refused):
    code = "not_closed"


@transaction.atomic
def reply(
    report: Report,
    text: str,
    *,
    by: Actor,
    seen: int | None = None,
    held: timedelta = replies.AT_ONCE,
    by_sms: bool = False,
    pictures: Sequence[Picture] = (),
) -> Message:
    """Answer the reporter. An unclaimed report is claimed by whoever answers it first.

    `seen` is the version of the report on the page that the answer was written on; `held` for how long the answer can
    still be withdrawn before it goes out; `pictures` lie beside this person's answer. Raises claims.Stale, HeldByAnother,
    replies.WindowClosed, TextUnfit, NoWay, and of pictures PictureUnfit, NoPictures, PictureGone; then nothing is sent
    and nothing changed.
    """
    report = claims.lock(report, "reply", by, seen=seen)
    if report.is_open:
        claims.take(report, by)
    contact = replies.contact_by_sms(report) if by_sms else None
    message = replies.queue(
        report, text, at=timezone.now(), by=by, held=held, contact=contact, attached=pictures
    )
    turns.answered(report, message, by=by)
    return message


@transaction.atomic
def close(
    report: Report, outcome: Outcome, note: str, *, by: Actor, seen: int | None = None
) -> Report:
    """Close with an outcome and a sentence that says why; `seen` as in `reply`.

    Raises OutcomeIncomplete, claims.Stale, HeldByAnother, AlreadyClosed.
    """
    if outcome not in Outcome or not note.strip():
        raise OutcomeIncomplete(_("Closing needs an outcome and a sentence."))
    report = claims.lock(report, "close", by, seen=seen)
    claims.refuse_closed(report)
    claims.take(report, by)
    report.become(Status.DONE)
    report.outcome = outcome
    report.outcome_note_sealed = vault.box_of("content", report.pk).seal(
        "report.outcome_note", report.pk, note.strip()
    )
    report.closed_at = timezone.now()
    replies.call_off([report.pk], at=report.closed_at)
    report.verifications.call_off(at=report.closed_at)
    standing_down.call_off_all(report, by=by)
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
    if kind := KIND_OF.get(Outcome(outcome)):
        findings.decide(report, Enricher.KIND, {"kind": kind}, by=by)
    events.record(report, EventKind.CLOSED, by=by, outcome=outcome)
    return report


@transaction.atomic
def reopen(report: Report, *, reason: ReopenReason | str, by: Actor) -> Report:
    """Back to the desk and to nobody: whoever goes on with it claims it. Raises NotClosed, claims.ReasonMissing."""
    if reason not in ReopenReason:
        raise claims.ReasonMissing(_("Choose why the report is opened again."))
    report = claims.lock(report, "reopen", by)
    if report.is_open:
        raise NotClosed(_("This report is open already."))
    report.reopen()
    targets.renew(report)
    report.save(update_fields=[*Report.REOPENED_FIELDS, "due_at"])
    events.record(report, EventKind.REOPENED, by=by, reason=str(reason))
    return report
