"""How well the places of two reports go together: the same, near, further along the way of what moves, or far apart."""

from datetime import timedelta
from itertools import product
from typing import Literal

from reports.enrichment import incidents
from reports.enrichment.told import GUESSED, Spot, Told

FAR = -4.0
SURE_PLACE = 0.5
VAGUE_KM = 10.0
"""A whole regency, or a road through it: it says where only when the other is not in it."""
REACH = 0.7
"""So much of its radius a village reaches towards another place, mostly."""

SEEN_KM = 6.0
"""Beyond the places themselves: smoke is seen, and a jam stood in, from as far."""

Where = Literal["same", "area", "near", "moved", "far", "unknown"]


def places(a: Told, b: Told, manner: incidents.Manner, apart: timedelta) -> tuple[Where, float]:
    """Where the one is from the other, and what that speaks for or against. The best that any two of their places allow."""
    found = [
        _between(one, other, manner, apart)
        for one, other in product(_exact(a, manner), _exact(b, manner))
    ]
    where, points = max(found, key=lambda pair: pair[1], default=("unknown", 0.0))
    if where == "far" and (a.is_afar or b.is_afar) and _away(a, b, manner) <= SEEN_KM:
        return "unknown", 0.0
    return where, points


def _away(a: Told, b: Told, manner: incidents.Manner) -> float:
    """How far apart the nearest two of their places are at least."""
    return min(
        one.point.km_to(other.point) - one.exact_km - other.exact_km
        if one.point and other.point
        else VAGUE_KM
        for one, other in product(_exact(a, manner), _exact(b, manner))
    )


def _exact(told: Told, manner: incidents.Manner) -> list[Spot]:
    """Its places, without what is vague where something better is known: a district, and the village in it."""
    known = [spot for spot in told.spots if spot.point or spot.district]
    known = [spot for spot in known if spot.exact_km < VAGUE_KM] or known
    if manner.speed_kmh:
        # The village may be where they fled to.
        return known
    fine = {spot.district for spot in known if spot.village and spot.confidence >= SURE_PLACE}
    return [spot for spot in known if spot.village or spot.district not in fine]


def _between(
    one: Spot, other: Spot, manner: incidents.Manner, apart: timedelta
) -> tuple[Where, float]:
    where, points = _near(one, other)
    is_one_regency = one.district.rpartition(".")[0] == other.district.rpartition(".")[0]
    if where == "far" and manner.speed_kmh and is_one_regency and one.point and other.point:
        away = one.point.km_to(other.point) - one.exact_km - other.exact_km
        if away <= 1.0 + manner.speed_kmh * (apart / timedelta(hours=1)):
            where, points = "moved", 2.0 if manner.leads_far else -1.0
    if where == "far" and min(one.confidence, other.confidence) <= GUESSED:
        return "unknown", 0.0
    if min(one.confidence, other.confidence) < SURE_PLACE:
        # A name of two places: that one of them is the other's speaks for it, that one is not says little.
        points *= 0.8 if points > 0 else 0.4
    return where, points


def _near(one: Spot, other: Spot) -> tuple[Where, float]:
    if one.landmark is not None and one.landmark == other.landmark:
        return ("area", 2.5) if one.is_street and one.exact_km > 0.5 else ("same", 3.5)
    is_same_village = bool(one.village) and one.village == other.village
    if is_same_village and None in (one.landmark, other.landmark):
        return "same", 3.25
    away = one.point.km_to(other.point) if one.point and other.point else None
    if away is not None and max(one.exact_km, other.exact_km) <= 0.5:
        # Two points, or the middle of a small village: what the areas around them are called says nothing more.
        away -= sum(REACH * spot.exact_km for spot in (one, other) if spot.landmark is None)
        # Two names that are known exactly are two places, however near: who sees the one does not say the other.
        less = 1.25 if None not in (one.landmark, other.landmark) else 0.0
        if away <= 0.5 and not less and one.village and other.village:
            # In two villages side by side.
            return "near", 1.5
        for most, is_there in (
            (0.5, ("same", 3.5)),
            (1.2, ("near", 1.0 - less)),
            (2.0, ("near", 0.25 - less)),
        ):
            if away <= most:
                return is_there  # type: ignore[return-value]
        return "far", FAR
    if is_same_village:
        return "same", 3.25
    is_same_district = bool(one.district) and one.district == other.district
    if is_same_district and not (one.village and other.village):
        return "area", _within(one, other)
    if away is not None and max(one.exact_km, other.exact_km) >= VAGUE_KM:
        return ("unknown", 0.0) if away <= one.exact_km + other.exact_km else ("far", FAR)
    if away is None:
        return ("near", 1.0) if is_same_district else ("far", FAR)
    # Neighbours: the centres are hardly further apart than the two reach, and both are small.
    reach = one.exact_km + other.exact_km
    if reach <= 3.0 and away <= reach * 1.8:
        return "near", -1.0 if away > reach else 0.5 if is_same_district else 0.25
    return "far", FAR / 2 if away <= reach else FAR


def _within(one: Spot, other: Spot) -> float:
    """In one district, and of one of them no more is known; unless both are called by something in it."""
    names = [spot.landmark is not None or bool(spot.village) for spot in (one, other)]
    if not all(names):
        return 2.25
    # A street, or a market whose point nobody knows, and something else.
    is_of_one_kind = one.is_street == other.is_street and None not in (one.landmark, other.landmark)
    return 0.0 if is_of_one_kind else 1.0
