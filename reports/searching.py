"""Find reports by number, alias, words, place, time: among those that a person may see, and nowhere else.

Words are sealed, so they are opened and compared, newest report first, until enough is found or the time is up. What is
looked for stands in no log, no address, no session; the audit chain keeps a keyed hash of it.
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import folding, reading
from reports.actors import Actor, NotAllowed, Refused
from reports.folding import Piece
from reports.identity import audit, keyring, telephone
from reports.meeting import BIRDS
from reports.models import Area, Category, Message, Note, NumberSequence, Report, Station
from reports.models.message import Direction
from reports.models.report import ReportQuerySet
from reports.reading import Sealed
from reports.workflow import Status

BATCH = 250
"""Reports that are opened together: three queries, a few hundredths of a second."""
MONTHS = 60
AN_HOUR = timedelta(hours=1)

WHOLE_NUMBER = re.compile(r"[A-Za-z0-9]{1,5}-\d{4}-\d{5,9}")
NUMBER_OF_MONTH = re.compile(r"(\d{4})-(\d{1,9})")
END_OF_NUMBER = re.compile(r"#?(\d{1,9})")
ALIAS = re.compile(r"([A-Za-z]+)[-\s](\d{4,})")
FIGURES = re.compile(r"[+(\d][\d\s().\-–/]{6,}\d")


class TooManySearches(Refused):
    code = "too_many_searches"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is left empty is not asked about. Days are the station's, both included."""

    words: str = field(default="", repr=False)
    category: Category | None = None
    area: Area | None = None
    status: Status | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_nothing(self) -> bool:
        chosen = (self.category, self.area, self.status, self.since, self.until)
        return not self.words.strip() and not any(chosen)


@dataclass(frozen=True)
class Hit:
    report: Report
    pieces: Sequence[Piece] = field(repr=False)


@dataclass(frozen=True)
class Found:
    """`looked_at` reports were gone through, back to `until`; `further` is where to go on, "" at the end."""

    hits: list[Hit]
    looked_at: int = 0
    until: datetime | None = None
    further: str = ""
    is_telephone: bool = False
    """A telephone number was given: nobody is looked up by that here."""


@dataclass
class _Pass:
    """One pass through the reports: what it has found so far."""

    matches: dict[UUID, Sequence[Piece]] = field(default_factory=dict, repr=False)
    looked_at: int = 0
    last: tuple[datetime, UUID] | None = None
    is_over: bool = False


def search(wanted: Wanted, *, by: Actor, further: str = "") -> Found:
    """What fits, newest first. `further` goes on where an earlier answer stopped.

    Call outside a transaction: that somebody searches is written down first. Raises NotAllowed, TooManySearches.
    """
    if not by.may("search"):
        raise NotAllowed(_("Your account may not do this."))
    if has_telephone(wanted.words):
        return Found([], is_telephone=True)
    visible = Report.objects.visible_to(by)
    within = _narrowed(visible, wanted)
    words = folding.words_of(wanted.words)
    if not words:
        return _listed(within, by, further)
    _note_down(words, by)
    named, is_name = _named(within, wanted.words, by)
    if further:
        named = []
    hits = [Hit(report, ()) for report in named]
    if is_name:
        return Found(_with_openings(hits, by))
    passed = _go_through(within, words, by, further, skip={hit.report.pk for hit in hits})
    reports = _with_what_a_hit_shows(visible).in_bulk(list(passed.matches))
    later = [Hit(reports[pk], pieces) for pk, pieces in passed.matches.items() if pk in reports]
    return Found(
        _with_openings(hits, by) + later,
        passed.looked_at,
        passed.last[0] if passed.last else None,
        "" if passed.is_over or passed.last is None else _cursor(*passed.last),
    )


def has_telephone(words: str) -> bool:
    """Whether somebody's number is among the words. A report's own number is none, nor is a date."""
    if NUMBER_OF_MONTH.fullmatch(words.strip()):
        return False
    return any(
        run.lstrip("( ").startswith(("0", "+", "62", "8")) and telephone.normalised(run)
        for run in FIGURES.findall(words)
    )


def _note_down(words: Iterable[str], by: Actor) -> None:
    is_permitted = audit.permit(
        "search",
        actor=by.pk,
        station=by.station_id,
        at_most=settings.SEARCHES_AN_HOUR,
        within=AN_HOUR,
        # Tells whether two searches were for the same, and not for what.
        words=keyring.active().blind_index("audit.search.v1", " ".join(sorted(words))).hex(),
    )
    if not is_permitted:
        raise TooManySearches(
            _("You have searched %(limit)d times within the last hour; more is not allowed.")
            % {"limit": settings.SEARCHES_AN_HOUR}
        )


def _narrowed(reports: ReportQuerySet, wanted: Wanted) -> ReportQuerySet:
    """By what stands in clear, in the database."""
    if wanted.category:
        reports = reports.filter(category=wanted.category)
    if wanted.area:
        reports = reports.filter(Q(area=wanted.area) | Q(area__parent=wanted.area))
    if wanted.status:
        reports = reports.filter(status=wanted.status)
    if wanted.since:
        reports = reports.filter(received_at__gte=_midnight(wanted.since))
    if wanted.until:
        reports = reports.filter(received_at__lt=_midnight(wanted.until + timedelta(days=1)))
    return reports


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _named(within: ReportQuerySet, words: str, by: Actor) -> tuple[list[Report], bool]:
    """Reports that are called so, and whether it can be nothing but a name: then no words are opened."""
    words = words.strip()
    reports = _with_what_a_hit_shows(within).order_by("-received_at", "-id")
    if WHOLE_NUMBER.fullmatch(words):
        return list(reports.filter(number=words.upper())), True
    if (found := ALIAS.fullmatch(words)) and found[1].capitalize() in BIRDS:
        same = reports.filter(reporter__alias=f"{found[1].capitalize()}-{found[2]}")
        return list(same[: settings.SEARCH_HITS]), True
    if found := NUMBER_OF_MONTH.fullmatch(words):
        code = Station.objects.values_list("code", flat=True).get(pk=by.station_id)
        return list(reports.filter(number=f"{code}-{found[1]}-{int(found[2]):05d}")), True
    if found := END_OF_NUMBER.fullmatch(words):
        return list(reports.filter(number__in=_numbers_ending(int(found[1]), by))), False
    return [], False


def _numbers_ending(number: int, by: Actor) -> list[str]:
    """That number in every month that came so far: each is found by the index, which an ending is not."""
    code = Station.objects.values_list("code", flat=True).get(pk=by.station_id)
    months = NumberSequence.objects.filter(station=by.station_id, last__gte=number)
    periods = months.order_by("-period").values_list("period", flat=True)[:MONTHS]
    return [f"{code}-{period}-{number:05d}" for period in periods] if number else []


def _go_through(
    within: ReportQuerySet, words: Sequence[str], by: Actor, further: str, *, skip: set[UUID]
) -> _Pass:
    passed, messages = _Pass(last=_place(further)), 0
    ends_at = time.monotonic() + settings.SEARCH_SECONDS
    while not passed.is_over:
        batch = list(_after(within, passed.last).values_list(*COLUMNS)[:BATCH])
        passed.is_over = len(batch) < BATCH
        texts = _texts(batch, by)
        for pk, received_at, *_rest in batch:
            passed.looked_at += 1
            passed.last = (received_at, pk)
            messages += len(texts[pk])
            if pk not in skip and (pieces := folding.match(texts[pk], words)):
                passed.matches[pk] = pieces
                if len(passed.matches) == settings.SEARCH_HITS:
                    passed.is_over = passed.is_over and pk == batch[-1][0]
                    return passed
        if messages >= settings.SEARCH_MESSAGES or time.monotonic() > ends_at:
            break
    return passed


ABOUT = ("summary", "place_note", "outcome_note")
COLUMNS = ("pk", "received_at", *(f"{name}_sealed" for name in ABOUT))


def _texts(batch: Sequence[tuple[UUID, ...]], by: Actor) -> dict[UUID, list[str]]:
    """All words of each report: what was said both ways, what the desk wrote; not what the program says by itself."""
    pks = [row[0] for row in batch]
    said = Message.objects.filter(report__in=pks).exclude(body_sealed=b"")
    said = said.exclude(direction=Direction.OUTBOUND, author=None)
    noted = Note.objects.filter(report__in=pks)
    sealed = [
        Sealed(report_id, "message.body", pk, body)
        for report_id, pk, body in said.order_by("at").values_list("report", "pk", "body_sealed")
    ]
    sealed += [
        Sealed(report_id, "note.body", pk, body)
        for report_id, pk, body in noted.values_list("report", "pk", "body_sealed")
    ]
    for pk, _at, *values in batch:
        sealed += [
            Sealed(pk, f"report.{name}", pk, value)  # type: ignore[arg-type]
            for name, value in zip(ABOUT, values, strict=True)
            if value
        ]
    texts: dict[UUID, list[str]] = defaultdict(list)
    for one, text in reading.opened(sealed, by=by):
        texts[one.report_id].append(text)
    return texts


def _listed(within: ReportQuerySet, by: Actor, further: str) -> Found:
    """Nothing to compare: what the database finds."""
    rows = _with_what_a_hit_shows(_after(within, _place(further)))
    reports = list(rows[: settings.SEARCH_HITS + 1])
    shown = reports[: settings.SEARCH_HITS]
    last = shown[-1] if shown else None
    is_more = len(reports) > len(shown) and last is not None
    return Found(
        _with_openings([Hit(report, ()) for report in shown], by),
        len(shown),
        last.received_at if last else None,
        _cursor(last.received_at, last.pk) if is_more and last else "",
    )


def _with_openings(hits: list[Hit], by: Actor) -> list[Hit]:
    openings = reading.openings([hit.report for hit in hits], by=by) if hits else {}
    return [Hit(hit.report, folding.beginning(openings[hit.report.pk] or "")) for hit in hits]


def _with_what_a_hit_shows(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.select_related("category", "area", "reporter")


def _after(within: ReportQuerySet, last: tuple[datetime, UUID] | None) -> ReportQuerySet:
    if last is not None:
        at, pk = last
        within = within.filter(
            Q(received_at__lt=at) | Q(received_at=at, id__lt=pk), received_at__lte=at
        )
    return within.order_by("-received_at", "-id")


def _cursor(at: datetime, pk: UUID) -> str:
    return f"{at.isoformat()} {pk}"


def _place(further: str) -> tuple[datetime, UUID] | None:
    """What `_cursor` wrote; None, the beginning, for anything else."""
    at, _blank, pk = further.partition(" ")
    try:
        return datetime.fromisoformat(at), UUID(pk)
    except ValueError:
        return None
