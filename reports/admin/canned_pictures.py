"""The picture that goes with a wording: taken, made clean, shown and taken away on the wording's own page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reports import imaging
from reports.models import ReplyTemplate

PICTURE_PAGE = "reports_replytemplate_picture"


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    new_picture = forms.FileField(
        label=capfirst(_("picture")),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "JPEG, PNG or WebP. It is made clean and small, and goes to everybody who is sent these words."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    without_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def clean_new_picture(self) -> bytes | None:
        file = self.cleaned_data["new_picture"]
        if file is None:
            return None
        try:
            # Of one that is too large there is the size, and no content.
            imaging.refuse_size(file.size)
            return imaging.clean(file.read(), at_most=settings.PICTURE_BYTES_CANNED).jpeg
        except imaging.PictureUnfit as problem:
            raise forms.ValidationError(str(problem)) from None

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data["without_picture"]:
            self.instance.picture = None
        if self.cleaned_data["new_picture"]:
            self.instance.picture = self.cleaned_data["new_picture"]
        return super().save(commit)


class WithPicture(admin.ModelAdmin):  # type: ignore[type-arg]
    """A page of a wording that shows its picture."""

    form = PictureForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReplyTemplate]:
        templates: QuerySet[ReplyTemplate] = super().get_queryset(request)
        return templates.defer("picture")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        given = tuple(super().get_readonly_fields(request, obj))
        return (*given, "shown_picture") if obj is not None else given

    def get_urls(self) -> list[URLPattern]:
        page: Callable[..., HttpResponse] = self.admin_site.admin_view(require_safe(self.picture))
        return [path("<int:object_id>/picture/", page, name=PICTURE_PAGE), *super().get_urls()]

    @admin.display(description=_("picture now"))
    def shown_picture(self, template: ReplyTemplate) -> str | SafeString:
        if not template.picture:
            return "–"
        address = reverse(f"admin:{PICTURE_PAGE}", args=[template.pk])
        size = filesizeformat(len(template.picture))
        return format_html(
            '<a href="{0}"><img src="{0}" alt="" height="160"></a> {1}', address, size
        )

    def picture(self, request: HttpRequest, object_id: int) -> HttpResponse:
        template = self.get_object(request, str(object_id))
        if template is None:
            raise Http404
        if not self.has_view_permission(request, template):
            raise PermissionDenied
        if not template.picture:
            raise Http404
        return HttpResponse(bytes(template.picture), content_type="image/jpeg")
