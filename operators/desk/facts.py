"""What stands beside the conversation and takes some looking up: what a report is about, its reporter, its clocks.

What only the forms need is asked for when a template draws them, so that renewing the page's parts does not pay for it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, UUIDField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from operators import maps
from operators.desk import remembered, times
from operators.desk.bubble import Bubble
from operators.desk.conversation import Conversation
from operators.models import Operator
from reports import targets
from reports.models import Category, Report
from reports.models.area import Point
from reports.models.readers import AnyReader
from reports.models.report import ReportQuerySet
from reports.statements import THE_REPORT, Given, Statement
from reports.workflow import Outcome, ReopenReason, Urgency

LATEST = 3
EARLIER = 30
"""Up to so many reports of one person are counted one by one; beyond that the database counts."""
KEYWORDS = 8


@dataclass(frozen=True)
class History:
    """The reporter's other reports at this station, as far as this person may see them."""

    total: int
    outcomes: list[tuple[str, int]]
    latest: list[Report]


def _others() -> ReportQuerySet:
    mine = Report.objects.visible_to(AnyReader()).filter(reporter=Given("reporter", UUIDField()))
    return mine.exclude(pk=THE_REPORT).only("number", "status", "outcome").order_by("-received_at")


OTHERS = Statement(lambda: _others()[: EARLIER + 1])
OUTCOMES = Statement(lambda: _others().order_by().values_list("outcome").annotate(Count("pk")))


def history(report: Report, operator: Operator) -> History:
    values = AnyReader.values_of(operator)
    values |= {"reporter": report.reporter_id, "report": report.pk}
    if len(found := OTHERS.ask(**values)) > EARLIER:
        number_of = Counter(dict(OUTCOMES.ask(**values)))
    else:
        number_of = Counter(other.outcome for other in found)
    closed = [(str(Outcome(o).label), n) for o, n in number_of.most_common() if o]
    return History(number_of.total(), closed, found[:LATEST])


class Choice(NamedTuple):
    """A category that can be chosen: the words it is also found by, whether only some see what has it, its group."""

    pk: int
    slug: str
    label: str
    words: str
    is_reserved: bool
    group: str


class Group(NamedTuple):
    """Categories under one heading."""

    label: str
    categories: tuple[Choice, ...]


def choices(station_id: int) -> tuple[Group, ...]:
    """The categories in their groups; before them those that the latest reports of this station have most. Two queries."""
    leaves = Category.objects.filter(children=None).values_list(
        "pk", "slug", "label", "keywords", "reserved_for", "parent__label"
    )
    every = [
        Choice(pk, slug, label, " ".join(words[:KEYWORDS]), bool(reserved_for), group or "")
        for pk, slug, label, words, reserved_for, group in leaves
    ]
    under: dict[str, list[Choice]] = {}
    for choice in every:
        under.setdefault(choice.group, []).append(choice)
    usual = _usual(station_id, every)
    first = [Group(pgettext("categories", "Most used here"), usual)] if usual else []
    return (*first, *(Group(label, tuple(choices)) for label, choices in under.items()))


def category_options(report: Report) -> SafeString:
    """The same as options of a select. A change of the list is offered within moments."""
    station_id, language = report.station_id, get_language()
    return remembered.here(
        f"categories:{station_id}:{language}",
        settings.CHOICES_REMEMBERED,
        lambda: _options(choices(station_id), language),
    )


# For many reports one after the other the choices are the same, and drawing them takes as long as a fifth of the page.
@lru_cache(maxsize=16)
def _options(groups: tuple[Group, ...], language: str) -> SafeString:
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((group.label, format_html_join("", "{}", _drawn(group.categories))) for group in groups),
    )


def _drawn(categories: Iterable[Choice]) -> Iterator[tuple[SafeString]]:
    """Each with what else it is found by, and a word on whom it is reserved for."""
    hint = format_html(' data-hint="{}"', gettext("only those in charge see it then"))
    for one in categories:
        words = format_html(' data-words="{}"', one.words) if one.words else ""
        aside = hint if one.is_reserved else ""
        yield (
            format_html('<option value="{}"{}{}>{}</option>', one.slug, words, aside, one.label),
        )


def _usual(station_id: int, every: Iterable[Choice]) -> tuple[Choice, ...]:
    # So many of the latest, whatever they are: with a condition the index would be read until enough had been found.
    latest = Report.objects.filter(station_id=station_id).order_by("-received_at", "-id")
    counted = Counter(latest.values_list("category_id", flat=True)[: settings.USUAL_OUT_OF])
    # How often a reserved category occurs is for those it is reserved for.
    known = {choice.pk: choice for choice in every if not choice.is_reserved}
    common = (known[pk] for pk, _ in counted.most_common() if pk in known)
    return tuple(islice(common, settings.USUAL_CATEGORIES))


@dataclass(frozen=True)
class Clock:
    """A target that runs: what it is for, how long it is still to go, or since when it has been missed."""

    kind: str
    time: SafeString
    is_over: bool


def clocks(report: Report, now: datetime) -> list[Clock]:
    targeted = {"respond": targets.respond_by(report), "complete": targets.complete_by(report)}
    return [
        Clock(kind, times.since(at, now) if at <= now else times.until(at, now), at <= now)
        for kind, at in targeted.items()
        if at is not None
    ]


def standing_still(report: Report) -> SafeString | None:
    """Since when the clocks stand still, because the reporter has been asked."""
    return times.at_time(report.paused_at) if report.is_open and report.paused_at else None


def where_reporter_is(entries: Iterable[object]) -> Point | None:
    """The newest position that the reporter has sent, out of the conversation: not the place of the incident."""
    for entry in reversed(list(entries)):
        if not isinstance(entry, Bubble) or not entry.message.is_inbound:
            continue
        # A place may be known by its name only.
        if "coordinates" in (place := entry.place):
            return Point(place["latitude"], place["longitude"])
    return None


def in_figures(point: Point | None) -> str:
    """To be typed into a radio or another map: plain figures, with a point, whatever the language."""
    return f"{point.latitude:.5f}, {point.longitude:.5f}" if point else ""


def load(report: Report, talk: Conversation, now: datetime, *, by: Operator) -> dict[str, Any]:
    """What the templates of the facts are given."""
    has_point = report.latitude is not None and report.longitude is not None
    point = Point(report.latitude, report.longitude) if has_point else None  # type: ignore[arg-type]
    reporter_at = where_reporter_is(talk.entries)
    return {
        "about": talk.about,
        "history": history(report, by),
        "clocks": clocks(report, now),
        "standing_still": standing_still(report),
        "point": in_figures(point),
        "reporter_at": in_figures(reporter_at),
        "is_reporter_elsewhere": in_figures(reporter_at) != in_figures(point),
        "urgencies": tuple((urgency.slug, str(urgency.label)) for urgency in Urgency),
        **maps.files(),
        "category_options": partial(category_options, report),
        "reopen_reasons": ReopenReason.choices,
    }
