"""Whether something that was told in confidence lies around anywhere: a search of bytes, in every form it may have.

    hits = canaries.scan([Canary.phone("+6281199990001"), Canary.words("burung-kenari-7731")], var_dir, dump)

A canary is a string that exists nowhere but in what a citizen sent; a hit names the place and the form.
"""

import base64
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Self
from urllib.parse import quote

CHUNK = 8 * 1024 * 1024
OVERLAP = 4096
"""Longer than any form of a canary, so that none is cut in two between pieces."""
SHORTEST = 8
MARKS = (b"\xff\xd8\xff", b"JFIF", b"Exif", b"\x89PNG", b"WEBP", b"OggS", b"ftyp", b"%PDF")
HEAD = 64
LONG_ENOUGH = 8192
EVEN = 7.95
"""Even bytes of 8 KB reach 7.97; words and tables stay far below. What is packed may come near: its head tells."""
SEPARATORS = rb"[ .()\-\x00]{0,3}"


@dataclass(frozen=True)
class Canary:
    """`forms` are ways of writing it as text; `digits` is set for telephone numbers, whose digits may be spaced out."""

    name: str
    forms: tuple[str, ...]
    digits: str = ""

    def __post_init__(self) -> None:
        if min(map(len, self.forms)) < SHORTEST:
            raise ValueError(f"{self.name!r} is too short: it would be found by chance")

    @classmethod
    def words(cls, text: str) -> Self:
        """Something that somebody wrote, or their name."""
        return cls(text, tuple(dict.fromkeys((text, text.lower(), text.upper()))))

    @classmethod
    def phone(cls, number: str) -> Self:
        """A number in E.164: found as +62..., 62..., 0..., and by its last nine digits."""
        international = number.removeprefix("+")
        national = international.removeprefix("62")
        return cls(number, (f"+{international}", international, f"0{national}"), national)


@dataclass(frozen=True)
class Hit:
    """`where` is a path or the name that a piece of data was given; `form` says in which encoding it was found."""

    canary: str
    form: str
    where: str

    def __str__(self) -> str:
        return f"{self.canary} as {self.form} in {self.where}"


def scan(canaries: Iterable[Canary], *places: Path | bytes | Mapping[str, bytes]) -> list[Hit]:
    """Search files, whole folders, and pieces of data (by name); every canary and form at most once for each place."""
    patterns = [
        (canary.name, form, pattern) for canary in canaries for form, pattern in _patterns(canary)
    ]
    hits: dict[Hit, None] = {}
    for where, chunks in _pieces(places):
        tail = b""
        for chunk in chunks:
            window = tail + chunk
            for name, form, pattern in patterns:
                if pattern in window if isinstance(pattern, bytes) else pattern.search(window):
                    hits[Hit(name, form, where)] = None
            tail = window[-OVERLAP:]
    return list(hits)


def legible(files: Iterable[Path]) -> list[str]:
    """Files that are not sealed: they begin like a known kind, or their bytes are not as even as a cipher's."""
    found = []
    for path in files:
        data = path.read_bytes()
        if known := next((mark for mark in MARKS if mark in data[:HEAD]), None):
            found.append(f"{path}: {known!r}")
        elif len(data) >= LONG_ENOUGH and _entropy(data) < EVEN:
            found.append(f"{path}: {_entropy(data):.2f} bits a byte")
    return found


def _entropy(data: bytes) -> float:
    """In bits a byte: 8 for a cipher, less for everything that means something."""
    return -sum(count / len(data) * log2(count / len(data)) for count in Counter(data).values())


def _pieces(
    places: Iterable[Path | bytes | Mapping[str, bytes]],
) -> Iterator[tuple[str, Iterable[bytes]]]:
    for place in places:
        if isinstance(place, bytes):
            yield "data", [place]
        elif isinstance(place, Mapping):
            for name, data in place.items():
                yield name, [data]
        elif place.is_dir():
            for folder, folders, files in os.walk(place):
                for name in (*folders, *files):
                    yield f"the name of {folder}/{name}", [os.fsencode(name)]
                for name in files:
                    yield f"{folder}/{name}", _read(Path(folder, name))
        else:
            yield str(place), _read(place)


def _read(path: Path) -> Iterator[bytes]:
    """A file piece by piece. One that vanishes or is no ordinary file (a socket) has nothing to read."""
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError:
        return


def _patterns(canary: Canary) -> Iterator[tuple[str, bytes | re.Pattern[bytes]]]:
    if canary.digits:
        # Whatever stands before them (+62, 62, 0, nothing), these digits are in every spelling.
        yield "digits", re.compile(SEPARATORS.join(digit.encode() for digit in canary.digits))
        yield "last nine digits", canary.digits[-9:].encode()
    for text in canary.forms:
        for name, data in _encodings(text):
            yield name, data
            yield f"{name}, reversed", data[::-1]


def _encodings(text: str) -> Iterator[tuple[str, bytes]]:
    for name, raw in (
        ("raw", text.encode()),
        ("UTF-16-LE", text.encode("utf-16-le")),
        ("UTF-16-BE", text.encode("utf-16-be")),
    ):
        yield name, raw
        yield f"hex of {name}", raw.hex().encode()
        yield f"HEX of {name}", raw.hex().upper().encode()
        for offset in range(3):
            yield f"base64 of {name}", _base64_inside(raw, offset)
            yield f"base64 for URLs of {name}", _base64_inside(raw, offset, b"-_")
    for safe in ("", "/", "-_.~ "):
        if (quoted := quote(text, safe=safe)) != text:
            yield "URL-encoded", quoted.encode()
            yield "URL-encoded", quoted.replace("%20", "+").encode()
    escaped = text.encode("unicode_escape")
    if escaped != text.encode():
        yield "escaped", escaped


def _base64_inside(raw: bytes, offset: int, altchars: bytes = b"+/") -> bytes:
    """What stays the same of `raw` in base64, whatever stands before (`offset` bytes, modulo 3) and after it."""
    encoded = base64.b64encode(b"\0" * offset + raw, altchars)
    first = (offset * 8 + 5) // 6
    last = (offset + len(raw)) * 8 // 6
    return encoded[first:last]
