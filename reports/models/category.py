"""What a report is about: two levels, the same for all stations."""

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.station import Station
from reports.workflow import Urgency


class Category(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("group"),
    )
    label = models.CharField(_("label"), max_length=80)
    short_label = models.CharField(
        _("short label"),
        max_length=18,
        validators=[MaxLengthValidator(18)],
        help_text=_("For rows: at most 18 characters."),
    )
    unit_slug = models.SlugField(_("unit"), blank=True)
    supporting_unit_slugs = models.JSONField(_("supporting units"), default=list, blank=True)
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), choices=Urgency, default=Urgency.ROUTINE
    )
    respond_minutes = models.PositiveIntegerField(
        _("respond within, minutes"), null=True, blank=True
    )
    arrive_minutes = models.PositiveIntegerField(_("arrive within, minutes"), null=True, blank=True)
    complete_minutes = models.PositiveIntegerField(
        _("complete within, minutes"), null=True, blank=True
    )
    check_first = models.BooleanField(
        _("plain-clothes check first"),
        default=False,
        help_text=_("Officers in plain clothes verify before anyone acts."),
    )
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    reserved_for = models.SlugField(
        _("reserved for unit"),
        blank=True,
        help_text=_("Only this unit's people see such reports once they are so categorised."),
    )
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label


class CheckedFirst(models.Model):
    """At this station nobody acts on such reports before officers in plain clothes have been there."""

    station = models.ForeignKey(
        Station, on_delete=models.CASCADE, related_name="checked_first", verbose_name=_("station")
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="+", verbose_name=_("category")
    )

    class Meta:
        verbose_name = _("check in plain clothes")
        verbose_name_plural = _("checks in plain clothes")
        ordering: ClassVar = ["station", "category"]
        constraints: ClassVar = [
            models.UniqueConstraint("station", "category", name="checked_first_once"),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.category}"
