"""The book of looks behind the wall: each entry is signed together with the one before it.

An entry is written and committed before what it permits, so that there is no look without one. What was changed, taken
out, put in or moved shows when the chain is walked; that its end was cut off shows against the anchor, a file outside
the database.
"""

import hmac
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from reports.identity import keyring
from reports.identity.models import AuditEntry

logger = logging.getLogger(__name__)

Plain = str | int | bool | None
BEGINNING = bytes(32)
"""What stands before the first entry."""
LOCK = 0x706F6C7265735741
"""Of PostgreSQL's advisory locks: one writer at a time, so that no sequence is skipped or given twice."""


class AnchorUnusable(Exception):
    """The anchor's file is there and does not read."""


class Anchor(NamedTuple):
    """How far the chain had come, as noted outside the database."""

    sequence: int
    digest: str


@dataclass(frozen=True)
class Verdict:
    """How many entries hold together; the first that does not, and why. `broken` is None when all is well."""

    count: int
    broken: int | None = None
    reason: str = ""
    has_anchor: bool = True


def append(kind: str, *, actor: int, station: int, **data: Plain) -> AuditEntry:
    """Write and commit one entry. RuntimeError inside a transaction: it could still be undone there.

    `actor` and `station` are primary keys; `data` is small and plain, never an address, a name or a word of a citizen.
    """
    with transaction.atomic(durable=True):
        return _append(_last(), kind, actor, station, data)


def permit(
    kind: str, *, actor: int, station: int, at_most: int, within: timedelta, **data: Plain
) -> bool:
    """Write and commit one entry, unless this person has had as many of the kind lately: then False, and that is
    written instead."""
    with transaction.atomic(durable=True):
        last = _last()
        since = timezone.now() - within
        had = AuditEntry.objects.filter(actor=actor, kind=kind, at__gt=since).count()
        is_permitted = had < at_most
        _append(last, kind if is_permitted else f"{kind}-refused", actor, station, data)
    return is_permitted


def verify() -> Verdict:
    """Walk the whole chain; when it holds, the anchor is moved up to its end. Raises AnchorUnusable."""
    anchored = _read_anchor()
    count, digest = 0, BEGINNING
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        expected = count + 1
        if entry.sequence != expected:
            return Verdict(count, expected, "is missing", anchored is not None)
        if bytes(entry.previous) != digest:
            return Verdict(
                count, expected, "does not follow the one before it", anchored is not None
            )
        if not _is_signed(entry):
            return Verdict(count, expected, "is not what was written", anchored is not None)
        count, digest = expected, bytes(entry.digest)
        if anchored and anchored.sequence == count and anchored.digest != digest.hex():
            return Verdict(count - 1, count, "is not the one that the anchor knows")
    if anchored and anchored.sequence > count:
        return Verdict(count, count + 1, "is missing: the end of the chain was cut off")
    if count:
        _write_anchor(Anchor(count, digest.hex()))
    return Verdict(count, has_anchor=anchored is not None)


def anchor() -> bool:
    """Note outside the database how far the chain has come. False, and the old note kept, when they contradict each
    other or the file cannot be written."""
    last = AuditEntry.objects.order_by("-sequence").first()
    try:
        noted = _read_anchor()
    except AnchorUnusable:
        logger.error("the anchor of the audit chain does not read")
        return False
    if noted is not None:
        known = AuditEntry.objects.filter(sequence=noted.sequence).first()
        if known is None or bytes(known.digest).hex() != noted.digest:
            logger.error(
                "the audit chain contradicts its anchor", extra={"sequence": noted.sequence}
            )
            return False
    if last is not None and (noted is None or last.sequence > noted.sequence):
        try:
            _write_anchor(Anchor(last.sequence, bytes(last.digest).hex()))
        except OSError as error:
            logger.error("audit chain not anchored", extra={"error": type(error).__name__})
            return False
    return True


def anchor_path() -> Path:
    path: Path = settings.VAR_DIR / "audit.anchor"
    return path


def _last() -> AuditEntry | None:
    """The end of the chain, which is ours alone until the transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return AuditEntry.objects.order_by("-sequence").first()


def _append(
    last: AuditEntry | None, kind: str, actor: int, station: int, data: dict[str, Plain]
) -> AuditEntry:
    entry = AuditEntry(
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        actor=actor,
        station=station,
        kind=kind,
        data=data,
        previous=bytes(last.digest) if last else BEGINNING,
    )
    _, key = keyring.active().current("audit")
    entry.digest = _sign(key, entry)
    entry.save(force_insert=True)
    return entry


def _is_signed(entry: AuditEntry) -> bool:
    return any(hmac.compare_digest(_sign(key, entry), bytes(entry.digest)) for key in _keys())


def _keys() -> Iterator[bytes]:
    """That in force first, then those of earlier epochs."""
    ring = keyring.active()
    epoch, key = ring.current("audit")
    yield key
    yield from (key for earlier, key in ring.keys["audit"].items() if earlier != epoch)


def _sign(key: bytes, entry: AuditEntry) -> bytes:
    content = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "station": entry.station,
        "kind": entry.kind,
        "data": entry.data,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.digest(key, bytes(entry.previous) + sha256(canonical.encode()).digest(), "sha256")


def _read_anchor() -> Anchor | None:
    try:
        noted = json.loads(anchor_path().read_text(encoding="utf-8"))
        return Anchor(int(noted["sequence"]), str(noted["digest"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise AnchorUnusable from None


def _write_anchor(new: Anchor) -> None:
    path = anchor_path()
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(new._asdict()) + "\n", encoding="utf-8")
    os.replace(fresh, path)
