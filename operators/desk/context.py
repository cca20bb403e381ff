"""What stands around every page: whether this is a demo, what the account may open, how well the desk hears.

Each value is read when a template asks for it, so that an error page which asks for none needs no database.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from operators import demo
from operators.desk import alarm, blocks, queue, times
from operators.desk.hearing import Hearing
from operators.desk.rail import Rail, icons
from operators.models import Operator
from operators.permissions import ALLOWED, Role
from reports import noting


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
        "hearing": SimpleLazyObject(lambda: Hearing(request.user)),  # type: ignore[arg-type]
        "alarm_ticket": SimpleLazyObject(lambda: alarm.ticket_for(request.user)),  # type: ignore[arg-type]
        "called": SimpleLazyObject(lambda: alarm.called(request.user)),  # type: ignore[arg-type]
        "may": SimpleLazyObject(lambda: Rights(request.user)),  # type: ignore[arg-type]
        "roles": SimpleLazyObject(lambda: [Role(role).label for role in request.user.roles]),  # type: ignore[union-attr]
        "unseen_mentions": SimpleLazyObject(partial(_unseen_mentions, request)),
        "blocks_waiting": SimpleLazyObject(partial(_blocks_waiting, request)),
        "tabs": SimpleLazyObject(partial(_tabs, request)),
        "rail": Rail(partial(_tabs, request)),
        "clock_patterns": times.patterns(),
        "icons": icons(),
    }


def _tabs(request: HttpRequest) -> list[queue.Tab]:
    return queue.tabs(request.user)  # type: ignore[arg-type]


def _blocks_waiting(request: HttpRequest) -> int:
    return blocks.waiting(request.user)  # type: ignore[arg-type]


def _unseen_mentions(request: HttpRequest) -> int:
    return noting.unseen(request.user)  # type: ignore[arg-type]
