"""Where it happened, as far as the message says: a point in the text or a link, a name, a pin. The reporter's own
position is offered as such, and is not where it happened until a person says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from reports.enrichment import coordinates, map_links, naming, nominatim
from reports.enrichment.gazetteer import Entry, Kind
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.naming import Named
from reports.enrichment.surroundings import Surroundings
from reports.models import Area, Landmark
from reports.models.area import Point
from reports.models.finding import Enricher

if TYPE_CHECKING:
    from reports.enrichment.reading import Words

MOST = 5
"""Candidates that are offered."""
WRITTEN, LINKED, CODED, NAMED_PLACE, PIN = 0.9, 0.88, 0.85, 0.75, 0.6
LOOKED_UP = 0.4
LANDMARK_KM = 0.3
PIN_KM = 0.05
MARGIN = 0.02
"""In degrees, about 2 km."""
SHORT_LINK = "short_link"


def read(words: "Words", surroundings: Surroundings) -> Hint:
    """The places that a message names, the most likely first. `value` of a candidate is as `_value` makes it.

    With a short link to a map and nothing else there is no candidate, and `noticed` says that the link is there.
    """
    links = map_links.links(words.text)
    text = _without_links(words.text, links)
    points = [
        from_point(
            link.point,
            surroundings,
            source="link",
            reason=_("The point stands in a link to a map."),
            confidence=LINKED,
            name=link.words,
            precision_km=link.precision_km,
        )
        for link in links
        if link.point is not None
    ]
    written = coordinates.coordinates(text)
    points += [
        from_point(
            one.point,
            surroundings,
            source="coordinates",
            reason=_("The coordinates stand in the text."),
            confidence=WRITTEN,
            precision_km=one.precision_km,
        )
        for one in written
    ]
    text = _blank(text, [(one.start, one.end) for one in written])
    named = naming.places(text, surroundings.gazetteer, surroundings.station)
    coded = coordinates.codes(text, _near(named, surroundings))
    points += [
        from_point(
            one.point,
            surroundings,
            source="plus_code",
            reason=_("A plus code stands in the text."),
            confidence=CODED,
            precision_km=one.precision_km,
        )
        for one in coded
    ]
    if coded:
        # The place beside a short code only says which town the code is of.
        named = [replace(one, confidence=min(one.confidence, CODED - 0.05)) for one in named]
    found = [*points, *(_of_name(one, surroundings) for one in named), *_pins(words, surroundings)]
    found.sort(key=lambda candidate: -round(candidate.confidence * naming.STEPS))
    is_short = any(link.is_short and link.point is None for link in links)
    return Hint(Enricher.PLACE, tuple(found[:MOST]), noticed=SHORT_LINK if is_short else "")


def looked_up(words: "Words", surroundings: Surroundings) -> Hint:
    """What the address server knows of a street or hamlet in a message, inside the known areas; it waits for the server."""
    for name in nominatim.names_in(_without_links(words.text, map_links.links(words.text))):
        point = nominatim.find(name, *_box(surroundings))
        if point is None or surroundings.territory.village_at(point) is None:
            continue
        reason = _("The address server knows “%(name)s”.") % {"name": name}
        found = from_point(
            point,
            surroundings,
            source="nominatim",
            reason=reason,
            confidence=LOOKED_UP,
            name=name,
            precision_km=LANDMARK_KM,
        )
        return Hint(Enricher.PLACE, (found,))
    return Hint(Enricher.PLACE)


def from_point(
    point: Point,
    surroundings: Surroundings,
    *,
    source: str,
    reason: str,
    confidence: float = PIN,
    name: str = "",
    precision_km: float = PIN_KM,
) -> Candidate:
    """A candidate of a point that was found somewhere: a pin, a link, what a camera noted."""
    village = surroundings.territory.village_at(point)
    if village is None:
        outside = _("It lies outside of the known areas.")
        reason = f"{reason} {outside}"
    shown = name or (village.name if village else f"{point.latitude:.5f}, {point.longitude:.5f}")
    value = _value(village, None, shown, point, precision_km, surroundings)
    return Candidate(value, confidence, source, reason)


def _pins(words: "Words", surroundings: Surroundings) -> list[Candidate]:
    place = words.details.get("place")
    if not place:
        return []
    point = Point(place["latitude"], place["longitude"])
    if label := str(place.get("label") or place.get("address") or ""):
        reason = _("The reporter has chosen this place on the map.")
        return [
            from_point(point, surroundings, source="named_place", reason=reason,
                       confidence=NAMED_PLACE, name=label)
        ]  # fmt: skip
    reason = _("The reporter's own position: not where it happened until somebody says so.")
    return [from_point(point, surroundings, source="pin", reason=reason)]


def _of_name(named: Named, surroundings: Surroundings) -> Candidate:
    entry = named.entry
    area, landmark = entry.area, entry.landmark
    source = "landmark" if landmark else "text"
    point, precision = _extent(entry)
    value = _value(area, landmark, entry.name, point, precision, surroundings)
    return Candidate(value, round(named.confidence, 2), source, named.reason)


def _extent(entry: Entry) -> tuple[Point | None, float | None]:
    """The point and how far the place may be from it; none of a regency or of what is known by name only."""
    if entry.landmark is not None:
        is_exact = entry.area is not None and entry.area.level == Area.Level.VILLAGE
        point = Point(entry.landmark.latitude, entry.landmark.longitude)
        return point, LANDMARK_KM if is_exact else _radius(entry.area)
    if entry.area is None or entry.kind == Kind.REGENCY:
        return None, None
    return entry.area.centre, _radius(entry.area)


def _radius(area: Area | None) -> float | None:
    return round(area.radius_km, 2) if area else None


def _value(
    area: Area | None,
    landmark: Landmark | None,
    name: str,
    point: Point | None,
    precision_km: float | None,
    surroundings: Surroundings,
) -> dict[str, Any]:
    entry = Entry(Kind.ELSEWHERE, name, area)
    district = entry.district
    station = surroundings.station
    return {
        "area": area.code if area else None,
        "district": district.code if district else None,
        "landmark": landmark.pk if landmark else None,
        "name": name,
        "latitude": round(point.latitude, 6) if point else None,
        "longitude": round(point.longitude, 6) if point else None,
        "within": None if station is None else bool(area and area.station_id == station.pk),
        "station": area.station.slug if area else None,
        "polsek": f"Polsek {district.name}" if district else None,
        "precision_km": precision_km,
    }


def _without_links(text: str, links: Sequence[map_links.Link]) -> str:
    """The text with every link blanked out; what a link to a map asks for by name is said at the end."""
    asked = [link.words for link in links if link.words and link.point is None]
    return "\n".join([_blank(text, list(map_links.everything(text))), *asked])


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{';'.ljust(end - start)}{text[end:]}"
    return text


def _near(named: Sequence[Named], surroundings: Surroundings) -> Point:
    """Where a short plus code is counted from: a place that the text names, else the middle of the station's area."""
    for one in named:
        if one.entry.area is not None:
            return one.entry.area.centre
    own = surroundings.station
    regencies = [area for area in surroundings.areas if area.level == Area.Level.REGENCY]
    ours = [area for area in regencies if own is None or area.station_id == own.pk]
    centres = [area.centre for area in ours or surroundings.areas]
    if not centres:
        return Point(0, 0)
    return Point(
        sum(centre.latitude for centre in centres) / len(centres),
        sum(centre.longitude for centre in centres) / len(centres),
    )


def _box(surroundings: Surroundings) -> tuple[float, float, float, float]:
    """West, south, east, north of the villages of the station, or of all; a little wider than their centres."""
    own = surroundings.station
    villages = [
        area
        for area in surroundings.areas
        if area.level == Area.Level.VILLAGE and (own is None or area.station_id == own.pk)
    ]
    if not villages:
        return (0, 0, 0, 0)
    longitudes = [area.longitude for area in villages]
    latitudes = [area.latitude for area in villages]
    west, east = min(longitudes) - MARGIN, max(longitudes) + MARGIN
    return (west, min(latitudes) - MARGIN, east, max(latitudes) + MARGIN)
