"""What of a reporter's words would give them away to whoever reads a brief: taken out where it is clear, pointed at where
it is not. Text in, text out; knows no rows.

Free words in lower case cannot be judged by rules alone, so a person reads and confirms what is left.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from reports.redaction import names, numbers
from reports.redaction.spans import Doubt as Doubt
from reports.redaction.spans import Kind as Kind
from reports.redaction.spans import Span

Place = tuple[int, int]
"""Where a piece of a text begins and ends."""


@dataclass(frozen=True)
class Redacted:
    """The text with placeholders, and what in it a person has to look at."""

    text: str = field(repr=False)
    doubts: list[Doubt] = field(repr=False)
    removed: int
    """How many pieces were taken out."""


def redact(text: str, *, own_name: Iterable[Place] = ()) -> Redacted:
    """`own_name`: where words of the reporter's own name stand in the text, which only the wall can tell."""
    pieces: list[str] = []
    doubts: list[Doubt] = []
    at = length = removed = 0
    for span in _found(text, own_name):
        pieces.append(text[at : span.start])
        length += span.start - at
        piece = span.kind.placeholder if span.is_sure else text[span.start : span.end]
        if span.is_sure:
            removed += 1
        else:
            doubts.append(Doubt(piece, span.kind, length, length + len(piece)))
        pieces.append(piece)
        length += len(piece)
        at = span.end
    pieces.append(text[at:])
    return Redacted("".join(pieces), doubts, removed)


def doubts(text: str, *, own_name: Iterable[Place] = ()) -> list[Doubt]:
    """Everything in a text that is about to go out that a person has to look at, in its order."""
    return [
        Doubt(text[span.start : span.end], span.kind, span.start, span.end)
        for span in _found(text, own_name)
    ]


def unconfirmed(found: Iterable[Doubt], confirmed: Collection[str]) -> list[Doubt]:
    """Those whose very words nobody has looked at and let stand."""
    let_stand = {_plain(words) for words in confirmed}
    return [doubt for doubt in found if _plain(doubt.words) not in let_stand]


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _found(text: str, own_name: Iterable[Place]) -> list[Span]:
    """In the order of the text, none over another: what is sure is taken together, and goes before what is not."""
    own = (Span(start, end, Kind.OWN_NAME) for start, end in own_name)
    every = sorted([*numbers.find(text), *own, *names.find(text)])
    sure: list[Span] = []
    for span in (span for span in every if span.is_sure and span.start < span.end):
        if sure and span.start < sure[-1].end:
            longest = max(sure[-1], span, key=lambda one: one.end - one.start)
            sure[-1] = Span(sure[-1].start, max(sure[-1].end, span.end), longest.kind)
        else:
            sure.append(span)
    taken = sure
    for span in (span for span in every if not span.is_sure):
        if all(span.end <= other.start or span.start >= other.end for other in taken):
            taken = [*taken, span]
    return sorted(taken)
