"""What can be set up: stations and their numbers, categories, areas, the words to citizens."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reports import numbers
from reports.admin.canned_pictures import PictureForm, WithPicture
from reports.admin.routing import ChecksInline
from reports.admin.rules import FixedOnceThere, actor_of
from reports.models import Category, Contact, ReplyTemplate, ServiceNumber
from reports.workflow import Status


class LinesField(forms.CharField):
    """A list of words, one on a line."""

    widget = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in (value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class NumbersInline(admin.TabularInline):  # type: ignore[type-arg]
    """To read beside the station; the pencil leads to the number's own page."""

    model = ServiceNumber
    fields = ("channel", "address", "is_active", "successor")
    show_change_link = True
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StationAdmin(FixedOnceThere, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "slug", "duty_desk", "asks_for_place")
    search_fields = ("name", "code")
    fixed = ("slug",)
    inlines = (NumbersInline, ChecksInline)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return () if obj is None else super().get_inlines(request, obj)


class ServiceNumberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("address", "channel", "station", "is_active", "successor")
    list_filter = ("station", "channel", "is_active")
    list_select_related = ("station", "successor")
    search_fields = ("address",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # A number that citizens have written to is what their reports came in on: it can be retired, not rewritten.
        if obj is not None and Contact.objects.filter(service_number=obj).exists():
            return ("station", "channel", "address")
        return ()

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "successor":
            kwargs["queryset"] = ServiceNumber.objects.filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Giving a number up is a verb: what led to it and who was told of it follow."""
        if change and not obj.is_active and {"is_active", "successor"} & set(form.changed_data):
            numbers.retire(obj, obj.successor, by=actor_of(request))
            if count := numbers.untold(obj).count():
                self.message_user(
                    request,
                    ngettext(
                        "%(count)d person with an open report is being told the new number.",
                        "%(count)d people with open reports are being told the new number.",
                        count,
                    )
                    % {"count": count},
                )
        super().save_model(request, obj, form, change)


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]
    supporting_unit_slugs = LinesField(
        label=capfirst(_("supporting units")),
        help_text=_("Slugs of units, one on a line; “polsek” is the Polsek of the place."),
        required=False,
    )
    keywords = LinesField(
        label=capfirst(_("keywords")), help_text=_("One on a line."), required=False
    )


class CategoryAdmin(FixedOnceThere, admin.ModelAdmin):  # type: ignore[type-arg]
    form = CategoryForm
    list_display = (
        "label",
        "in_group",
        "unit_slug",
        "urgency",
        "respond_minutes",
        "arrive_minutes",
        "complete_minutes",
        "check_first",
        "is_sensitive",
    )
    list_filter = (
        "urgency",
        "check_first",
        "is_sensitive",
        ("parent", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("parent",)
    list_per_page = 200
    search_fields = ("label", "slug")
    fixed = ("slug",)
    fieldsets = (
        (None, {"fields": ("slug", "parent", "label", "short_label", "position")}),
        (_("Who"), {"fields": ("unit_slug", "supporting_unit_slugs", "reserved_for")}),
        (
            _("How urgent"),
            {"fields": ("urgency", "respond_minutes", "arrive_minutes", "complete_minutes")},
        ),
        (_("With care"), {"fields": ("check_first", "is_sensitive")}),
        (_("How it is recognised"), {"fields": ("keywords",)}),
    )

    @admin.display(description=_("group"), ordering="parent__position")
    def in_group(self, category: Category) -> str:
        return category.parent.short_label if category.parent else ""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AreaAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Mostly to read: the ministry names the areas, seed_reference brings them."""

    list_display = ("name", "level", "parent", "station", "code", "square_km")
    list_filter = ("station", "level")
    list_select_related = ("parent", "station")
    search_fields = ("name", "code")
    readonly_fields = ("station", "code", "level", "parent")
    fields = (*readonly_fields, "name", "latitude", "longitude", "square_km")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def categories_in_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a choice: each group with itself and what is in it. One query."""
    every = list(Category.objects.all())
    return [
        (
            group.label,
            [(group.slug, str(_("all of them")))]
            + [(one.slug, one.label) for one in every if one.parent_id == group.pk],
        )
        for group in every
        if group.parent_id is None
    ]


class WordingForm(PictureForm):
    categories = forms.MultipleChoiceField(
        label=capfirst(_("for categories")),
        choices=categories_in_groups,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Offered first on reports of these; none means for all."),
    )
    statuses = forms.MultipleChoiceField(
        label=capfirst(_("for statuses")),
        choices=Status.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Offered first on reports that are so; none means for all."),
    )
    position = forms.IntegerField(
        label=capfirst(_("position")), min_value=0, max_value=32767, required=False
    )

    def clean_position(self) -> int:
        given: int | None = self.cleaned_data["position"]
        return self.instance.position if given is None else given


class ReplyTemplateAdmin(FixedOnceThere, WithPicture):
    """Whoever leads the shift words what their own station says; which wordings there are is configuration."""

    form = WordingForm
    list_display = ("label", "station", "beginning", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("station",)
    ordering = ("station", "position", "key")
    fixed = ("station", "label_shown")
    chosen_by_people = ("title", "categories", "statuses", "content_sid", "position")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the program says by itself is not chosen by anybody: its words are all there is to change."""
        fields = list(super().get_fields(request, obj))
        if obj is None:
            return fields
        # Its key is the program's word for it; people read what it is used for.
        fields = [name for name in fields if name != "key"]
        if obj.is_canned:
            return fields
        pictures = ("new_picture", "without_picture", "shown_picture")
        return [name for name in fields if name not in (*self.chosen_by_people, *pictures)]

    @admin.display(description=_("used for"))
    def label_shown(self, template: ReplyTemplate) -> str:
        return template.label

    @admin.display(description=_("text"))
    def beginning(self, template: ReplyTemplate) -> str:
        return Truncator(template.text).chars(90)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReplyTemplate]:
        actor = actor_of(request)
        templates: QuerySet[ReplyTemplate] = super().get_queryset(request)
        if actor.may("configure"):
            return templates
        return templates.filter(station_id=actor.station_id)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        actor = actor_of(request)
        if not actor.may("word_replies"):
            return False
        return obj is None or actor.may("configure") or obj.station_id == actor.station_id
