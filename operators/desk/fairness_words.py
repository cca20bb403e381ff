"""What happened on the ladder of reminding and blocking, in words for the timeline."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Event
from reports.models.event import EventKind


def of(event: Event, who: str) -> str:
    """The words for one event; `who` did it, "" for nobody."""
    data = event.data
    match event.kind:
        case EventKind.WARNED if data.get("is_told"):
            return _("{who} reminded the reporter").format(who=who)
        case EventKind.WARNED:
            return _(
                "{who} counted the report against the reporter; no reminder could be sent"
            ).format(who=who)
        case EventKind.STRIKE_LIFTED:
            return _("{who} took the reminder back: it counts no more").format(who=who)
        case EventKind.BLOCK_ASKED:
            return _("{who} asked the Pamapta to block the reporter").format(who=who)
        case EventKind.BLOCK_REFUSED:
            return _("{who} did not block the reporter").format(who=who)
        case EventKind.BLOCKED:
            days = int(data.get("days", 0))
            return ngettext(
                "{who} blocked the reporter for {days} day",
                "{who} blocked the reporter for {days} days",
                days,
            ).format(who=who, days=days)
        case EventKind.UNBLOCKED if data.get("was_wrong"):
            return _("{who} lifted the block: it was wrong").format(who=who)
        case EventKind.UNBLOCKED:
            return _("{who} lifted the block").format(who=who)
        case EventKind.LIFE_LINE if data.get("kept"):
            return _("{who} took in a message that had been kept").format(who=who)
        case EventKind.LIFE_LINE if data.get("because") == "place":
            return _("Through the life line: the reporter is blocked and sent a place")
        case EventKind.LIFE_LINE:
            return _("Through the life line: the reporter is blocked and wrote words of danger")
    raise ValueError(f"{event.kind} is no rung of the ladder")
