"""Bring in what citizens send: claim, fetch, seal, prepare for the screen, delete at the provider. The row is the queue.

Nothing waits for the network inside a transaction. A claim has an end: whoever was killed is followed by somebody else, and
what was fetched by then is not fetched again.
"""

import hashlib
import logging
import threading
import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from reports import bell, events, media_files
from reports.channels.twilio import media
from reports.channels.twilio.media import NotOurs, Source
from reports.enrichment.fetching import download
from reports.enrichment.fetching.download import NotFetched
from reports.identity import vault
from reports.jobs import claimed, deleting, preparing
from reports.models import Attachment
from reports.models.media_file import FileRole

logger = logging.getLogger(__name__)

FETCH_SECONDS = 60
"""One run gives way after this long and rings for another."""
State = Attachment.State

_places = threading.BoundedSemaphore(max(1, min(settings.MEDIA_AT_ONCE, settings.ENRICHERS - 1)))
"""Fewer than there are threads: a provider that is slow must not keep messages from being read."""


@shared_task(name="reports.fetch")
def fetch() -> int:
    """Bring in what is due and delete at the provider what is here; how many files of both."""
    if not _places.acquire(blocking=False):
        # Whoever is at it takes what has come since.
        return 0
    try:
        return _until_nothing_is_due()
    finally:
        _places.release()


def fetch_again() -> int:
    """Make due once more what was given up and never came; how many files."""
    given_up = Attachment.objects.filter(
        state__in=[State.FAILED, State.GONE, State.REFUSED], fetched_at=None
    )
    return given_up.update(state=State.WAITING, reason="", tries=0, due_at=timezone.now())


def _until_nothing_is_due() -> int:
    count, ends_at = 0, time.monotonic() + FETCH_SECONDS
    while _next():
        count += 1
        if time.monotonic() > ends_at:
            bell.ring("reports.fetch")
            break
    return count


def _next() -> bool:
    """The next file, or else the next deletion. False when nothing is due."""
    attachment = _claim()
    if attachment is None:
        return deleting.delete_next()
    try:
        with claimed.kept(attachment):
            bring_in(attachment)
    except (OperationalError, InterfaceError):
        raise
    except claimed.Lost:
        logger.warning("a file was taken over", extra={"row": str(attachment.pk)})
    except Exception as error:  # noqa: BLE001
        # Whatever a citizen managed to send: this file is tried again by itself, and the queue goes on.
        logger.error(
            "a file is stuck", extra={"row": str(attachment.pk), "error": type(error).__name__}
        )
        _stuck(attachment)
    return True


def _claim() -> Attachment | None:
    """The file that has waited longest and that nobody else takes first."""
    due = Attachment.objects.to_fetch(timezone.now()).values_list("pk", "due_at")
    for pk, due_at in list(due[: 2 * settings.MEDIA_AT_ONCE]):
        if due_at is not None and (attachment := claimed.claim(pk, due_at)):
            return attachment
    return None


def bring_in(attachment: Attachment) -> None:
    """Fetch and seal what was claimed, unless that is done already, and prepare it for the screen."""
    if attachment.fetched_at is not None and attachment.tries > settings.MEDIA_PREPARED_TRIES:
        # Nobody came back to say so: it took its worker down with it, again and again.
        preparing.refuse(attachment, "stuck")
        return
    if attachment.fetched_at is None:
        source = _source(attachment)
        if source is None or not _seal(attachment, source):
            return
    preparing.prepare(attachment)


def _source(attachment: Attachment) -> Source | None:
    """Where it lies; None, and said on the desk, when that is no address that we would follow."""
    message = attachment.message
    try:
        box = vault.box_of("content", message.report_id)
        url = box.open(media_files.URL, attachment.pk, attachment.url_sealed).expose()
        return media.source_of(url, message_sid=message.provider_sid or "")
    except vault.Unreadable:
        _give_up(attachment, State.FAILED, "unreadable")
    except NotOurs:
        _give_up(attachment, State.REFUSED, "not_ours")
    return None


def _seal(attachment: Attachment, source: Source) -> bool:
    """Fetch it into a sealed file; durable when this is True."""
    with claimed.held(attachment) as (held, box):
        # What an earlier try left behind.
        media_files.forget(held.files.all())
        begun = media_files.begin(
            held, box, FileRole.ORIGINAL, media_type="application/octet-stream", byte_size=0
        )
    digest = hashlib.sha256()
    try:
        with begun.writing() as writer:

            def write(piece: bytes) -> None:
                digest.update(piece)
                writer.write(piece)

            download.fetch(source, write)
            size = writer.size
    except NotFetched as problem:
        _not_fetched(attachment, problem)
        return False
    except OSError as error:
        logger.error("a file cannot be stored", extra={"error": type(error).__name__})
        _not_fetched(attachment, NotFetched("no_room"))
        return False
    _note_sealed(attachment, begun, size, digest.digest())
    return True


def _note_sealed(
    attachment: Attachment, begun: media_files.Begun, size: int, digest: bytes
) -> None:
    with claimed.held(attachment) as (held, box):
        now, row = timezone.now(), begun.row
        row.byte_size = size
        row.digest_sealed = box.seal_bytes(media_files.DIGEST, row.pk, digest)
        row.save(update_fields=["byte_size", "digest_sealed"])
        held.byte_size, held.fetched_at, held.tries, held.reason = size, now, 0, ""
        if settings.DELETE_MEDIA_AT_PROVIDER:
            held.delete_due_at = now
        held.save(update_fields=["byte_size", "fetched_at", "tries", "reason", "delete_due_at"])
    attachment.fetched_at, attachment.tries = held.fetched_at, held.tries


def _not_fetched(attachment: Attachment, problem: NotFetched) -> None:
    logger.info("file not fetched", extra={"row": str(attachment.pk), "code": problem.code})
    if not problem.again:
        state = State.GONE if problem.code == "not_there" else State.REFUSED
        _give_up(attachment, state, problem.code)
    elif problem.code == "not_there" and attachment.tries >= settings.MEDIA_TRIES_NOT_THERE:
        _give_up(attachment, State.GONE, problem.code)
    elif attachment.tries >= settings.MEDIA_TRIES:
        _give_up(attachment, State.FAILED, problem.code)
    else:
        claimed.put_off(attachment, problem.code, after=_later(attachment.tries))


def _give_up(attachment: Attachment, state: Attachment.State, code: str) -> None:
    with claimed.ended(attachment, state, code) as is_ours:
        if is_ours:
            media_files.forget(attachment.files.all())
            events.changed(attachment.message.report)


def _stuck(attachment: Attachment) -> None:
    """Something of ours broke over it: again later, and not for ever."""
    if attachment.fetched_at is not None and attachment.tries >= settings.MEDIA_PREPARED_TRIES:
        preparing.refuse(attachment, "stuck")
    elif attachment.tries >= settings.MEDIA_TRIES:
        _give_up(attachment, State.FAILED, "stuck")
    else:
        claimed.put_off(attachment, "stuck", after=_later(attachment.tries))


def _later(tries: int) -> timedelta:
    pause: timedelta = settings.MEDIA_RETRY_FIRST * 2 ** min(max(tries, 1) - 1, 20)
    return min(pause, settings.MEDIA_RETRY_LONGEST)
