"""Finding a place by its name or point, and the outlines that the small map is drawn from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from operators import maps
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports.models import Area, Landmark

PREFIX = re.compile(
    r"^(?:(?:desa|ds|dusun|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota)\b[. ]*)+"
)
"""What people write before a name, which the lists do not have."""


@dataclass(frozen=True)
class Place:
    """A place to choose: how the form names it, what it is called, and where that is."""

    choice: str
    name: str
    within: str
    is_landmark: bool
    names: tuple[str, ...]
    """All it is called, plain."""

    def rank(self, sought: str) -> int | None:
        """How well it fits what was typed, 0 the best; None when it does not fit."""
        ranks = [rank for name in self.names if (rank := _rank(name, sought)) is not None]
        return min(ranks, default=None)


def plain(text: str) -> str:
    """For comparing: small letters without accents, single blanks, without "desa", "kel." or "kec." before it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        c if c.isalnum() or c == "." else " " for c in letters if not unicodedata.combining(c)
    )
    short = PREFIX.sub("", " ".join(kept.split()))
    return " ".join(short.replace(".", " ").split())


def search(text: str, operator: Operator, *, at_most: int = 0) -> list[Place]:
    """The landmarks and areas of the operator's station whose name fits, the best first. Two queries."""
    if not (sought := plain(text)):
        return []
    fitting = [
        (rank, len(place.name), place.name, place)
        for place in _every(operator)
        if (rank := place.rank(sought)) is not None
    ]
    fitting.sort(key=lambda entry: entry[:3])
    return [place for *_, place in fitting[: at_most or settings.PLACES_OFFERED]]


def chosen(choice: str, operator: Operator) -> Area | Landmark | None:
    """The place of the operator's station that a form names as `Place.choice` does; None for anything else."""
    kind, _, key = choice.partition(":")
    if kind == "area":
        return Area.objects.filter(station=operator.station_id, code=key).first()
    if kind == "landmark" and key.isdecimal() and len(key) < 19:
        return Landmark.objects.filter(station=operator.station_id, pk=key).first()
    return None


@require_safe
@requires("place")
def places(request: OperatorRequest) -> HttpResponse:
    """What to choose from for what has been typed so far."""
    sought = request.GET.get("sought", "")[:80]
    return render(
        request, "desk/_places.html", {"sought": sought, "places": search(sought, request.user)}
    )


@require_safe
@requires("read_report")
def outlines(request: OperatorRequest) -> HttpResponse:
    """What the small map draws: the villages of the station with their outlines, or the radius of their size; landmarks.

    Nothing of any report. A browser may keep it for a while.
    """
    villages = Area.objects.villages_of(request.user.station)
    landmarks = Landmark.objects.filter(station=request.user.station)
    answer = JsonResponse(maps.drawn(villages, landmarks))
    patch_cache_control(answer, private=True, max_age=int(settings.MAP_KEPT.total_seconds()))
    return answer


def _every(operator: Operator) -> Iterator[Place]:
    for landmark in Landmark.objects.filter(station=operator.station_id).select_related(
        "area__parent"
    ):
        names = (landmark.name, *landmark.aliases)
        yield Place(
            f"landmark:{landmark.pk}",
            landmark.name,
            within(landmark.area),
            True,
            tuple(plain(name) for name in names),
        )
    for area in Area.objects.filter(station=operator.station_id).select_related("parent"):
        yield Place(f"area:{area.code}", area.name, _inside(area), False, (plain(area.name),))


def within(area: Area | None) -> str:
    """The village and its district, for a line of small print."""
    if area is None:
        return ""
    return f"{area.name}, {area.parent.name}" if area.parent else area.name


def _inside(area: Area) -> str:
    """What tells an area from another of the same name: its level, and what it is part of."""
    level = str(area.get_level_display())
    return f"{level}, {area.parent.name}" if area.parent else level


def _rank(name: str, sought: str) -> int | None:
    if name == sought:
        return 0
    if name.startswith(sought):
        return 1
    if f" {sought}" in name:
        return 2
    # "pasargede" for "Pasar Gede", "kampung baru" for "Kampungbaru".
    if sought.replace(" ", "") in name.replace(" ", ""):
        return 3
    if all(any(word.startswith(part) for word in name.split()) for part in sought.split()):
        return 4
    return None
