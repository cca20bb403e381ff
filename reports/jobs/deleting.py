"""Delete at the provider what is sealed here, with a receipt in the audit chain."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from reports import media_files
from reports.channels.base import ChannelError
from reports.channels.twilio import media
from reports.channels.twilio.client import gateway
from reports.channels.twilio.media import NotOurs
from reports.identity import audit, vault
from reports.models import Attachment

logger = logging.getLogger(__name__)

DELETED = "media-deleted"
THE_PROGRAM = 0
"""Of the audit chain: nobody's account."""


def delete_next() -> bool:
    """Delete the file that has waited longest. False when none is due."""
    now = timezone.now()
    due = Attachment.objects.to_delete_at_provider(now).select_related("message__report")
    attachment = due.first()
    if attachment is None:
        return False
    tries = attachment.delete_tries + 1
    # One at a time: whoever moves the date has it, and comes again then unless it is done.
    later = now + _pause(tries) if tries < settings.MEDIA_DELETE_TRIES else None
    mine = Attachment.objects.filter(pk=attachment.pk, delete_due_at=attachment.delete_due_at)
    if not mine.update(delete_due_at=later, delete_tries=tries):
        return True
    try:
        _delete(attachment)
    except ChannelError as problem:
        _not_deleted(attachment, problem.code, is_over=later is None)
    except (NotOurs, vault.Unreadable):
        _not_deleted(attachment, "unreadable", is_over=True)
        Attachment.objects.filter(pk=attachment.pk).update(delete_due_at=None)
    return True


def _delete(attachment: Attachment) -> None:
    report = attachment.message.report
    box = vault.box_of("content", report.pk)
    url = box.open(media_files.URL, attachment.pk, attachment.url_sealed).expose()
    source = media.source_of(url, message_sid=attachment.message.provider_sid or "")
    gateway().delete_file(source)
    # After the deed, and before it is noted as done: killed in between, it is deleted again, which changes nothing.
    audit.append(
        DELETED,
        actor=THE_PROGRAM,
        station=report.station_id,
        report=report.number,
        attachment=str(attachment.pk),
    )
    Attachment.objects.filter(pk=attachment.pk).update(
        delete_due_at=None, deleted_at_provider_at=timezone.now()
    )


def _not_deleted(attachment: Attachment, code: str, *, is_over: bool) -> None:
    log = logger.error if is_over else logger.warning
    log("file not deleted at the provider", extra={"row": str(attachment.pk), "code": code})


def _pause(tries: int) -> timedelta:
    pause: timedelta = settings.MEDIA_RETRY_FIRST * 2 ** min(tries, 20)
    return min(pause, settings.MEDIA_DELETE_LONGEST)
