"""Call one duty telephone, once: the small sister of `reports.delivery`.

At most once after the claim. What may have gone out is never sent again: that somebody is called twice helps nobody, and a
summons that is lost is followed by the next step.
"""

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from reports import channels, duty_phones
from reports.channels.base import ChannelError, OutboundMessage
from reports.channels.twilio.client import Gateway, gateway
from reports.channels.twilio.errors import LOCAL_GAVE_UP, LOCAL_NO_WAY, LOCAL_UNREADABLE
from reports.identity import vault
from reports.models import ReplyTemplate, Report, ServiceNumber, Summons
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.models.service_number import Channel

logger = logging.getLogger(__name__)

SECONDS = 5
"""A provider that hangs must not hold up whoever called: the rest is still due."""


class NoWay(Exception):
    """The station has neither an active SMS number nor an approved template, or no words for it."""


def summon(summons_id: str, *, via: Gateway | None = None) -> bool:
    """Claim and send one summons; False when it was not there to claim."""
    now = timezone.now()
    waiting = Summons.objects.ready_to_go(now).filter(pk=summons_id)
    if not waiting.order_by().update(
        status=Delivery.SENDING, due_at=now + settings.DELIVERY_DOUBT_AFTER, tries=F("tries") + 1
    ):
        return False
    summons = Summons.objects.select_related("report__station", "duty_phone").get(pk=summons_id)
    if not Report.objects.ringing().filter(pk=summons.report_id).exists():
        # Somebody has claimed it while this waited.
        _settle(summons, Delivery.CANCELLED)
        return True
    try:
        message = _message(summons)
    except NoWay:
        _settle(summons, Delivery.FAILED, LOCAL_NO_WAY)
    except vault.Unreadable:
        logger.error("a duty telephone cannot be read", extra={"summons_id": str(summons.pk)})
        _settle(summons, Delivery.FAILED, LOCAL_UNREADABLE)
    else:
        _send(summons, message, via or gateway())
    return True


def summon_due() -> int:
    """Send what is due; how many. What was claimed by a sender that never came back is in doubt from now on."""
    now, ends_at = timezone.now(), time.monotonic() + SECONDS
    Summons.objects.lost(now).update(status=Delivery.UNKNOWN)
    sent = 0
    for pk in list(Summons.objects.ready_to_go(now).values_list("pk", flat=True)):
        if time.monotonic() > ends_at:
            break
        sent += summon(str(pk))
    return sent


def next_due(at: datetime) -> datetime | None:
    """Since when something is due here; None while nothing is."""
    due = Summons.objects.ready_to_go(at) | Summons.objects.lost(at)
    return due.order_by("due_at").values_list("due_at", flat=True).first()


def _send(summons: Summons, message: OutboundMessage, via: Gateway) -> None:
    try:
        taken = via.send(message)
    except ChannelError as error:
        if error.permanent:
            _settle(summons, Delivery.FAILED, error.code)
        elif error.uncertain:
            _settle(summons, Delivery.UNKNOWN, error.code)
        elif summons.tries >= settings.SUMMONS_TRIES:
            _settle(summons, Delivery.FAILED, LOCAL_GAVE_UP)
        else:
            _again(summons, error.code)
    else:
        _settle(summons, Delivery.ACCEPTED, provider_sid=taken.provider_sid)


def _message(summons: Summons) -> OutboundMessage:
    """By SMS where the station has a number for it, else as a template that WhatsApp has approved."""
    station = summons.report.station
    words = ReplyTemplate.objects.filter(station=station, key=ReplyKey.SUMMONS).first()
    numbers = ServiceNumber.objects.filter(station=station, is_active=True)
    number = numbers.filter(channel=Channel.SMS).first()
    if number is None and words is not None and words.content_sid:
        number = numbers.filter(channel=Channel.WHATSAPP).first()
    if words is None or number is None:
        raise NoWay
    try:
        body = words.fill(polres=station.name)
    except KeyError:
        raise NoWay from None
    is_template = number.channel == Channel.WHATSAPP
    to = duty_phones.number_of(summons.duty_phone).expose()
    return OutboundMessage(
        sender=channels.address(number.channel, number.address),
        recipient=channels.address(number.channel, to),
        body=body,
        # Whether it arrived is seen by somebody coming to the desk.
        callback_url="",
        content_sid=words.content_sid if is_template else "",
        variables=_variables(words, station.name) if is_template else {},
    )


def _variables(words: ReplyTemplate, station_name: str) -> dict[str, str]:
    """{{1}} of the approved template is the first variable of the words, and "polres" is the only one they have."""
    return {str(place): station_name for place, _ in enumerate(words.variables, start=1)}


def _settle(summons: Summons, status: Delivery, code: str = "", *, provider_sid: str = "") -> None:
    _flight(summons).update(status=status, error_code=code, provider_sid=provider_sid or None)


def _again(summons: Summons, code: str) -> None:
    pause: timedelta = settings.DELIVERY_RETRY_FIRST * 2 ** min(summons.tries, 6)
    _flight(summons).update(status=Delivery.QUEUED, error_code=code, due_at=timezone.now() + pause)


def _flight(summons: Summons) -> QuerySet[Summons]:
    """The summons while it is on the way that it was claimed for; empty once it was settled, or called for anew."""
    return Summons.objects.filter(
        pk=summons.pk, status=Delivery.SENDING, tries=summons.tries, at=summons.at
    )
