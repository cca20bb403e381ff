"""A unit (satuan) of a station: SPKT, Samapta, a Polsek."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models import Area, Station


class Unit(models.Model):
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="units", verbose_name=_("station")
    )
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=60)
    district = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("district"),
        help_text=_("For a Polsek: the kecamatan it serves."),
    )
    may_investigate = models.BooleanField(
        _("may investigate"),
        default=True,
        help_text=_("Some Polsek only enquire: criminal cases there go to Satreskrim."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["station", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint("station", "slug", name="unit_slug_once_a_station"),
        ]

    def __str__(self) -> str:
        return self.name
