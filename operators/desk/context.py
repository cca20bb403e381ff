"""What stands around every page: whether this is a demo, what the account may open, how well the desk hears.

Each value is read when a template asks for it, so that an error page which asks for none needs no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from operators import demo
from operators.desk import queue, times
from operators.models import Operator
from operators.permissions import ALLOWED, Role
from reports import inbox
from reports.models import InboxEntry

DEAF_AFTER = timedelta(minutes=1)
"""A message not understood for longer than this: nobody seems to be reading."""


@dataclass
class Hearing:
    """How well the desk hears, read when a template asks."""

    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def parked(self) -> int:
        return InboxEntry.objects.parked().count()

    @cached_property
    def spooled(self) -> int:
        return inbox.spooled_count()

    @cached_property
    def deaf_since(self) -> SafeString | None:
        """Since when messages arrive and are not understood; None while all is well."""
        oldest = InboxEntry.objects.oldest_unread()
        if oldest is None or self.now - oldest < DEAF_AFTER:
            return None
        return times.since(oldest, self.now)


class Rights:
    """`{% if may.claim %}` in a template."""

    def __init__(self, operator: Operator) -> None:
        self._operator = operator

    def __getitem__(self, right: str) -> bool:
        if right not in ALLOWED:
            raise KeyError(right)
        return self._operator.is_authenticated and self._operator.may(right)


def frame(request: HttpRequest) -> Mapping[str, Any]:
    return {
        "is_demo": settings.DEMO,
        "simulator_url": settings.SIMULATOR_URL,
        "demo_people": demo.PEOPLE if settings.DEMO else (),
        "hearing": Hearing(),
        "may": SimpleLazyObject(lambda: Rights(request.user)),  # type: ignore[arg-type]
        "roles": SimpleLazyObject(lambda: [Role(role).label for role in request.user.roles]),  # type: ignore[union-attr]
        "tabs": SimpleLazyObject(partial(_tabs, request)),
        "clock_patterns": times.PATTERNS,
        "icons": _icons(),
    }


def _icons() -> str:
    """Where the drawings are; nothing when the list of static files is broken, which must not break an error page too."""
    try:
        return static("icons.svg")
    except ValueError:
        return ""


def _tabs(request: HttpRequest) -> list[queue.Tab]:
    return queue.tabs(request.user)  # type: ignore[arg-type]
