"""Lay a report beside those that were told before it: opened, compared, forgotten again. Rows and keys in, hints out."""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from reports import media_files
from reports.enrichment import duplicates, incidents, likenesses, surroundings
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.reading import Words, read
from reports.enrichment.surroundings import Surroundings
from reports.enrichment.told import Spot, Told, spot_of, told
from reports.identity import vault
from reports.models import Attachment, Finding, Message, Report
from reports.models.area import Point
from reports.models.finding import Enricher
from reports.workflow import Outcome

logger = logging.getLogger(__name__)

COLUMN = "finding.candidates"
TELLING = (Enricher.KIND, Enricher.CATEGORY, Enricher.PLACE)
NOTHING_HAPPENED = (Outcome.PRANK, Outcome.NUMBER_TEST, Outcome.SILENT, Outcome.ANSWERED)
FINDINGS_A_REPORT = 10
PICTURES_A_REPORT = 5
READ_AT_ONCE = 10
"""Reports that another worker has in hand at this moment are read here as well: two people who write in the same second
are the likeliest to have seen the same."""


@dataclass(frozen=True)
class JustRead:
    """A message whose words were opened, with the hints of it."""

    message: Message
    words: Words = field(repr=False)
    hints: Sequence[Hint] = field(repr=False)
    until: datetime
    """Reports that were told later than this are left to find this one themselves."""


@dataclass
class _Known:
    """What the rows of one report say."""

    text: str = field(default="", repr=False)
    hints: list[Hint] = field(default_factory=list, repr=False)
    is_read: bool = False
    said: set[str] = field(default_factory=set)
    """Reports that were named before."""
    pictures: set[int] = field(default_factory=set, repr=False)
    """Fingerprints of what was sent with it, as far as it is fetched."""


def hints(batch: Sequence[JustRead], around_of: Mapping[int, Surroundings]) -> list[Hint]:
    """For each message, in order: which reports of its station tell of the same incident. None is named twice for one.

    Compared with what was told up to then; whatever comes later is compared when it is read itself.
    """
    found: dict[UUID, Hint] = {}
    for station, around in around_of.items():
        own = [one for one in batch if one.message.report.station_id == station]
        found |= _of_station(own, station, around)
    return [found.get(one.message.pk, Hint(Enricher.DUPLICATE)) for one in batch]


def of_pictures(message: Message) -> Hint:
    """As `hints`, once more for a message (with `report`) whose pictures are known now: after its words were read."""
    station = message.report.station_id
    # Until now: whichever of two pictures is fetched last finds the other.
    again = JustRead(message, Words("", message.at), (), timezone.now())
    return hints([again], {station: surroundings.of(station)})[0]


def _of_station(own: Sequence[JustRead], station: int, around: Surroundings) -> dict[UUID, Hint]:
    reports = {one.message.report_id: one.message.report for one in own}
    others = {report.pk: report for report in _before(own, station)}
    known = _open(others | reports, reports)
    for one in own:
        known[one.message.report_id].hints[:0] = one.hints
        known[one.message.report_id].is_read = True
    _read_what_is_unread(others, known, around)
    every = {pk: _told(row, known[pk], around) for pk, row in (others | reports).items()}
    found = {}
    for one in own:
        report = one.message.report
        text = f"{known[report.pk].text}\n{one.words.text}"
        new = _told(report, known[report.pk], around, text)
        beside = [
            pk
            for pk, row in (others | reports).items()
            if row.received_at <= one.until
            and str(pk) not in known[report.pk].said
            and _may_be_named(row)
        ]
        matches = duplicates.matches(new, [every[pk] for pk in beside])
        found[one.message.pk] = likenesses.hint((str(beside[n]), match) for n, match in matches)
        # A second message of the batch to the same report says nothing again.
        known[report.pk].said |= {str(beside[n]) for n, _match in matches}
    return found


def _before(own: Iterable[JustRead], station: int) -> Iterable[Report]:
    times = [one.message.report.received_at for one in own]
    if not times:
        return []
    until = max(one.until for one in own)
    return (
        Report.objects.filter(
            Q(category=None) | Q(category__reserved_for=""),
            station=station,
            received_at__range=(min(times) - incidents.LONGEST, until),
        )
        .exclude(outcome__in=NOTHING_HAPPENED)
        .only(
            *("id", "station", "reporter", "received_at", "category", "area", "landmark"),
            *("latitude", "longitude", "outcome", "opening_sealed"),
        )
        .order_by("-received_at", "-id")[: settings.DUPLICATES_LOOKED_AT]
    )


def _may_be_named(report: Report) -> bool:
    return report.outcome not in NOTHING_HAPPENED


def _open(reports: Mapping[UUID, Report], own: Mapping[UUID, Report]) -> dict[UUID, _Known]:
    """What is sealed about these, in three queries. What does not open any more is left out of it."""
    boxes = vault.boxes_of("content", reports)
    known: dict[UUID, _Known] = defaultdict(_Known)
    for pk, report in reports.items():
        known[pk] = _Known()
        if (box := boxes.get(pk)) and report.opening_sealed:
            known[pk].text = _text(box, report)
    telling = Q(report__in=list(reports), enricher__in=TELLING)
    named_before = Q(report__in=list(own), enricher=Enricher.DUPLICATE, confidence__gt=0)
    # Tuples: there are hundreds, and a row of a model costs more than opening it.
    rows = (
        Finding.objects.filter(telling | named_before)
        .order_by("at", "id")
        .values_list("pk", "report_id", "enricher", "confidence", "candidates_sealed")
    )
    count: dict[UUID, int] = defaultdict(int)
    for row, owner, enricher, confidence, sealed in rows[: FINDINGS_A_REPORT * len(reports)]:
        one, box = known[owner], boxes.get(owner)
        one.is_read = True
        count[owner] += 1
        if box is None or not confidence or count[owner] > FINDINGS_A_REPORT:
            continue
        opened = _opened(box, row, Enricher(enricher), sealed)
        if enricher == Enricher.DUPLICATE:
            one.said |= {str(candidate.value["report"]) for candidate in opened.candidates}
        else:
            one.hints.append(opened)
    _open_pictures(known, boxes)
    return known


def _open_pictures(known: Mapping[UUID, _Known], boxes: Mapping[UUID, vault.Box]) -> None:
    rows = (
        Attachment.objects.filter(message__report__in=list(known))
        .exclude(about_sealed=b"")
        .select_related("message")
        .only("about_sealed", "message__report")
        .order_by("message__at", "position")
    )
    for row in rows[: PICTURES_A_REPORT * max(len(known), 1)]:
        report = row.message.report_id
        (about,) = media_files.about([row], boxes.get(report)).values()
        if about.fingerprint is not None and len(known[report].pictures) < PICTURES_A_REPORT:
            known[report].pictures.add(about.fingerprint)


def _text(box: vault.Box, report: Report) -> str:
    try:
        return box.open("report.opening", report.pk, report.opening_sealed).expose()
    except vault.Unreadable:
        logger.error("an opening does not open", extra={"row": str(report.pk)})
        return ""


def _opened(box: vault.Box, row: UUID, enricher: Enricher, sealed: vault.Buffer) -> Hint:
    try:
        plain: list[dict[str, Any]] = json.loads(box.open(COLUMN, row, sealed).expose())
    except vault.Unreadable:
        logger.error("a finding does not open", extra={"row": str(row)})
        plain = []
    return Hint(enricher, tuple(Candidate(**one) for one in plain))


def _read_what_is_unread(
    others: Mapping[UUID, Report], known: Mapping[UUID, _Known], around: Surroundings
) -> None:
    unread = [pk for pk in others if not known[pk].is_read and known[pk].text]
    for pk in unread[:READ_AT_ONCE]:
        try:
            known[pk].hints += read(Words(known[pk].text, others[pk].received_at), around)
        except Exception as error:  # noqa: BLE001
            # Its own turn will come, and say so; here it is only one less to compare with.
            logger.warning("not read for comparing: %s", type(error).__name__)


def _told(report: Report, known: _Known, around: Surroundings, text: str | None = None) -> Told:
    categories = {category.pk: category.slug for category in around.categories}
    return told(
        known.text if text is None else text,
        report.received_at,
        known.hints,
        around,
        report=str(report.pk),
        person=str(report.reporter_id),
        category=categories.get(report.category_id or 0, ""),
        spot=_spot(report, around),
        pictures=known.pictures,
    )


def _spot(report: Report, around: Surroundings) -> Spot | None:
    """Where a person has put it."""
    if report.area_id is None and report.latitude is None:
        return None
    area = next((area for area in around.areas if area.pk == report.area_id), None)
    has_point = report.latitude is not None and report.longitude is not None
    point = Point(report.latitude, report.longitude) if has_point else None  # type: ignore[arg-type]
    return spot_of(area, point, report.landmark_id)
