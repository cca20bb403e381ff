"""Choose the words, queue them. An answer is a row with status QUEUED; `delivery` sends it."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell, channels, events, pictures
from reports.actors import Actor, Refused
from reports.channels.base import Kind
from reports.identity import people, vault
from reports.models import Contact, Message, Picture, ReplyTemplate, Report, ServiceNumber
from reports.models.event import EventKind
from reports.models.message import Delivery, Direction
from reports.models.reply_template import PLACEHOLDER, SAID_BY_ITSELF, ReplyKey
from reports.models.service_number import Channel
from reports.wordings import Wording

logger = logging.getLogger(__name__)

TEXT_LIMIT = 1600
"""Twilio's limit for one message, in characters."""
LAST_MOMENT = timedelta(seconds=5)
"""What waits on the desk leaves it so long before the window closes: finding and sending it takes a second or two."""
AT_ONCE = timedelta(0)


Words = Mapping[tuple[int, str], ReplyTemplate]


class WindowClosed(Refused):
    code = "window_closed"


class TextUnfit(Refused):
    code = "text_unfit"


class Unfilled(TextUnfit):
    """Something in braces is still to be written by a person."""

    code = "unfilled"


class NoWay(Refused):
    """There is no address on this channel that could be written to."""

    code = "no_way"


def queue(
    report: Report,
    text: str,
    *,
    at: datetime,
    by: Actor,
    held: timedelta = AT_ONCE,
    contact: Contact | None = None,
    template_key: str = "",
    attached: Sequence[Picture] = (),
) -> Message:
    """Queue these words to the reporter, in the caller's transaction; `held` for so long, in which they can be withdrawn.

    `at` in the future means: not before then. With a picture there need be no words. Raises TextUnfit for nothing or too
    much, Unfilled for a variable in braces, WindowClosed when WhatsApp would take no free text then, NoWay when there is
    no address to write to, and what `pictures.refuse_unfit` and `pictures.use` raise.
    """
    if missing := PLACEHOLDER.search(text):
        raise Unfilled(
            _(
                "“%(variable)s” is not filled in: write the words for it or take it out. Nothing was sent."
            )
            % {"variable": missing[0][:40]}
        )
    box = vault.box_of("content", report.pk)
    kind = pictures.kind_of(attached)
    message = _composed(report, text, at=at, box=box, contact=contact, kind=kind)
    pictures.refuse_unfit(message.contact, text, attached)
    message.author_id = by.pk
    message.template_key = template_key
    _written(message, held)
    pictures.use(attached, message)
    return message


def queue_template(
    report: Report, words: Wording, *, at: datetime, by: Actor | None, held: timedelta = AT_ONCE
) -> Message:
    """Queue a wording that WhatsApp has approved: it may go out whether the window is open or not. `by` nobody: said by
    itself.

    Raises Unfilled when the report has no value for one of its variables, NoWay.
    """
    for name in words.missing:
        raise Unfilled(
            _("This report has nothing for “%(variable)s” yet. Nothing was sent.")
            % {"variable": f"{{{name}}}"}
        )
    template = words.template
    box = vault.box_of("content", report.pk)
    message = _composed(report, words.text, at=at, box=box, content_sid=template.content_sid)
    message.author_id = by.pk if by else None
    message.template_key = template.key
    if words.variables:
        variables = json.dumps(words.variables)
        message.variables_sealed = box.seal("message.variables", message.pk, variables)
    return _written(message, held)


def queue_again(message: Message, *, at: datetime, by: Actor) -> Message:
    """Queue the same once more as a message of its own. Raises WindowClosed, NoWay, TextUnfit, vault.Unreadable."""
    box = vault.box_of("content", message.report_id)
    text = box.open("message.body", message.pk, message.body_sealed).expose()
    again = _composed(
        message.report,
        text,
        at=at,
        box=box,
        contact=message.contact,
        content_sid=message.content_sid,
        kind=Kind(message.kind),
    )
    again.template_key, again.retry_of = message.template_key, message
    # What nobody wrote the first time is nobody's answer the second time.
    again.author_id = by.pk if message.author_id else None
    if message.variables_sealed:
        variables = box.open("message.variables", message.pk, message.variables_sealed).expose()
        again.variables_sealed = box.seal("message.variables", again.pk, variables)
    return _written(again, AT_ONCE)


def call_off(report_ids: Iterable[UUID], *, at: datetime) -> None:
    """Take back what was written for later on these reports: the reporter was faster, or it is over."""
    scheduled = Message.objects.scheduled(at).filter(report__in=list(report_ids))
    for message in scheduled.select_related("report"):
        if Message.objects.filter(pk=message.pk, status=Delivery.QUEUED).update(
            status=Delivery.CANCELLED
        ):
            events.record(message.report, EventKind.WITHDRAWN, reason="by_itself")


def contact_by_sms(report: Report) -> Contact:
    """The reporter on the station's SMS number, made when they have not written to it. Raises NoWay.

    Only the wall knows the number; here it is known that there is one.
    """
    number = _sms_number(report)
    handle_id = people.current_handle(report.reporter.identity_id, "phone") if number else None
    if number is None or handle_id is None:
        raise NoWay(_("The reporter cannot be reached by SMS. Nothing was sent."))
    contact, is_new = Contact.objects.get_or_create(
        reporter_id=report.reporter_id,
        service_number=number,
        defaults={"handle_id": handle_id, "last_inbound_at": report.last_inbound_at},
    )
    if not is_new and contact.handle_id != handle_id:
        contact.handle_id = handle_id
        contact.save(update_fields=["handle"])
    return contact


def may_go_by_sms(report: Report) -> bool:
    """Whether the reporter has a telephone number and the station one to send SMS from."""
    return (
        _sms_number(report) is not None
        and people.current_handle(report.reporter.identity_id, "phone") is not None
    )


def words_of(station_ids: Iterable[int], keys: Iterable[str] = SAID_BY_ITSELF) -> Words:
    """The stations' own words for what is said by itself, in one query."""
    rows = ReplyTemplate.objects.filter(station_id__in=station_ids, key__in=keys, is_active=True)
    return {(row.station_id, row.key): row for row in rows.defer("picture")}


def acknowledgement(report: Report, words: Words, box: vault.Box) -> Message | None:
    """What tells the reporter that the report is here, with its number; not yet written. None when nothing can be said."""
    return _said(report, ReplyKey.ACKNOWLEDGEMENT, words, box)


def said(
    report: Report, key: ReplyKey, words: Words, box: vault.Box, **values: str
) -> Message | None:
    """These words of the station, by nobody; not yet written. None when nothing can be said."""
    return _said(report, key, words, box, **values)


def successor_notice(report: Report, words: Words, box: vault.Box) -> Message | None:
    """What tells somebody who wrote to a retired number what the new one is; once for each person and number."""
    contact = report.contact
    successor = contact.service_number.successor
    is_retired = not contact.service_number.is_active
    if successor is None or not is_retired or contact.told_successor_at is not None:
        return None
    message = _said(report, ReplyKey.NEW_NUMBER, words, box, nomor_baru=successor.address)
    if message is not None:
        contact.told_successor_at = message.at
        contact.save(update_fields=["told_successor_at"])
    return message


def _said(
    report: Report, key: ReplyKey, words: Words, box: vault.Box, **values: str
) -> Message | None:
    template = words.get((report.station_id, key))
    if template is None:
        return None
    try:
        text = template.fill(nomor_laporan=report.number, polres=report.station.name, **values)
        message = _composed(report, text, at=timezone.now(), box=box)
    except (WindowClosed, NoWay):
        # It was read late, after a long outage: that it can no longer be answered must not stop it from being read.
        return None
    except (KeyError, TextUnfit) as error:
        # Nor must words that somebody changed into what cannot be sent.
        logger.error(
            "a wording cannot be sent",
            extra={"template": str(template.pk), "error": type(error).__name__},
        )
        return None
    message.template_key = key
    return message


def _composed(
    report: Report,
    text: str,
    *,
    at: datetime,
    box: vault.Box,
    contact: Contact | None = None,
    content_sid: str = "",
    kind: Kind = Kind.TEXT,
) -> Message:
    contact = contact or report.contact
    if not text.strip() and kind != Kind.IMAGE:
        raise TextUnfit(_("The answer is empty."))
    if len(text) > TEXT_LIMIT:
        raise TextUnfit(
            _("The answer has %(count)d characters; at most %(limit)d can be sent.")
            % {"count": len(text), "limit": TEXT_LIMIT}
        )
    channel = contact.service_number.channel
    if contact.handle_id is None or channel not in channels.CHANNELS:
        raise NoWay(_("The reporter cannot be written to on this channel. Nothing was sent."))
    if content_sid and channel != Channel.WHATSAPP:
        raise NoWay(_("Approved templates are WhatsApp's; this person writes by another channel."))
    until = contact.free_text_until()
    if until is not None and at >= until and not content_sid and at > timezone.now():
        raise WindowClosed(
            _(
                "By then the 24 hours are over and WhatsApp takes no free text any more. Nothing was planned."
            )
        )
    if until is not None and at >= until and not content_sid:
        raise WindowClosed(
            _(
                "The reporter's last message is more than 24 hours old: WhatsApp takes no free text any more. "
                "Nothing was sent."
            )
        )
    message = Message(
        report=report,
        reporter_id=report.reporter_id,
        contact=contact,
        direction=Direction.OUTBOUND,
        kind=kind,
        status=Delivery.QUEUED,
        at=at,
        due_at=at,
        content_sid=content_sid,
    )
    message.body_sealed = box.seal("message.body", message.pk, text)
    return message


def _written(message: Message, held: timedelta) -> Message:
    """Write the row. What may go at once is rung for; the clock finds the rest when it is due."""
    until = None if message.content_sid else message.contact.free_text_until()
    due_at = message.at + held
    if until is not None:
        due_at = max(message.at, min(due_at, until - LAST_MOMENT))
    message.due_at = due_at
    message.save(force_insert=True)
    if due_at <= timezone.now():
        bell.ring_on_commit("reports.deliver", str(message.pk))
    return message


def _sms_number(report: Report) -> ServiceNumber | None:
    return ServiceNumber.objects.filter(
        station_id=report.station_id, channel=Channel.SMS, is_active=True
    ).first()
