"""What stands around every page: whether this is a demo, and how well the desk hears."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from reports import inbox
from reports.models import InboxEntry


@dataclass
class Hearing:
    """How well the desk hears, read when a template asks."""

    @cached_property
    def parked(self) -> int:
        return InboxEntry.objects.parked().count()

    @cached_property
    def spooled(self) -> int:
        return inbox.spooled_count()


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demo": settings.DEMO,
        "simulator_url": settings.SIMULATOR_URL,
        "hearing": Hearing(),
    }
