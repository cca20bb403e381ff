"""Asking for the place, once and by itself: only where a report does not say it, it matters, and nobody has answered yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports import answering, events
from reports.channels.base import Kind
from reports.enrichment import enriching
from reports.enrichment.hints import Hint
from reports.models import Category, Message, Report
from reports.models.finding import Enricher
from reports.models.reply_template import ReplyKey
from reports.models.report import ReportQuerySet
from reports.workflow import Status, Urgency

BATCH = 50
SAYS_ENOUGH = 0.5
"""A place below this is a guess: to ask is better than to send a car there."""
A_REPORT = "laporan"
NO_REPORTS = (Kind.STICKER, Kind.CONTACT, Kind.UNSUPPORTED)
"""Whoever sends nothing but one of these has not reported anything yet."""


def plan(read: Iterable[tuple[Message, Iterable[Hint]]]) -> None:
    """Note on reports (in the caller's transaction) that the place is to be asked for: where a message reports something,
    does not say where, and where matters. In danger sooner. Everything else is looked at when it is due: much can come
    meanwhile."""
    placeless = [
        (message.report, hints)
        for message, given in read
        for hints in [{hint.enricher: hint for hint in given}]
        if message.kind not in NO_REPORTS and _reports_something(hints) and not _says_where(hints)
    ]
    guessed = {slug for _, hints in placeless if (slug := _guessed(hints))}
    # Those of the reports come with them, but without their groups.
    known = {report.category.slug for report, _ in placeless if report.category}
    categories = Category.objects.select_related("parent").in_bulk(
        guessed | known, field_name="slug"
    )
    wanted: dict[timedelta, set[UUID]] = defaultdict(set)
    for report, hints in placeless:
        slug = report.category.slug if report.category else _guessed(hints)
        category = categories.get(slug) if slug else None
        # What nobody can put a name to may be no report at all: a person looks at it first.
        if category is not None and _matters(category):
            wanted[_patience(hints)].add(report.pk)
    for patience, reports in wanted.items():
        Report.objects.filter(pk__in=reports, ask_place_due_at=None).update(
            ask_place_due_at=timezone.now() + patience
        )


@shared_task(name="reports.ask_places")
def ask_places(*, looks_up: bool = True) -> int:
    """Ask where it is due; how often. A report that no longer needs it is left alone.

    With `looks_up` the address server is asked first, where the station has one: the desk then has a guess meanwhile.
    """
    count = 0
    for pk in list(_due(timezone.now()).values_list("pk", flat=True)[:BATCH]):
        if looks_up and settings.NOMINATIM_URL and enriching.look_up(pk):
            _tell(pk)
        count += _ask(pk)
    return count


def next_due(now: datetime) -> datetime | None:
    """Since when the first question is due."""
    due: datetime | None = _due(now).values_list("ask_place_due_at", flat=True).first()
    return due


def _tell(pk: UUID) -> None:
    with transaction.atomic():
        events.changed(Report.objects.get(pk=pk))


def _due(now: datetime) -> ReportQuerySet:
    return Report.objects.filter(ask_place_due_at__lte=now).order_by("ask_place_due_at")


@transaction.atomic
def _ask(pk: UUID) -> bool:
    rows = Report.objects.select_related("station", "category__parent", "contact__service_number")
    report = (
        rows.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, ask_place_due_at__lte=timezone.now())
        .first()
    )
    if report is None:
        return False
    Report.objects.filter(pk=pk).update(ask_place_due_at=None)
    return _is_wanted(report) and answering.ask_by_itself(report, "place") is not None


def _is_wanted(report: Report) -> bool:
    """Whether nothing has come in between: a place, a person, an end, a message that is not read yet."""
    if not report.station.asks_for_place or not report.is_open or report.status == Status.WAITING:
        return False
    if report.area_id or report.landmark_id or report.latitude is not None:
        return False
    if report.answered_at is not None or not _matters(report.category):
        return False
    found = report.findings.filter(enricher=Enricher.PLACE)
    # What was seen and could not be used (a short link to a map) has a source and no confidence: a person can open it.
    if any(one.source and not 0 < one.confidence < SAYS_ENOUGH for one in found):
        return False
    messages = report.messages.all()
    asked = messages.filter(template_key=ReplyKey.ASK_PLACE)
    return not asked.exists() and not messages.filter(enrich_due_at__isnull=False).exists()


def _reports_something(read: Mapping[Enricher, Hint]) -> bool:
    best = read[Enricher.KIND].best if Enricher.KIND in read else None
    return best is not None and best.value.get("kind") == A_REPORT


def _says_where(read: Mapping[Enricher, Hint]) -> bool:
    hint = read.get(Enricher.PLACE)
    if hint is None or hint.noticed:
        return True
    return hint.best is not None and hint.best.confidence >= SAYS_ENOUGH


def _patience(read: Mapping[Enricher, Hint]) -> timedelta:
    best = read[Enricher.URGENCY].best if Enricher.URGENCY in read else None
    is_danger = best is not None and best.value["urgency"] == Urgency.EMERGENCY.slug
    return settings.ASK_PLACE_IN_DANGER if is_danger else settings.ASK_PLACE_AFTER


def _guessed(read: Mapping[Enricher, Hint]) -> str | None:
    best = read[Enricher.CATEGORY].best if Enricher.CATEGORY in read else None
    return str(best.value["slug"]) if best else None


def _matters(category: Category | None) -> bool:
    if category is None:
        return True
    group = category.parent.slug if category.parent else ""
    return not {category.slug, group} & settings.PLACE_DOES_NOT_MATTER
