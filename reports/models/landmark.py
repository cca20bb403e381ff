"""A place that people name when they report: a station, a market, a flyover."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.area import Area
from reports.models.station import Station


class Landmark(models.Model):
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="landmarks", verbose_name=_("station")
    )
    name = models.CharField(_("name"), max_length=80)
    aliases = models.JSONField(_("also called"), default=list, blank=True)
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="landmarks",
        verbose_name=_("area"),
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("landmark")
        verbose_name_plural = _("landmarks")
        ordering = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint("station", "name", name="landmark_once_a_station"),
        ]

    def __str__(self) -> str:
        return self.name
