"""Choose the words, queue them. An answer is a row with status QUEUED; `delivery` sends it."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from reports import bell
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Message, ReplyTemplate, Report
from reports.models.message import Delivery, Direction
from reports.models.reply_template import ReplyKey

logger = logging.getLogger(__name__)

TEXT_LIMIT = 1600
"""Twilio's limit for one message, in characters."""


Words = Mapping[tuple[int, str], ReplyTemplate]


class WindowClosed(Refused):
    code = "window_closed"


class TextUnfit(Refused):
    code = "text_unfit"


def queue(report: Report, text: str, *, at: datetime, by: Actor) -> Message:
    """Queue these words to the reporter, in the caller's transaction.

    Raises TextUnfit for nothing or too much, WindowClosed when WhatsApp would take no free text any more.
    """
    box = vault.box_of("content", report.pk)
    message = _composed(report, text, at=at, box=box)
    message.author_id = by.pk
    message.save(force_insert=True)
    bell.ring_on_commit("reports.deliver", str(message.pk))
    return message


def words_of(station_ids: Iterable[int]) -> Words:
    """The stations' own words for every key, in one query."""
    rows = ReplyTemplate.objects.filter(station_id__in=station_ids)
    return {(row.station_id, row.key): row for row in rows}


def acknowledgement(report: Report, words: Words, box: vault.Box) -> Message | None:
    """What tells the reporter that the report is here, with its number; not yet written. None when nothing can be said."""
    return _said(report, ReplyKey.ACKNOWLEDGEMENT, words, box)


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
    except WindowClosed:
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


def _composed(report: Report, text: str, *, at: datetime, box: vault.Box) -> Message:
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
        report=report,
        reporter_id=report.reporter_id,
        contact=report.contact,
        direction=Direction.OUTBOUND,
        status=Delivery.QUEUED,
        at=at,
        due_at=at,
    )
    message.body_sealed = box.seal("message.body", message.pk, text)
    return message
