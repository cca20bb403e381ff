"""All names of places that are known, and where they stand in a message. Matches whole words, the longest name first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from re import compile as pattern

from rapidfuzz.distance import OSA

from reports.enrichment.phrases import Token, tokens
from reports.enrichment.place_words import COMMON, NEIGHBOURS
from reports.models import Area, Landmark

LONGEST = 6
"""Words of the longest name that is looked for."""
PART_OF_A_NAME = 3
"""A name that is written in one word may be split into parts of at least so many letters ("karang malang")."""
TWO_SLIPS_FROM = 9
"""A name this long may have two slips of the pen in it; a shorter one has one."""
IN_BRACKETS = pattern(r"\([^)]*\)")


class Kind(Enum):
    LANDMARK = "landmark"
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    ELSEWHERE = "elsewhere"
    """Outside of every station's area: known by name only."""


@dataclass(frozen=True)
class Entry:
    """A place that a name may mean."""

    kind: Kind
    name: str
    area: Area | None = field(default=None, repr=False)
    landmark: Landmark | None = field(default=None, repr=False)

    @property
    def district(self) -> Area | None:
        if self.area is None or self.area.level == Area.Level.REGENCY:
            return None
        return self.area if self.area.level == Area.Level.DISTRICT else self.area.parent

    @property
    def station_id(self) -> int | None:
        return self.area.station_id if self.area else None


@dataclass(frozen=True)
class Span:
    """A name in the text: the words `start` to `end`, and everything it may mean."""

    start: int
    end: int
    key: str = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)
    is_slip: bool = False


class Gazetteer:
    """Read-only once made; one for a station's surroundings, used by several threads."""

    def __init__(self, areas: Iterable[Area], landmarks: Iterable[Landmark]) -> None:
        self._known: defaultdict[str, list[Entry]] = defaultdict(list)
        self._splits: set[tuple[str, ...]] = set()
        kinds = {level: Kind(level.value) for level in Area.Level}
        for area in areas:
            short = area.name.removeprefix("Kabupaten ").removeprefix("Kota ")
            entry = Entry(kinds[Area.Level(area.level)], short, area)
            self._add(short, entry)
            if entry.kind == Kind.REGENCY and short == "Surakarta":
                self._add("Solo", entry)
        names_of_areas = set(self._known)
        for name in NEIGHBOURS:
            self._add(name, Entry(Kind.ELSEWHERE, name.title()))
        for landmark in landmarks:
            entry = Entry(Kind.LANDMARK, landmark.name, landmark.area, landmark)
            for words in dict.fromkeys(
                tuple(t.word for t in tokens(n)) for n in names_of(landmark)
            ):
                # The village itself is meant more often than the landmark that is called like it.
                if "".join(words) not in names_of_areas:
                    self._add(" ".join(words), entry)
        self._long = tuple(
            key
            for key, entries in self._known.items()
            if len(key) > PART_OF_A_NAME + 1 and entries[0].kind in {Kind.VILLAGE, Kind.DISTRICT}
        )

    def _add(self, name: str, entry: Entry) -> None:
        words = tuple(token.word for token in tokens(name))
        key = "".join(words)
        if len(key) < PART_OF_A_NAME:
            return
        self._splits.add(words)
        if entry not in self._known[key]:
            self._known[key].append(entry)

    def spans(self, words: Sequence[Token]) -> Iterator[Span]:
        """The names in a text, in order, none inside another."""
        at = 0
        while at < len(words):
            span = self._longest(words, at)
            if span is None:
                at += 1
                continue
            yield span
            at = span.end

    def _longest(self, words: Sequence[Token], start: int) -> Span | None:
        for end in range(min(len(words), start + LONGEST), start, -1):
            parts = tuple(token.word for token in words[start:end])
            if any(token.breaks for token in words[start + 1 : end]):
                continue
            key = "".join(parts)
            if key not in self._known:
                continue
            if parts in self._splits or all(len(part) >= PART_OF_A_NAME for part in parts):
                return Span(start, end, key, tuple(self._known[key]))
        return None

    def slip(self, word: str) -> Span | None:
        """The one village or district that this word is most like, with a slip of the pen; `start` and `end` are 0.

        One letter changed, left out, put in or exchanged with its neighbour (two in a long name); never the first.
        """
        if len(word) <= PART_OF_A_NAME + 1 or word in COMMON:
            return None
        best: list[str] = []
        least = 3
        for key in self._long:
            most = 2 if len(key) >= TWO_SLIPS_FROM else 1
            if key[0] != word[0] or abs(len(key) - len(word)) > most:
                continue
            off = OSA.distance(word, key, score_cutoff=most)
            if off > most or off > least:
                continue
            best, least = ([*best, key] if off == least else [key]), off
        if len(best) != 1:
            return None
        entries = [e for e in self._known[best[0]] if e.kind in {Kind.VILLAGE, Kind.DISTRICT}]
        return Span(0, 0, best[0], tuple(entries), is_slip=True)


def names_of(landmark: Landmark) -> Iterator[str]:
    """All it is called: "Ngemplak/Ngipang (Kadipiro)" is Ngemplak and Ngipang; a street that is called after somebody
    also goes by the bare name."""
    bare = IN_BRACKETS.sub(" ", landmark.name)
    for name in (*bare.split("/"), *landmark.aliases):
        yield name
        words = [token.word for token in tokens(name)]
        if words[:1] == ["jl"] and words[1:2] == ["raya"]:
            yield " ".join(["jl", *words[2:]])
        elif (
            words[:1] == ["jl"] and len(words) > 2 and not any(t.is_hyphened for t in tokens(name))
        ):
            yield " ".join(words[1:])
