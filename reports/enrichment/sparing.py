"""Words for which nobody is ever reminded or blocked, read by the same rules as the hints. Values in, values out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from reports.channels.base import Kind as MessageKind
from reports.enrichment import kind, urgency
from reports.enrichment.category import keywords
from reports.enrichment.kind import Kind, NeverFilter
from reports.enrichment.language import normalise
from reports.enrichment.reading import Words
from reports.enrichment.said import said
from reports.enrichment.surroundings import Surroundings
from reports.workflow import Urgency

NUMBER_TEST = "tes-salah-sambung"
HOLDS_SOMETHING = frozenset(MessageKind) - {
    MessageKind.TEXT,
    MessageKind.UNSUPPORTED,
    MessageKind.BUTTON,
    MessageKind.LIST,
}
"""Kinds of message that say something without words: a picture may be a prank, and a place is none."""


class Spared(StrEnum):
    """Why these words count against nobody."""

    SUICIDE = "suicide"
    THREAT = "threat"
    UNANSWERED = "unanswered"
    EMPTY = "empty"
    NUMBER_TEST = "number_test"
    FOLLOW_UP = "follow_up"
    QUESTION = "question"


WHATEVER_ELSE = frozenset({Spared.SUICIDE, Spared.THREAT})
"""One such message among many is enough; the mild ones spare somebody who has sent nothing else."""


def spared(
    words: Words, message_kind: str, surroundings: Surroundings, *, is_unanswered: bool
) -> Spared | None:
    """Why this one message counts against nobody; None when it may.

    `is_unanswered`: an earlier report of the same person has had no answer, so that anger has a reason.
    """
    text = said(normalise(words.text), surroundings.names)
    ranked = keywords.worded(keywords.ranked(text, surroundings.categories))
    how_urgent = urgency.assess(text, ranked, surroundings.categories)
    asks = kind.Question(is_follow_up=is_unanswered, has_mark="?" in words.text)
    value = _value(kind.read(text, ranked, how_urgent.urgency, asks))
    match value.get("never_filter"):
        case NeverFilter.SUICIDE:
            return Spared.SUICIDE
        case NeverFilter.THREAT:
            return Spared.THREAT
        case NeverFilter.UNANSWERED:
            return Spared.UNANSWERED
        case NeverFilter.EMPTY:
            return None if message_kind in HOLDS_SOMETHING else Spared.EMPTY
    if how_urgent.is_despair:
        return Spared.SUICIDE
    if ranked and ranked[0].slug == NUMBER_TEST:
        return Spared.NUMBER_TEST
    # By the words alone: that somebody has reported before makes no prank a follow-up.
    alone = kind.Question(has_mark=asks.has_mark)
    match kind.judge(text, ranked, how_urgent.urgency, alone)[0]:
        case Kind.FOLLOW_UP:
            return Spared.FOLLOW_UP
        case Kind.QUESTION:
            return Spared.QUESTION
    return None


def may_be_about_a_life(words: Words, surroundings: Surroundings) -> bool:
    """Whether these words are to be heard whoever wrote them. Errs towards yes."""
    if urgency.sounds_dangerous(words.text):
        return True
    text = said(normalise(words.text), surroundings.names)
    ranked = keywords.worded(keywords.ranked(text, surroundings.categories))
    how_urgent = urgency.assess(text, ranked, surroundings.categories)
    if how_urgent.urgency == Urgency.EMERGENCY:
        return True
    asks = kind.Question(has_mark="?" in words.text)
    value = _value(kind.read(text, ranked, how_urgent.urgency, asks))
    return value.get("never_filter") in {NeverFilter.SUICIDE, NeverFilter.THREAT}


def _value(hint: Any) -> Mapping[str, Any]:
    return hint.best.value if hint.best else {}
