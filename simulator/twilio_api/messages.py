"""The Messages resource: create, list, fetch, redact, delete."""

import time
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from simulator.exchange import Exchange, exchange
from simulator.records import Message
from simulator.twilio_api import shapes
from simulator.twilio_api.access import api
from simulator.twilio_api.creation import outgoing
from simulator.twilio_api.errors import ApiError

FINAL = frozenset({"delivered", "undelivered", "failed", "read", "received", "canceled"})
DATE_FILTERS = ("DateSent", "DateSent<", "DateSent>")


@api("GET", "POST")
def collection(request: HttpRequest) -> HttpResponseBase:
    """GET lists, POST creates."""
    return _create(request) if request.method == "POST" else _list(request)


@api("GET", "POST", "DELETE")
def resource(request: HttpRequest, sid: str) -> HttpResponseBase:
    """GET fetches, POST with an empty Body redacts, DELETE forgets."""
    message = find(sid)
    if request.method == "POST":
        return _redact(request, message)
    if request.method == "DELETE":
        return _delete(message)
    return JsonResponse(shapes.message(message))


def find(sid: str) -> Message:
    """The message that Twilio still has. Raises ApiError."""
    message = exchange().ledger.get(sid)
    if message is None or message.deleted:
        raise ApiError(20404)
    return message


def _create(request: HttpRequest) -> HttpResponseBase:
    running = exchange()
    switches = running.switches
    if switches.take("refuse_next") or switches.strikes("refuse_every"):
        raise ApiError(20429)
    if switches.take("error_before_next"):
        raise ApiError(20500)
    if switches.take("stall_before_next"):
        _stall(running)
        raise ApiError(20500)

    message = outgoing(request.POST, running)
    answer = JsonResponse(shapes.message(message), status=201)
    running.ledger.add(message)
    running.outbound.launch(message)
    if switches.take("error_after_next"):
        raise ApiError(20500)
    if switches.take("stall_after_next"):
        _stall(running)
    return answer


def _stall(running: Exchange) -> None:
    """Keep the client waiting, longer than it is willing to; not longer than we live."""
    running.closing.wait(running.switches.stall_seconds)


def _list(request: HttpRequest) -> HttpResponseBase:
    ledger = exchange().ledger
    messages = [
        message
        for message in reversed(ledger.all())
        if not message.deleted and _matches(message, request)
    ]
    return JsonResponse(shapes.page(request, "messages", messages, shapes.message, find=ledger.get))


def _matches(message: Message, request: HttpRequest) -> bool:
    """The filters of the list. Dates count by the day, as Twilio documents them."""
    query = request.GET
    if query.get("To", message.recipient) != message.recipient:
        return False
    if query.get("From", message.sender) != message.sender:
        return False
    asked = {name: _asked_day(query[name]) for name in DATE_FILTERS if query.get(name)}
    if not asked:
        return True
    if message.sent_at is None:
        return False
    sent = _day(message.sent_at)
    return asked.get("DateSent", sent) == sent and asked.get(
        "DateSent>", sent
    ) <= sent <= asked.get("DateSent<", sent)


def _redact(request: HttpRequest, message: Message) -> HttpResponseBase:
    if request.POST.get("Body") != "":
        raise ApiError(20001)
    ledger = exchange().ledger
    with ledger.changing(message):
        message.redacted = True
    return JsonResponse(shapes.message(message))


def _delete(message: Message) -> HttpResponseBase:
    if message.status not in FINAL:
        raise ApiError(20009)
    with exchange().ledger.changing(message):
        message.deleted = True
        for media in message.media:
            media.removed = True
    return HttpResponse(status=204)


def _day(moment: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


def _asked_day(text: str) -> str:
    """`2026-11-21` or `2026-11-21T08:00:00Z` as the day in UTC. Raises ApiError."""
    try:
        asked = datetime.fromisoformat(text)
    except ValueError as problem:
        raise ApiError(20001) from problem
    return (asked.astimezone(UTC) if asked.tzinfo else asked).strftime("%Y-%m-%d")
