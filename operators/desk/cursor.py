"""How far a desk has been told of changes: "<transaction>-<id>" of the last one."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import IntegerField, Q, QuerySet

from reports.models import Change
from reports.statements import Given, Statement


class Cursor(NamedTuple):
    transaction: int
    change: int

    def __str__(self) -> str:
        return f"{self.transaction}-{self.change}"


BEGINNING = Cursor(0, 0)
LARGEST = 2**63 - 1


LAST = Statement(
    lambda: (
        _settled()
        .filter(station_id=Given("station", IntegerField()))
        .order_by("-transaction", "-pk")
        .values_list("transaction", "pk")[:1]
    )
)


def now(*, station_id: int) -> Cursor:
    """The cursor of somebody who has just been told everything."""
    last = LAST.first(station=station_id)
    return Cursor(*last) if last else BEGINNING


def parse(text: str) -> Cursor | None:
    """The cursor that a page was given, "0" for the beginning; None for anything else."""
    if text == "0":
        return BEGINNING
    try:
        transaction, change = (int(part) for part in text.split("-"))
    except ValueError:
        return None
    return Cursor(transaction, change) if max(transaction, change) <= LARGEST else None


class Told(NamedTuple):
    """A change as the feed tells it."""

    transaction: int
    change: int
    report_id: UUID
    is_hiding: bool


def later_than(cursor: Cursor, *, station_id: int, at_most: int) -> list[Told] | None:
    """The station's changes that came later, oldest first; one query.

    None when some may be missing: the cursor's own change has been forgotten, or is of the time before a restore.
    """
    same_or_later = Q(transaction__gt=cursor.transaction) | Q(pk__gte=cursor.change)
    changes = (
        _settled()
        .filter(same_or_later, transaction__gte=cursor.transaction, station_id=station_id)
        .order_by("transaction", "pk")
    )
    found = [
        Told(*row)
        for row in changes.values_list("transaction", "pk", "report_id", "is_hiding")[: at_most + 1]
    ]
    if cursor == BEGINNING:
        return found[:at_most]
    return found[1:] if found and found[0][:2] == cursor else None


def _settled() -> QuerySet[Change]:
    """Changes of transactions that are over, with all older ones over too: none can still appear before them."""
    if connection.vendor != "postgresql":
        return Change.objects.all()
    return Change.objects.extra(
        where=["transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"]
    )
