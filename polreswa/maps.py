"""What the small map is made of: Leaflet's files, and whose pictures of the ground a page may load."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from polreswa import environment

# https://tiles.example/{z}/{x}/{y}.png: that server learns which places are looked at. Empty: nobody is asked.
TILES_URL = environment.text("MAP_TILES_URL")
NOMINATIM_URL = environment.text("NOMINATIM_URL").rstrip("/")
"""An address server for places that are on no list. Empty: nobody is asked."""


def tile_servers() -> list[str]:
    """The origin of the tiles, for the browser's policy; none without a full address."""
    parts = urlsplit(TILES_URL)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def leaflet_files() -> list[Path]:
    """Of django-leaflet only Leaflet itself: its tags write scripts into the page and ask others for tiles."""
    package = find_spec("leaflet")
    return [Path(package.origin).parent / "static"] if package and package.origin else []
