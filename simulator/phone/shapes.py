"""What a telephone shows, as JSON for the page and for tests."""

from datetime import UTC, datetime
from typing import Any

from simulator.directory import Citizen, Line, lines
from simulator.exchange import exchange
from simulator.records import Handover, Media, Message

HANDOVER_WORDS = {
    Handover.WAITING: "sedang dikirim",
    Handover.ACCEPTED: "diterima meja",
    Handover.REFUSED: "belum diterima meja",
    Handover.LOST: "hilang di jalan",
}
STATUS_WORDS = {
    "queued": "antre",
    "sent": "terkirim",
    "delivered": "sampai",
    "read": "dibaca",
    "failed": "gagal",
    "undelivered": "tidak sampai",
}
FAILURE_WORDS = {
    30003: "teleponnya tidak dapat dihubungi",
    63016: "lebih dari 24 jam sejak warga terakhir menulis",
    63019: "gambar atau berkasnya tidak dapat diambil",
    63024: "penerima tidak memakai WhatsApp",
    63030: "templat tidak boleh disertai berkas",
    63034: "berkasnya terlalu besar",
}
FAILED = frozenset({"failed", "undelivered"})
ARRIVED = frozenset({"delivered", "read"})


def message(record: Message) -> dict[str, Any]:
    """One bubble. The caller has made sure that it `is_visible`."""
    shown = {
        "sid": record.sid,
        "phone": record.phone,
        "line": record.line,
        "mine": record.is_inbound,
        "kind": record.kind,
        "text": record.body,
        "at": datetime.fromtimestamp(record.created_at, UTC).isoformat(timespec="microseconds"),
        "media": [_media(record, media) for media in record.media],
        "place": vars(record.place) if record.place else None,
        "buttons": [vars(button) for button in record.buttons],
        "quoted": record.quoted or None,
        "forwarded": record.forwarded or None,
    }
    if record.is_inbound:
        return shown | {
            "state": record.handover,
            "state_words": HANDOVER_WORDS[record.handover],
            "note": record.handover_note,
        }
    failure = FAILURE_WORDS.get(record.error_code or 0, "tidak dapat disampaikan")
    return shown | {
        "state": record.status,
        "state_words": STATUS_WORDS.get(record.status, record.status),
        "note": f"{failure} (galat {record.error_code})" if record.error_code else "",
        "callbacks": [
            {
                "status": callback.status,
                "words": STATUS_WORDS.get(callback.status, callback.status),
                "answer": callback.answer,
                "acknowledged": callback.answer is not None and 200 <= callback.answer < 300,
            }
            for callback in record.callbacks
        ],
    }


def is_visible(record: Message) -> bool:
    """A desk's message shows once it has arrived, or to say that it never will."""
    return record.is_inbound or record.status in ARRIVED | FAILED


def feed(cursor: int, phone: str | None = None) -> dict[str, Any] | None:
    """What changed after `cursor`, for one telephone or for all; None when nothing did."""
    newest, changed = exchange().ledger.changed_after(cursor, phone)
    messages = [message(record) for record in changed if record.phone and is_visible(record)]
    return {"cursor": newest, "messages": messages} if messages else None


def citizen(record: Citizen) -> dict[str, Any]:
    running = exchange()
    return {
        "slug": record.slug,
        "name": record.name,
        "about": record.about,
        "profile_name": record.profile_name,
        "handle": record.phone or record.profile_name,
        "channels": record.channels,
        "line": record.line,
        "is_extra": record.is_extra,
        "hours_ahead": running.ledger.hours_ahead(record.slug),
        "is_unreachable": running.ledger.is_unreachable(record.slug),
    }


def line(record: Line) -> dict[str, Any]:
    return {
        "id": record.id,
        "station": record.station,
        "label": record.label,
        "channel": record.channel,
        "number": record.number,
        "retired": record.retired,
    }


def all_lines() -> list[dict[str, Any]]:
    return [line(record) for record in lines().values()]


def _media(record: Message, media: Media) -> dict[str, Any]:
    return {
        "url": f"/phones/{record.phone}/messages/{record.sid}/media/{media.sid}",
        "type": media.content_type,
        "name": media.name,
        "size": media.size,
    }
