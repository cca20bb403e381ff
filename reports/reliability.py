"""How often reports turned out to be true: of one person, of a place, of a time of day, of a category.

A hint with its numbers, for the order in which things are looked into: never to refuse, to filter, or to block anybody.
Facts and intent are counted apart: nothing found is not a lie. Questions, what was passed on, tests, and parts of other
incidents say nothing of it and are left out.

Whoever has few reports is taken for the station's average, and the more there are the more they speak for themselves: with
`m` the average, RELIABILITY_AS_IF reports of which `m` were true are added to the person's own (a Beta distribution).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from math import exp, lgamma, log, log1p, sqrt
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, Exists, QuerySet, UUIDField, When
from django.db.models.functions import ExtractHour
from django.utils import timezone

from reports.actors import Actor
from reports.models import Area, Block, Report, Strike
from reports.models.readers import AnyReader
from reports.statements import Given, Statement
from reports.workflow import Outcome

CONFIRMED = frozenset({Outcome.ACTED, Outcome.ALREADY_OVER})
ZONK = frozenset({Outcome.NOT_FOUND, Outcome.WRONG_PLACE})
INTENT = frozenset({Outcome.PRANK, Outcome.FALSE_REPORT})
COUNTED = CONFIRMED | ZONK | INTENT
SURE = 0.8
"""The share of the interval that is shown beside an estimate."""
NOBODY_KNOWS = 0.5
"""The average of a station that has closed nothing yet."""


class Part(StrEnum):
    """Of a day, as people here speak of it."""

    BEFORE_DAWN = "before_dawn"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    NIGHT = "night"


BEGINS = {0: Part.BEFORE_DAWN, 5: Part.MORNING, 11: Part.NOON, 15: Part.AFTERNOON, 18: Part.NIGHT}
"""The hour of the station's clock at which each part begins."""


def part_of_day(at: datetime) -> Part:
    return part_at(timezone.localtime(at).hour)


def part_at(hour: int) -> Part:
    return BEGINS[max(begin for begin in BEGINS if begin <= hour)]


@dataclass(frozen=True)
class Estimate:
    """How likely one more report of this kind is true, and the range that it lies in four times out of five."""

    share: float
    true: float
    untrue: float
    """The parameters of the distribution: how many reports were true and how many not, those of the average included."""

    @property
    def low(self) -> float:
        return quantile((1 - SURE) / 2, self.true, self.untrue)

    @property
    def high(self) -> float:
        return quantile((1 + SURE) / 2, self.true, self.untrue)


@dataclass(frozen=True)
class Tally:
    """What became of reports of one kind."""

    confirmed: int = 0
    zonk: int = 0
    intent: int = 0

    @property
    def closed(self) -> int:
        return self.confirmed + self.zonk + self.intent

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.confirmed + other.confirmed, self.zonk + other.zonk, self.intent + other.intent
        )

    def estimate(self, average: float) -> Estimate:
        """Shrunk to the average; without any reports it is the average."""
        weight = settings.RELIABILITY_AS_IF
        # Both of them somewhat above nothing: a station where every report was true has an uncertainty all the same.
        true = max(weight * average, 0.5) + self.confirmed
        untrue = max(weight * (1 - average), 0.5) + self.closed - self.confirmed
        share = true / (true + untrue) if self.closed else average
        return Estimate(share, true, untrue)


def tally_of(outcomes: Mapping[str, int]) -> Tally:
    """Of how many reports ended with each outcome."""
    return Tally(
        sum(n for outcome, n in outcomes.items() if outcome in CONFIRMED),
        sum(n for outcome, n in outcomes.items() if outcome in ZONK),
        sum(n for outcome, n in outcomes.items() if outcome in INTENT),
    )


@dataclass(frozen=True)
class Ledger:
    """What became of the latest reports of a station. Counts only: nothing of a reporter, so it may be remembered."""

    by_district: dict[int, Tally] = field(default_factory=dict)
    """By the key of the kecamatan."""
    by_part: dict[Part, Tally] = field(default_factory=dict)
    by_hour: dict[int, Tally] = field(default_factory=dict)
    by_category: dict[int, Tally] = field(default_factory=dict)
    by_district_and_part: dict[tuple[int, Part], Tally] = field(default_factory=dict)
    all: Tally = Tally()

    @property
    def average(self) -> float:
        return self.all.confirmed / self.all.closed if self.all.closed else NOBODY_KNOWS


Row = tuple[str, int, int | None, int | None]
"""Outcome, hour, category, kecamatan."""


def ledger(station_id: int, *, at: datetime) -> Ledger:
    """Counted anew: one query for the RELIABILITY_LATEST latest reports of the last RELIABILITY_WINDOW, whatever became of
    them, so that it costs the same however many the station has. Whoever shows it remembers it for a while."""
    latest = Report.objects.filter(
        station_id=station_id, received_at__gt=at - settings.RELIABILITY_WINDOW
    ).order_by("-received_at", "-id")
    district = Case(
        When(area__level=Area.Level.DISTRICT, then="area_id"), default="area__parent_id"
    )
    columns = latest.annotate(hour=ExtractHour("received_at"), district=district).values_list(
        "outcome", "hour", "category_id", "district"
    )
    return _sorted_out(Counter(columns[: settings.RELIABILITY_LATEST]))


class Past(NamedTuple):
    """What became of a reporter's other reports; whether anything was ever held against them."""

    tally: Tally
    is_on_ladder: bool


def _past() -> "QuerySet[Report, Any]":
    mine = {"reporter": Given("reporter", UUIDField())}
    ever = Exists(Strike.objects.filter(**mine)) | Exists(Block.objects.filter(**mine))
    rows = Report.objects.visible_to(AnyReader()).filter(**mine).values_list("outcome").order_by()
    return rows.annotate(number=Count("pk"), is_on_ladder=ever)


PAST = Statement(_past)


def past_of(report: Report, *, by: Actor) -> Past:
    """The past of a report's reporter, as far as this person may see it. One query, for every page of a report. Raises
    NotAllowed."""
    counted = PAST.ask(reporter=report.reporter_id, **AnyReader.values_of(by))
    number_of: Counter[str] = Counter()
    is_on_ladder = False
    for outcome, number, is_on_ladder in counted:  # noqa: B007
        number_of[outcome] = number
    number_of[report.outcome] -= 1
    return Past(tally_of(+number_of), is_on_ladder)


def of_reporters(reports: Iterable[Report], *, by: Actor) -> dict[UUID, Tally]:
    """The same for the reporters of many, by reporter; these reports themselves are not counted. One query."""
    reports = list(reports)
    closed = (
        Report.objects.visible_to(by)
        .filter(reporter__in={report.reporter_id for report in reports}, outcome__in=COUNTED)
        .exclude(pk__in=[report.pk for report in reports])
        .values_list("reporter_id", "outcome")
        .annotate(number=Count("pk"))
        .order_by()
    )
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    for reporter, outcome, number in closed:
        tallies[reporter] += tally_of({outcome: number})
    return dict(tallies)


def likelihood(report: Report, known: Ledger, own: Tally) -> float:
    """How likely the report is true: the mean of what its reporter, its place at this time of day, and its category say,
    each shrunk to the station's average. With `area` of the report at hand it asks nothing."""
    at_place = known.by_district_and_part.get(place_and_time(report), Tally())
    of_kind = known.by_category.get(report.category_id or 0, Tally())
    shares = [tally.estimate(known.average).share for tally in (own, at_place, of_kind)]
    return sum(shares) / len(shares)


def likeliest_first(
    reports: Iterable[Report], known: Ledger, own: Mapping[UUID, Tally]
) -> list[Report]:
    """An order for what is looked into on the spot: the urgent first; of those alike the likeliest, then the oldest.

    `own`: the tallies of their reporters (`of_reporters`). For short lists of their own. The queue stays in the order of
    what is lost first, whoever reported it.
    """
    return sorted(
        reports,
        key=lambda report: (
            -report.urgency,
            -likelihood(report, known, own.get(report.reporter_id, Tally())),
            report.received_at,
            report.pk,
        ),
    )


def place_and_time(report: Report) -> tuple[int, Part]:
    """Its kecamatan (0 for none) and the part of the day at which it came."""
    area = report.area
    district = (area.pk if area.level == Area.Level.DISTRICT else area.parent_id) if area else 0
    return district or 0, part_of_day(report.received_at)


def quantile(wanted: float, a: float, b: float) -> float:
    """Below which value a Beta distribution with these two parameters lies with this probability, to a thousandth."""
    low, high = 0.0, 1.0
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle, a, b) < wanted else (low, middle)
    return (low + high) / 2


def below(x: float, a: float, b: float) -> float:
    """The probability that a Beta distribution lies below `x`: the regularised incomplete beta function.

    By hand, because the library that has it would cost every web process thirty megabytes. Source: NIST, Digital
    Library of Mathematical Functions, 8.17.22, a continued fraction that is quick on this side of the mean.
    """
    if not 0 < x < 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    fraction = 1.0
    # It needs the more terms the more reports there are, as their root.
    for m in range(20 + 3 * int(sqrt(a + b)), 0, -1):
        half, is_odd = divmod(m, 2)
        if is_odd:
            term = -(a + half) * (a + b + half) * x / ((a + m - 1) * (a + m))
        else:
            term = half * (b - half) * x / ((a + m - 1) * (a + m))
        fraction = 1 + term / fraction
    return front / fraction


def _sorted_out(rows: Mapping[Row, int]) -> Ledger:
    known = Ledger(
        by_district=defaultdict(Tally),
        by_part=defaultdict(Tally),
        by_hour=defaultdict(Tally),
        by_category=defaultdict(Tally),
        by_district_and_part=defaultdict(Tally),
    )
    everything = Tally()
    for (outcome, hour, category, district), number in rows.items():
        if outcome not in COUNTED:
            continue
        tally, part = tally_of({outcome: number}), part_at(hour)
        everything += tally
        known.by_part[part] += tally
        known.by_hour[hour] += tally
        if category is not None:
            known.by_category[category] += tally
        if district is not None:
            known.by_district[district] += tally
            known.by_district_and_part[district, part] += tally
    return replace(known, all=everything)
