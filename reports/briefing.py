"""The brief for a unit: begun from the reporter's words without what would give them away, and looked at before it goes."""

from collections.abc import Collection, Sequence

from django.utils.translation import ngettext

from reports import copies, reading, redaction
from reports.actors import Actor, Refused
from reports.identity import names
from reports.models import Report
from reports.models.message import Direction
from reports.redaction import Doubt, Redacted


class GivesAway(Refused):
    """Something in the brief may tell who has reported, and nobody has confirmed that it may stand."""

    code = "gives_away"


def begin(report: Report, *, at_most: int, by: Actor) -> Redacted:
    """What the desk has summed up, else the words of the reporter in their order, without what gives them away; at most so
    many characters. Raises NotAllowed."""
    said = report.messages.filter(direction=Direction.INBOUND).exclude(body_sealed=b"")
    whole = reading.whole(report, said.order_by("at", "id"), by=by)
    words = whole.about.summary or "\n".join(line.text for line in whole.lines if line.text)
    words = words.strip()
    own_name = names.where_named(report.reporter.identity_id, words, but=_of_the_place(report))
    found = redaction.redact(words, own_name=own_name)
    if len(found.text) <= at_most:
        return found
    text = found.text[:at_most]
    return Redacted(text, [one for one in found.doubts if one.end <= at_most], found.removed)


def begin_place(report: Report, *, at_most: int, by: Actor) -> str:
    """The desk's note on the place, without what gives the reporter away."""
    words = (reading.about(report, by=by).place_note or "").strip()
    own_name = names.where_named(report.reporter.identity_id, words) if words else ()
    return redaction.redact(words, own_name=own_name).text[:at_most]


def doubts(report: Report, texts: Sequence[str]) -> list[Doubt]:
    """What in these texts, that are about to go out, a person has to look at."""
    text = "\n".join(text for text in texts if text)
    own_name = names.where_named(report.reporter.identity_id, text, but=_of_the_place(report))
    return redaction.doubts(text, own_name=own_name)


def refuse_giving_away(report: Report, texts: Sequence[str], confirmed: Collection[str]) -> None:
    """Raises GivesAway unless every doubt has been confirmed in its very words."""
    open_ones = redaction.unconfirmed(doubts(report, texts), confirmed)
    if open_ones:
        raise GivesAway(
            ngettext(
                "%(count)d place in the brief may tell who has reported: take it out, or confirm it.",
                "%(count)d places in the brief may tell who has reported: take them out, or confirm each.",
                len(open_ones),
            )
            % {"count": len(open_ones)}
        )


def _of_the_place(report: Report) -> set[str]:
    return set(copies.place_name(report).replace(",", " ").split())
