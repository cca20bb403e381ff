"""The station's wordings for one report: which fit it, in which order, and what their variables stand for on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, ExpressionWrapper, IntegerField, Q, QuerySet

from reports.actors import Actor
from reports.models import ReplyTemplate, Report
from reports.models.reply_template import SAID_BY_ITSELF
from reports.statements import Given, Statement


@dataclass(frozen=True)
class Wording:
    """A wording filled in for a report. What has no value there stays in its braces and is named in `missing`."""

    template: ReplyTemplate
    text: str
    variables: dict[str, str]
    """The values by number, in the order in which the text first names them: as an approved template has them."""
    missing: tuple[str, ...]
    has_picture: bool = False

    @property
    def variables_by_name(self) -> dict[str, str]:
        return {
            name: self.variables[str(n)]
            for n, name in enumerate(self.template.variables, start=1)
            if str(n) in self.variables
        }


def values_of(report: Report, *, by: Actor) -> dict[str, str]:
    """What the variables of a wording stand for on this report; those without a value are left out."""
    place = report.landmark or report.area
    values = {
        "nomor_laporan": report.number,
        "polres": report.station.name,
        "kategori": report.category.label if report.category else "",
        "tempat": place.name if place else "",
        "nama_petugas": str(by),
    }
    return {name: value for name, value in values.items() if value}


def canned(report: Report, *, by: Actor, first: str = "") -> list[Wording]:
    """What people may choose from, filled in: what is meant for such a report first, what is meant for others last.

    `first` is the key of the one that a hint suggests: it stands before all others.
    """
    ordered = _ordered(_active(report).exclude(key__in=SAID_BY_ITSELF), report)
    return _filled(sorted(ordered, key=lambda template: template.key != first), report, by)


def approved(report: Report, *, by: Actor) -> list[Wording]:
    """What may still be sent when the 24 hours are over."""
    templates = _active(report).exclude(key__in=SAID_BY_ITSELF).exclude(content_sid="")
    return _filled(_ordered(templates, report), report, by)


def wording(report: Report, key: str, *, by: Actor) -> Wording | None:
    """The one with this key; None when the station has none, or has put it away."""
    found = BY_KEY.ask(station=report.station_id, key=key)
    return next(iter(_filled(found, report, by)), None)


def _active(report: Report) -> QuerySet[ReplyTemplate]:
    return _active_at(report.station_id)


def _active_at(station_id: Any) -> QuerySet[ReplyTemplate]:
    """Without their pictures, which may be large: only whether there is one."""
    templates = ReplyTemplate.objects.filter(station_id=station_id, is_active=True)
    has_picture = ExpressionWrapper(Q(picture__isnull=False), output_field=BooleanField())
    return templates.defer("picture").annotate(has_picture=has_picture)


BY_KEY = Statement(
    lambda: _active_at(Given("station", IntegerField())).filter(key=Given("key", CharField()))
)


def _ordered(templates: Iterable[ReplyTemplate], report: Report) -> list[ReplyTemplate]:
    return sorted(templates, key=lambda t: (_rank(t, report), t.position, t.key))


def filled_with(template: ReplyTemplate, values: Mapping[str, str]) -> Wording:
    """A wording whose variables stand for these values."""
    return Wording(
        template,
        template.fill_known(values),
        {str(n): values[v] for n, v in enumerate(template.variables, start=1) if v in values},
        tuple(name for name in template.variables if name not in values),
        bool(getattr(template, "has_picture", False)),
    )


def _filled(templates: Iterable[ReplyTemplate], report: Report, by: Actor) -> list[Wording]:
    values = values_of(report, by=by)
    return [filled_with(template, values) for template in templates]


def _rank(template: ReplyTemplate, report: Report) -> int:
    """0 for what names this category and this status, then one of them; then what names nothing; then the rest."""
    category = report.category
    mine = {category.slug, category.parent.slug if category.parent else ""} if category else set()
    says = [
        (bool(mine & set(template.categories)), template.categories),
        (report.status in template.statuses, template.statuses),
    ]
    fits = [is_met for is_met, named in says if named]
    if not fits:
        return 2
    return 2 - len(fits) if all(fits) else 3
