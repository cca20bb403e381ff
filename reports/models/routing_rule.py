"""Which unit a report goes to: rules in an order, of which the first that fits decides."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.area import Area
from reports.models.category import Category
from reports.models.station import Station
from reports.workflow import Urgency


class RoutingRule(models.Model):
    """What is left empty fits everything. The hours run by the station's clock, over midnight where the end is earlier."""

    station = models.ForeignKey(
        Station, on_delete=models.CASCADE, related_name="routing_rules", verbose_name=_("station")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("category"),
        help_text=_("A category, or a group of them."),
    )
    district = models.ForeignKey(
        Area,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kecamatan"),
    )
    least_urgency = models.PositiveSmallIntegerField(
        _("from this urgency"), choices=Urgency, null=True, blank=True
    )
    from_time = models.TimeField(_("from"), null=True, blank=True)
    to_time = models.TimeField(_("until"), null=True, blank=True)
    to_polsek = models.BooleanField(
        _("to the Polsek of the kecamatan"),
        default=False,
        help_text=_(
            "Where it may do so: a criminal case goes on to the unit when the Polsek may not investigate."
        ),
    )
    unit = models.ForeignKey(
        "operators.Unit",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
        help_text=_("Also where a Polsek may not, or where the place is not known."),
    )
    together_with = models.ForeignKey(
        "operators.Unit",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("together with"),
        help_text=_("A second unit: Samapta catches, Lantas tickets."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering: ClassVar = ["station", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_polsek=True) | Q(unit__isnull=False),
                name="routing_rule_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(from_time=None, to_time=None)
                | Q(from_time__isnull=False, to_time__isnull=False),
                name="routing_rule_has_both_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.position}"

    def clean(self) -> None:
        if not self.to_polsek and self.unit_id is None:
            raise ValidationError({"unit": _("Choose a unit, or the Polsek of the kecamatan.")})
        if (self.from_time is None) != (self.to_time is None):
            raise ValidationError({"to_time": _("Give both hours, or none.")})
        for name, given in (("unit", self.unit), ("together_with", self.together_with)):
            if given is not None and given.station_id != self.station_id:
                raise ValidationError({name: _("The unit belongs to another station.")})
        if self.district and self.district.station_id != self.station_id:
            raise ValidationError({"district": _("This place belongs to another station.")})
