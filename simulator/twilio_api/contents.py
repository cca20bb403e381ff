"""The Content API (content.twilio.com/v1): templates, so that a desk's buttons reach the phone."""

import json
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from simulator.configuration import configuration
from simulator.exchange import exchange
from simulator.records import new_sid
from simulator.twilio_api.access import api
from simulator.twilio_api.errors import ApiError


@api("GET", "POST")
def collection(request: HttpRequest) -> HttpResponseBase:
    """GET lists every template on one page, POST adds one."""
    ledger = exchange().ledger
    if request.method == "POST":
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        content = {"sid": new_sid("HX"), "date_created": now, **_described(request)}
        with ledger.lock:
            ledger.contents[content["sid"]] = content
            ledger.changed()
        return JsonResponse(_shape(content), status=201)
    with ledger.lock:
        contents = list(ledger.contents.values())
    url = f"{configuration().own_url}{request.path}?PageSize=50&Page=0"
    return JsonResponse(
        {
            "contents": [_shape(content) for content in contents],
            "meta": {
                "page": 0,
                "page_size": 50,
                "first_page_url": url,
                "previous_page_url": None,
                "url": url,
                "next_page_url": None,
                "key": "contents",
            },
        }
    )


@api("GET", "DELETE")
def resource(request: HttpRequest, sid: str) -> HttpResponseBase:
    ledger = exchange().ledger
    with ledger.lock:
        content = ledger.contents.get(sid)
        if content is None:
            raise ApiError(20404)
        if request.method == "DELETE":
            del ledger.contents[sid]
            ledger.changed()
            return HttpResponse(status=204)
    return JsonResponse(_shape(content))


def _described(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except ValueError as problem:
        raise ApiError(20001) from problem
    if not isinstance(given, dict) or not isinstance(given.get("types"), dict):
        raise ApiError(20001)
    return {
        "friendly_name": given.get("friendly_name", ""),
        "language": given.get("language", "id"),
        "variables": given.get("variables") or {},
        "types": given["types"],
    }


def _shape(content: dict[str, Any]) -> dict[str, Any]:
    url = f"https://content.twilio.com/v1/Content/{content['sid']}"
    return {
        **content,
        "account_sid": configuration().account_sid,
        "date_updated": content["date_created"],
        "url": url,
        "links": {"approval_fetch": f"{url}/ApprovalRequests"},
    }
