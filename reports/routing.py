"""Which unit a report goes to, with the sentence that says why. A hint: a person sends it, there or elsewhere.

The station's rules in their order, of which the first that fits decides; else what its category says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.models import Area, Report, RoutingRule
from reports.workflow import Urgency

POLSEK = "polsek"
"""In a category's units: the Polsek of the kecamatan, whichever that is."""
DESK = "spkt"
"""Sits at the desk and goes nowhere."""
PATROL = "samapta"
CRIMINAL = "kriminal"
DETECTIVES = "reskrim"
NIGHT_FROM, NIGHT_UNTIL = time(18), time(6)


@dataclass(frozen=True)
class Suggestion:
    """`is_together` when the second unit goes as well; else it is there to be asked."""

    unit: Any
    why: str
    second: Any = None
    is_together: bool = False


def suggest(report: Report, *, at: datetime) -> Suggestion | None:
    """None when nobody has to go. Two queries, when the report came with its station, category and place."""
    place = _Place(report)
    if (category := report.category) is not None and category.reserved_for:
        unit = place.called(category.reserved_for)
        return unit and Suggestion(unit, _("Reports of this category go to %s only.") % unit)
    rules = RoutingRule.objects.filter(station=report.station_id, is_active=True)
    for rule in rules.select_related("category", "district").order_by("position", "pk"):
        if _fits(rule, report, place.district, at) and (found := _by_rule(rule, place)):
            return found
    return _by_category(report, place)


class _Place:
    """The units that there are for a report where it is."""

    def __init__(self, report: Report) -> None:
        self.report = report
        category = report.category
        group = category and (category.parent or category)
        self.is_criminal = group is not None and group.slug == CRIMINAL

    @cached_property
    def district(self) -> Area | None:
        """The kecamatan."""
        area = self.report.area
        return area.parent if area and area.level == Area.Level.VILLAGE else area

    @cached_property
    def units(self) -> list[Any]:
        return list(self.report.station.units.filter(is_active=True))

    def called(self, slug: str) -> Any:
        return next((unit for unit in self.units if unit.slug == slug), None)

    def known(self, unit_id: int | None) -> Any:
        return next((unit for unit in self.units if unit.pk == unit_id), None)

    @cached_property
    def polsek(self) -> Any:
        """That of the kecamatan, whatever it may do."""
        district = self.district
        serving = (unit for unit in self.units if district and unit.district_id == district.pk)
        return next(serving, None)

    @cached_property
    def may_not(self) -> bool:
        """Whether this is a criminal case, and the Polsek here only enquires."""
        return self.is_criminal and bool(self.polsek) and not self.polsek.may_investigate

    @property
    def usable_polsek(self) -> Any:
        return None if self.may_not else self.polsek

    @property
    def without_polsek(self) -> str:
        """Why the Polsek is passed over."""
        if self.may_not:
            return _("%(polsek)s only enquires, so that criminal cases go to %%s.") % {
                "polsek": self.polsek
            }
        return _("Which Polsek it is for is not known, so it goes to %s.")

    def first(self, slugs: Iterable[str], *, but: Any = None) -> Any:
        """The first of these that can go."""
        for slug in slugs:
            unit = self.usable_polsek if slug == POLSEK else self.called(slug)
            if unit is not None and unit.slug != DESK and unit != but:
                return unit
        return None


def _fits(rule: RoutingRule, report: Report, district: Area | None, at: datetime) -> bool:
    category = report.category
    if rule.category_id is not None and (
        category is None or rule.category_id not in {category.pk, category.parent_id}
    ):
        return False
    if rule.district_id is not None and (district is None or rule.district_id != district.pk):
        return False
    if rule.least_urgency is not None and report.urgency < rule.least_urgency:
        return False
    return _is_within(rule.from_time, rule.to_time, timezone.localtime(at).time())


def _is_within(begin: time | None, end: time | None, now: time) -> bool:
    """Over midnight where the end is earlier; all day where both are the same."""
    if begin is None or end is None or begin == end:
        return True
    return begin <= now < end if begin < end else now >= begin or now < end


def _by_rule(rule: RoutingRule, place: _Place) -> Suggestion | None:
    unit, aside = (place.usable_polsek, "") if rule.to_polsek else (place.known(rule.unit_id), "")
    if unit is None and rule.to_polsek:
        unit = place.known(rule.unit_id) or (place.called(DETECTIVES) if place.may_not else None)
        aside = place.without_polsek
    if unit is None:
        return None
    second = place.known(rule.together_with_id)
    second = None if second == unit else second
    why = _sentence(_named(rule), unit, second)
    return Suggestion(unit, f"{why} {aside % unit}" if aside else why, second, second is not None)


def _by_category(report: Report, place: _Place) -> Suggestion | None:
    category = report.category
    is_emergency = report.urgency == Urgency.EMERGENCY
    if category is None:
        desk = report.station.duty_desk
        unit = place.first([desk, PATROL, POLSEK] if desk != DESK else [POLSEK, PATROL])
        return unit and Suggestion(unit, _("Without a category: %s goes and looks.") % unit)
    slugs = [category.unit_slug, *category.supporting_unit_slugs]
    if category.unit_slug in {"", DESK} and not is_emergency:
        return None
    unit = place.first(slugs)
    if unit is None:
        unit = place.called(DETECTIVES) if place.may_not else place.called(PATROL)
    if unit is None:
        return None
    second = place.first(slugs[1:], but=unit)
    together = second if is_emergency else None
    why = _sentence(category.label, unit, together)
    if category.unit_slug == POLSEK and place.usable_polsek is None:
        why = f"{why} {place.without_polsek % unit}"
    return Suggestion(unit, why, second, together is not None)


def _sentence(subject: str, unit: Any, together: Any) -> str:
    if together is None:
        return _("%(subject)s: %(unit)s.") % {"subject": subject, "unit": unit}
    return _("%(subject)s: %(unit)s, together with %(second)s.") % {
        "subject": subject,
        "unit": unit,
        "second": together,
    }


def _named(rule: RoutingRule) -> str:
    """What the rule is about, in words."""
    words = [rule.category.label if rule.category else pgettext("routing", "Every report")]
    if rule.least_urgency is not None:
        words.append(
            _("from %(urgency)s on") % {"urgency": Urgency(rule.least_urgency).label.lower()}
        )
    if rule.district is not None:
        words.append(_("in Kecamatan %(name)s") % {"name": rule.district})
    if rule.from_time is not None and rule.to_time is not None:
        hours = {"begin": f"{rule.from_time:%H.%M}", "end": f"{rule.to_time:%H.%M}"}
        if _is_night(rule.from_time, rule.to_time):
            words.append(_("at night (%(begin)s–%(end)s)") % hours)
        else:
            words.append(_("from %(begin)s to %(end)s") % hours)
    return " ".join(words)


def _is_night(begin: time, end: time) -> bool:
    return begin >= NIGHT_FROM and end <= NIGHT_UNTIL
