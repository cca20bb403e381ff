"""How far a message is, by what the provider reports: forward only, however late, doubled or out of order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports import bell, events
from reports.models import Message, Report
from reports.models.event import EventKind
from reports.models.message import RANK, Delivery, Direction

PROVIDER_WORDS = {
    "accepted": Delivery.ACCEPTED,
    "scheduled": Delivery.ACCEPTED,
    "queued": Delivery.ACCEPTED,
    "sending": Delivery.ACCEPTED,
    "sent": Delivery.SENT,
    "partially_delivered": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "failed": Delivery.FAILED,
    "undelivered": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
UNKNOWN_WORD = Delivery.ACCEPTED
"""A word that Twilio has added since: whatever it says, they have the message."""
STAMPS = {
    Delivery.SENT: "sent_at",
    Delivery.DELIVERED: "delivered_at",
    Delivery.READ: "read_at",
}


@dataclass(frozen=True)
class Receipt:
    """What the provider reports of one message: its name for it, its word, an error code, and our own id from the
    address of the callback, which also settles a message whose answer was lost."""

    provider_sid: str
    word: str
    error_code: str
    message_id: str
    at: datetime


@transaction.atomic(savepoint=False)
def note(receipts: Sequence[Receipt]) -> list[bool]:
    """Move messages forward by receipts, never back. For each receipt whether its message is there (yet)."""
    ids = {pk for receipt in receipts if (pk := _as_id(receipt.message_id))}
    locked = (
        Message.objects.filter(direction=Direction.OUTBOUND)
        .filter(Q(provider_sid__in={r.provider_sid for r in receipts}) | Q(pk__in=ids))
        .select_related("report")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    by_id = {message.pk: message for message in locked}
    failed = {message.pk for message in by_id.values() if message.status == Delivery.FAILED}
    by_sid = {message.provider_sid: message for message in by_id.values()}
    found, moved = [], {}
    for receipt in receipts:
        message = by_sid.get(receipt.provider_sid)
        if message is None:
            unnamed = by_id.get(_as_id(receipt.message_id) or UUID(int=0))
            message = unnamed if unnamed and _can_have_gone_out(unnamed) else None
        found.append(message is not None)
        if message is not None and _advance(
            message,
            PROVIDER_WORDS.get(receipt.word, UNKNOWN_WORD),
            provider_sid=receipt.provider_sid,
            error_code=receipt.error_code,
            at=receipt.at,
        ):
            by_sid[message.provider_sid] = message
            moved[message.pk] = message
    _save(moved.values(), failed_before=failed)
    return found


def _can_have_gone_out(message: Message) -> bool:
    """Without a name at the provider, and handed over at least once: before that no receipt can be about it."""
    never_tried = message.status == Delivery.QUEUED and not message.tries
    return message.provider_sid is None and not never_tried


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@transaction.atomic
def settle_as(
    message: Message, status: Delivery, *, provider_sid: str = "", error_code: str = ""
) -> None:
    """Move the message forward from where the database has it now: a receipt may have been faster."""
    locked = (
        Message.objects.select_related("report")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=message.pk)
    )
    failed = {locked.pk} if locked.status == Delivery.FAILED else set()
    if _advance(
        locked, status, provider_sid=provider_sid, error_code=error_code, at=timezone.now()
    ):
        _save([locked], failed_before=failed)


def _advance(
    message: Message, status: Delivery, *, provider_sid: str, error_code: str, at: datetime
) -> bool:
    """In memory, forward only: the new state must rank above the present one. Whether anything changed."""
    changed = False
    if provider_sid and message.provider_sid is None:
        message.provider_sid, changed = provider_sid, True
    if status == message.status == Delivery.FAILED and error_code and not message.error_code:
        # The answer to our own call knew no reason; the receipt does.
        message.error_code, changed = error_code, True
    if RANK[status] > RANK[Delivery(message.status)]:
        message.status, message.error_code, changed = status, error_code, True
        if stamp := STAMPS.get(status):
            setattr(message, stamp, at)
    return changed


def _save(messages: Iterable[Message], *, failed_before: Collection[UUID]) -> None:
    messages = list(messages)
    if not messages:
        return
    changed = ["status", "error_code", "provider_sid", *STAMPS.values()]
    if len(messages) == 1:
        # The usual case, and a third of what bulk_update costs.
        messages[0].save(update_fields=changed)
    else:
        Message.objects.bulk_update(messages, changed)
    for message in messages:
        if message.status == Delivery.FAILED and message.pk not in failed_before:
            events.record(message.report, EventKind.DELIVERY_FAILED, code=message.error_code)
            Report.objects.filter(pk=message.report_id, failed_at=None).update(
                failed_at=timezone.now()
            )
    events.changed(*{message.report_id: message.report for message in messages}.values())
    # Whoever was waiting behind one of these may go now.
    for reporter_id in {message.reporter_id for message in messages}:
        transaction.on_commit(partial(ring_for_next, reporter_id))


def ring_for_next(reporter_id: UUID) -> None:
    mine = Message.objects.filter(reporter_id=reporter_id)
    # Nearly always nobody waits: that is cheaper to ask than who may go.
    if not mine.filter(status=Delivery.QUEUED).exists():
        return
    ready = mine.ready_to_go(timezone.now())
    if following := ready.first():
        bell.ring("reports.deliver", str(following.pk))
