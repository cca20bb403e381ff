"""What happened to a report, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from operators.desk import fairness_words
from operators.desk.entry import Entry
from operators.models import Operator
from reports.channels.twilio.errors import meaning_of
from reports.models import Category, Event, Report
from reports.models.event import EventKind
from reports.models.finding import Decision
from reports.statements import THE_REPORT, Statement
from reports.workflow import Outcome, ReopenReason, Status, Urgency

NOT_BESIDE_MESSAGES = (
    EventKind.REPLIED,
    EventKind.ASKED,
    EventKind.WITHDRAWN,
    EventKind.SENT_AGAIN,
    EventKind.PROOF_SENT,
    EventKind.DELIVERY_FAILED,
    EventKind.NOTED,
)
"""The message or note itself stands in the conversation and says it better."""


EVENTS = Statement(
    lambda: Event.objects.filter(report=THE_REPORT).select_related("by").order_by("at", "id")
)


@dataclass(frozen=True)
class Happening(Entry):
    event: Event
    words: str

    @property
    def kind(self) -> str:
        return "happening"

    @property
    def key(self) -> str:
        return f"e-{self.event.pk}"

    @property
    def at(self) -> datetime:
        return self.event.at


def load(report: Report) -> list[Happening]:
    """All of it, oldest first."""
    events = EVENTS.ask(report=report.pk)
    names = _names(events) | _categories(events)
    return [Happening(event, _words(event, names)) for event in events]


def _names(events: list[Event]) -> dict[str, str]:
    """Of the colleagues whose user names stand in what was noted. One query, where there are any."""
    usernames = {str(event.data.get(key, "")) for event in events for key in ("to", "former")} - {
        ""
    }
    colleagues = Operator.objects.filter(username__in=usernames) if usernames else ()
    return {colleague.username: str(colleague) for colleague in colleagues}


def _categories(events: list[Event]) -> dict[str, str]:
    """Of the categories that were set, by their slugs. One query, where there are any."""
    slugs = {event.data["category"] for event in events if "category" in event.data}
    known = Category.objects.filter(slug__in=slugs) if slugs else ()
    return {f"category {category.slug}": category.label for category in known}


def _words(event: Event, names: Mapping[str, str]) -> str:
    who = str(event.by) if event.by else ""
    match event.kind:
        case EventKind.OPENED:
            return _("Report opened")
        case EventKind.CLAIMED:
            return _("{who} claimed the report").format(who=who)
        case EventKind.RELEASED if not who:
            return _("Back in the queue: the holder's shift is over")
        case EventKind.RELEASED:
            return _("{who} gave the report back").format(who=who)
        case EventKind.TAKEN_OVER:
            former = names.get(str(event.data.get("former", "")), "")
            if former:
                return _("{who} took the report over from {former}").format(who=who, former=former)
            return _("{who} claimed the report").format(who=who)
        case EventKind.ASSIGNED:
            to = str(event.data.get("to", ""))
            return _("{who} assigned the report to {name}").format(who=who, name=names.get(to, to))
        case EventKind.REPLIED:
            return _("{who} answered the reporter").format(who=who)
        case EventKind.ASKED if event.data.get("what") == "settled":
            return _("{who} asked the reporter whether it is settled").format(who=who)
        case EventKind.PROOF_SENT:
            data = {key: str(event.data.get(key, "")) for key in ("unit", "officer")}
            return _("{who} sent a photo of {unit}, taken by {officer}").format(who=who, **data)
        case EventKind.FEEDBACK_GIVEN if event.data.get("answer") == "settled":
            return _("The reporter says that it is settled")
        case EventKind.FEEDBACK_GIVEN:
            return _("The reporter says that it is not settled yet")
        case EventKind.ASKED if event.data.get("later"):
            return _("{who} planned a question to the reporter").format(who=who)
        case EventKind.ASKED if event.by_id is None:
            return _("The reporter was asked for the place by itself")
        case EventKind.ASKED:
            return _("{who} asked the reporter for something").format(who=who)
        case EventKind.WITHDRAWN if who:
            return _("{who} withdrew an answer before it went out").format(who=who)
        case EventKind.WITHDRAWN:
            return _("A planned question was withdrawn by itself")
        case EventKind.SENT_AGAIN:
            return _("{who} sent an answer again").format(who=who)
        case EventKind.SPLIT_OFF if other := event.data.get("into"):
            return _("{who} made a message a report of its own: {number}").format(
                who=who, number=other
            )
        case EventKind.SPLIT_OFF:
            other = str(event.data.get("off", ""))
            return _("Made by {who} out of a message of {number}").format(who=who, number=other)
        case EventKind.CLOSED:
            outcome = _outcome(str(event.data.get("outcome", "")))
            return _("{who} closed the report: {outcome}").format(who=who, outcome=outcome)
        case EventKind.REOPENED if event.data.get("reason") == "danger_words":
            return _("Reopened: the reporter wrote words of danger")
        case EventKind.REOPENED:
            why = str(event.data.get("reason", ""))
            if who and why in ReopenReason.values:
                return _("{who} opened the report again: {reason}").format(
                    who=who, reason=ReopenReason(why).label
                )
            return _("Report reopened")
        case EventKind.CATEGORISED | EventKind.URGENCY_SET | EventKind.PLACED:
            return _described(event, who, names)
        case EventKind.SUMMARISED:
            return _("{who} wrote the summary").format(who=who)
        case EventKind.CONTINUED:
            return _("The reporter wrote again: the clocks go on")
        case EventKind.ESCALATED if event.data.get("step") == "chief":
            return _("Nobody took the report in time: the chief was called")
        case EventKind.ESCALATED:
            return _("Nobody took the report in time: Pamapta was called")
        case EventKind.TYPED_IN:
            return _("{who} took the report down").format(who=who)
        case EventKind.DELIVERY_FAILED:
            reason = meaning_of(str(event.data.get("code", ""))).reason
            return _("An answer was not delivered. {reason}").format(reason=reason)
        case EventKind.LINKED | EventKind.UNLINKED:
            return _linked(event, who)
        case EventKind.NOTED:
            return _("{who} wrote a note").format(who=who)
        case EventKind.MERGED:
            former = event.data.get("former_alias", "")
            return _("The same person as {alias}: reports joined").format(alias=former)
        case (
            EventKind.WARNED
            | EventKind.STRIKE_LIFTED
            | EventKind.BLOCK_ASKED
            | EventKind.BLOCK_REFUSED
            | EventKind.BLOCKED
            | EventKind.UNBLOCKED
            | EventKind.LIFE_LINE
        ):
            return fairness_words.of(event, who)
    if words := _of_unit(event, who):
        return words
    label = event.get_kind_display()
    return f"{who}: {label}" if who else label


def _of_unit(event: Event, who: str) -> str:
    """What was done about a task, by the desk and by the unit; "" for anything else."""
    unit = {"who": who, "unit": event.data.get("name", ""), "number": event.data.get("number", "")}
    match event.kind:
        case EventKind.DISPATCHED:
            return _("{who} handed the report to {unit} ({number})").format(**unit)
        case EventKind.UNIT_ACCEPTED:
            return _("{unit} accepted the task: {who}").format(**unit)
        case EventKind.UNIT_UNDER_WAY:
            return _("{unit} is on the way").format(**unit)
        case EventKind.UNIT_ARRIVED:
            return _("{unit} is on the scene").format(**unit)
        case EventKind.UNIT_FINISHED:
            outcome = _outcome(str(event.data.get("result", "")))
            return _("{unit} has finished: {outcome}").format(outcome=outcome, **unit)
        case EventKind.UNIT_RETURNED:
            return _("{unit} gave the task back: {who}").format(**unit)
        case EventKind.CALLED_OFF:
            return _("{who} called {unit} off").format(**unit)
        case EventKind.CHECK_SKIPPED:
            return _("{who} left the check in plain clothes out; the reason is in a note").format(
                who=who
            )
        case EventKind.STATUS_SET:
            now = next((s.label for s in Status if s == event.data.get("status")), "")
            return _("{who} set the status: {status}").format(who=who, status=now)
    return ""


def _linked(event: Event, who: str) -> str:
    named = {"who": who, "number": event.data.get("incident", ""), "was": event.data.get("was", "")}
    if event.kind == EventKind.UNLINKED:
        return _("{who} took the report out of the incident {number}").format(**named)
    if named["was"]:
        return _("{who} moved the report from the incident {was} to {number}").format(**named)
    return _("{who} linked the report to the incident {number}").format(**named)


def _described(event: Event, who: str, names: Mapping[str, str]) -> str:
    """Category, urgency and place, as they were set then."""
    data = event.data
    urgency = _urgency(data.get("urgency"))
    if event.kind == EventKind.CATEGORISED:
        category = names.get(f"category {data.get('category')}", str(data.get("category", "")))
        if urgency:
            return _("{who} set the category {category}; urgency raised to {urgency}").format(
                who=who, category=category, urgency=urgency
            ) + _hint(event)
        return _("{who} set the category {category}").format(who=who, category=category) + _hint(
            event
        )
    if event.kind == EventKind.URGENCY_SET and event.by_id is None:
        return _("Urgency raised by itself to {urgency}, because of the words").format(
            urgency=urgency
        )
    if event.kind == EventKind.URGENCY_SET:
        return _("{who} set the urgency to {urgency}, was {former}").format(
            who=who, urgency=urgency, former=_urgency(data.get("was"))
        ) + _hint(event)
    place = ", ".join(str(data[key]) for key in ("landmark", "area") if data.get(key))
    if place:
        return _("{who} set the place: {place}").format(who=who, place=place) + _hint(event)
    words = _("{who} set the place: a point outside the station's area").format(who=who)
    return words + _hint(event)


def _hint(event: Event) -> str:
    """Whether what was set had been suggested."""
    match event.data.get("hint"):
        case Decision.ACCEPTED:
            return _(" (as suggested)")
        case Decision.CORRECTED:
            return _(" (not the first suggestion)")
    return ""


def _urgency(slug: object) -> str:
    return next((str(each.label) for each in Urgency if each.slug == slug), "")


def _outcome(value: str) -> str:
    return str(Outcome(value).label) if value in Outcome.values else value
