"""A note as it stands among the lines of a conversation, or in the list of those who were called."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from operators.desk import remembered
from operators.desk.entry import Entry
from operators.models import Operator
from reports import noting, reading
from reports.models import Mention, Note, Report
from reports.reading import NoteLine
from reports.statements import THE_REPORT, Statement


class Piece(NamedTuple):
    """Words of a note, and whether they call somebody."""

    words: str
    calls: bool


@dataclass(frozen=True)
class Jotting(Entry):
    # Out of repr(): an error in a template prints whatever the template was given.
    line: NoteLine = field(repr=False)
    reader: Operator

    @property
    def kind(self) -> str:
        return "note"

    @property
    def key(self) -> str:
        return f"n-{self.note.pk}"

    @property
    def note(self) -> Note:
        return self.line.note

    @property
    def at(self) -> datetime:
        return self.note.at

    @property
    def is_unreadable(self) -> bool:
        return self.line.text is None

    @cached_property
    def pieces(self) -> list[Piece]:
        called = {mention.operator.username for mention in self.note.mentions.all()}
        return [Piece(*piece) for piece in noting.pieces(self.line.text or "", called)]

    @property
    def calls_me(self) -> bool:
        return any(mention.operator_id == self.reader.pk for mention in self.note.mentions.all())


NOTES = Statement(
    lambda: Note.objects.filter(report=THE_REPORT).select_related("author").order_by("at", "pk")
)


def of(report: Report, *, since: datetime | None) -> list[Note]:
    """The notes of a report from that time on, oldest first, with whom they call. One query; two more if there are any."""
    written = [note for note in NOTES.ask(report=report.pk) if since is None or note.at >= since]
    prefetch_related_objects(written, "mentions__operator")
    return written


class Colleague(NamedTuple):
    """Somebody whom a note can call."""

    pk: int
    name: str
    username: str
    unit_slug: str


def colleagues(report: Report) -> list[Colleague]:
    """Those who may read this report, by name. For a list to choose from: the verb looks again."""
    everybody = remembered.here(
        f"colleagues:{report.station_id}",
        settings.CHOICES_REMEMBERED,
        partial(_readers, report.station_id),
    )
    reserved_for = report.category.reserved_for if report.category else ""
    return [one for one in everybody if reserved_for in {"", one.unit_slug}]


def options(report: Report, reader: Operator) -> SafeString:
    """The same without the reader, for the list that opens when somebody is called."""
    others = (one for one in colleagues(report) if one.pk != reader.pk)
    return format_html_join(
        "",
        '<li role="option" id="colleague-{}" data-username="{}"><strong>{}</strong> <span>@{}</span></li>',
        ((one.pk, one.username, one.name, one.username) for one in others),
    )


def _readers(station_id: int) -> list[Colleague]:
    people = Operator.objects.filter(station=station_id, is_active=True).select_related("unit")
    return [
        Colleague(person.pk, str(person), person.username, person.unit_slug)
        for person in people.order_by("name", "pk")
        if person.may("read_report")
    ]


@dataclass(frozen=True)
class Call:
    """Somebody calls this person to a report."""

    mention: Mention
    jotting: Jotting = field(repr=False)

    @property
    def report(self) -> Report:
        return self.mention.note.report

    @property
    def is_new(self) -> bool:
        return self.mention.seen_at is None


def calls(operator: Operator, *, at_most: int) -> list[Call]:
    """The latest notes that call this person, as far as they may still read the report; the unseen ones first."""
    mine = Mention.objects.filter(
        operator=operator, note__report__in=Report.objects.visible_to(operator)
    )
    latest = list(
        mine.select_related("note__report__category", "note__author")
        .prefetch_related("note__mentions__operator")
        .alias(was_seen=Q(seen_at__isnull=False))
        .order_by("was_seen", "-note__at")[:at_most]
    )
    jottings = _opened((mention.note for mention in latest), operator)
    return [Call(mention, jotting) for mention, jotting in zip(latest, jottings, strict=True)]


def _opened(notes: Iterable[Note], by: Operator) -> list[Jotting]:
    return [Jotting(line, by) for line in reading.notes(notes, by=by)]
