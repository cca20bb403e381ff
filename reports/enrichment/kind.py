"""What kind of message it is: a report, a question, a follow-up, a prank, a talk about oneself. A hint and no more.

Nothing is filtered by it. Three kinds of words are never to be taken for a prank, whatever they sound like: a suicide
threat in the tone of a talk, bombs and kidnapping in jest, and an angry person whose earlier report went unanswered.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.utils.translation import pgettext

from reports.enrichment import questions
from reports.enrichment.category.keywords import Ranked
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.nothing import words_of
from reports.enrichment.said import Phrases, Said
from reports.models.finding import Enricher
from reports.workflow import Urgency

SOURCE = "rules"


class Kind(StrEnum):
    """The words of the field, as they are stored."""

    REPORT = "laporan"
    QUESTION = "pertanyaan"
    FOLLOW_UP = "tindak lanjut"
    PRANK = "iseng"
    TALK = "curhat"


class NeverFilter(StrEnum):
    """Why these words must reach a person."""

    SUICIDE = "suicide"
    THREAT = "threat"
    UNANSWERED = "unanswered"
    EMPTY = "empty"


_lexicon = json.loads((Path(__file__).parent / "kind.json").read_text(encoding="utf-8"))
LEXICON = {name: Phrases(words) for name, words in _lexicon.items()}

PRANKS = frozenset("iseng kasar spam tes-salah-sambung".split())
ASKED = frozenset(
    "skck sim stnk-bpkb tilang rekrutmen surat-kehilangan izin-keramaian info-lain hoaks".split()
)
ASKS_TO_HEAR = "perkembangan-kasus"
"""A follow-up that is a question all the same."""
BEGINNING = 6
SURE, LIKELY, GUESSED = 0.85, 0.7, 0.5


@dataclass(frozen=True)
class Question:
    """What is known of a message beside its words."""

    is_follow_up: bool = False
    has_mark: bool = False
    """Whether a question mark stands in it."""


def read(text: Said, ranked: Ranked, urgency: Urgency, question: Question) -> Hint:
    """The kind of these words; for a question also the canned answer that fits."""
    if not words_of(text):
        return _hint(Kind.REPORT, GUESSED, NeverFilter.EMPTY)
    kind, confidence = judge(text, ranked, urgency, question)
    never_filter = _never_filter(text, ranked, kind, question.is_follow_up)
    slug = ranked[0].slug if ranked else ""
    is_asked = kind == Kind.QUESTION or slug == ASKS_TO_HEAR
    key = questions.answer(text, slug) if is_asked else ""
    return _hint(kind, confidence, never_filter, key)


def judge(text: Said, ranked: Ranked, urgency: Urgency, question: Question) -> tuple[Kind, float]:
    """The kind and how sure."""
    top = ranked[0].slug if ranked else ""
    follows = question.is_follow_up or LEXICON["follow_up"].are_in(text)
    if top in PRANKS:
        return (Kind.PRANK, SURE) if urgency != Urgency.EMERGENCY else (Kind.REPORT, GUESSED)
    if top == "krisis-diri":
        return (
            (Kind.REPORT, LIKELY)
            if LEXICON["others"].are_in(_subject(text))
            else (Kind.TALK, LIKELY)
        )
    if top == "curhat":
        return Kind.TALK, LIKELY
    if top == "perkembangan-kasus" or (top == "apresiasi-saran" and LEXICON["thanks"].are_in(text)):
        return Kind.FOLLOW_UP, LIKELY
    if top in ASKED:
        return Kind.QUESTION, SURE
    if follows:
        return Kind.FOLLOW_UP, LIKELY
    if urgency != Urgency.EMERGENCY and _asks(text, question.has_mark):
        return Kind.QUESTION, LIKELY
    return Kind.REPORT, LIKELY if top else GUESSED


def _asks(text: Said, has_mark: bool) -> bool:
    if not has_mark and not LEXICON["asks"].are_in(text):
        return False
    from_start = _beginning(text)
    if LEXICON["asks_in_general"].are_in(from_start):
        return True
    return has_mark and LEXICON["asks"].are_in(text) and not LEXICON["tells"].are_in(text)


def _beginning(text: Said) -> Said:
    return _part(text, BEGINNING)


def _subject(text: Said) -> Said:
    """Who does something stands at the beginning: "teman saya mau ..."; later it is who is spoken of."""
    return _part(text, 4)


def _part(text: Said, length: int) -> Said:
    roots = {
        root: near
        for root, places in text.roots.items()
        if (near := [p for p in places if p < length])
    }
    return Said(text.tokens[:length], roots)


def _never_filter(text: Said, ranked: Ranked, kind: Kind, is_follow_up: bool) -> NeverFilter | None:
    slugs = {row.slug for row in ranked[:3]}
    if "krisis-diri" in slugs:
        return NeverFilter.SUICIDE
    if LEXICON["threats_even_in_jest"].are_in(text):
        return NeverFilter.THREAT
    is_harsh = kind == Kind.PRANK or "kasar" in slugs
    if is_harsh and (is_follow_up or LEXICON["unanswered"].are_in(text)):
        return NeverFilter.UNANSWERED
    return None


def _hint(
    kind: Kind, confidence: float, never_filter: NeverFilter | None, template_key: str = ""
) -> Hint:
    value = {
        "kind": kind.value,
        "never_filter": never_filter.value if never_filter else None,
        "template_key": template_key or None,
    }
    one = Candidate(value, confidence, SOURCE, _reason(kind, never_filter))
    return Hint(Enricher.KIND, (one,))


def _reason(kind: Kind, never_filter: NeverFilter | None) -> str:
    match never_filter:
        case NeverFilter.SUICIDE:
            return pgettext(
                "kind", "Sounds like a talk, may be a suicide threat: take it seriously."
            )
        case NeverFilter.THREAT:
            return pgettext("kind", "A threat is taken seriously, even if it is meant as a joke.")
        case NeverFilter.UNANSWERED:
            return pgettext("kind", "An angry person whose earlier report may be unanswered.")
        case NeverFilter.EMPTY:
            return pgettext("kind", "No words: see what else was sent.")
    return {
        Kind.REPORT: pgettext("kind", "Tells of something that happens or has happened."),
        Kind.QUESTION: pgettext("kind", "Asks about a service or for advice."),
        Kind.FOLLOW_UP: pgettext("kind", "Comes back to an earlier report."),
        Kind.PRANK: pgettext("kind", "Seems to hold no report."),
        Kind.TALK: pgettext("kind", "Talks about personal troubles."),
    }[kind]
