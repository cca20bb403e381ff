"""How urgent the words are. May only raise attention, never lower it; where it is in doubt, it raises.

`lasting` has the lexicon. Danger to life or safety that goes on is an emergency; a disturbance that goes on, or a
crime that has just been done, is for soon; a pattern, something long past, a question, thanks, are neither.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.enrichment import alarm, danger
from reports.enrichment.category.keywords import COMMON, OF_DESPAIR, Ranked, Scored
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.language import normalise
from reports.enrichment.lasting import (
    LEXICON,
    NOT_WITH,
    ONLY_WITH,
    goes_on,
    is_calmed,
    is_over,
    is_past,
    is_safe,
    meant,
    said_of,
)
from reports.enrichment.said import Said, said
from reports.models import Category
from reports.models.finding import Enricher
from reports.workflow import Urgency

SOURCE = "rules"
OPENING = 4
"""Words within which "kalau" makes all that follows a supposition."""
BEGINNING = 8
"""Words within which a question or "kalau ..." turns the whole message into one; later it is a turn of speech."""
SERIOUS = 2.0
"""A category that is an emergency counts from this score on: below it a single doubtful word speaks for it."""
SERIOUS_ALONE = {"bencana": 2.5}
"""... and from this one where no word of danger stands beside it: a crack in the house is no disaster."""
BESIDE = 0.6
"""... also when it is not the most likely one but has this share of its score."""
BELIEVED, RAISES, DESPAIRS = 0.5, 0.8, 0.65
"""The alarm from which a category alone counts, any message is an emergency, and somebody may not want to live."""
RAISES_CALMED = 0.95
"""The alarm from which also a message is one that says itself that it was not so bad."""
ALARMED = 4
"""So many words, none of them grave, are an emergency together."""
SURE, LIKELY, GUESSED = 0.9, 0.75, 0.6
REASON_WORDS = 6

STAYS_DANGEROUS = frozenset("krisis-diri penemuan-mayat".split())
"""Whenever it was: somebody is to come."""
OF_THE_HOME = frozenset(["kdrt"])
"""Goes on behind the door, though the words tell of a habit."""
NEVER_URGENT = frozenset(
    "skck sim stnk-bpkb tilang rekrutmen surat-kehilangan izin-keramaian perkembangan-kasus info-lain "
    "apresiasi-saran hoaks".split()
)

NOTHING = Scored("", 0.0, ())
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
    is_despair: bool = False
    """Whether somebody may not want to live any more."""


def _telling(words: Sequence[str]) -> tuple[str, ...]:
    """Without single words that every other message has: "saya" is only part of what tells it."""
    return tuple(word for word in words if word not in COMMON)


def hint(assessed: Assessed) -> Hint:
    """None when the words do not say more than the lowest urgency."""
    urgency, confidence, words, is_despair = assessed
    if urgency == Urgency.ROUTINE:
        return Hint(Enricher.URGENCY)
    words = _telling(words)
    if is_despair:
        reason = _("Somebody may not want to live any more: %(words)s.")
        if not words:
            reason = _("Sounds like somebody who does not want to live any more.")
    elif urgency == Urgency.EMERGENCY:
        reason = _("The words speak of danger: %(words)s.")
        if not words:
            reason = _("All its words together sound like danger.")
    else:
        reason = _("It seems to go on, or has just happened: %(words)s.")
    spoken = ", ".join(dict.fromkeys(words[:REASON_WORDS]))
    one = Candidate({"urgency": urgency.slug}, confidence, SOURCE, reason % {"words": spoken})
    return Hint(Enricher.URGENCY, (one,))


def assess(text: Said, ranked: Ranked, categories: Sequence[Category]) -> Assessed:
    """How urgent these words make a report that is likely to be about the first of `ranked`."""
    heard = alarm.heard(text, LEXICON)
    told = _told(text, ranked, categories, heard.danger >= BELIEVED)
    is_despair = told.is_despair or heard.despair >= DESPAIRS
    if told.urgency == Urgency.EMERGENCY:
        return told._replace(is_despair=is_despair)
    raises = RAISES_CALMED if is_calmed(text) else RAISES
    if heard.danger >= raises or heard.despair >= DESPAIRS:
        return Assessed(Urgency.EMERGENCY, GUESSED, heard.words, is_despair)
    return told


def _told(text: Said, ranked: Ranked, categories: Sequence[Category], believed: bool) -> Assessed:
    """What single words, situations and categories tell. A category alone is an emergency only when it is `believed`."""
    defaults = {category.slug: category.urgency for category in categories}
    top = ranked[0] if ranked else NOTHING
    situations = [
        seen for seen in danger.seen(text) if len(meant(text, seen.words)) == len(seen.words)
    ]
    told = [word for seen in situations for word in seen.words]
    grave = list(dict.fromkeys([*told, *_grave(text)]))
    if not situations and top.slug in NEVER_URGENT - {"info-lain", "hoaks"}:
        return _nothing() if not (grave and goes_on(text)) else _soon(grave)
    of_despair = any(seen.situation.is_asked for seen in situations)
    # Who thanks for everything and sees no reason to go on does not say that it is over.
    if is_over(text) and not of_despair:
        return _nothing() if not (grave and goes_on(text)) else _soon(grave)
    is_asked = _is_asked(text, top, bool(grave)) and not said_of(text, "right_now")
    if is_asked and not any(seen.situation.is_asked for seen in situations):
        return _nothing()
    serious = [row for row in ranked if _is_serious(text, row, top, defaults)]
    is_long_ago = said_of(text, "long_past") and not goes_on(text)
    stays = [
        word
        for seen in situations
        if seen.situation.stays and not is_long_ago
        for word in seen.words
    ]
    stays += LEXICON["anyway"].within(text)
    if stays := meant(text, stays):
        return Assessed(Urgency.EMERGENCY, SURE, tuple(stays), of_despair)
    if staying := [row for row in serious if row.slug in STAYS_DANGEROUS]:
        of_despair = of_despair or staying[0].slug == OF_DESPAIR
        return Assessed(Urgency.EMERGENCY, SURE, staying[0].words, of_despair)
    is_dampened = _is_dampened(text, serious[0].slug if serious else "", bool(grave))
    if is_dampened and _is_feared_rightly(text, situations):
        is_dampened = False
    is_dampened = is_dampened or is_safe(text)
    if not grave:
        serious = [
            row for row in serious if believed and row.score >= SERIOUS_ALONE.get(row.slug, SERIOUS)
        ]
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


def _is_serious(text: Said, row: Scored, top: Scored, defaults: Mapping[str, int]) -> bool:
    """Whether enough speaks for a category that is an emergency, and what makes it one."""
    slug = row.slug
    if defaults.get(slug) != Urgency.EMERGENCY:
        return False
    if row.score < SERIOUS or row.score < BESIDE * top.score:
        return False
    if slug == "laka-lantas" and not _hurts(text):
        return False
    if slug in ONLY_WITH and not ONLY_WITH[slug].are_in(text):
        return False
    return slug not in NOT_WITH or not NOT_WITH[slug].are_in(text)


def _grave(text: Said) -> list[str]:
    """Words of danger; a collision is none of them where only things were hurt."""
    words = LEXICON["grave"].within(text)
    weapons = LEXICON["weapons"].within(text)
    if weapons and (violence := LEXICON["violence"].within(text)):
        words += [*weapons, *violence]
    if said_of(text, "harmless") or not _hurts(text):
        words = [word for word in words if word not in LEXICON["collision"].within(text)]
    return meant(text, words)


def _hurts(text: Said) -> bool:
    """A collision may have hurt somebody, unless it is only why the road is full, or how somebody was cheated."""
    if said_of(text, "victims"):
        return True
    if said_of(text, "aftermath") and said_of(text, "traffic"):
        return False
    collisions = LEXICON["collision"].within(text)
    return not collisions or bool(meant(text, collisions))


def _disturbance(text: Said, top: Scored, default: Urgency, is_serious: bool) -> Assessed:
    slug, _score, words = top
    is_long_ago = said_of(text, "long_past") and not goes_on(text) and not said_of(text, "since")
    if slug in OF_THE_HOME and not is_long_ago:
        return _soon(words)
    is_habit = said_of(text, "habit") and not goes_on(text)
    if is_long_ago or is_habit or (said_of(text, "feared") and not goes_on(text)):
        return _nothing()
    if default >= Urgency.SOON or is_serious:
        return _soon(words)
    if goes_on(text) and words and slug not in NEVER_URGENT | NO_REPORT:
        return Assessed(Urgency.SOON, GUESSED, words)
    return _nothing()


def _is_dampened(text: Said, slug: str, is_grave: bool) -> bool:
    if goes_on(text) and is_grave and not said_of(text, "long_past"):
        return False
    if slug == "laka-lantas" and said_of(text, "harmless") and not is_grave:
        return True
    return is_past(text) or said_of(text, "feared")


def _is_feared_rightly(text: Said, situations: Sequence[danger.Seen]) -> bool:
    """A leak of gas is danger though it is only feared what may come of it, unless it is of another day."""
    if is_past(text):
        return False
    if situations and said_of(text, "now"):
        return True
    return any(seen.situation.is_feared for seen in situations)


def _is_asked(text: Said, top: Scored, is_grave: bool) -> bool:
    """A question or a rumour. Who asks whom to call while something happens does not ask in general."""
    beginning = said(text.tokens[:BEGINNING])
    is_rumour = top.slug == "hoaks" and top.score >= SERIOUS
    if is_rumour or LEXICON["asked"].are_in(beginning):
        return True
    if said_of(text, "papers") and not goes_on(text):
        return True
    if said_of(text, "asks_of_law") and not goes_on(text):
        return True
    opening = said(text.tokens[:OPENING])
    if said_of(opening, "hypothetical") and not said_of(beginning, "not_hypothetical"):
        return True
    is_put = LEXICON["asked_of_danger"].are_in(beginning)
    return is_put and (not is_grave or is_past(text))


def _soon(words: Sequence[str]) -> Assessed:
    return Assessed(Urgency.SOON, LIKELY, tuple(words))


def _nothing() -> Assessed:
    return Assessed(Urgency.ROUTINE, 0.0, ())
