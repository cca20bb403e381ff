"""Looks at the queue that somebody has kept under a name: theirs alone, with how many reports each holds."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Value
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from operators.desk import filters, queue
from operators.desk.filters import Look
from operators.models import SavedView
from operators.permissions import OperatorRequest, requires
from reports.models import Report

QUERY_LIMIT = 500


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=30,
        error_messages={
            "required": gettext_lazy("Give the view a name."),
            "max_length": gettext_lazy("A name has at most 30 characters."),
        },
    )


@dataclass(frozen=True)
class Kept:
    """`number` is None when its filters hold no more: a unit is gone, a category renamed."""

    saved: SavedView
    number: int | None
    is_shown: bool

    @property
    def url(self) -> str:
        return f"{reverse('desk:queue')}?{self.saved.query}"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("read_report")
def saved_views(request: OperatorRequest) -> HttpResponse:
    """The person's own, for the menu; by POST, keep another."""
    if request.method == "POST":
        return _keep(request)
    here = _look(request, request.GET.urlencode()).address
    context = {
        "kept": _kept(request, here),
        "here": here if "view" in request.GET else "",
        "most": settings.SAVED_VIEWS_MOST,
    }
    htmx = request.htmx  # type: ignore[attr-defined]
    return render(request, "desk/_saved_views.html" if htmx else "desk/saved_views.html", context)


@require_POST
@requires("read_report")
def rename(request: OperatorRequest, view_id: int) -> HttpResponse:
    saved = get_object_or_404(SavedView, operator=request.user, pk=view_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _back(request, saved.query, wrong=form)
    saved.name = form.cleaned_data["name"]
    try:
        with transaction.atomic():
            saved.save(update_fields=["name"])
    except IntegrityError:
        return _back(request, saved.query, taken=saved.name)
    return _back(request, saved.query)


@require_POST
@requires("read_report")
def delete(request: OperatorRequest, view_id: int) -> HttpResponse:
    saved = get_object_or_404(SavedView, operator=request.user, pk=view_id)
    saved.delete()
    messages.success(request, _("The view “%(name)s” is forgotten.") % {"name": saved.name})
    return _back(request, saved.query)


def _keep(request: OperatorRequest) -> HttpResponse:
    form, look = NameForm(request.POST), _look(request, request.POST.get("query", ""))
    if look.wrong or len(look.address) > QUERY_LIMIT:
        messages.error(request, _("These filters cannot be kept."))
        return redirect("desk:queue")
    if not form.is_valid():
        return _back(request, look.address, wrong=form)
    if request.user.saved_views.count() >= settings.SAVED_VIEWS_MOST:
        messages.error(request, _("Forget a view first: there is room for no more."))
        return _back(request, look.address)
    name = form.cleaned_data["name"]
    last = request.user.saved_views.order_by("-position").values_list("position", flat=True).first()
    try:
        with transaction.atomic():
            request.user.saved_views.create(
                name=name, query=look.address, position=0 if last is None else last + 1
            )
    except IntegrityError:
        return _back(request, look.address, taken=name)
    messages.success(request, _("Kept as “%(name)s”.") % {"name": name})
    return _back(request, look.address)


def _back(
    request: OperatorRequest, query: str, *, wrong: NameForm | None = None, taken: str = ""
) -> HttpResponse:
    """To the look that the page showed; with a word about what was wrong."""
    for error in wrong.errors.get("name", []) if wrong else []:
        messages.error(request, str(error))
    if taken:
        messages.error(request, _("You have a view called “%(name)s” already.") % {"name": taken})
    return redirect(f"{reverse('desk:queue')}?{query}")


def _kept(request: OperatorRequest, here: str) -> list[Kept]:
    """All of them, counted in one query."""
    looks = [(saved, _look(request, saved.query)) for saved in request.user.saved_views.all()]
    numbers = _numbers(request, {saved.pk: look for saved, look in looks if not look.wrong})
    return [
        Kept(s, None if look.wrong else numbers.get(s.pk, 0), s.query == here) for s, look in looks
    ]


def _numbers(request: OperatorRequest, looks: dict[int, Look]) -> dict[int, int]:
    visible = Report.objects.visible_to(request.user)
    counts = [
        queue.on_view(visible, look, request.user)
        .order_by()
        .values(saved=Value(pk))
        .annotate(number=Count("pk"))
        for pk, look in looks.items()
    ]
    if not counts:
        return {}
    together = counts[0].union(*counts[1:], all=True) if counts[1:] else counts[0]
    return dict(together.values_list("saved", "number"))


def _look(request: HttpRequest, query: str) -> Look:
    given = QueryDict(query[:QUERY_LIMIT])
    view = given.get("view", "")
    return filters.look(request, view if view in queue.VIEWS else "station", given)
