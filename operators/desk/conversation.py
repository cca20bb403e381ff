"""The conversation of a report as it stands on the page: messages, notes, what happened between them, the days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, prefetch_related_objects
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from operators.desk import notes
from operators.desk.bubble import Bubble
from operators.desk.notes import Jotting
from operators.desk.timeline import NOT_BESIDE_MESSAGES, Happening
from operators.models import Operator
from reports import findings, media_files, reading
from reports.channels.base import Kind
from reports.findings import Found
from reports.models import Attachment, MediaFile, Message, Report
from reports.reading import About, Line
from reports.statements import THE_REPORT, Given, Statement

SHOWN = 200
"""This many of the newest messages; the earlier ones on demand."""
TOGETHER = timedelta(minutes=5)
"""Messages of one side closer than this stand together."""


@dataclass(frozen=True)
class DayMark:
    day: date
    today: date

    @property
    def kind(self) -> str:
        return "day"

    @property
    def key(self) -> str:
        return f"d-{self.day:%Y%m%d}"

    @property
    def words(self) -> str:
        if self.day == self.today:
            return _("Today")
        if self.day == self.today - timedelta(days=1):
            return _("Yesterday")
        return formats.date_format(self.day, "l, j M Y")


Entry = Bubble | Jotting | Happening | DayMark


@dataclass(frozen=True)
class Conversation:
    entries: list[Entry]
    earlier: int
    """How many older messages are not shown."""
    about: About = field(repr=False)
    """What the desk itself has written down, opened with the same key."""
    found: list[Found] = field(repr=False)
    """What is suggested about the report and not decided yet, newest first."""

    @property
    def has_earlier(self) -> bool:
        return self.earlier > 0


def load(
    report: Report, happenings: Iterable[Happening], *, by: Operator, all_of_it: bool
) -> Conversation:
    messages = (ALL if all_of_it else NEWEST).ask(report=report.pk)
    for message in messages:
        message.report = report
    earlier = 0
    if not all_of_it and len(messages) > SHOWN:
        earlier = report.messages.count() - SHOWN
        del messages[SHOWN:]
    messages.reverse()
    # A quoted line may be older than what is shown: opened with the rest, it costs no further query.
    quoted = {m.quoted for m in messages if m.quoted and m.quoted.report_id == report.pk}
    enclosed = _enclosed(report, messages)
    attached = [one for message in messages for one in enclosed.attachments.get(message.pk, ())]
    written = notes.of(report, since=messages[0].at if earlier else None)
    lines, about, found, told, jotted = reading.whole(
        report, {*messages, *quoted}, findings.undecided(report), attached, written, by=by
    )
    by_message = {line.message.pk: line for line in lines}
    bubbles = list(_bubbles(messages, by_message, told, enclosed, by))
    beside = [
        happening
        for happening in happenings
        if happening.event.kind not in NOT_BESIDE_MESSAGES
        and (not earlier or happening.at >= bubbles[0].at)
    ]
    jottings = [Jotting(line, by) for line in jotted]
    return Conversation(list(_with_days([*bubbles, *jottings, *beside])), earlier, about, found)


def _newest() -> QuerySet[Message]:
    return (
        Message.objects.filter(report=THE_REPORT)
        .select_related("author", "quoted", "contact__service_number")
        .defer("raw_sealed", "quoted__raw_sealed")
        .order_by("-at", "-id")
    )


SINCE = Given("since", DateTimeField())
ALL = Statement(_newest)
NEWEST = Statement(lambda: _newest()[: SHOWN + 1])
ATTACHMENTS = Statement(
    lambda: Attachment.objects.filter(message__report=THE_REPORT, message__at__gte=SINCE).defer(
        "url_sealed"
    )
)
FILES = Statement(
    lambda: MediaFile.objects.filter(
        attachment__message__report=THE_REPORT, attachment__message__at__gte=SINCE
    ).defer("key_sealed", "digest_sealed")
)


class Enclosed(NamedTuple):
    """What came with messages: attachments by message, and their files by attachment."""

    attachments: Mapping[UUID, list[Attachment]]
    files: Mapping[UUID, list[MediaFile]]


def _enclosed(report: Report, messages: list[Message]) -> Enclosed:
    """One query; another one where there are attachments, and one where pictures of ours went out."""
    attachments, files = defaultdict(list), defaultdict(list)
    if messages:
        since = {"report": report.pk, "since": messages[0].at}
        for attachment in ATTACHMENTS.ask(**since):
            attachments[attachment.message_id].append(attachment)
        for file in FILES.ask(**since) if attachments else ():
            files[file.attachment_id].append(file)
    with_pictures = [m for m in messages if m.kind == Kind.IMAGE and not m.is_inbound]
    prefetch_related_objects(with_pictures, "pictures")
    return Enclosed(attachments, files)


def _bubbles(
    messages: list[Message],
    lines: Mapping[UUID, Line],
    told: Mapping[UUID, media_files.About],
    enclosed: Enclosed,
    by: Operator,
) -> Iterator[Bubble]:
    before: Message | None = None
    # A repetition is always newer than what it repeats, so it is among those that are shown.
    repeated = {message.retry_of_id for message in messages}
    is_splittable = by.may("split_off") and sum(message.is_inbound for message in messages) > 1
    now = timezone.now()
    for message in messages:
        yield Bubble(
            line=lines[message.pk],
            quoted=lines.get(message.quoted_id) if message.quoted_id else None,
            follows=_follows(message, before),
            now=now,
            attachments=enclosed.attachments.get(message.pk, ()),
            files=enclosed.files,
            told=told,
            is_repeated=message.pk in repeated,
            is_splittable=is_splittable and message.is_inbound,
        )
        before = message


def _follows(message: Message, before: Message | None) -> bool:
    return (
        before is not None
        and before.direction == message.direction
        and before.author_id == message.author_id
        and message.at - before.at < TOGETHER
        and timezone.localdate(before.at) == timezone.localdate(message.at)
    )


def _with_days(entries: Iterable[Bubble | Jotting | Happening]) -> Iterator[Entry]:
    today, day = timezone.localdate(), None
    for entry in sorted(entries, key=lambda entry: entry.at):
        if (its_day := timezone.localdate(entry.at)) != day:
            day = its_day
            yield DayMark(day, today)
        yield entry
