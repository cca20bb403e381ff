"""Who is never struck, read from a report's own messages and from what the station still owes its reporter.

What was read out of the words (a life, a threat even in jest, a question, a follow-up, a test of the number, nothing at
all) is final: nobody may override it, because whoever is angry at three in the morning would. Anger about an earlier report
that nobody answered is a guess about a person's reasons; there the Pamapta may say that it is a prank all the same.
"""

import json

from django.db.models import Q
from django.utils.translation import gettext as _

from reports.actors import Refused
from reports.enrichment import surroundings
from reports.enrichment.reading import Words
from reports.enrichment.sparing import WHATEVER_ELSE, Spared, spared
from reports.identity import vault
from reports.models import Message, Report
from reports.models.block import StrikeReason
from reports.models.message import Direction
from reports.workflow import OPEN_STATUSES, Outcome

A_PAMAPTA_MAY_CONFIRM = frozenset({Spared.UNANSWERED})
OWED_NOTHING = (Outcome.PRANK, Outcome.FALSE_REPORT, Outcome.NUMBER_TEST, Outcome.SILENT)
"""Closed as one of these, a report needed no answer."""


class NeverStrike(Refused):
    """These words count against nobody, whatever the outcome says. `why` names the case."""

    code = "never_strike"

    def __init__(self, message: str, why: Spared) -> None:
        super().__init__(message)
        self.why = why


class Unproven(Refused):
    """Without words that can be read nothing is proven."""

    code = "unproven"


def why_spared(report: Report, reason: str = "") -> Spared | None:
    """Why this report counts against nobody; None when it may. Raises Unproven when its words do not open any more.

    `reason` is that of the strike: an insult by somebody whose earlier report has had no answer is anger with a reason.
    """
    is_unanswered = _is_owed_an_answer(report)
    read = [
        spared(words, message.kind, around, is_unanswered=is_unanswered)
        for around in [surroundings.of(report.station_id)]
        for message, words in _said(report)
    ]
    if grave := next((why for why in read if why in WHATEVER_ELSE), None):
        return grave
    is_anger = Spared.UNANSWERED in read
    if all(read) and not is_anger:
        # Of several mild ones the last that says something: "tes", then a question, is a question.
        return next((why for why in reversed(read) if why != Spared.EMPTY), Spared.EMPTY)
    if is_anger or (is_unanswered and reason == StrikeReason.INSULT):
        return Spared.UNANSWERED
    return None


def refuse_spared(report: Report, reason: str, *, may_confirm: bool) -> None:
    """Raises NeverStrike, with the reason in words; `may_confirm` for a Pamapta who says that it is a prank all the same."""
    why = why_spared(report, reason)
    if why is None or (may_confirm and why in A_PAMAPTA_MAY_CONFIRM):
        return
    raise NeverStrike(in_words(why), why)


def in_words(why: Spared) -> str:
    match why:
        case Spared.SUICIDE:
            return _(
                "Somebody may not want to live any more, though it sounds like idle talk. That is never a strike: "
                "answer, and call for help."
            )
        case Spared.THREAT:
            return _(
                "A threat with a bomb or a kidnapping is treated as real, even in jest. It is never a strike: pass it on."
            )
        case Spared.UNANSWERED:
            return _(
                "The reporter is angry, and an earlier report of theirs has had no answer. Answer that first; only the "
                "Pamapta can say that this is a prank all the same."
            )
        case Spared.EMPTY:
            return _("Nothing was said: an empty message or a ring is never a strike.")
        case Spared.NUMBER_TEST:
            return _("Somebody tried whether the number works. That is never a strike.")
        case Spared.FOLLOW_UP:
            return _("The reporter comes back to an earlier report. That is never a strike.")
        case Spared.QUESTION:
            return _("The reporter asks something. A question is never a strike.")


def _said(report: Report) -> list[tuple[Message, Words]]:
    """Every message of the reporter on this report, with its words."""
    messages = report.messages.filter(direction=Direction.INBOUND).in_order()
    try:
        box = vault.box_of("content", report.pk)
        return [(message, _words(message, box)) for message in messages]
    except vault.Unreadable:
        raise Unproven(
            _("The words of this report cannot be read any more: nothing is proven by it.")
        ) from None


def _words(message: Message, box: vault.Box) -> Words:
    details = _open(box, "message.details", message, message.details_sealed)
    return Words(
        text=_open(box, "message.body", message, message.body_sealed),
        at=message.at,
        details=json.loads(details) if details else {},
    )


def _open(box: vault.Box, column: str, message: Message, sealed: vault.Buffer) -> str:
    return box.open(column, message.pk, sealed).expose() if sealed else ""


def _is_owed_an_answer(report: Report) -> bool:
    """Whether an earlier report of the same person has never been answered by anybody, or waits for one again."""
    earlier = Report.objects.filter(
        reporter=report.reporter_id, received_at__lt=report.received_at
    ).exclude(pk=report.pk)
    waits = Q(status__in=OPEN_STATUSES, waiting_since__isnull=False)
    never_answered = Q(answered_at=None) & ~Q(outcome__in=OWED_NOTHING)
    return earlier.filter(waits | never_answered).exists()
