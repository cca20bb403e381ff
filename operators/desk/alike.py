"""Reports that may be about the same incident: those that came before, as this one's findings say, and those that came later
and were found to be like it. Reports of one incident stand as one line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import UUIDField
from django.utils.safestring import SafeString

from operators.desk import times
from operators.models import Operator
from reports import findings, reading
from reports.incident_recipients import HEAVY
from reports.models import Incident, Report
from reports.models.readers import AnyReader
from reports.statements import Statement, any_of, each

OFFERED = 3
"""More would be a list to read, not a hint."""
FIRST_KEY = 7
LOOKED_AT = 40
"""Of so many, the likeliest first, those that may be seen and are of incidents of their own are looked for."""
RELATED = ("category", "area", "landmark", "incident")
OTHERS = Statement(
    lambda: (
        Report.objects.visible_to(AnyReader())
        .select_related(*RELATED)
        .defer(*HEAVY)
        .filter(pk__in=any_of(LOOKED_AT, UUIDField()))
    )
)


class Hint(NamedTuple):
    """What speaks for it."""

    report: str
    confidence: float
    is_strong: bool
    reason: str


@dataclass(frozen=True)
class Alike:
    """Another report, or the incident that it belongs to with so many reports; None words do not open any more."""

    report: Report
    hint: Hint
    key: str
    told_by: int
    opening: str | None = field(repr=False)
    age: SafeString

    @property
    def incident(self) -> Incident | None:
        return self.report.incident

    @property
    def number(self) -> str:
        """What is linked to."""
        return self.incident.number if self.incident else self.report.number

    @property
    def is_strong(self) -> bool:
        return self.hint.is_strong


def load(
    report: Report, found: Iterable[tuple[Any, Any]], operator: Operator, now: datetime
) -> list[Alike]:
    """`found` are the ids of reports with the offers of this report's own findings. No query where nothing is alike
    (`findings.IS_NAMED`); two where something is, two more where later reports are, one more where some belong to an
    incident."""
    hints = [_hint(pk, o.value, o.confidence, o.reason) for pk, o in found if pk]
    # Whoever has not asked is asked here.
    may_be_named = getattr(report, "is_named", True)
    for named in findings.naming(report, by=operator) if may_be_named else ():
        one = named.suggested
        # The reason says first how much later the other one is, and here it is the other one that is looked at.
        reason = one.reason.partition(", ")[2]
        hints.append(_hint(named.report_id, one.value, one.confidence, reason))
    if not hints:
        return []
    best: dict[str, Hint] = {}
    for hint in sorted(hints, key=lambda hint: -hint.confidence):
        best.setdefault(hint.report, hint)
    likeliest = [pk for pk in best if pk != str(report.pk)][:LOOKED_AT]
    others = {str(one.pk): one for one in _visible(likeliest, operator)}
    chosen = _one_an_incident(report, [(others[pk], best[pk]) for pk in best if pk in others])
    return _drawn(chosen, operator, now)


def _visible(ids: list[str], operator: Operator) -> list[Report]:
    if not ids or not operator.may("read_report"):
        return []
    return OTHERS.ask(**each(ids, LOOKED_AT), **AnyReader.values_of(operator))


def _hint(report: object, value: dict[str, Any], confidence: float, reason: str) -> Hint:
    is_strong = value.get("strength") == "strong"
    return Hint(str(report), confidence, is_strong, reason[:1].upper() + reason[1:])


def _one_an_incident(
    report: Report, found: Iterable[tuple[Report, Hint]]
) -> list[tuple[Report, Hint]]:
    """Without what is linked with this one already; of each incident the best."""
    seen = {report.incident_id} - {None}
    chosen = []
    for other, hint in found:
        if other.incident_id is None or other.incident_id not in seen:
            chosen.append((other, hint))
            seen.add(other.incident_id)
    return chosen[:OFFERED]


def _drawn(chosen: list[tuple[Report, Hint]], operator: Operator, now: datetime) -> list[Alike]:
    if not chosen:
        return []
    openings = reading.openings([other for other, _ in chosen], by=operator)
    ids = {other.incident_id for other, _ in chosen if other.incident_id}
    counts = Incident.objects.counts(ids, operator) if ids else {}
    return [
        Alike(
            other,
            hint,
            str(key),
            counts[other.incident_id].reports if other.incident_id in counts else 0,
            openings.get(other.pk),
            times.since(other.received_at, now),
        )
        for key, (other, hint) in enumerate(chosen, start=FIRST_KEY)
    ]
