"""Does the desk hear? What arrives, what is read, which parts of the program are alive: on the rail, and on a page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import (
    gettext_lazy,
    ngettext,
    pgettext,
)
from django.views.decorators.http import require_safe

from operators.desk import alive, remembered, times
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import heartbeats, inbox
from reports.channels.twilio.errors import meaning_of
from reports.models import Heartbeat, InboxEntry, Report, Station, Summons
from reports.models.message import Delivery
from reports.models.service_number import Channel

CALM, WARNING, ALARM = "quiet", "warning", "alarm"
ON_THE_RAIL = 3
LATEST = 200
"""Out of how many of the newest reports the last message is read."""


@dataclass(frozen=True)
class Sign:
    """One thing that tells how well the desk hears: its name and value on the page; when it is not calm, a word for the
    rail, what that means, and where to look."""

    name: str | Promise
    value: str
    level: str = CALM
    word: str = ""
    means: str = ""
    url: str = ""


class _Newest(Subquery):
    """The newest time out of a limited list, which is looked up by an index of its own."""

    template = "(SELECT MAX(last_inbound_at) FROM (%(subquery)s) AS latest)"


@dataclass
class Hearing:
    """How well this person's desk hears, read when a template asks. One query, but for what the page alone shows."""

    operator: Operator
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def troubles(self) -> list[Sign]:
        """What is not as it should be, the worst first, as much as the rail holds. Answers that did not arrive have a
        view of their own beside it."""
        found = sorted((s for s in self._signs() if s.level != CALM), key=lambda s: s.level)
        return found[:ON_THE_RAIL]

    @cached_property
    def everything(self) -> list[Sign]:
        return [*self._signs(), self._failed()]

    @cached_property
    def last_message(self) -> SafeString | None:
        at = self._facts["last_message"]
        return times.since(at, self.now) if at else None

    @property
    def parked(self) -> int:
        return int(self._facts["parked"])

    @cached_property
    def summonses(self) -> QuerySet[Summons]:
        """Calls to duty telephones that were not taken, or are in doubt."""
        return self._uncertain_summonses().select_related("report", "duty_phone__operator")

    def _signs(self) -> Iterator[Sign]:
        yield self._last_message()
        yield self._oldest_unread()
        yield self._spooled()
        yield self._parked()
        yield from (self._part(part) for part in heartbeats.PARTS)
        yield self._summons()

    @cached_property
    def _facts(self) -> dict[str, Any]:
        key = f"hearing:{self.operator.station_id}"
        return remembered.lately(key, settings.HEARING_REMEMBERED, self._look)

    def _look(self) -> dict[str, Any]:
        came = Report.objects.filter(station=OuterRef("pk")).exclude(
            channel__in=(Channel.DESK, Channel.VOICE)
        )
        newest = came.order_by("-received_at", "-id").values("last_inbound_at")[:LATEST]
        beats = {
            part: Subquery(Heartbeat.objects.filter(name=part).values("at"))
            for part in heartbeats.PARTS
        }
        facts = Station.objects.filter(pk=self.operator.station_id).values(
            last_message=_Newest(newest),
            oldest_unread=Subquery(InboxEntry.objects.longest_unread().values("received_at")[:1]),
            parked=_count(InboxEntry.objects.parked()),
            summonses=_count(self._uncertain_summonses().filter(status=Delivery.FAILED)),
            **beats,
        )
        return dict(facts.get())

    def _uncertain_summonses(self) -> QuerySet[Summons]:
        return Summons.objects.filter(
            status__in=(Delivery.FAILED, Delivery.UNKNOWN),
            at__gt=self.now - settings.SUMMONS_SHOWN,
            # By whose telephone it was: few. By its report would be looked up among all of them.
            duty_phone__operator__station_id=self.operator.station_id,
        ).order_by("-at")

    def _last_message(self) -> Sign:
        at = self._facts["last_message"]
        name = _("Last message from a citizen")
        if at is None:
            return Sign(name, _("None has come yet"))
        since = times.since(at, self.now)
        if self.now - at < settings.QUIET_AFTER:
            return Sign(name, since)
        return Sign(
            name,
            since,
            WARNING,
            pgettext("no message for long", "Quiet"),
            _("No message for long. If that is unusual, send one to the station's number and see."),
        )

    def _oldest_unread(self) -> Sign:
        at = self._facts["oldest_unread"]
        name = _("Oldest message that is not read by the system")
        if at is None or self.now - at < settings.UNREAD_AFTER:
            return Sign(name, pgettext("unread messages", "none"))
        since = times.since(at, self.now)
        return Sign(
            name,
            since,
            ALARM,
            pgettext("messages are not being read", "Stuck"),
            _("Messages arrive but are not being read by the system. Tell IT."),
        )

    def _spooled(self) -> Sign:
        number = inbox.spooled_count()
        return Sign(
            _("Messages kept in files because the database was out of reach"),
            str(number),
            ALARM if number else CALM,
            pgettext("messages kept in a file", "%(number)s kept") % {"number": number},
            ngettext(
                "The database was out of reach: %(number)s message is kept in a file and will be taken in.",
                "The database was out of reach: %(number)s messages are kept in files and will be taken in.",
                number,
            )
            % {"number": number},
        )

    def _parked(self) -> Sign:
        number = self._facts["parked"]
        return Sign(
            _("Messages held up"),
            str(number),
            WARNING if number else CALM,
            pgettext("messages held up", "%(number)s held") % {"number": number},
            _("Messages that the system could not understand"),
            reverse("desk:parked"),
        )

    def _part(self, part: str) -> Sign:
        name, word = alive.WORDS[part]
        at = self._facts[part]
        if at is None:
            # Nobody has ever been seen: a program that has only just been set up.
            is_missing = any(self._facts[other] for other in heartbeats.PARTS)
        else:
            is_missing = self.now - at > settings.STANDS_STILL_AFTER
        return Sign(
            name,
            times.since(at, self.now) if at else _("never seen"),
            ALARM if is_missing else CALM,
            str(word),
            str(alive.MEANS[part]),
        )

    def _summons(self) -> Sign:
        number = self._facts["summonses"]
        return Sign(
            _("Calls to duty telephones that failed in the last 24 hours"),
            str(number),
            ALARM if number else CALM,
            pgettext("calls to duty telephones", "Calls failed"),
            _("A duty telephone could not be called. The reasons stand on this page."),
        )

    def _failed(self) -> Sign:
        number = Report.objects.visible_to(self.operator).filter(failed_at__isnull=False).count()
        return Sign(
            _("Reports with an answer that did not arrive"),
            str(number),
            ALARM if number else CALM,
            means=_("Open them: each says why, and what can be done."),
            url=f"{reverse('desk:queue')}?view=failed",
        )


NOT_THEIR_NUMBER = {"21211", "21217", "21610", "21614", "63003", "63024", "30005", "30006"}
"""What the provider says of an address; its words there are about reporters."""
WRONG_NUMBER = gettext_lazy(
    "The number was not accepted. Its owner must set it anew under “My duty telephone”."
)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), Value(0))


@dataclass(frozen=True)
class MissedCall:
    """A summons that was not taken, as the page shows it: whose telephone and why, never which number."""

    summons: Summons
    at: SafeString
    who: str
    why: str | Promise


def _why(summons: Summons) -> str | Promise:
    if summons.status == Delivery.UNKNOWN:
        return _("It is not certain whether the call went out. It is not sent again.")
    if summons.error_code in NOT_THEIR_NUMBER:
        return WRONG_NUMBER
    return meaning_of(summons.error_code).reason


@require_safe
@requires("read_report")
def hearing(request: OperatorRequest) -> HttpResponse:
    heard = Hearing(request.user)
    missed = [
        MissedCall(
            summons,
            times.at_day_and_time(summons.at),
            str(summons.duty_phone.operator),
            _why(summons),
        )
        for summons in heard.summonses[:20]
    ]
    return render(request, "desk/hearing.html", {"heard": heard, "missed": missed})
