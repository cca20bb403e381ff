"""Points that are written out in a text: coordinates in the spellings people use, geo: addresses, plus codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from openlocationcode import openlocationcode as plus_codes

from reports.models.area import Point

SOUTH, NORTH, WEST, EAST = -11.2, 6.3, 94.7, 141.2
"""What Indonesia lies within, in degrees."""
JAVA = (6.0, 9.0)
"""Degrees of latitude that are meant to be southern when nothing says so."""

DECIMAL = re.compile(
    r"(?<![\d.])(?P<before>LS|LU|BT|S|N|E)?\s?(?P<sign>[-−–])?(?P<whole>\d{1,3})[.,](?P<part>\d{3,})\s?°?\s?"
    r"(?P<after>LS|LU|BT|[SNE])?(?![\w.]\d|\w)",
    re.IGNORECASE,
)
DEGREES = re.compile(
    r"(?P<degrees>\d{1,3})\s?[°º˚]\s?(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s?['’′`]\s?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s?(?:[\"”″]|''|’’)?)?\s?(?P<side>LS|LU|BT|[SNEU])?",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"[\s,;:/|&]*(?:dan|lon|long|lng|longitude|bujur|lintang|lat|latitude)?[\s,;:=/]*",
    re.IGNORECASE,
)
EXACT = 4
"""Places behind the point from which a number without a sign or side can be a coordinate and is no price."""
PLUS_CODE = re.compile(
    r"(?<![\w+])(?P<code>(?:[23456789CFGHJMPQRVWX]{4}){1,2}\+[23456789CFGHJMPQRVWX]{2,3})(?![\w+])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Written:
    """A point and the piece of the text that it stands in."""

    point: Point = field(repr=False)
    start: int
    end: int
    precision_km: float


def coordinates(text: str) -> list[Written]:
    """Every pair of coordinates inside Indonesia, in order; longitude may stand first."""
    return [*_pairs(text, _decimals(text)), *_pairs(text, _degrees(text))]


def codes(text: str, near: Point) -> list[Written]:
    """Plus codes; a short one is that nearest to `near`."""
    found = []
    for match in PLUS_CODE.finditer(text):
        code = match["code"].upper()
        if not plus_codes.isValid(code) or code.replace("+", "").isdigit():
            continue
        if plus_codes.isShort(code):
            code = plus_codes.recoverNearest(code, near.latitude, near.longitude)
        box = plus_codes.decode(code)
        point = Point(box.latitudeCenter, box.longitudeCenter)
        if is_in_indonesia(point):
            found.append(Written(point, match.start(), match.end(), 0.02))
    return found


def is_in_indonesia(point: Point) -> bool:
    # NaN fails both comparisons.
    return SOUTH <= point.latitude <= NORTH and WEST <= point.longitude <= EAST


@dataclass(frozen=True)
class _Number:
    value: float
    start: int
    end: int
    side: str
    """"lat" or "lon" when the text says so, else nothing."""
    is_signed: bool
    places: int


def _decimals(text: str) -> Iterator[_Number]:
    for match in DECIMAL.finditer(text):
        side = (match["after"] or match["before"] or "").upper()
        value = float(f"{match['whole']}.{match['part']}")
        is_southern = bool(match["sign"]) or side in {"S", "LS"}
        yield _Number(
            -value if is_southern else value,
            match.start(),
            match.end(),
            _side(side),
            bool(match["sign"] or side),
            len(match["part"]),
        )


def _degrees(text: str) -> Iterator[_Number]:
    for match in DEGREES.finditer(text):
        side = (match["side"] or "").upper()
        minutes, seconds = match["minutes"], match["seconds"] or "0"
        value = int(match["degrees"]) + _float(minutes) / 60 + _float(seconds) / 3600
        is_southern = side in {"S", "LS"} or text[: match.start()].endswith(("-", "−"))
        yield _Number(
            -value if is_southern else value, match.start(), match.end(), _side(side), True, EXACT
        )


def _float(written: str) -> float:
    return float(written.replace(",", "."))


def _side(letters: str) -> str:
    if letters in {"S", "LS", "LU", "N", "U"}:
        return "lat"
    return "lon" if letters in {"E", "BT"} else ""


def _pairs(text: str, numbers: Iterator[_Number]) -> Iterator[Written]:
    taken = -1
    for one, other in pairwise(numbers):
        if one.start < taken or not BETWEEN.fullmatch(text[one.end : other.start]):
            continue
        if not (one.is_signed or other.is_signed) and min(one.places, other.places) < EXACT:
            continue
        is_turned = one.side == "lon" or other.side == "lat" or abs(one.value) > 90
        latitude, longitude = (other, one) if is_turned else (one, other)
        point = Point(_southern(latitude), abs(longitude.value))
        if is_in_indonesia(point):
            taken = other.end
            places = min(one.places, other.places)
            yield Written(point, one.start, other.end, max(0.01, 111 * 10.0**-places))


def _southern(number: _Number) -> float:
    says_nothing = number.value > 0 and not number.side
    return -number.value if says_nothing and JAVA[0] <= number.value <= JAVA[1] else number.value
