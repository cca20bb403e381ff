"""How a reporter stands on the station's ladder: reminded first, blocked when it happens again. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Block, Message, Report, Strike
from reports.models.message import Delivery

REACHED = frozenset({Delivery.DELIVERED, Delivery.READ})


def reached_at(warning: Message | None) -> datetime | None:
    """When a reminder reached its reporter, itself or sent again after it had failed; None while that is not proven."""
    while warning is not None:
        if warning.status in REACHED:
            return warning.delivered_at or warning.read_at
        repeats = Message.objects.filter(retry_of=warning)
        warning = repeats.first() if warning.status == Delivery.FAILED else None
    return None


def happened_at(strike: Strike) -> datetime:
    """When the reporter did it: their message that proves it, else their report. Not when the desk came to judge it."""
    return strike.evidence.at if strike.evidence else strike.report.received_at


@dataclass(frozen=True)
class Ladder:
    """The strikes of the reporter that were not taken back, oldest first, and the block that is asked for or in force."""

    report: Report
    strikes: list[Strike]
    block: Block | None
    at: datetime

    @cached_property
    def counting(self) -> list[Strike]:
        return [strike for strike in self.strikes if strike.expires_at > self.at]

    @property
    def here(self) -> Strike | None:
        """The strike of this very report, if it counts."""
        mine = (strike for strike in self.counting if strike.report_id == self.report.pk)
        return next(mine, None)

    @cached_property
    def reminded(self) -> Strike | None:
        """An earlier strike whose reminder had reached the reporter before they did what this report is struck for."""
        if self.here is None:
            return None
        then = happened_at(self.here)
        for strike in self.counting:
            reached = reached_at(strike.warning)
            if strike.pk != self.here.pk and reached is not None and reached <= then:
                return strike
        return None

    @cached_property
    def missing(self) -> list[str]:
        """What a block still needs, in words; empty when it can be asked for."""
        if self.block is not None and self.block.confirmed_at is None:
            return [_("A block has been asked for already and waits for the Pamapta.")]
        if self.block is not None:
            return [_("This reporter is blocked already.")]
        if self.here is None:
            return [
                _("This report does not count against the reporter: remind them about it first.")
            ]
        if self.reminded is None:
            return [self._why_not_reminded()]
        return []

    def _why_not_reminded(self) -> str:
        earlier = [strike for strike in self.counting if strike != self.here]
        if not earlier:
            return _(
                "This is the first time. Who does it again after being reminded can be blocked."
            )
        if any(reached_at(strike.warning) for strike in earlier):
            return _(
                "It happened before the reminder had reached the reporter: only what comes after it counts as again."
            )
        return _(
            "No earlier reminder is proven to have reached the reporter: nobody is blocked unwarned."
        )


def of(report: Report, *, at: datetime | None = None) -> Ladder:
    """The ladder as this report's reporter stands on it at its station. Two queries, more where reminders failed."""
    at = at or timezone.now()
    strikes = Strike.objects.filter(reporter=report.reporter_id, lifted_at=None)
    blocks = Block.objects.filter(reporter=report.reporter_id)
    return Ladder(
        report,
        list(strikes.select_related("warning", "evidence", "report", "by").order_by("at", "pk")),
        (blocks.to_confirm() | blocks.in_force(at)).select_related("report", "asked_by").first(),
        at,
    )
