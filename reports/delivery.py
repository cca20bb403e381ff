"""Send one queued message, once; find out about one whose answer was lost.

At most once after the claim: between the claim and the provider's answer a message is SENDING, and whatever goes wrong
there, the provider is asked about it before anything is sent again. What stays unknown is shown as in doubt.
"""

import json
import logging
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reports import channels, events, pictures, receipts
from reports.channels.base import ChannelError, OutboundMessage, Taken
from reports.channels.twilio.client import Gateway, gateway
from reports.channels.twilio.errors import (
    LOCAL_GAVE_UP,
    LOCAL_NO_ADDRESS,
    LOCAL_UNREADABLE,
    LOCAL_WINDOW,
)
from reports.identity import people, vault
from reports.models import Message, Report
from reports.models.message import Delivery, Direction

logger = logging.getLogger(__name__)

CLOCKS_APART = timedelta(seconds=60)
"""How far the provider's clock may be from ours when we look for a message by its age."""

CLAIM = """
    UPDATE reports_message SET status = 'sending', claimed_at = %s, due_at = %s, tries = tries + 1
    WHERE id = %s AND status = 'queued' AND due_at <= %s AND NOT EXISTS (
        SELECT 1 FROM reports_message AS before
        WHERE before.reporter_id = reports_message.reporter_id
        AND before.status IN ('queued', 'sending')
        AND (before.status = 'sending' OR (
            (before.at, before.id) < (reports_message.at, reports_message.id)
            AND (before.due_at <= %s OR before.tries > 0)
        ))
    )
"""
"""The rule of MessageQuerySet.ready_to_go. Composing it anew for each message costs ten times what running it does."""


def deliver(message_id: str, *, via: Gateway | None = None) -> bool:
    """Claim and send one queued message; False when it was not there to claim."""
    message = _claim(message_id, at=timezone.now())
    if message is None:
        return False
    if _window_is_closed(message):
        _fail(message, LOCAL_WINDOW)
    elif outbound := _readable(message):
        try:
            taken = (via or gateway()).send(outbound)
        except ChannelError as error:
            _not_taken(message, error)
        else:
            _taken(message, taken)
    return True


def settle(message_id: str, *, via: Gateway | None = None) -> bool:
    """Ask the provider about a message that was claimed and never answered for; False when it is settled already."""
    now = timezone.now()
    message = _select().filter(pk=message_id, status=Delivery.SENDING).first()
    if message is None or message.claimed_at is None:
        return False
    # One asks at a time: the due date moves on while this one does.
    asked_by_us = _flight(message).filter(due_at__lte=now)
    if not asked_by_us.update(due_at=now + settings.DELIVERY_DOUBT_AFTER):
        return False
    if outbound := _readable(message):
        known = {
            sid
            for sid in Message.objects.filter(
                reporter_id=message.reporter_id,
                direction=Direction.OUTBOUND,
                provider_sid__isnull=False,
                at__gte=message.at - timedelta(days=2),
            ).values_list("provider_sid", flat=True)
            if sid is not None
        }
        try:
            taken = (via or gateway()).find(
                outbound, since=message.claimed_at - CLOCKS_APART, known=known
            )
        except ChannelError as error:
            _still_unknown(message, error, now)
        else:
            if taken is not None:
                _taken(message, taken)
            else:
                _again(message, message.error_code or "lost", now)
    return True


def _claim(message_id: str, at: datetime) -> Message | None:
    """Take the message for sending: one conditional UPDATE, so that two workers cannot both have it.

    Nothing goes out while something else to the same person is under way or was written earlier and still waits.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CLAIM, _claim_values(UUID(message_id), at))
            claimed = cursor.rowcount
    except IntegrityError:
        # The database's own guard: another worker claimed a message to the same person at the same instant.
        return None
    return _select().get(pk=message_id) if claimed else None


def _claim_values(pk: UUID, at: datetime) -> list[Any]:
    """As the database's driver takes them: SQLite knows neither aware times nor UUIDs."""
    now, until = (
        connection.ops.adapt_datetimefield_value(time)
        for time in (at, at + settings.DELIVERY_DOUBT_AFTER)
    )
    own = pk if connection.features.has_native_uuid_field else pk.hex
    return [now, until, own, now, now]


def _flight(message: Message) -> QuerySet[Message]:
    """The message while it is on the way that it was claimed for; empty once it was settled, or claimed again."""
    return Message.objects.filter(pk=message.pk, status=Delivery.SENDING, tries=message.tries)


def _select() -> QuerySet[Message]:
    return Message.objects.select_related("report", "contact__service_number")


def _window_is_closed(message: Message) -> bool:
    """Asked before sending only: what may have gone out is asked about, however late. Approved words may always go."""
    if message.content_sid:
        return False
    until = message.contact.free_text_until()
    return until is not None and timezone.now() >= until


def _readable(message: Message) -> OutboundMessage | None:
    """The message as it goes out, or None when it cannot be read: then it has failed, with the reason."""
    number = message.contact.service_number
    kinds = channels.CHANNELS[number.channel].ADDRESSES
    if message.contact.handle_id is None:
        _fail(message, LOCAL_NO_ADDRESS)
        return None
    try:
        _, address = people.address_of(message.contact.handle_id, kinds=kinds)
        box = vault.box_of("content", message.report_id)
        body = box.open("message.body", message.pk, message.body_sealed)
        variables = (
            json.loads(box.open("message.variables", message.pk, message.variables_sealed).expose())
            if message.variables_sealed
            else {}
        )
    except vault.Unreadable:
        logger.error("a queued message cannot be read", extra={"message_id": str(message.pk)})
        _fail(message, LOCAL_UNREADABLE)
        return None
    except people.NoAddress:
        _fail(message, LOCAL_NO_ADDRESS)
        return None
    return OutboundMessage(
        sender=channels.address(number.channel, number.address),
        recipient=channels.address(number.channel, address.expose()),
        body=body.expose(),
        callback_url=f"{settings.PUBLIC_URL}/twilio/status/?m={message.pk}",
        content_sid=message.content_sid,
        variables=variables,
        media_urls=tuple(pictures.link(picture) for picture in pictures.of(message)),
    )


def _taken(message: Message, taken: Taken) -> None:
    status = receipts.PROVIDER_WORDS.get(taken.status, receipts.UNKNOWN_WORD)
    try:
        if status != Delivery.ACCEPTED or not _accepted_at_once(message, taken.provider_sid):
            receipts.settle_as(
                message, status, provider_sid=taken.provider_sid, error_code=taken.error_code[:20]
            )
    except IntegrityError:
        # The name of another message: whatever it means, this one was taken and must not be sent once more.
        logger.error("a name given twice", extra={"message_id": str(message.pk)})
        receipts.settle_as(message, status, error_code=taken.error_code[:20])


@transaction.atomic
def _accepted_at_once(message: Message, provider_sid: str) -> bool:
    """The usual case in one statement: nothing has happened to the message since it was claimed."""
    flight = _flight(message).filter(provider_sid=None)
    if not flight.update(
        status=Delivery.ACCEPTED, provider_sid=provider_sid or None, error_code=""
    ):
        return False
    events.changed(message.report)
    transaction.on_commit(partial(receipts.ring_for_next, message.reporter_id))
    return True


def _not_taken(message: Message, error: ChannelError) -> None:
    now = timezone.now()
    if error.permanent:
        _fail(message, error.code)
    elif error.uncertain:
        # Stays SENDING: the clock asks after a pause long enough for a slow provider to have made up its mind.
        wait = (
            _pause(message.tries) if error.code.startswith("5") else settings.DELIVERY_DOUBT_AFTER
        )
        _flight(message).update(due_at=now + wait, error_code=error.code)
    else:
        _again(message, error.code, now)


def _again(message: Message, code: str, now: datetime) -> None:
    """Certainly not taken: back into the queue after a growing pause, or given up after too many tries."""
    flight = _flight(message)
    if message.tries < settings.DELIVERY_TRIES:
        due_at = now + _pause(message.tries)
        flight.update(status=Delivery.QUEUED, due_at=due_at, error_code=code)
    elif flight.exists():
        _fail(message, LOCAL_GAVE_UP)


def _still_unknown(message: Message, error: ChannelError, now: datetime) -> None:
    """The provider cannot say. Ask again later; after some hours leave it in doubt for a person to judge."""
    sending = _flight(message)
    claimed_at = message.claimed_at or now
    with transaction.atomic():
        if now - claimed_at < settings.DELIVERY_DOUBT_GIVES_UP:
            sending.update(due_at=now + _pause(message.tries + 2), error_code=error.code)
        elif sending.update(status=Delivery.UNKNOWN, error_code=error.code):
            Report.objects.filter(pk=message.report_id, failed_at=None).update(failed_at=now)
            events.changed(message.report)


def _fail(message: Message, code: str) -> None:
    receipts.settle_as(message, Delivery.FAILED, error_code=code)


def _pause(tries: int) -> timedelta:
    """Doubling, up to a limit, and never the same for two messages, so that they do not come back all at once."""
    longest: timedelta = settings.DELIVERY_RETRY_LONGEST
    pause: timedelta = settings.DELIVERY_RETRY_FIRST * 2 ** min(max(tries, 1) - 1, 12)
    return min(pause, longest) * (0.5 + secrets.randbelow(1000) / 1000)
