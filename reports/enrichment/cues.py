"""What the words before a name say: that it is one, of what level, and what the place has to do with what happened."""

from collections.abc import Sequence
from enum import Enum

from reports.enrichment import place_words
from reports.enrichment.phrases import Token

LOOK_BACK = 4
"""How many words before a name say what part it plays."""


class Cue(Enum):
    """What stands before a name."""

    NONE = "none"
    WHERE = "where"
    OF_A_PLACE = "of_a_place"
    HAMLET = "hamlet"
    VILLAGE = "village"
    DISTRICT = "district"


class Part(Enum):
    """What a place has to do with what happened, the nearest first."""

    HAPPENED = "happened"
    THERE = "there"
    TO = "to"
    OF_A_PERSON = "of_a_person"
    FROM = "from"
    TOWARDS = "towards"


CUES = (
    (place_words.VILLAGE_CUES, Cue.VILLAGE),
    (place_words.DISTRICT_CUES, Cue.DISTRICT),
    (place_words.HAMLET_CUES, Cue.HAMLET),
    (place_words.WHERE_ALONE, Cue.WHERE),
    (place_words.OF_A_PLACE, Cue.OF_A_PLACE),
    (place_words.WHERE, Cue.WHERE),
)
PARTS = (
    (place_words.TOWARDS, Part.TOWARDS),
    (place_words.TO, Part.TO),
    (place_words.FROM, Part.FROM),
    (place_words.OF_A_PERSON, Part.OF_A_PERSON),
)


def cue(words: Sequence[Token], start: int) -> Cue:
    """The cue right before the name that begins at `start`."""
    before = word_at(words, start - 1)
    if before is None or (words[start].breaks and not _stands_for_what_follows(before)):
        return Cue.NONE
    if before.word.isdigit():
        # "sma 1 Gondang", "km 8 Gondang"
        before = word_at(words, start - 2) or before
    return next((cue for known, cue in CUES if before.word in known), Cue.NONE)


def part(words: Sequence[Token], start: int, after: int = 0) -> Part:
    """From the words before the name, back to the beginning of the phrase or to `after`, where another name ends; the
    nearest that says anything."""
    for at in range(start - 1, max(after - 1, start - 1 - LOOK_BACK, -1), -1):
        if words[at + 1].breaks:
            break
        if {words[at].word, words[at].raw} & place_words.HAPPENED:
            return Part.HAPPENED
        said = next((part for known, part in PARTS if words[at].word in known), None)
        if said and at and words[at - 1].word in place_words.FROM:
            # "dari arah Gondang"
            return Part.FROM
        if said == Part.TO and at and words[at - 1].word in place_words.TOWARDS:
            return Part.TOWARDS
        if said:
            return said
        if words[at].word in place_words.WHERE_ALONE and at < start - 1:
            break
    return Part.THERE


def is_denied(words: Sequence[Token], start: int) -> bool:
    """ "bukan di Gemolong": not there."""
    before = (word_at(words, start - back) for back in (1, 2))
    return any(word is not None and word.word in place_words.NOT for word in before)


def names_an_office(words: Sequence[Token], start: int) -> bool:
    """ "Polres Sragen" and "Persis Solo" are no places; a polsek is named for its district, which is one."""
    before = word_at(words, start - 1)
    return before is not None and before.word in place_words.NOBODYS_PLACE


def is_of_a_place(words: Sequence[Token], start: int) -> bool:
    """ "toko luwes sragen", "kantor pos sragen": a place in the town."""
    for at in range(start - 1, max(-1, start - LOOK_BACK), -1):
        if words[at + 1].breaks or words[at].word in place_words.WHERE_ALONE:
            return False
        if words[at].word in place_words.OF_A_PLACE:
            return True
    return False


def word_at(words: Sequence[Token], at: int) -> Token | None:
    return words[at] if 0 <= at < len(words) else None


def _stands_for_what_follows(word: Token) -> bool:
    """A cue at the end of a line of a form: "Desa" and on the next line its name."""
    return word.word in place_words.VILLAGE_CUES | place_words.DISTRICT_CUES
