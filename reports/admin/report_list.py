"""The list of reports in plain columns, and the desk's verbs for many of them at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reports import claims, triage
from reports.actors import Refused
from reports.admin.rules import actor_of
from reports.models import Category, Report, Station
from reports.models.readers import not_reserved_from
from reports.workflow import Outcome

AT_ONCE = 100
"""How many reports one action takes: what is ticked on one page, never a whole list by one wrong click."""
JUDGING_A_PERSON = (Outcome.PRANK, Outcome.FALSE_REPORT)
"""Given at the desk only, where the words are before one's eyes."""

NARROWED_BY = {"station", "status", "urgency", "channel", "unit", "category", "received_at"}
NOTHING = "-"


class ClosingForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            ("", _("Choose the outcome")),
            *((choice.value, choice.label) for choice in Outcome if choice not in JUDGING_A_PERSON),
        ],
        error_messages={"required": _("Choose the outcome.")},
    )
    note = forms.CharField(
        label=_("What was found or done, in one sentence"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "autocomplete": "off"}),
        error_messages={"required": _("Write one sentence.")},
    )


class StationFilter(admin.SimpleListFilter):
    title = _("station")
    parameter_name = "station"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Station.objects.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(station__slug=self.value()) if self.value() else queryset


class GroupFilter(admin.RelatedFieldListFilter):
    """By group: one line for each of the 49 categories would bury the rest."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return list(Category.objects.filter(parent=None).values_list("pk", "short_label"))


class UnitFilter(admin.RelatedFieldListFilter):
    """The units of one's own station; with the station's name before them for whoever sees several."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        actor = actor_of(request)
        units = field.remote_field.model.objects.select_related("station")
        if actor.may("configure"):
            return [(unit.pk, f"{unit.station}: {unit}") for unit in units]
        return [(unit.pk, str(unit)) for unit in units.filter(station_id=actor.station_id)]


class ReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Read only. Whoever leads the shift sees their station, whoever configures every one; what is reserved for a unit
    stays with that unit here as well."""

    list_display = (
        "number",
        "at_station",
        "status",
        "urgency",
        "of_category",
        "of_unit",
        "channel",
        "held_by",
        "received_at",
    )
    list_select_related = ("station", "category", "unit", "holder")
    list_per_page = AT_ONCE
    list_max_show_all = AT_ONCE
    # Counting everything for the line "of so many", or for each filter, is a pass over a million rows.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-id")
    search_fields = ("number",)
    search_help_text = _("The number of a report, such as SRG-2611-00042, or a part of it.")
    fields = readonly_fields = (
        "number",
        "at_station",
        "status",
        "urgency",
        "of_category",
        "of_unit",
        "in_area",
        "channel",
        "held_by",
        "received_at",
        "answered",
        "closed",
        "outcome",
    )
    actions = ("claim", "close")
    view_on_site = False

    @admin.display(description=_("station"), ordering="station__name")
    def at_station(self, report: Report) -> str:
        return str(report.station)

    @admin.display(description=_("category"), ordering="category__position")
    def of_category(self, report: Report) -> str:
        return report.category.short_label if report.category else NOTHING

    @admin.display(description=_("unit"), ordering="unit__name")
    def of_unit(self, report: Report) -> str:
        return str(report.unit or NOTHING)

    @admin.display(description=_("area"))
    def in_area(self, report: Report) -> str:
        return str(report.area or NOTHING)

    @admin.display(description=_("held by"), ordering="holder__name")
    def held_by(self, report: Report) -> str:
        return str(report.holder or NOTHING)

    @admin.display(description=_("answered"))
    def answered(self, report: Report) -> str:
        return _when(report.answered_at)

    @admin.display(description=_("closed"))
    def closed(self, report: Report) -> str:
        return _when(report.closed_at)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        if actor_of(request).may("configure"):
            return self.list_display
        return tuple(column for column in self.list_display if column != "at_station")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        actor = actor_of(request)
        reports: QuerySet[Report] = super().get_queryset(request)
        reports = reports.filter(not_reserved_from(actor))
        if not actor.may("configure"):
            reports = reports.filter(station_id=actor.station_id)
        return reports.defer("opening_sealed", "outcome_note_sealed")

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filters: list[Any] = ["status", "urgency", "channel"]
        filters += [("unit", UnitFilter), ("category__parent", GroupFilter)]
        return [StationFilter, *filters] if actor_of(request).may("configure") else filters

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Django lets an address ask for any column. By contact or reporter it would tell which reports are one person's.
        return lookup.partition("__")[0] in NARROWED_BY and super().lookup_allowed(
            lookup, value, request
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).may("list_reports")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_claim_permission(self, request: HttpRequest) -> bool:
        return actor_of(request).may("claim")

    def has_close_permission(self, request: HttpRequest) -> bool:
        return actor_of(request).may("close")

    @admin.action(description=_("Claim the chosen reports"), permissions=["claim"])
    def claim(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        if not self._is_too_much(request, chosen):
            done = self._each(
                request, chosen, lambda report: claims.claim(report, by=actor_of(request))
            )
            said = ngettext("%(count)d report claimed.", "%(count)d reports claimed.", done)
            self._say_done(request, said, done)

    @admin.action(description=_("Close the chosen reports …"), permissions=["close"])
    def close(self, request: HttpRequest, chosen: QuerySet[Report]) -> TemplateResponse | None:
        """First a page that asks for outcome and sentence; with both, each report is closed."""
        if self._is_too_much(request, chosen):
            return None
        form = ClosingForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, chosen, form)
        outcome, note = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
        done = self._each(
            request,
            chosen,
            lambda report: triage.close(report, outcome, note, by=actor_of(request)),
        )
        said = ngettext("%(count)d report closed.", "%(count)d reports closed.", done)
        self._say_done(request, said, done)
        return None

    def _ask(
        self, request: HttpRequest, chosen: QuerySet[Report], form: ClosingForm
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Close the chosen reports"),
            "opts": self.opts,
            "reports": chosen,
            "form": form,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/reports/report/close.html", context)

    def _each(
        self,
        request: HttpRequest,
        chosen: QuerySet[Report],
        verb: Callable[[Report], object],
    ) -> int:
        """Run the verb on each, one transaction each; for how many it was done. Every refusal is named."""
        done = 0
        for report in chosen:
            try:
                verb(report)
            except Refused as refusal:
                self.message_user(request, f"{report.number}: {refusal}", messages.ERROR)
            else:
                done += 1
        return done

    def _say_done(self, request: HttpRequest, said: str, done: int) -> None:
        if done:
            self.message_user(request, said % {"count": done}, messages.SUCCESS)

    def _is_too_much(self, request: HttpRequest, chosen: QuerySet[Report]) -> bool:
        if chosen.count() <= AT_ONCE:
            return False
        refusal = gettext("At most %(limit)d reports at once. Nothing was changed.")
        self.message_user(request, refusal % {"limit": AT_ONCE}, messages.ERROR)
        return True


def _when(at: datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else NOTHING
