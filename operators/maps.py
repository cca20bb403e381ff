"""What the small map needs, wherever it is drawn: its library, and the areas and landmarks as it takes them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from reports.models import Area, Landmark
from reports.models.area import KM_PER_DEGREE

DEGREES = settings.TASK_MAP_KM / KM_PER_DEGREE


def files() -> dict[str, str]:
    """What draws the small map. Without it the page says the place in words, which it does in any case."""
    try:
        script, style = static("leaflet/leaflet.js"), static("leaflet/leaflet.css")
    except ValueError:
        script = style = ""
    return {"map_script": script, "map_style": style, "map_tiles": settings.MAP_TILES_URL}


def in_figures(latitude: float | None, longitude: float | None) -> str:
    """To a metre, with a point whatever the language, for a map on the telephone; "" without a point."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f},{longitude:.5f}"


def near(station_id: int, latitude: float | None, longitude: float | None) -> dict[str, Any]:
    """What a map out there draws: only what lies around its point, for the line is thin. Two queries, none without one."""
    if latitude is None or longitude is None:
        return drawn([], [])
    around = {
        "station": station_id,
        "latitude__range": (latitude - DEGREES, latitude + DEGREES),
        "longitude__range": (longitude - DEGREES, longitude + DEGREES),
    }
    villages = Area.objects.filter(level=Area.Level.VILLAGE, **around)
    return drawn(villages, Landmark.objects.filter(**around))


def drawn(villages: Iterable[Area], landmarks: Iterable[Landmark]) -> dict[str, Any]:
    """Villages with their outlines, or the radius of their size; landmarks. Nothing of any report."""
    return {
        "areas": [_drawn(village) for village in villages],
        "landmarks": [{"name": one.name, "at": [one.latitude, one.longitude]} for one in landmarks],
    }


def _drawn(village: Area) -> dict[str, Any]:
    return {
        "code": village.code,
        "name": village.name,
        "at": [village.latitude, village.longitude],
        "radius": round(village.radius_km * 1000),
        "outline": village.outline,
    }
