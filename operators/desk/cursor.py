"""How far a desk has been told of changes: "<transaction>-<id>" of the last one."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from reports.models import Change


class Cursor(NamedTuple):
    transaction: int
    change: int

    def __str__(self) -> str:
        return f"{self.transaction}-{self.change}"


BEGINNING = Cursor(0, 0)
LARGEST = 2**63 - 1


def now() -> Cursor:
    """The cursor of somebody who has just been told everything."""
    last = _settled().order_by("-transaction", "-pk").values_list("transaction", "pk").first()
    return Cursor(*last) if last else BEGINNING


def parse(text: str) -> Cursor | None:
    try:
        transaction, change = (int(part) for part in text.split("-"))
    except ValueError:
        return None
    return Cursor(transaction, change) if max(transaction, change) <= LARGEST else None


def after(cursor: Cursor) -> QuerySet[Change]:
    """The changes that came later, oldest first."""
    later = Q(transaction__gt=cursor.transaction) | Q(pk__gt=cursor.change)
    changes = _settled().filter(later, transaction__gte=cursor.transaction)
    return changes.order_by("transaction", "pk")


def is_forgotten(cursor: Cursor) -> bool:
    """Whether changes after this cursor may have been forgotten already."""
    return cursor != BEGINNING and not Change.objects.filter(pk=cursor.change).exists()


def _settled() -> QuerySet[Change]:
    """Changes of transactions that are over, with all older ones over too: none can still appear before them."""
    if connection.vendor != "postgresql":
        return Change.objects.all()
    return Change.objects.extra(
        where=["transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"]
    )
