"""The page and its JSON: send, follow, read, resend, and turn a telephone's clock."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simulator.configuration import configuration
from simulator.directory import Citizen, lines, places
from simulator.exchange import exchange
from simulator.phone import shapes
from simulator.phone.forms import ClockForm, GuestForm, ReachForm, SendForm
from simulator.records import Handover

# How long `wait` waits for the desk: Twilio's own limit, for the webhook and its fallback.
LONGEST_WAIT = 35
# What a browser may show in place; everything else is downloaded.
SHOWN_INLINE = ("image/", "audio/", "video/", "application/pdf")

CitizenView = Callable[..., HttpResponse]


def for_citizen(view: CitizenView) -> CitizenView:
    """Replace `slug` by the citizen, or answer 404."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **named: str) -> HttpResponse:
        citizen = exchange().ledger.citizens().get(slug)
        if citizen is None:
            raise Http404
        return view(request, citizen, **named)

    return found


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "simulator/phone.html",
        {"desk_url": configuration().desk_url, "places": places()},
    )


@require_http_methods(["GET", "POST"])
def phones(request: HttpRequest) -> JsonResponse:
    """GET: every telephone and every line. POST: add a citizen, or change one."""
    if request.method == "POST":
        form = GuestForm(body_of(request))
        if not form.is_valid():
            return refused(form)
        exchange().ledger.welcome(form.citizen())
        return JsonResponse(shapes.citizen(form.citizen()), status=201)
    citizens = exchange().ledger.citizens().values()
    return JsonResponse(
        {"phones": [shapes.citizen(one) for one in citizens], "lines": shapes.all_lines()}
    )


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What changed on all telephones after a cursor; 204 when nothing did."""
    return _feed(request, None)


@require_http_methods(["GET", "POST"])
@for_citizen
def messages(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """GET follows one telephone, POST sends from it."""
    if request.method == "POST":
        return _send(request, citizen)
    return _feed(request, citizen.slug)


@require_POST
@for_citizen
def resend(request: HttpRequest, citizen: Citizen, sid: str) -> HttpResponse:
    """Post the webhook of a message once more, with the MessageSid it has."""
    running = exchange()
    message = running.ledger.get(sid)
    if message is None or message.phone != citizen.slug or not message.is_inbound:
        raise Http404
    if message.handover is not Handover.WAITING:
        running.inbound.deliver(message)
    return JsonResponse(shapes.message(message), status=202)


@require_POST
@for_citizen
def read(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The citizen looks at the conversation with one line."""
    line = body_of(request).get("line")
    if line not in lines():
        raise Http404
    return JsonResponse({"read": exchange().outbound.mark_read(citizen.slug, str(line))})


@require_POST
@for_citizen
def clock(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Pretend that it is some hours later for this citizen."""
    form = ClockForm(body_of(request))
    if not form.is_valid():
        return refused(form)
    exchange().ledger.set_clock(citizen.slug, form.cleaned_data["hours"])
    return JsonResponse(shapes.citizen(citizen))


@require_POST
@for_citizen
def reach(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Let what the desk sends to this citizen fail to arrive, or arrive again."""
    form = ReachForm(body_of(request))
    if not form.is_valid():
        return refused(form)
    exchange().ledger.set_unreachable(citizen.slug, form.cleaned_data["unreachable"])
    return JsonResponse(shapes.citizen(citizen))


@require_safe
@for_citizen
def media(request: HttpRequest, citizen: Citizen, sid: str, media_sid: str) -> HttpResponse:
    """A file on this telephone, sent or received."""
    message = exchange().ledger.get(sid)
    if message is None or message.phone != citizen.slug:
        raise Http404
    file = next((one for one in message.media if one.sid == media_sid), None)
    content = exchange().box.get_media(media_sid) if file else None
    if file is None or content is None:
        raise Http404
    answer = HttpResponse(content, content_type=file.content_type)
    inline = file.content_type.startswith(SHOWN_INLINE)
    answer["Content-Disposition"] = "inline" if inline else "attachment"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The fields of a JSON or form request; a broken body has none."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        given = json.loads(request.body)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def refused(form: Form) -> JsonResponse:
    return JsonResponse({"errors": form.errors.get_json_data()}, status=422)


def _send(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        # Django's memory-only handler would drop the files without a word.
        error = {"message": "Berkas terlalu besar: paling banyak 16 MB.", "code": "too_large"}
        return JsonResponse({"errors": {"__all__": [error]}}, status=413)
    given = body_of(request)
    form = SendForm(given, citizen=citizen, files=request.FILES.getlist("file"))
    if not form.is_valid():
        return refused(form)
    line = lines()[form.cleaned_data["line"]]
    sent = [exchange().inbound.send(draft, sender=citizen, line=line) for draft in form.drafts()]
    if given.get("wait"):
        for _, done in sent:
            done.exception(timeout=LONGEST_WAIT)
    return JsonResponse({"messages": [shapes.message(message) for message, _ in sent]}, status=201)


def _feed(request: HttpRequest, phone: str | None) -> HttpResponse:
    after = request.GET.get("after", "0")
    found = shapes.feed(int(after) if after.isdecimal() else 0, phone)
    return HttpResponse(status=204) if found is None else JsonResponse(found)
