"""Who else has a report before their eyes, and who is writing on it. Lives some seconds in the cache and nowhere else.

With each question of the feed an open page says where it is (`report`, `writing`) and what it shows (`saw`, a digest),
and is answered when that has changed. While the cache remembers, the database is asked nothing; a cache that is away
costs presence and nothing more.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from operators.desk.remembered import patiently
from operators.models import Operator
from operators.permissions import OperatorRequest
from reports.models import Report

NUMBER = re.compile(r"[A-Z0-9-]{1,20}")
REMEMBERED = 30
"""Seconds for which it is remembered that somebody may open a report."""
STAFF_REMEMBERED = 300


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str
    initials: str
    is_writing: bool


@dataclass(frozen=True)
class Presence:
    """Everybody else on a report."""

    number: str
    others: tuple[Somebody, ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same people doing the same; empty for nobody."""
        if not self.others:
            return ""
        told = ",".join(f"{other.pk}{'w' * other.is_writing}" for other in self.others)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def news(request: OperatorRequest) -> Presence | None:
    """Note where this person is. Who is there too, when the page shows something else; else None."""
    number = request.GET.get("report", "")
    if not NUMBER.fullmatch(number):
        return None
    is_writing = bool(request.GET.get("writing"))
    present = patiently(lambda: _meet(request.user, number, is_writing=is_writing))
    return present if present and present.digest != request.GET.get("saw", "") else None


def on_page(report: Report, operator: Operator) -> Presence:
    """Who is there while a page is drawn. Asks the cache alone."""
    return patiently(lambda: _look(operator, report.number)) or Presence(report.number)


def _meet(operator: Operator, number: str, *, is_writing: bool) -> Presence | None:
    if not _may_open(operator, number):
        return None
    mark = (operator.name, operator.initials, is_writing)
    cache.set(_place(operator, number, operator.pk), mark, settings.PRESENCE_LIFE.total_seconds())
    if operator.pk not in cache.get(_staff_of(operator), ()):
        cache.set(_staff_of(operator), _staff(operator.station_id), STAFF_REMEMBERED)
    return _look(operator, number)


def _look(operator: Operator, number: str) -> Presence:
    colleagues: Iterable[int] = cache.get(_staff_of(operator), ())
    places = {_place(operator, number, pk): pk for pk in colleagues if pk != operator.pk}
    marks = cache.get_many(places)
    return Presence(
        number, tuple(Somebody(places[place], *marks[place]) for place in sorted(marks))
    )


def _may_open(operator: Operator, number: str) -> bool:
    """What is not theirs to see neither tells them who is there nor shows them to others."""
    key = f"presence:may:{operator.pk}:{number}"
    remembered: bool | None = cache.get(key)
    if remembered is None:
        remembered = Report.objects.visible_to(operator).filter(number=number).exists()
        cache.set(key, remembered, REMEMBERED)
    return remembered


def _staff(station_id: int) -> list[int]:
    """Whose marks to look for: a cache cannot be asked what it holds."""
    accounts = Operator.objects.filter(station=station_id, is_active=True).only(
        "roles", "is_active"
    )
    return [account.pk for account in accounts if account.may("read_report")]


def _staff_of(operator: Operator) -> str:
    return f"presence:staff:{operator.station_id}"


def _place(operator: Operator, number: str, pk: int) -> str:
    return f"presence:{operator.station_id}:{number}:{pk}"
