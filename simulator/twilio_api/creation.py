"""From the form of a create call to a message, with Twilio's refusals."""

import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict

from simulator.directory import Line, line_of
from simulator.exchange import Exchange
from simulator.records import Button, Direction, Message, Place, new_sid
from simulator.twilio_api.errors import ApiError

LONGEST_BODY = 1600
E164 = re.compile(r"\+[1-9]\d{6,14}")
USER_ID = re.compile(r"[A-Z]{2}\.[0-9A-Za-z]{1,128}")
CONTENT_SID = re.compile(r"HX[0-9a-fA-F]{32}")
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def outgoing(form: QueryDict, running: Exchange) -> Message:
    """The message a create call describes, not yet remembered. Raises ApiError."""
    recipient = form.get("To", "").strip()
    line = _line(form, recipient)
    media_urls = _media_urls(form, line)
    content_sid = form.get("ContentSid", "")
    body, buttons = form.get("Body", ""), list[Button]()
    if content_sid:
        body, buttons = _from_template(content_sid, form.get("ContentVariables", ""), running)
    elif not body and not media_urls:
        raise ApiError(21619)
    if len(body) > LONGEST_BODY:
        raise ApiError(21617)

    citizen = running.ledger.citizen_at(recipient)
    service = form.get("MessagingServiceSid", "")
    now = time.time()
    return Message(
        sid=new_sid("MM" if media_urls else "SM"),
        direction=Direction.API,
        kind="template" if content_sid else "media" if media_urls else "text",
        sender=line.address,
        recipient=recipient,
        phone=citizen.slug if citizen else "",
        line=line.id,
        body=body,
        status="accepted" if service else "queued",
        created_at=now,
        updated_at=now,
        place=_place(form.get("PersistentAction", "")),
        buttons=buttons,
        media_urls=media_urls,
        content_sid=content_sid,
        messaging_service_sid=service,
        status_callback=_status_callback(form.get("StatusCallback", "")),
    )


def render(content: dict[str, Any], given: dict[str, str]) -> tuple[str, list[Button]]:
    """The text and quick-reply buttons of a template filled with `given`."""
    values = {**content.get("variables", {}), **given}

    def fill(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)

    # The SDK names every type there is and leaves most of them empty.
    kinds = [kind for kind in content.get("types", {}).values() if kind]
    richest = kinds[-1] if kinds else {}
    buttons = [
        Button(fill(action["title"]), fill(action["id"]))
        for action in richest.get("actions") or []
        if "title" in action and "id" in action
    ]
    return fill(richest.get("body") or ""), buttons


def _line(form: QueryDict, recipient: str) -> Line:
    """The station's number this goes out from. Raises ApiError."""
    if not recipient:
        raise ApiError(21604)
    is_whatsapp = recipient.startswith("whatsapp:")
    handle = recipient.removeprefix("whatsapp:")
    if not E164.fullmatch(handle) and not (is_whatsapp and USER_ID.fullmatch(handle)):
        raise ApiError(21211)
    sender = form.get("From", "").strip()
    if not sender:
        raise ApiError(21603)
    line = line_of(sender)
    if line is None:
        raise ApiError(63007)
    if (line.channel == "whatsapp") != is_whatsapp:
        raise ApiError(21910)
    return line


def _media_urls(form: QueryDict, line: Line) -> list[str]:
    urls = [url for url in form.getlist("MediaUrl") if url]
    if len(urls) > (1 if line.channel == "whatsapp" else 10):
        raise ApiError(21623)
    if not all(_is_web_address(url) for url in urls):
        raise ApiError(21620)
    return urls


def _from_template(content_sid: str, variables: str, running: Exchange) -> tuple[str, list[Button]]:
    if not CONTENT_SID.fullmatch(content_sid):
        raise ApiError(21655)
    try:
        given = json.loads(variables) if variables else {}
    except ValueError as problem:
        raise ApiError(21656) from problem
    if not isinstance(given, dict):
        raise ApiError(21656)
    with running.ledger.lock:
        content = running.ledger.contents.get(content_sid)
    if content is None:
        # Approved somewhere else: we know what was filled in, not what stands around it.
        return " · ".join(["Pesan templat", *map(str, given.values())]), []
    return render(content, given)


def _status_callback(url: str) -> str:
    if url and (not _is_web_address(url) or "_" in (urlsplit(url).hostname or "")):
        raise ApiError(21609)
    return url


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _place(action: str) -> Place | None:
    """`geo:-7.43,111.02|Stasiun Sragen`, the only persistent action WhatsApp shows."""
    if not action.startswith("geo:"):
        return None
    coordinates, _, label = action.removeprefix("geo:").partition("|")
    latitude, _, longitude = coordinates.partition(",")
    return Place(latitude, longitude, label=label) if longitude else None
