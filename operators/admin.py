"""The administration's pages about people, registered here and nowhere else, and its name.

Whoever may configure may do everything (`Operator.has_perm`). Accounts have roles; groups and permission rows do not exist
for this program. Nobody changes their own roles, and no account is deleted: what it did stands under its name.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    UserChangeForm,
    UserCreationForm,
    UsernameField,
)
from django.contrib.auth.models import Group
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from operators.models import ApiToken, Operator, Regu, ReguMember, ShiftPattern, Unit
from operators.permissions import Role
from reports.admin.configuration import LinesField
from reports.admin.rules import FixedOnceThere
from reports.models import Area, DutyPhone

admin.site.site_title = admin.site.site_header = "polreswa"
admin.site.index_title = _("What can be set up here")
admin.site.unregister(Group)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Two stations have units of the same name: the station's stands before it."""

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.station}: {obj}"


class RolesForm(forms.Form):
    """The JSON list of an account as boxes to tick."""

    roles = forms.MultipleChoiceField(
        label=capfirst(_("roles")),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )


class NewOperatorForm(RolesForm, UserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = Operator
        fields = ("username", "name", "nrp", "rank", "station", "unit", "roles")
        field_classes = {"username": UsernameField}


class OperatorForm(RolesForm, UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = Operator
        fields = ("username", "name", "nrp", "rank", "station", "unit", "roles", "is_active")
        field_classes = {"username": UsernameField}


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password and nothing else: an account is switched off by “active”, not by taking its password away."""

    def __init__(self, user: Operator, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True


def _is_oneself(request: HttpRequest, operator: Operator | None) -> bool:
    return operator is not None and operator.pk == request.user.pk


@admin.register(Operator)
class OperatorAdmin(UserAdmin):  # type: ignore[type-arg]
    form = OperatorForm
    add_form = NewOperatorForm
    add_form_template = None
    change_password_form = PasswordForm
    change_user_password_template = "admin/operators/operator/change_password.html"  # noqa: S105  (a page)
    list_display = ("username", "name", "rank", "station", "unit", "role_names", "is_active")
    list_filter = ("station", "is_active")
    list_select_related = ("station", "unit")
    search_fields = ("username", "name", "nrp")
    ordering = ("station__name", "name")
    filter_horizontal = ()
    readonly_fields = ("role_names", "has_duty_phone", "last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("name", "rank", "nrp")}),
        (_("Duty"), {"fields": ("station", "unit", "roles", "has_duty_phone", "is_active")}),
        (_("Times"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Person"), {"fields": ("name", "rank", "nrp")}),
        (_("Duty"), {"fields": ("station", "unit", "roles")}),
    )

    @admin.display(description=_("roles"))
    def role_names(self, operator: Operator) -> str:
        return ", ".join(str(Role(role).label) for role in operator.roles if role in Role.values)

    @admin.display(description=_("duty telephone"), boolean=True)
    def has_duty_phone(self, operator: Operator) -> bool:
        """Whose number it is, and which, stays behind the wall."""
        return DutyPhone.objects.filter(operator_id=operator.pk).exists()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not _is_oneself(request, obj):
            return fieldsets
        return [
            (
                title,
                options
                | {"fields": ["role_names" if n == "roles" else n for n in options["fields"]]},
            )
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("roles", "is_active") if _is_oneself(request, obj) else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "unit":
            kwargs |= {
                "form_class": UnitField,
                "queryset": Unit.objects.filter(is_active=True).select_related("station"),
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Unit)
class UnitAdmin(FixedOnceThere, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "slug", "station", "district", "may_investigate", "is_active")
    list_filter = ("station", "may_investigate", "is_active")
    list_select_related = ("station", "district")
    search_fields = ("name", "slug")
    fixed = ("station", "slug")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "district":
            kwargs["queryset"] = Area.objects.filter(level=Area.Level.DISTRICT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MembersInline(admin.TabularInline):  # type: ignore[type-arg]
    """Whose usual team it is. Who was really there is written down when a shift begins."""

    model = ReguMember
    extra = 1

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "operator":
            kwargs["queryset"] = Operator.objects.filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Regu)
class ReguAdmin(FixedOnceThere, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "station", "position", "is_active")
    list_filter = ("station", "is_active")
    list_select_related = ("station",)
    search_fields = ("name",)
    fixed = ("station",)
    inlines = (MembersInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PatternForm(forms.ModelForm):  # type: ignore[type-arg]
    changes_at = LinesField(
        label=capfirst(_("changes at")),
        help_text=_("One time on a line, by the station's clock, such as 07:00."),
    )

    class Meta:
        model = ShiftPattern
        fields = ("station", "changes_at", "counted_from")


@admin.register(ShiftPattern)
class ShiftPatternAdmin(FixedOnceThere, admin.ModelAdmin):  # type: ignore[type-arg]
    form = PatternForm
    list_display = ("station", "counted_from")
    list_select_related = ("station",)
    fixed = ("station",)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To see which accounts have one, and to take it away. A new one is shown once, where no browser keeps the page."""

    list_display = ("operator", "created_at")
    list_select_related = ("operator",)
    fields = ("operator", "created_at")
    search_fields = ("operator__username", "operator__name")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        where = _("A new token is made on the server: manage.py create_api_token USERNAME")
        return super().changelist_view(request, {"subtitle": where} | (extra_context or {}))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
