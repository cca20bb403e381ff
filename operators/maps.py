"""What the small map needs, wherever it is drawn: its library, and the areas and landmarks as it takes them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from reports.models import Area, Landmark


def files() -> dict[str, str]:
    """What draws the small map. Without it the page says the place in words, which it does in any case."""
    try:
        script, style = static("leaflet/leaflet.js"), static("leaflet/leaflet.css")
    except ValueError:
        script = style = ""
    return {"map_script": script, "map_style": style, "map_tiles": settings.MAP_TILES_URL}


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
