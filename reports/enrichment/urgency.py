"""How urgent the words are. May only raise attention, never lower it; where it is in doubt, it raises.

`urgency.json` is our lexicon. Danger to life or safety that goes on is an emergency; a disturbance that goes on, or a
crime that has just been done, is for soon; a pattern, something long past, a question, thanks, are neither.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.enrichment.category.keywords import Ranked, Scored
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.language import normalise
from reports.enrichment.said import Phrases, Said, said
from reports.models import Category
from reports.models.finding import Enricher
from reports.workflow import Urgency

SOURCE = "rules"
BEGINNING = 8
"""Words within which a question or "kalau ..." turns the whole message into one; later it is a turn of speech."""
SERIOUS = 2.0
"""A category that is an emergency counts from this score on: below it a single doubtful word speaks for it."""
BESIDE = 0.6
"""... also when it is not the most likely one but has this share of its score."""
ALARMED = 4
"""So many words, none of them grave, are an emergency together."""
SURE, LIKELY, GUESSED = 0.9, 0.75, 0.6
REASON_WORDS = 6

_lexicon = json.loads((Path(__file__).parent / "urgency.json").read_text(encoding="utf-8"))
LEXICON = {name: Phrases(words) for name, words in _lexicon.items()}

STAYS_DANGEROUS = frozenset("krisis-diri penemuan-mayat".split())
"""Whenever it was: somebody is to come."""
OF_THE_HOME = frozenset(["kdrt"])
"""Goes on behind the door, though the words tell of a habit."""
NEVER_URGENT = frozenset(
    "skck sim stnk-bpkb tilang rekrutmen surat-kehilangan izin-keramaian perkembangan-kasus info-lain "
    "apresiasi-saran hoaks".split()
)

NO_REPORT = frozenset("iseng curhat kasar spam tes-salah-sambung".split())
"""Their words may be grave; without that, "now" makes nothing urgent."""


def sounds_dangerous(text: str) -> bool:
    """Whether the words speak of danger to somebody. Errs towards yes: a question about danger is yes as well."""
    return LEXICON["danger"].are_in(said(normalise(text)))


class Assessed(NamedTuple):
    """How urgent, how sure (0 to 1), and the words that tell it."""

    urgency: Urgency
    confidence: float
    words: tuple[str, ...]


def hint(assessed: Assessed) -> Hint:
    """None when the words do not say more than the lowest urgency."""
    urgency, confidence, words = assessed
    if urgency == Urgency.ROUTINE:
        return Hint(Enricher.URGENCY)
    if urgency == Urgency.EMERGENCY:
        reason = _("The words speak of danger: %(words)s.")
    else:
        reason = _("It seems to go on, or has just happened: %(words)s.")
    spoken = ", ".join(dict.fromkeys(words[:REASON_WORDS]))
    one = Candidate({"urgency": urgency.slug}, confidence, SOURCE, reason % {"words": spoken})
    return Hint(Enricher.URGENCY, (one,))


def assess(text: Said, ranked: Ranked, categories: Sequence[Category]) -> Assessed:
    """How urgent these words make a report that is likely to be about the first of `ranked`."""
    defaults = {category.slug: category.urgency for category in categories}
    top = ranked[0] if ranked else Scored("", 0.0, ())
    grave = _grave(text)
    if _is_over(text) or top.slug in NEVER_URGENT - {"info-lain", "hoaks"}:
        return _nothing() if not (grave and _is(text, "right_now")) else _soon(grave)
    is_asked = _asks(text) or top.slug == "hoaks"
    serious = [
        row
        for row in ranked
        if defaults.get(row.slug) == Urgency.EMERGENCY
        and row.score >= SERIOUS
        and row.score >= BESIDE * top.score
    ]
    if is_asked and not _is(text, "right_now"):
        return _nothing()
    if LEXICON["anyway"].are_in(text) or any(row.slug in STAYS_DANGEROUS for row in serious):
        words = LEXICON["anyway"].within(text) or list(serious[0].words if serious else ())
        return Assessed(Urgency.EMERGENCY, SURE, tuple(words))
    is_dampened = _is_dampened(text, serious[0].slug if serious else "", bool(grave))
    if serious and not is_dampened:
        return Assessed(
            Urgency.EMERGENCY, SURE if grave else LIKELY, tuple(grave) or serious[0].words
        )
    if grave and not is_dampened:
        return Assessed(Urgency.EMERGENCY, LIKELY, tuple(grave))
    alarming = LEXICON["alarming"].within(text)
    if len(alarming) >= ALARMED and not is_dampened:
        return Assessed(Urgency.EMERGENCY, GUESSED, tuple(alarming))
    return _disturbance(text, top, Urgency(defaults.get(top.slug, Urgency.ROUTINE)), bool(serious))


def _grave(text: Said) -> list[str]:
    """Words of danger; a collision is none of them where only things were hurt."""
    words = LEXICON["grave"].within(text)
    weapons = LEXICON["weapons"].within(text)
    if weapons and (violence := LEXICON["violence"].within(text)):
        words += [*weapons, *violence]
    if _is(text, "harmless"):
        words = [word for word in words if word not in LEXICON["collision"].within(text)]
    return words


def _disturbance(text: Said, top: Scored, default: Urgency, is_serious: bool) -> Assessed:
    slug, _score, words = top
    is_long_ago = _is(text, "long_past") and not _is(text, "right_now")
    if slug in OF_THE_HOME and not is_long_ago:
        return _soon(words)
    is_habit = _is(text, "habit") and not _is(text, "right_now")
    if is_long_ago or is_habit or (_is(text, "feared") and not _is(text, "right_now")):
        return _nothing()
    if default >= Urgency.SOON or is_serious:
        return _soon(words)
    if _is(text, "right_now") and words and slug not in NEVER_URGENT | NO_REPORT:
        return Assessed(Urgency.SOON, GUESSED, words)
    return _nothing()


def _is_dampened(text: Said, slug: str, is_grave: bool) -> bool:
    if _is(text, "right_now") and is_grave and not _is(text, "long_past"):
        return False
    if slug == "laka-lantas" and _is(text, "harmless") and not is_grave:
        return True
    return any(_is(text, name) for name in ("recent", "long_past", "habit", "feared"))


def _is_over(text: Said) -> bool:
    """Also thanks for something that was done, when nothing is asked for any more."""
    if _is(text, "over"):
        return True
    return _is(text, "thanks") and _is(text, "done") and not _is(text, "requests")


def _asks(text: Said) -> bool:
    beginning = said(text.tokens[:BEGINNING])
    return LEXICON["asked"].are_in(beginning)


def _is(text: Said, name: str) -> bool:
    return LEXICON[name].are_in(text)


def _soon(words: Sequence[str]) -> Assessed:
    return Assessed(Urgency.SOON, LIKELY, tuple(words))


def _nothing() -> Assessed:
    return Assessed(Urgency.ROUTINE, 0.0, ())
