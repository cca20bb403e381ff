"""Comparing words without regard to capitals and accents, and showing where they stand."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

BEFORE, LENGTH = 50, 200
"""Characters of an excerpt before the first word found, and in all."""
WORD = re.compile(r'"([^"]+)"|(\S+)')
ELLIPSIS = "…"


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt. `is_hit`: what was looked for."""

    text: str = field(repr=False)
    is_hit: bool = False


class _Span(NamedTuple):
    start: int
    end: int


def words_of(query: str) -> list[str]:
    """The words that must all be there, folded, each once; what stands in quotation marks is one."""
    found = [" ".join((quoted or bare).split()) for quoted, bare in WORD.findall(query)]
    return list(dict.fromkeys(folded for word in found if (folded := fold(word))))


def fold(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_folded, text))


def match(texts: Sequence[str], words: Sequence[str]) -> list[Piece]:
    """An excerpt of the text that has most of the words, when every word is in one of the texts; else nothing."""
    folded = [fold(text) for text in texts]
    if not all(any(word in text for text in folded) for word in words):
        return []
    best = max(range(len(texts)), key=lambda n: sum(word in folded[n] for word in words))
    return excerpt(texts[best], words)


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """A piece of the text around the first of these words, with all of them marked."""
    spans = _spans(text, words)
    first = spans[0].start if spans else 0
    start, end = _window(text, first)
    pieces, at = [Piece(ELLIPSIS)] if start else [], start
    for span in spans:
        if span.start >= end:
            break
        if span.start > at:
            pieces.append(Piece(text[at : span.start]))
        pieces.append(Piece(text[max(span.start, at) : min(span.end, end)], is_hit=True))
        at = min(span.end, end)
    if at < end:
        pieces.append(Piece(text[at:end]))
    return [*pieces, Piece(ELLIPSIS)] if end < len(text) else pieces


def beginning(text: str) -> list[Piece]:
    return excerpt(text, ()) if text else []


def _window(text: str, first: int) -> _Span:
    start = max(0, first - BEFORE)
    if start and (blank := text.find(" ", start, first)) >= 0:
        start = blank + 1
    end = min(len(text), start + LENGTH)
    if end < len(text) and (blank := text.rfind(" ", first + BEFORE, end)) > 0:
        end = blank
    return _Span(start, end)


def _spans(text: str, words: Sequence[str]) -> list[_Span]:
    """Where the words stand in the text as it is written, in order; what overlaps is one."""
    parts = [_folded(character) for character in text]
    folded = "".join(parts)
    origin = [n for n, part in enumerate(parts) for _ in part]
    found = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append(_Span(origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    joined: list[_Span] = []
    for span in sorted(found):
        if joined and span.start <= joined[-1].end:
            joined[-1] = _Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"}).casefold()
