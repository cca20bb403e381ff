"""Messages and media as Twilio's JSON, and lists cut into pages."""

from collections.abc import Callable, Sequence
from email.utils import formatdate
from math import ceil
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from simulator.configuration import configuration
from simulator.parameters import API_VERSION, media_path
from simulator.records import Media, Message
from simulator.twilio_api.errors import ApiError

DEFAULT_PAGE_SIZE = 50
LARGEST_PAGE = 1000

Item = TypeVar("Item", Message, Media)


def message(record: Message) -> dict[str, Any]:
    """A Message resource."""
    account = configuration().account_sid
    path = f"/{API_VERSION}/Accounts/{account}/Messages/{record.sid}"
    body = "" if record.redacted else record.body
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": body,
        "date_created": date(record.created_at),
        "date_sent": date(record.sent_at) if record.sent_at else None,
        "date_updated": date(record.updated_at),
        "direction": record.direction,
        "error_code": record.error_code,
        "error_message": record.error_message or None,
        "from": record.sender,
        "messaging_service_sid": record.messaging_service_sid or None,
        "num_media": str(len(record.kept_media) or len(record.media_urls)),
        "num_segments": str(_segments(record)),
        "price": None,
        "price_unit": "USD" if record.sent_at else None,
        "sid": record.sid,
        "status": record.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": record.recipient,
        "uri": f"{path}.json",
    }


def media(record: Media, parent: Message) -> dict[str, Any]:
    """A Media resource."""
    config = configuration()
    return {
        "account_sid": config.account_sid,
        "content_type": record.content_type,
        "date_created": date(record.created_at),
        "date_updated": date(record.created_at),
        "parent_sid": parent.sid,
        "sid": record.sid,
        "uri": f"{media_path(parent.sid, record.sid, config)}.json",
    }


def page(
    request: HttpRequest,
    key: str,
    items: Sequence[Item],
    shape: Callable[[Item], dict[str, Any]],
    find: Callable[[str], Item | None],
) -> dict[str, Any]:
    """One page of `items` (newest first) under `key`, with the addresses of its neighbours.

    A page after the first begins behind the last item of the one before it (PageToken, which
    `find` looks up), so that what arrives or is deleted meanwhile neither repeats nor hides
    anything.
    """
    size = min(_whole_number(request, "PageSize", DEFAULT_PAGE_SIZE) or 1, LARGEST_PAGE)
    number = _whole_number(request, "Page", 0)
    start = number * size
    if token := request.GET.get("PageToken"):
        if (last := find(token.removeprefix("PA"))) is None:
            raise ApiError(20001)
        start = sum(item.created_at >= last.created_at for item in items)
    shown = items[start : start + size]
    filters: list[tuple[str, str]] = [
        (name, str(request.GET[name]))
        for name in request.GET
        if name not in {"Page", "PageSize", "PageToken"}
    ]

    def uri(page_number: int, page_token: str = "") -> str:
        query = [*filters, ("PageSize", str(size)), ("Page", str(page_number))]
        if page_token:
            query.append(("PageToken", page_token))
        return f"{request.path}?{urlencode(query)}"

    has_more = start + size < len(items)
    return {
        "start": start,
        "end": start + len(shown) - 1 if shown else start,
        "page": number,
        "page_size": size,
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1, f"PA{shown[-1].sid}") if has_more else None,
        "previous_page_uri": uri(number - 1) if number else None,
        "uri": uri(number),
        key: [shape(item) for item in shown],
    }


def date(moment: float) -> str:
    """RFC 2822 in UTC: `Sat, 21 Nov 2026 08:01:45 +0000`."""
    return formatdate(moment)[:-5] + "+0000"


def _whole_number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    if text and not text.isdecimal():
        raise ApiError(20001)
    return int(text) if text else default


def _segments(record: Message) -> int:
    """How many SMS the text takes; always one on WhatsApp."""
    if record.is_whatsapp or record.recipient.startswith("whatsapp:"):
        return 1
    whole, part = (160, 153) if record.body.isascii() else (70, 67)
    return 1 if len(record.body) <= whole else ceil(len(record.body) / part)
