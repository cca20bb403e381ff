"""What a message says of when it was, whether it goes on and whether it is over; and the lexicon that tells it.

`urgency.json` is our lexicon: lists of words by what they say, and what explains words of danger otherwise.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from reports.enrichment.language import STOP
from reports.enrichment.said import Phrases, Said

AGAIN_BEFORE = frozenset([STOP, *"pak bu mas mbak min ya hari di ke dan".split()])
EXPLAINS_WITHIN = 8
"""Words within which "sampah" makes of a fire none: about a clause."""

_lexicon = json.loads((Path(__file__).parent / "urgency.json").read_text(encoding="utf-8"))
OTHERWISE = [(Phrases(row["words"]), Phrases(row["with"])) for row in _lexicon.pop("otherwise")]
"""Words of danger that are none of it beside certain others: who shoots birds, whose car is blocked in."""
ONLY_WITH = {slug: Phrases(words) for slug, words in _lexicon.pop("only_with").items()}
"""Of a category that is an emergency: a message is one only with one of these words."""
NOT_WITH = {slug: Phrases(words) for slug, words in _lexicon.pop("not_with").items()}
LEXICON = {name: Phrases(words) for name, words in _lexicon.items()}


def meant(text: Said, words: Sequence[str]) -> list[str]:
    """Those words that nothing near them explains otherwise."""
    explained = {
        " ".join(text.tokens[place] for place in said)
        for words_meant, beside in OTHERWISE
        if (explaining := beside.places(text))
        for said in words_meant.places(text)
        if any(abs(said[0] - each[0]) <= EXPLAINS_WITHIN for each in explaining)
    }
    return [word for word in words if word not in explained]


def is_past(text: Said) -> bool:
    """Of another day, or of every day; "since yesterday" goes on, "in 2023, to this day" does not."""
    if said_of(text, "since") and not (said_of(text, "until_now") and said_of(text, "long_past")):
        return said_of(text, "habit")
    return any(said_of(text, name) for name in ("recent", "long_past", "habit"))


def goes_on(text: Said) -> bool:
    """Also "lagi" before what is being done; behind it, it is "again" or "any more"."""
    now = {place for places in LEXICON["right_now"].places(text) for place in places}
    if said_of(text, "long_past"):
        now -= {place for places in LEXICON["until_now"].places(text) for place in places}
    if now:
        return True
    return any(
        place + 1 < len(text.tokens) and text.tokens[place + 1] not in AGAIN_BEFORE
        for place in text.roots.get("lagi", ())
    )


def is_over(text: Said) -> bool:
    """Also thanks for something that was done, when nothing is asked for any more. Never while somebody lies there."""
    if said_of(text, "over"):
        return not said_of(text, "victims") or said_of(text, "cared_for")
    return said_of(text, "thanks") and said_of(text, "done") and not said_of(text, "requests")


def is_safe(text: Said) -> bool:
    """Whether who was in danger is out of it: unhurt, at the doctor's, the robber gone; and nobody else is in it."""
    return said_of(text, "safe") and not (said_of(text, "unsafe") or said_of(text, "victims"))


def is_calmed(text: Said) -> bool:
    """Whether the words say that it was not so bad, is over or of another day, or is a joke."""
    if any(said_of(text, name) for name in ("harmless", "joking")):
        return True
    return is_safe(text) or is_over(text) or (is_past(text) and not goes_on(text))


def said_of(text: Said, name: str) -> bool:
    """Whether a word of this list of the lexicon stands there and is not denied."""
    return LEXICON[name].are_in(text)
