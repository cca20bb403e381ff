"""Where reports go, and what is checked in plain clothes before anybody acts, at each station."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.models import Area, Category, CheckedFirst, RoutingRule

HOUR = "%H.%M"


class OfStationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Every station has a Satlantas: each is named with its station."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.station.name}: {obj}"


class RoutingRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "position",
        "station",
        "category",
        "hours",
        "unit",
        "together_with",
        "to_polsek",
        "least_urgency",
        "district",
        "is_active",
    )
    list_display_links = ("position", "category")
    list_filter = ("station", "is_active")
    list_select_related = ("station", "category", "district", "unit", "together_with")
    list_per_page = 200
    fieldsets = (
        (None, {"fields": ("station", "position", "is_active")}),
        (
            _("Which reports"),
            {"fields": ("category", "district", "least_urgency", ("from_time", "to_time"))},
        ),
        (_("Where to"), {"fields": ("to_polsek", "unit", "together_with")}),
    )

    @admin.display(description=_("hours"))
    def hours(self, rule: RoutingRule) -> str:
        if rule.from_time is None or rule.to_time is None:
            return ""
        return f"{rule.from_time.strftime(HOUR)}–{rule.to_time.strftime(HOUR)}"

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in {"unit", "together_with", "district"}:
            kwargs["form_class"] = OfStationField
            offered = db_field.related_model._default_manager.select_related("station")
            if db_field.name == "district":
                offered = offered.filter(level=Area.Level.DISTRICT)
            kwargs["queryset"] = offered.order_by("station__name", "name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ChecksInline(admin.TabularInline):  # type: ignore[type-arg]
    """On the station's page: what is checked before anybody acts."""

    model = CheckedFirst
    extra = 0

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "category":
            kwargs["queryset"] = Category.objects.filter(children=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
