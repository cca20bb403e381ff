"""An attachment that somebody has claimed: it is theirs until the lease ends, and its row says until when that is.

The lease is short, so that the file of whoever was killed does not wait long; whoever is still at it renews it.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from reports.identity import vault
from reports.models import Attachment, Message

logger = logging.getLogger(__name__)

_tokens = threading.RLock()
"""Held while the end of a lease is changed or relied on in this process; always taken before a transaction begins: SQLite
lets one write at a time, and two that wait for each other would wait until it gives up."""


class Lost(Exception):
    """The claim has passed to somebody else: whatever is written now is theirs to write."""


def claim(pk: UUID, due_at: datetime) -> Attachment | None:
    """Take a file that is due: one conditional UPDATE, so that two workers cannot both have it. None: somebody else has."""
    until = timezone.now() + settings.MEDIA_LEASE
    due = Attachment.objects.filter(pk=pk, due_at=due_at)
    if not due.update(state=Attachment.State.FETCHING, due_at=until, tries=F("tries") + 1):
        return None
    taken = Attachment.objects.select_related("message__report").get(pk=pk)
    taken.due_at = until
    return taken


@contextmanager
def kept(attachment: Attachment) -> Iterator[None]:
    """Renew the claim while the block is at work, for as long as any file may take."""
    is_done = threading.Event()
    keeper = threading.Thread(target=_keep, args=(attachment, is_done), name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_done.set()
        keeper.join()


@contextmanager
def held(attachment: Attachment) -> Iterator[tuple[Attachment, vault.Box]]:
    """A transaction that holds the row, and the key of the report that it is in now. Raises Lost, Unreadable."""
    with _tokens, transaction.atomic():
        row = _mine(attachment).select_for_update().first()
        if row is None:
            raise Lost
        # Asked only now: until the row was ours, its message may have moved.
        row.message = Message.objects.select_related("report").get(pk=row.message_id)
        yield row, vault.box_of("content", row.message.report_id)


@contextmanager
def ended(attachment: Attachment, state: Attachment.State, reason: str) -> Iterator[bool]:
    """A transaction that ends the claim for good; False when it was not ours any more."""
    with _tokens, transaction.atomic():
        yield bool(_mine(attachment).update(state=state, reason=reason, due_at=None))


def put_off(attachment: Attachment, reason: str, *, after: timedelta) -> bool:
    """Give the claim back: it is due again so much later. False when it was not ours any more. Not in a transaction."""
    due_at = timezone.now() + after
    with _tokens:
        waiting = Attachment.State.WAITING
        return bool(_mine(attachment).update(state=waiting, reason=reason, due_at=due_at))


def _keep(attachment: Attachment, is_done: threading.Event) -> None:
    every = settings.MEDIA_RENEWED_EVERY
    try:
        for _round in range(settings.MEDIA_LONGEST // every):
            if is_done.wait(every.total_seconds()) or not _renewed(attachment):
                return
    finally:
        connection.close()


def _renewed(attachment: Attachment) -> bool:
    until = timezone.now() + settings.MEDIA_LEASE
    try:
        with _tokens:
            is_ours = bool(_mine(attachment).update(due_at=until))
            if is_ours:
                attachment.due_at = until
    except (DatabaseError, InterfaceError) as error:
        # The next time may be in time.
        logger.warning("a lease was not renewed: %s", type(error).__name__)
        return True
    return is_ours


def _mine(attachment: Attachment) -> QuerySet[Attachment]:
    # The end of the lease names the claim: no two have the same.
    return Attachment.objects.filter(
        pk=attachment.pk, state=Attachment.State.FETCHING, due_at=attachment.due_at
    )
