"""Points out of links to maps. Nothing is ever fetched: what a short link leads to is known to whoever opens it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote_plus, urlsplit

from reports.enrichment import coordinates
from reports.models.area import Point

LINK = re.compile(
    r"(?:https?://|(?<![\w.])(?:www\.|maps\.|goo\.gl/))[^\s<>\"]+"
    r"|(?<![\w.])(?:[\w.]+\.)?google\.[a-z.]+/maps\S*",
    re.IGNORECASE,
)
GEO = re.compile(r"\bgeo:(?P<rest>[-\d.,;?&=a-zA-Z%+]+)")
SHORT_HOSTS = frozenset({"maps.app.goo.gl", "goo.gl", "g.co", "share.google"})
PIN = re.compile(r"!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)")
VIEW = re.compile(r"/@(-?\d+\.\d+),(-?\d+\.\d+)")
FRAGMENT = re.compile(r"map=\d+/(-?\d+\.\d+)/(-?\d+\.\d+)")
ASKS_FOR = ("q", "query", "destination", "daddr", "ll", "center", "viewpoint", "saddr", "cbll", "navigate")  # fmt: skip
PARTS = ("place", "search", "dir")
VIEW_KM = 0.3
"""The middle of the map that somebody looked at, not a pin."""


@dataclass(frozen=True)
class Link:
    """A link to a map: its point, or the words that it asks for, or neither when it is a short one."""

    start: int
    end: int
    point: Point | None = field(default=None, repr=False)
    words: str = field(default="", repr=False)
    precision_km: float = 0.02
    is_short: bool = False


def links(text: str) -> list[Link]:
    """The links to maps in a text, in order; other links are none of ours."""
    found = []
    for match in LINK.finditer(text):
        address = match[0].rstrip(".,;:!?)'")
        try:
            parts = urlsplit(address if "//" in address else f"https://{address}")
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            continue
        if _is_map(host, parts):
            found.append(_read(parts, host, match.start(), match.start() + len(address)))
    return [*found, *_geo(text)]


def everything(text: str) -> Iterator[tuple[int, int]]:
    """Where any link stands, to a map or not: no names are looked for in it."""
    for match in LINK.finditer(text):
        yield match.start(), match.end()
    for match in GEO.finditer(text):
        yield match.start(), match.end()


def _is_map(host: str, parts: SplitResult) -> bool:
    if host in SHORT_HOSTS:
        return host != "goo.gl" or parts.path.startswith("/maps")
    labels = host.split(".")
    is_google = "google" in labels and ("maps" in labels or parts.path.startswith("/maps"))
    named = {"maps.apple.com", "waze.com", "openstreetmap.org", "osm.org", "ul.waze.com"}
    return is_google or host in named


def _read(parts: SplitResult, host: str, start: int, end: int) -> Link:
    address = unquote_plus(parts.geturl())
    if pin := PIN.search(address):
        return _at(pin, start, end) or Link(start, end)
    asked = parse_qs(parts.query)
    for name in ASKS_FOR:
        for value in asked.get(name, ()):
            if written := coordinates.coordinates(value):
                return Link(start, end, written[0].point)
    if "mlat" in asked and "mlon" in asked:
        pair = coordinates.coordinates(f"{asked['mlat'][0]},{asked['mlon'][0]}")
        if pair:
            return Link(start, end, pair[0].point)
    path = unquote_plus(parts.path)
    if written := coordinates.coordinates(VIEW.sub("", path).replace("/", " ; ")):
        return Link(start, end, written[-1].point)
    words = _words(path, asked)
    for view in (VIEW.search(path), FRAGMENT.search(parts.fragment)):
        if view and (link := _at(view, start, end, words, VIEW_KM)):
            return link
    return Link(start, end, words=words, is_short=host in SHORT_HOSTS)


def _words(path: str, asked: dict[str, list[str]]) -> str:
    """The name of the place that the link leads to, or that was looked for."""
    parts = [part for part in path.split("/") if part and not part.startswith(("@", "data="))]
    for n, part in enumerate(parts[:-1]):
        if part in PARTS:
            return parts[-1] if part == "dir" else parts[n + 1]
    return next((values[0] for name in ASKS_FOR if (values := asked.get(name))), "")


def _at(
    match: re.Match[str], start: int, end: int, words: str = "", precision: float = 0.02
) -> Link | None:
    point = Point(float(match[1]), float(match[2]))
    if not coordinates.is_in_indonesia(point):
        return None
    return Link(start, end, point, words, precision)


def _geo(text: str) -> Iterator[Link]:
    for match in GEO.finditer(text):
        rest = unquote_plus(match["rest"])
        asked = rest.partition("q=")[2]
        for piece in (asked, rest):
            if written := coordinates.coordinates(piece):
                yield Link(match.start(), match.end(), written[0].point)
                break
