"""Whose turn it is: what an answer changes on a report, and what it is like again once the answer is withdrawn.

Works on a locked report, in the caller's transaction.
"""

from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

from reports import events, targets
from reports.actors import Actor
from reports.models import Event, Message, Report
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.reply_template import ASKED
from reports.workflow import Status

ANSWERS = (EventKind.REPLIED, EventKind.ASKED, EventKind.SENT_AGAIN, EventKind.PROOF_SENT)
NOT_STOPPED = (Status.WAITING, Status.VERIFYING, Status.ACTING)
"""By a question to the reporter: what waits already, and what somebody is on."""
FIELDS = [
    "status", "answered_at", "waiting_since", "unread_count", "failed_at", "paused_at", "version",
    "due_at",
]  # fmt: skip


def answered(
    report: Report,
    message: Message,
    *,
    by: Actor,
    kind: EventKind = EventKind.REPLIED,
    pauses: bool = False,
    **data: Any,
) -> None:
    """The reporter has a word of ours (what nobody wrote is none). With `pauses` we wait for theirs, and the clocks of
    an open report stand still, unless somebody is on it meanwhile: a unit on its way does not stop for a question.

    What it was like before is noted with the event, so that `withdrawn` can find the way back.
    """
    before = {
        "status": report.status,
        "waiting_since": _noted(report.waiting_since),
        "failed_at": _noted(report.failed_at),
    }
    report.failed_at = None
    if message.author_id is not None:
        report.answered_at = report.answered_at or message.at
        report.waiting_since = None
        report.unread_count = 0
    if pauses and report.is_open and report.status not in NOT_STOPPED:
        report.become(Status.WAITING)
        report.paused_at = message.at
    _save(report)
    if message.author_id is None:
        data["by_itself"] = True
    events.record(report, kind, by=by, message=str(message.pk), before=before, **data)


def planned(report: Report, message: Message, *, by: Actor, **data: Any) -> None:
    """A question for later: until it goes out it changes nothing, but others must not miss it."""
    report.version += 1
    report.save(update_fields=["version"])
    events.record(report, EventKind.ASKED, by=by, message=str(message.pk), later=True, **data)


def withdrawn(report: Report, message: Message, *, by: Actor) -> None:
    """The message will never go out: the clocks run as if it had not been written.

    The version goes on and not back: a page drawn in between must not pass for a fresh one.
    """
    if report.answered_at == message.at:
        report.answered_at = _answers(report).aggregate(first=Min("at"))["first"]
    undone = _undone(report)
    if undone and report.is_open:
        waited = (_time(undone[-1], "waiting_since"), report.waiting_since)
        report.waiting_since = min((at for at in waited if at is not None), default=None)
        report.failed_at = report.failed_at or _time(undone[-1], "failed_at")
    if report.status == Status.WAITING and message.template_key in ASKED.values():
        _restore_status(report)
    _save(report)
    events.record(report, EventKind.WITHDRAWN, by=by, message=str(message.pk))


def _undone(report: Report) -> list[Event]:
    """Answers that were withdrawn since the last one that stands, or since the end; the latest first."""
    cancelled = _cancelled(report)
    undone = []
    for event in report.events.filter(kind__in=(*ANSWERS, EventKind.CLOSED)).order_by("-at", "-id"):
        if event.kind == EventKind.CLOSED:
            break
        if event.data.get("later") or event.data.get("by_itself"):
            continue
        if event.data.get("message") not in cancelled:
            break
        undone.append(event)
    return undone


def _restore_status(report: Report) -> None:
    """Unless another question stands that we wait for an answer to."""
    cancelled = _cancelled(report)
    asked = report.events.filter(kind=EventKind.ASKED, at__gte=report.paused_at)
    pausing = [
        event
        for event in asked.order_by("at", "id")
        if not event.data.get("later") and not event.data.get("by_itself")
    ]
    if pausing and all(event.data["message"] in cancelled for event in pausing):
        report.status, report.paused_at = Status(pausing[0].data["before"]["status"]), None


def _answers(report: Report) -> QuerySet[Message]:
    """What people have written to the reporter by now and not withdrawn."""
    written = report.messages.filter(direction=Direction.OUTBOUND, author__isnull=False)
    return written.filter(at__lte=timezone.now()).exclude(status=Delivery.CANCELLED)


def _cancelled(report: Report) -> set[str]:
    cancelled = report.messages.filter(status=Delivery.CANCELLED)
    return {str(pk) for pk in cancelled.values_list("pk", flat=True)}


def _save(report: Report) -> None:
    report.version += 1
    targets.renew(report)
    report.save(update_fields=FIELDS)


def _noted(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _time(event: Event, name: str) -> datetime | None:
    noted = event.data.get("before", {}).get(name)
    return datetime.fromisoformat(noted) if noted else None
