"""An entry of the demo day as the message a telephone sends; pictures, papers and stickers are drawn."""

from datetime import datetime
from typing import Any

from simulator import directory
from simulator.attachments import Attachment, contact_card
from simulator.demo import pictures
from simulator.inbound import Draft
from simulator.media_types import KINDS
from simulator.records import Place


def draft_of(entry: dict[str, Any], now: datetime, quoted: str = "") -> Draft:
    """The message an entry describes; `quoted` is the MessageSid of the one it answers."""
    place = Place(**entry["place"]) if "place" in entry else None
    attachment = _attachment(entry, now, place)
    if attachment:
        kind, place = KINDS[attachment.content_type], None
    elif entry.get("unsupported"):
        kind = "unsupported"
    else:
        kind = "location" if place else "text"
    return Draft(
        kind=kind,
        text=entry.get("text", ""),
        attachment=attachment,
        place=place,
        quoted=quoted,
        forwarded=entry.get("forwarded", ""),
    )


def _attachment(entry: dict[str, Any], now: datetime, place: Place | None) -> Attachment | None:
    if name := entry.get("picture"):
        return Attachment(pictures.photo(name, now, place), "image/jpeg", f"{name}.jpg")
    if title := entry.get("document"):
        return Attachment(pictures.paper(title), "application/pdf", entry["text"])
    if entry.get("sticker"):
        return Attachment(pictures.sticker(), "image/webp", "sticker.webp")
    if entry.get("voice"):
        # A synthetic voice (flite, through ffmpeg), so that nobody's own is in it.
        return _recorded("voice-note.ogg", "audio/ogg")
    if entry.get("video"):
        # Drawn like the pictures, frame by frame, and encoded by ffmpeg.
        return _recorded("street-race.mp4", "video/mp4")
    if contact := entry.get("contact_name"):
        return contact_card(contact, entry["contact_phone"])
    return None


def _recorded(name: str, content_type: str) -> Attachment:
    return Attachment((directory.DATA / name).read_bytes(), content_type, name)
