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
from reports.enrichment.category.keywords import OF_DESPAIR, Ranked, Scored, worded
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
JESTS = frozenset(["iseng", "kasar"])
ASKED = frozenset(
    "skck sim stnk-bpkb tilang rekrutmen surat-kehilangan izin-keramaian info-lain hoaks".split()
)
ASKS_TO_HEAR = "perkembangan-kasus"
"""A follow-up that is a question all the same."""
SUFFERED = frozenset(
    "asusila kdrt penganiayaan pengancaman curanmor pencurian begal-jambret perusakan penipuan".split()
)
"""Crimes that one does not ask about in general, once one says to whom it was done."""
OF_OFFICERS = frozenset("tilang sim skck stnk-bpkb".split())
"""Services that money is taken for."""
OF_PAPERS = frozenset(["surat-kehilangan", "izin-keramaian"])
"""Papers that are asked for after a loss or before a feast, which may also be told of."""
NO_INCIDENT = PRANKS | ASKED | {"curhat", "perkembangan-kasus", "apresiasi-saran"}
TOLD = 0.6
"""An incident is what a message is about when it has this share of the score of the service that is asked for."""
TALKED_OF = frozenset(["", "judi-online", "info-lain", "keributan", "apresiasi-saran"])
"""What trouble at home is taken for, where no crime is told."""
NEARLY = 0.8
"""... and somebody's despair, beside another danger, when it has this share."""
NEW, NEW_WORDS = 12.0, 9
"""From this score and so many words on, it is a whole report by itself."""
WHOLE = 4.0
"""From this score on a message tells what happened, so that "no officer yet" comes back to nothing."""
FEW_WORDS = 12
"""An insult has fewer words than this; more of them tell of something."""
ADVERT = 2
"""So many words of a seller make it an advertisement, if it asks for nothing to be done."""
BEGINNING = 6
SURE, LIKELY, GUESSED = 0.85, 0.7, 0.5


@dataclass(frozen=True)
class Question:
    """What is known of a message beside its words."""

    is_follow_up: bool = False
    has_mark: bool = False
    """Whether a question mark stands in it."""
    is_despair: bool = False
    """Whether somebody may not want to live any more."""


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
    top = _told_of(text, ranked, question.has_mark)
    is_danger = urgency == Urgency.EMERGENCY
    follows = _follows(text, ranked, question, is_danger)
    if _plays(text, ranked, top, is_danger, question.has_mark):
        return Kind.PRANK, LIKELY
    if top in PRANKS:
        return (Kind.PRANK, SURE) if not is_danger else (Kind.REPORT, GUESSED)
    is_despair = question.is_despair and top not in SUFFERED
    if top == OF_DESPAIR or (is_danger and (is_despair or _despairs(ranked))):
        is_of_another = LEXICON["others"].are_in(_subject(text))
        return (Kind.REPORT if is_of_another else Kind.TALK), LIKELY
    if top == "curhat" or _asks_advice(text, ranked, top, is_danger):
        return Kind.TALK, LIKELY
    if top == "apresiasi-saran" and LEXICON["proposes"].are_in(_beginning(text)):
        return Kind.REPORT, LIKELY
    is_thanks = top == "apresiasi-saran" and LEXICON["thanks"].are_in(text) and not is_danger
    is_settled = LEXICON["thanks"].are_in(_beginning(text)) and LEXICON["settled"].are_in(text)
    if top == ASKS_TO_HEAR or is_thanks or (is_settled and not is_danger):
        return Kind.FOLLOW_UP, LIKELY
    if LEXICON["comes_back"].are_in(_subject(text)):
        return Kind.FOLLOW_UP, LIKELY
    if top in ASKED:
        return Kind.QUESTION, SURE
    if follows:
        return Kind.FOLLOW_UP, LIKELY
    if top in SUFFERED and _tells_of_own(text) and not LEXICON["asks_at_end"].are_in(text):
        return Kind.REPORT, LIKELY
    if not is_danger and _asks(text, question.has_mark):
        return Kind.QUESTION, LIKELY
    return Kind.REPORT, LIKELY if top else GUESSED


def _despairs(ranked: Ranked) -> bool:
    """Whether it is about as likely as anything that somebody does not want to live."""
    return any(row.slug == OF_DESPAIR and row.score >= NEARLY * ranked[0].score for row in ranked)


def _told_of(text: Said, ranked: Ranked, has_mark: bool) -> str:
    """What it is about: the incident, where one is told and a service is only spoken of. "Kata tetangga" is no rumour.

    "My sister was molested, where do I report it?" tells of a crime, and so does an officer who takes money for a ticket.
    """
    top = ranked[0] if ranked else None
    if top is None:
        return ""
    if top.slug not in ASKED:
        return top.slug
    told = next((row.slug for row in ranked[1:3] if _is_told(row, top)), "")
    is_asked = LEXICON["asks_in_general"].are_in(_beginning(text))
    if top.slug == "info-lain":
        return told if told and not is_asked else top.slug
    if top.slug == "hoaks":
        return top.slug if has_mark or LEXICON["doubts"].are_in(text) else told
    if top.slug in OF_OFFICERS and told == "anggota-polri":
        return top.slug if has_mark or LEXICON["pays"].are_in(text) else told
    # What was taken from somebody, or a feast that goes on, is told, not asked.
    if top.slug in OF_PAPERS and not has_mark and not LEXICON["asks"].are_in(text):
        return told or top.slug
    return top.slug


def _is_told(row: Scored, top: Scored) -> bool:
    return row.slug not in NO_INCIDENT and row.score >= TOLD * top.score


def _follows(text: Said, ranked: Ranked, question: Question, is_danger: bool) -> bool:
    """Whether it comes back to a report. A whole new incident does not, though its teller has reported before.

    Who first tells of danger also says "the bus of just now", "the rope is cut already": that alone comes back to nothing.
    """
    said_of_it = set(LEXICON["follow_up"].within(text))
    is_told = is_danger or (bool(ranked) and ranked[0].score >= WHOLE)
    if is_told and not question.is_follow_up:
        said_of_it -= set(LEXICON["weak_follow_up"].within(text))
        if len(words_of(text)) >= NEW_WORDS and not LEXICON["reported"].are_in(text):
            said_of_it -= set(LEXICON["nobody_yet"].within(text))
    if said_of_it:
        return True
    is_new = bool(ranked) and ranked[0].score >= NEW and len(words_of(text)) >= NEW_WORDS
    return question.is_follow_up and not is_new


def _plays(text: Said, ranked: Ranked, top: str, is_danger: bool, has_mark: bool) -> bool:
    """Flirting, a wrong number, what is passed on to everybody, a threat in jest: it still says why it is never filtered."""
    is_jest = LEXICON["jest"].are_in(text)
    if not is_danger and len(set(LEXICON["advert"].within(text))) >= ADVERT:
        return not LEXICON["tells"].are_in(text) and not has_mark
    if is_danger:
        is_threat = LEXICON["threats_even_in_jest"].are_in(text)
        return is_jest and is_threat and top in {"pengancaman", "iseng", ""}
    if LEXICON["passed_on"].are_in(_beginning(text)) and not has_mark:
        return any(row.slug in {"hoaks", "spam"} for row in ranked)
    if top in {"anggota-polri", "tilang", "kasar"} and len(words_of(text)) < FEW_WORDS:
        return any(row.slug == "kasar" for row in ranked)
    is_about_nothing = top in {"", "info-lain", "iseng"}
    return is_about_nothing and (
        LEXICON["play"].are_in(text) or LEXICON["wrong_number"].are_in(text)
    )


def _tells_of_own(text: Said) -> bool:
    """What was done to oneself or one's own is a report, also when it ends in "what should we do"."""
    subject = _subject(text)
    return LEXICON["kin"].are_in(subject) and not LEXICON["asks_in_general"].are_in(subject)


def _asks_advice(text: Said, ranked: Ranked, top: str, is_danger: bool) -> bool:
    """Trouble at home, and what to do about it: no crime that is reported."""
    if is_danger:
        return False
    is_talk = any(row.slug == "curhat" and row.score >= TOLD * ranked[0].score for row in ranked)
    if is_talk and LEXICON["troubles"].are_in(text):
        return True
    if top not in TALKED_OF or not LEXICON["kin"].are_in(_subject(text)):
        return False
    return LEXICON["asks_advice"].are_in(text) or (not top and LEXICON["troubles"].are_in(text))


def _asks(text: Said, has_mark: bool) -> bool:
    if not has_mark and not LEXICON["asks"].are_in(text):
        return False
    if LEXICON["asks_at_end"].are_in(text):
        return True
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
    slugs = {row.slug for row in worded(ranked[:3])}
    if "krisis-diri" in slugs:
        return NeverFilter.SUICIDE
    if LEXICON["threats_even_in_jest"].are_in(text):
        return NeverFilter.THREAT
    is_angry = "kasar" in slugs or LEXICON["angry"].are_in(text)
    is_unanswered = LEXICON["unanswered"].are_in(text)
    # "Tes" or a greeting soon after a report is no anger: only words that are, or that complain, say that one waits.
    if (is_angry and (is_follow_up or is_unanswered)) or (kind == Kind.PRANK and is_unanswered):
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
