"""Choose the words, queue them. An answer is a row with status QUEUED; `delivery` sends it."""

import uuid
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell, events
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Message, ReplyTemplate, Report
from reports.models.message import Delivery, Direction
from reports.models.reply_template import ReplyKey

TEXT_LIMIT = 1600
"""Twilio's limit for one message, in characters."""


class WindowClosed(Refused):
    code = "window_closed"


class TextUnfit(Refused):
    code = "text_unfit"


def queue(
    report: Report,
    text: str,
    *,
    at: datetime,
    by: Actor | None = None,
    template_key: str = "",
    box: vault.Box | None = None,
) -> Message:
    """Queue these words to the reporter, in the caller's transaction.

    Raises TextUnfit for nothing or too much, WindowClosed when WhatsApp would take no free text any more.
    """
    if not text.strip():
        raise TextUnfit(_("The answer is empty."))
    if len(text) > TEXT_LIMIT:
        raise TextUnfit(
            _("The answer has %(count)d characters; at most %(limit)d can be sent.")
            % {"count": len(text), "limit": TEXT_LIMIT}
        )
    until = report.contact.free_text_until()
    if until is not None and at >= until:
        raise WindowClosed(
            _(
                "The reporter's last message is more than 24 hours old: WhatsApp takes no free text any more. "
                "Nothing was sent."
            )
        )
    message = Message(
        id=uuid.uuid4(),
        report=report,
        reporter_id=report.reporter_id,
        contact=report.contact,
        direction=Direction.OUTBOUND,
        status=Delivery.QUEUED,
        at=at,
        due_at=at,
        author_id=by.pk if by else None,
        template_key=template_key,
    )
    box = box or vault.box_of("content", report.pk)
    message.body_sealed = box.seal("message.body", message.pk, text)
    message.save(force_insert=True)
    events.changed(report)
    bell.ring_on_commit("reports.deliver", str(message.pk))
    return message


def acknowledge(report: Report, *, box: vault.Box) -> None:
    """Tell the reporter that the report is here, with its number. Said once, when it is opened."""
    _say(report, ReplyKey.ACKNOWLEDGEMENT, box)


def tell_successor(report: Report, *, box: vault.Box) -> None:
    """Tell somebody who writes to a retired number what the new one is; once for each person and number."""
    contact = report.contact
    successor = contact.service_number.successor
    if successor is None or contact.told_successor_at is not None:
        return
    if _say(report, ReplyKey.NEW_NUMBER, box, nomor_baru=successor.address):
        contact.told_successor_at = timezone.now()
        contact.save(update_fields=["told_successor_at"])


def _say(report: Report, key: ReplyKey, box: vault.Box, **values: str) -> bool:
    """Queue the station's words for `key`; False when it has none, or when nothing may be said any more.

    A message can be read late (a long outage): that it can no longer be answered must not stop it from being read.
    """
    words = ReplyTemplate.objects.filter(station_id=report.station_id, key=key).first()
    if words is None:
        return False
    text = words.fill(nomor_laporan=report.number, polres=report.station.name, **values)
    try:
        queue(report, text, at=timezone.now(), template_key=words.key, box=box)
    except WindowClosed:
        return False
    return True
