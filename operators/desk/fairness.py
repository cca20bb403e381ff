"""What the page of a report shows of its reporter's standing: reminders that count, a block, and how often they were right.

For the eyes only. Whether anybody may be reminded or blocked is decided by the verbs.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from operators.desk import remembered, times
from operators.desk.bubble import Bubble
from operators.desk.conversation import Conversation
from operators.desk.forms_of_fairness import AskBlockForm, WarnForm
from operators.models import Operator
from reports import reliability
from reports.blocking import ladder
from reports.blocking.ladder import Ladder
from reports.blocking.strikes import REASONS_OF
from reports.models import Report, Strike
from reports.models.block import StrikeReason
from reports.models.message import Delivery
from reports.reliability import Estimate, Ledger, Part, Past, Tally

PARTS: dict[Part, Promise] = {
    Part.BEFORE_DAWN: pgettext_lazy("part of the day", "before dawn"),
    Part.MORNING: pgettext_lazy("part of the day", "in the morning"),
    Part.NOON: pgettext_lazy("part of the day", "at noon"),
    Part.AFTERNOON: pgettext_lazy("part of the day", "in the afternoon"),
    Part.NIGHT: pgettext_lazy("part of the day", "at night"),
}
EVIDENCE_SHOWN = 20
EVIDENCE_LENGTH = 40


@dataclass(frozen=True)
class Rung:
    """A strike that counts, and how far its reminder is."""

    strike: Strike
    is_here: bool

    @property
    def given(self) -> SafeString:
        return times.at_day_and_time(self.strike.at)

    @property
    def counts_until(self) -> SafeString:
        return times.at_day_and_time(self.strike.expires_at)

    @cached_property
    def reached(self) -> SafeString | None:
        at = ladder.reached_at(self.strike.warning)
        return times.at_day_and_time(at) if at else None

    @property
    def state(self) -> str:
        """Of the reminder, for the template: "reached", "failed", "none", "under_way"."""
        warning = self.strike.warning
        if self.reached:
            return "reached"
        if warning is None or warning.status == Delivery.CANCELLED:
            return "none"
        return "failed" if warning.status == Delivery.FAILED else "under_way"


class Record(NamedTuple):
    """What became of reports of one kind; `words` say which."""

    words: str
    tally: Tally
    estimate: Estimate

    @property
    def untrue(self) -> int:
        return self.tally.zonk


class Evidence(NamedTuple):
    """A message of the reporter that may prove it."""

    pk: UUID
    label: str


@dataclass(frozen=True)
class Fairness:
    report: Report
    operator: Operator
    now: datetime
    talk: Conversation = field(repr=False)

    @cached_property
    def past(self) -> Past:
        return reliability.past_of(self.report, by=self.operator)

    @cached_property
    def ladder(self) -> Ladder:
        """Looked up only for those against whom anything was ever held."""
        if self.past.is_on_ladder:
            return ladder.of(self.report, at=self.now)
        return Ladder(self.report, [], None, self.now)

    @property
    def rungs(self) -> list[Rung]:
        return [Rung(strike, strike.report_id == self.report.pk) for strike in self.ladder.counting]

    @property
    def block_until(self) -> SafeString | None:
        block = self.ladder.block
        return times.at_day_and_time(block.ends_at) if block and block.ends_at else None

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What this report may be held against its reporter for, as it was closed; empty for any other outcome."""
        if self.report.is_open:
            return []
        fitting = REASONS_OF.get(self.report.outcome, frozenset())
        return [(reason.value, str(reason.label)) for reason in StrikeReason if reason in fitting]

    @property
    def may_warn(self) -> bool:
        return bool(self.reasons) and self.ladder.here is None and self.operator.may("warn")

    @property
    def may_ask_block(self) -> bool:
        return not self.ladder.missing and self.operator.may("ask_block")

    @property
    def missing(self) -> list[str]:
        """Why a block cannot be asked for on a report that counts."""
        return self.ladder.missing if self.ladder.here and self.ladder.block is None else []

    @property
    def evidence(self) -> list[Evidence]:
        """The latest messages of the reporter, for the form."""
        said = [e for e in self.talk.entries if isinstance(e, Bubble) and e.message.is_inbound]
        return [
            Evidence(
                bubble.message.pk,
                f"{times.day_and_time(bubble.at)} – {_beginning(bubble)}",
            )
            for bubble in said[-EVIDENCE_SHOWN:]
        ]

    @cached_property
    def records(self) -> list[Record]:
        """The reporter's own, and those of the place at this time of day; each only where there is something to count."""
        known = ledger_of(self.report.station_id, self.now)
        place, part = reliability.place_and_time(self.report)
        found = []
        if self.past.tally.closed:
            words = gettext("This reporter")
            found.append(Record(words, self.past.tally, self.past.tally.estimate(known.average)))
        here = known.by_district_and_part.get((place, part))
        if here is not None and self.report.area is not None:
            area = self.report.area
            name = area.parent.name if area.parent and area.level != "district" else area.name
            words = gettext("%(place)s, %(time)s") % {"place": name, "time": PARTS[part]}
            found.append(Record(words, here, here.estimate(known.average)))
        return found


def ledger_of(station_id: int, now: datetime) -> Ledger:
    """Counted every few minutes for all desks of a station."""
    return remembered.lately(
        f"reliability:{station_id}",
        settings.RELIABILITY_REMEMBERED,
        partial(reliability.ledger, station_id, at=now),
    )


def load(report: Report, talk: Conversation, now: datetime, *, by: Operator) -> dict[str, Any]:
    """What the template of this part is given."""
    return {
        "fairness": Fairness(report, by, now, talk),
        "warn_form": WarnForm(),
        "ask_block_form": AskBlockForm(),
    }


def _beginning(bubble: Bubble) -> str:
    text = " ".join((bubble.text or "").split())
    if not text:
        return str(bubble.message.get_kind_display())
    return text if len(text) <= EVIDENCE_LENGTH else f"{text[:EVIDENCE_LENGTH]}…"
