"""An attachment that somebody has claimed: it is theirs until the lease ends, and its row says until when that is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from reports.identity import vault
from reports.models import Attachment, Message


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
def held(attachment: Attachment) -> Iterator[tuple[Attachment, vault.Box]]:
    """A transaction that holds the row, and the key of the report that it is in now. Raises Lost, Unreadable."""
    with transaction.atomic():
        row = _mine(attachment).select_for_update().first()
        if row is None:
            raise Lost
        # Asked only now: until the row was ours, its message may have moved.
        row.message = Message.objects.select_related("report").get(pk=row.message_id)
        yield row, vault.box_of("content", row.message.report_id)


def renew(attachment: Attachment) -> None:
    """Give the claim a new lease. Raises Lost."""
    until = timezone.now() + settings.MEDIA_LEASE
    if not _mine(attachment).update(due_at=until):
        raise Lost
    attachment.due_at = until


def settle(
    attachment: Attachment, state: Attachment.State, reason: str, *, after: timedelta | None = None
) -> bool:
    """End the claim; False when it was not ours any more. With `after` it is due again so much later."""
    due_at = timezone.now() + after if after is not None else None
    return bool(_mine(attachment).update(state=state, reason=reason, due_at=due_at))


def _mine(attachment: Attachment) -> QuerySet[Attachment]:
    # The end of the lease names the claim: no two have the same.
    return Attachment.objects.filter(
        pk=attachment.pk, state=Attachment.State.FETCHING, due_at=attachment.due_at
    )
