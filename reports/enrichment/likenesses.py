"""What is said of reports that seem to be of one incident: which, how surely, and why. No word of theirs is repeated."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from reports.enrichment.duplicates import Match
from reports.enrichment.hints import Candidate, Hint
from reports.models.finding import Enricher

SOURCE = "likeness"
A_MINUTE, TWO_HOURS, TWO_DAYS = timedelta(minutes=1), timedelta(hours=2), timedelta(days=2)


def hint(found: Iterable[tuple[str, Match]]) -> Hint:
    """The hint for a report; `found` are ids of others with how they match, the best first."""
    candidates = tuple(
        Candidate(
            {"report": report, "strength": match.strength}, match.confidence, SOURCE, _reason(match)
        )
        for report, match in found
    )
    return Hint(Enricher.DUPLICATE, candidates)


def _reason(match: Match) -> str:
    places = {
        "same": _("the same place"),
        "area": _("the same district"),
        "near": _("close by"),
        "moved": _("further along its way"),
        "unknown": _("the place is not known of both"),
        "far": _("another place"),
    }
    shares = {
        "plate": _("the same number plate"),
        "picture": _("a like picture"),
        "words": _("like words"),
        "company": _("like another report of it"),
    }
    kind = _("the same category") if match.is_same_category else _("a related category")
    parts = [_when(match.apart), places[match.where]]
    parts += [kind] if match.is_same_category or match.is_related else []
    parts += [shares[name] for name in shares if name in match.shares]
    sentence = ", ".join(parts) + "."
    return sentence[:1].upper() + sentence[1:]


def _when(apart: timedelta) -> str:
    """`apart`: how much later this report was told than the other one."""
    length, is_later = abs(apart), apart < timedelta(0)
    if length < A_MINUTE:
        return _("in the same minute")
    if length < TWO_HOURS:
        count = {"count": length // timedelta(minutes=1)}
        return (_("%(count)d min later") if is_later else _("%(count)d min earlier")) % count
    if length < TWO_DAYS:
        count = {"count": length // timedelta(hours=1)}
        return (_("%(count)d h later") if is_later else _("%(count)d h earlier")) % count
    count = {"count": length // timedelta(days=1)}
    return (_("%(count)d days later") if is_later else _("%(count)d days earlier")) % count
