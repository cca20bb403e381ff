"""Where a station works: regency, districts (kecamatan), villages (desa or kelurahan), each with its centre."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.station import Station


class Area(models.Model):
    class Level(models.TextChoices):
        REGENCY = "regency", _("regency")
        DISTRICT = "district", _("district")
        VILLAGE = "village", _("village")

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="areas", verbose_name=_("station")
    )
    code = models.CharField(
        _("code"), max_length=13, unique=True, help_text=_("Code of the Ministry of Home Affairs.")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    outline = models.JSONField(_("outline"), null=True, blank=True, editable=False)
    """Rings of [longitude, latitude] in degrees, simplified for a small map."""
    square_km = models.FloatField(_("area in km²"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        indexes: ClassVar = [
            # Finding a place by the name somebody wrote.
            models.Index(fields=["station", "name"], name="area_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
