"""Landmarks: places that people name when they report."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from reports.admin.configuration import LinesField
from reports.describing import EAST, NORTH, SOUTH, WEST
from reports.models import Area, Landmark


class LandmarkForm(forms.ModelForm):  # type: ignore[type-arg]
    aliases = LinesField(
        label=capfirst(_("also called")), help_text=_("One on a line."), required=False
    )
    latitude = forms.FloatField(
        label=capfirst(_("latitude")), min_value=SOUTH, max_value=NORTH, localize=False
    )
    longitude = forms.FloatField(
        label=capfirst(_("longitude")), min_value=WEST, max_value=EAST, localize=False
    )

    class Meta:
        model = Landmark
        fields: ClassVar = ["station", "name", "aliases", "area", "latitude", "longitude"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        area: Area | None = given.get("area")
        if area and (station := given.get("station")) and area.station_id != station.pk:
            raise ValidationError({"area": _("The area belongs to another station.")})
        return given


class LandmarkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = LandmarkForm
    list_display = ("name", "area", "station")
    list_filter = ("station",)
    list_select_related = ("area", "station")
    search_fields = ("name", "aliases")
    autocomplete_fields = ("area",)
