"""Which names in a message are places, and what each has to do with what happened: there, on the way there, or only where
somebody comes from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from reports.enrichment import cues, place_words
from reports.enrichment.cues import Cue, Part
from reports.enrichment.gazetteer import Entry, Gazetteer, Kind, Span
from reports.enrichment.phrases import Token

LONG = 8
"""Letters of a name that no ordinary word comes near to."""
JOINING = 2
"""So many words between two names still join them."""
BESIDE = 3
"""So many words apart, a district still tells which village is meant."""


@dataclass(frozen=True)
class Mention:
    """A name that is taken for a place. `confidence` is of the name alone, before its part is weighed."""

    span: Span
    entries: tuple[Entry, ...] = field(repr=False)
    cue: Cue
    part: Part
    confidence: float
    is_generic: bool = False

    @property
    def kinds(self) -> set[Kind]:
        return {entry.kind for entry in self.entries}


GENERIC = frozenset(
    "alunalun terminal stasiun ringroad ringroadutara ringroadselatan pasarkota kraton keraton rsud masjidagung".split()
)
"""Every town has one: which is meant says the town beside it, or whose number was written to."""


class Reader:
    """The mentions of one message."""

    def __init__(self, words: Sequence[Token], gazetteer: Gazetteer) -> None:
        self.words = words
        self.gazetteer = gazetteer
        self.spans = list(gazetteer.spans(words))
        self._names = [span for span in self.spans if span.key not in place_words.ORDINARY]
        self._districts = {
            entry.area.pk: span
            for span in self.spans
            for entry in span.entries
            if entry.kind == Kind.DISTRICT and entry.area
        }
        lower = sum(word.raw.isalpha() and not word.is_capital for word in words)
        self._says_capitals = lower > len(words) / 2 and any(not w.is_capital for w in words)

    def mentions(self) -> list[Mention]:
        """In order; the slips of the pen only where nothing else is."""
        found = [m for m in map(self._mention, self.spans) if m is not None]
        if any(m.confidence >= place_or_guess(m) for m in found):
            return found
        return [*found, *self._slips()]

    def _mention(self, span: Span) -> Mention | None:
        if cues.is_denied(self.words, span.start) or self._names_an_office(span):
            return None
        cue, kinds = cues.cue(self.words, span.start), {entry.kind for entry in span.entries}
        for is_it, weigh in self._ways(span, kinds):
            if is_it:
                entries, confidence, is_generic = weigh(span, cue)
                if not entries:
                    return None
                return Mention(span, entries, cue, self._part(span.start), confidence, is_generic)
        return None

    def _ways(
        self, span: Span, kinds: set[Kind]
    ) -> Iterator[tuple[bool, Callable[[Span, Cue], tuple[tuple[Entry, ...], float, bool]]]]:
        yield Kind.REGENCY in kinds, self._regency
        yield Kind.LANDMARK in kinds, self._landmark
        yield Kind.ELSEWHERE in kinds and kinds != {Kind.ELSEWHERE}, self._village_or_elsewhere
        yield Kind.ELSEWHERE in kinds, lambda span, cue: (span.entries, 0.7, False)
        yield Kind.DISTRICT in kinds, self._district
        yield Kind.VILLAGE in kinds, self._village

    def _regency(self, span: Span, cue: Cue) -> tuple[tuple[Entry, ...], float, bool]:
        """The town's name: the regency, or where it says so the district that is called like it."""
        districts = _of(span, Kind.DISTRICT)
        before, after = cues.word_at(self.words, span.start - 1), cues.word_at(self.words, span.end)
        says_town = "kota" in {before.word if before else "", after.word if after else ""}
        is_in_it = cue == Cue.DISTRICT or cues.is_of_a_place(self.words, span.start)
        if districts and (says_town or is_in_it):
            return districts, 0.8 if says_town or cue == Cue.DISTRICT else 0.65, False
        return _of(span, Kind.REGENCY), 0.4, True

    def _landmark(self, span: Span, cue: Cue) -> tuple[tuple[Entry, ...], float, bool]:
        is_generic = span.key in GENERIC
        if span.key in place_words.ORDINARY and cue not in {Cue.OF_A_PLACE, Cue.WHERE}:
            return (), 0.0, False
        return _of(span, Kind.LANDMARK), 0.55 if is_generic else 0.8, is_generic

    def _village_or_elsewhere(self, span: Span, cue: Cue) -> tuple[tuple[Entry, ...], float, bool]:
        """Karanganyar is two villages, and the regency next door, which is meant more often."""
        own = [e for e in _of(span, Kind.VILLAGE) if self._district_beside(span, e, anywhere=True)]
        if own:
            return tuple(own), 0.9, False
        if cue == Cue.VILLAGE:
            return _of(span, Kind.VILLAGE), 0.8, False
        return _of(span, Kind.ELSEWHERE), 0.65, False

    def _district(self, span: Span, cue: Cue) -> tuple[tuple[Entry, ...], float, bool]:
        """A district goes before the village of its name, unless a cue or another district beside it says village."""
        villages = _of(span, Kind.VILLAGE)
        if cue == Cue.VILLAGE and villages:
            return villages, 0.88, False
        own = [v for v in villages if v.name != _district_name(v)]
        elsewhere = tuple(v for v in own if self._district_beside(span, v))
        if elsewhere and cue != Cue.DISTRICT:
            return elsewhere, 0.85, False
        if cue == Cue.DISTRICT:
            return _of(span, Kind.DISTRICT), 0.92, False
        if span.key in place_words.UNCERTAIN and not self._looks_like_a_name(span, cue):
            return _of(span, Kind.DISTRICT), 0.4, False
        return _of(span, Kind.DISTRICT), 0.82, False

    def _village(self, span: Span, cue: Cue) -> tuple[tuple[Entry, ...], float, bool]:
        own = tuple(e for e in span.entries if self._district_beside(span, e, anywhere=True))
        if span.key in place_words.ORDINARY or _is_ordinary_apart(span):
            return self._ordinary(span, cue)
        if own:
            return own, 0.95 if cue == Cue.VILLAGE else 0.9, False
        if cue == Cue.VILLAGE:
            return span.entries, 0.88, False
        if cue == Cue.HAMLET:
            return span.entries, 0.6, False
        if span.key in place_words.UNCERTAIN and not self._looks_like_a_name(span, cue):
            return span.entries, 0.4, False
        return span.entries, 0.78 if cue in {Cue.WHERE, Cue.OF_A_PLACE} else 0.7, False

    def _ordinary(self, span: Span, cue: Cue) -> tuple[tuple[Entry, ...], float, bool]:
        """A name that is a word: only with a cue, with its district beside it, or written as a name after a "di"."""
        own = tuple(e for e in span.entries if self._district_beside(span, e))
        before = cues.word_at(self.words, span.start - 1)
        if cue == Cue.VILLAGE:
            return own or span.entries, 0.9 if own else 0.85, False
        is_where = cue in {Cue.WHERE, Cue.OF_A_PLACE, Cue.HAMLET}
        is_where = is_where or self._part(span.start) == Part.OF_A_PERSON
        if ours := self._in_the_town_named_after(span):
            return ours, 0.65, False
        if own and (is_where or span.key not in place_words.FUNCTION_WORDS):
            return own, 0.8, False
        if before and not self.words[span.start].breaks:
            if before.word in place_words.NEVER_ORDINARY_AFTER:
                return span.entries, 0.6, False
            if is_where and self._says_capitals and self.words[span.start].is_capital:
                return span.entries, 0.6, False
        return (), 0.0, False

    def _in_the_town_named_after(self, span: Span) -> tuple[Entry, ...]:
        """ "sumber solo" is Sumber in Solo."""
        following = cues.word_at(self.words, span.end)
        if following is None or span.key in place_words.FUNCTION_WORDS:
            return ()
        towns = {
            entry.station_id
            for other in self.spans
            if other.start == span.end and not following.breaks
            for entry in other.entries
            if entry.kind == Kind.REGENCY
        }
        return tuple(entry for entry in span.entries if entry.station_id in towns)

    def _looks_like_a_name(self, span: Span, cue: Cue) -> bool:
        """After a cue or "warga", written as a name, standing alone, or with its district or town anywhere."""
        if cue != Cue.NONE or self._part(span.start) != Part.THERE:
            return True
        if self._says_capitals and self.words[span.start].is_capital and span.start:
            return True
        follows = cues.word_at(self.words, span.end)
        if follows and follows.word in place_words.PARTS_OF_A_PLACE:
            return True
        if not span.start and follows and follows.word in place_words.SUBJECT_OF:
            return True
        alone = self.words[span.start].breaks and span.start > 0
        ends = span.end == len(self.words) or self.words[span.end].breaks
        is_before_town = follows is not None and follows.word in {"sragen", "solo", "surakarta"}
        return (alone and ends) or is_before_town or len(self.words) <= BESIDE

    def _district_beside(self, span: Span, entry: Entry, *, anywhere: bool = False) -> bool:
        district = entry.district
        other = self._districts.get(district.pk) if district else None
        if other is None or other == span:
            return False
        return (
            anywhere or abs(other.start - span.end) < BESIDE or abs(span.start - other.end) < BESIDE
        )

    def _part(self, start: int) -> Part:
        """Words of the name before say nothing of this one ("Jalan Sumpah Pemuda dekat Unisri" is about no youth)."""
        before = max((span.end for span in self._names if span.end <= start), default=0)
        said = cues.part(self.words, start, before)
        if said == Part.THERE and before and start - before <= JOINING:
            # "dari Gemolong sampai Miri": the second is on the way from the first.
            first = next(span for span in self._names if span.end == before)
            if self.words[before].word in place_words.UNTIL and first.start:
                return Part.TO
        return said

    def _names_an_office(self, span: Span) -> bool:
        kinds = {entry.kind for entry in span.entries}
        return bool(kinds & {Kind.REGENCY, Kind.ELSEWHERE, Kind.DISTRICT}) and (
            cues.names_an_office(self.words, span.start)
        )

    def _slips(self) -> Iterator[Mention]:
        taken = {n for span in self.spans for n in range(span.start, span.end)}
        for n, token in enumerate(self.words):
            if n in taken or not token.word.isalpha():
                continue
            cue = cues.cue(self.words, n)
            is_capital = self._says_capitals and token.is_capital and not token.breaks
            is_long = len(token.word) >= LONG
            if cue == Cue.NONE and not is_capital and not is_long:
                continue
            if len(token.word) < 6 and cue not in {Cue.VILLAGE, Cue.DISTRICT}:
                continue
            if (slip := self.gazetteer.slip(token.word)) is None:
                continue
            span = Span(n, n + 1, slip.key, slip.entries, is_slip=True)
            if slip.key in place_words.ORDINARY and cue != Cue.VILLAGE:
                continue
            entries = _of(span, Kind.VILLAGE) if cue == Cue.VILLAGE else _of(span, Kind.DISTRICT)
            confidence = self._sure_of_slip(token.word, slip.key, cue)
            if not confidence:
                continue
            yield Mention(span, entries or span.entries, cue, self._part(n), confidence)

    def _sure_of_slip(self, word: str, name: str, cue: Cue) -> float:
        """A guess, or a little more after a cue or in a long word; 0 when it is not even a guess."""
        is_near = abs(len(word) - len(name)) <= 1 and OSA.distance(word, name) <= 1
        if cue in {Cue.VILLAGE, Cue.DISTRICT}:
            return 0.6
        if is_near and len(name) >= LONG - 1 and cue in {Cue.WHERE, Cue.OF_A_PLACE}:
            return 0.55
        if cue == Cue.NONE and len(name) >= LONG:
            return 0.5 if is_near else 0.0
        return 0.4


def place_or_guess(mention: Mention) -> float:
    """From which confidence on a mention is a place, so that no slip of the pen need be looked for."""
    return 2.0 if mention.kinds == {Kind.REGENCY} else 0.5


def _is_ordinary_apart(span: Span) -> bool:
    return span.end - span.start > 1 and span.key in place_words.ORDINARY_APART


def _of(span: Span, kind: Kind) -> tuple[Entry, ...]:
    return tuple(entry for entry in span.entries if entry.kind == kind)


def _district_name(entry: Entry) -> str:
    return entry.district.name if entry.district else ""
