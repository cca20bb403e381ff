"""Put away what arrived, before anything of it is understood: one sealed row, or a sealed file when there is no database.

Nothing here reads a parameter for its meaning; whoever calls has checked that the call is Twilio's.
"""

import base64
import hashlib
import json
import logging
import os
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.http import QueryDict

from reports import patience
from reports.identity import keyring, vault
from reports.models import InboxEntry

logger = logging.getLogger(__name__)

AWAY = (DatabaseError, InterfaceError)
"""What the database's driver says when it is not there, or not as it should be."""

INSERT = """
    INSERT INTO reports_inboxentry
        (id, kind, provider_id, provider_status, payload_sealed, received_at, due_at, tries, reason)
    VALUES (%s, %s, %s, %s, %s, %s, %s, 0, '') ON CONFLICT DO NOTHING
"""

_one_writer = threading.Lock()


class Kept(Enum):
    STORED = "stored"
    KNOWN = "known"
    SPOOLED = "spooled"


class NotKept(Exception):
    """Neither the database nor the spool took it: the provider must be told to come again."""


@dataclass(frozen=True)
class Payload:
    """A call of the provider: its form parameters (the last value of each name) and those of its address."""

    params: dict[str, str]
    query: dict[str, str]


class _Sealed(NamedTuple):
    """What becomes a row, or a file of the spool. Not a model instance: making one costs as much as sealing it."""

    pk: UUID
    kind: InboxEntry.Kind
    provider_id: str
    provider_status: str
    payload: bytes
    received_at: datetime


def put(kind: InboxEntry.Kind, params: QueryDict, query: QueryDict, *, at: datetime) -> Kept:
    """Keep one call of the provider. The same one again is KNOWN and changes nothing. Raises NotKept."""
    status = params.get("MessageStatus") or params.get("SmsStatus") or ""
    pk = uuid4()
    entry = _Sealed(
        pk,
        kind,
        _fitting(params.get("MessageSid") or params.get("SmsSid") or "", 64, params),
        _fitting(status, 32, params) if kind == InboxEntry.Kind.STATUS else "",
        vault.seal_inbox(pk, _packed(params, query)),
        at,
    )
    try:
        return _insert(entry)
    except AWAY:
        return _spool(entry)


def read(entry: InboxEntry) -> Payload:
    """What the entry holds; vault.Unreadable when it was moved or changed."""
    content = json.loads(vault.open_inbox(entry.pk, entry.payload_sealed))
    return Payload(
        params={name: values[-1] for name, values in content["params"].items() if values},
        query={name: values[-1] for name, values in content["query"].items() if values},
    )


def put_away_spool() -> int:
    """Move what was spooled into the database, oldest first; the number moved. Stops quietly when there is none yet."""
    moved = 0
    for path in sorted(_spool_dir().glob("*.json")):
        try:
            entry = _unspooled(path)
        except (ValueError, KeyError, TypeError):
            # Never deleted: somebody may still read it by hand.
            path.rename(path.with_suffix(".damaged"))
            logger.exception("a spooled entry is damaged")
            continue
        try:
            _insert(entry)
        except AWAY:
            break
        path.unlink(missing_ok=True)
        moved += 1
    return moved


def spooled_count() -> int:
    return sum(1 for _ in _spool_dir().glob("*.json"))


def _packed(params: QueryDict, query: QueryDict) -> bytes:
    return json.dumps(
        {"params": dict(params.lists()), "query": dict(query.lists())}, separators=(",", ":")
    ).encode()


def _fitting(value: str, length: int, params: QueryDict) -> str:
    """The provider's own id; where it is missing or has no sane form, a keyed digest that is equal for equal calls."""
    if value and len(value) <= length and value.isascii() and value.isprintable():
        return value
    digest = keyring.active().blind_index("inbox.provider_id.v1", value or params.urlencode())
    return f"x{digest.hex()}"[:length]


def _insert(entry: _Sealed) -> Kept:
    """One statement in autocommit. Not by the ORM, which would compose it anew each time: half the cost of a call."""
    db = connections[DEFAULT_DB_ALIAS]
    at = db.ops.adapt_datetimefield_value(entry.received_at)
    values: list[Any] = [
        entry.pk if db.features.has_native_uuid_field else entry.pk.hex,
        entry.kind.value,
        entry.provider_id,
        entry.provider_status,
        entry.payload,
        at,
        at,
    ]
    with _turn(db.vendor), patience.limited(), db.cursor() as cursor:
        cursor.execute(INSERT, values)
        return Kept.STORED if cursor.rowcount else Kept.KNOWN


def _turn(vendor: str) -> AbstractContextManager[object]:
    """SQLite takes one writer at a time: waiting here is short, waiting for its lock is long and unfair."""
    return _one_writer if vendor == "sqlite" else nullcontext()


def _spool_dir() -> Path:
    return Path(settings.VAR_DIR) / "spool"


def _spool(entry: _Sealed) -> Kept:
    content = json.dumps(
        {
            "id": str(entry.pk),
            "kind": entry.kind,
            "provider_id": entry.provider_id,
            "provider_status": entry.provider_status,
            "received_at": entry.received_at.isoformat(),
            "payload": base64.b64encode(entry.payload).decode(),
            "check": hashlib.sha256(entry.payload).hexdigest(),
        }
    )
    name = f"{entry.received_at:%Y%m%dT%H%M%S.%f}-{entry.pk}.json"
    try:
        folder = _spool_dir()
        folder.mkdir(parents=True, exist_ok=True)
        _write_durably(folder / name, content)
    except OSError as error:
        raise NotKept from error
    logger.warning("database away: entry spooled")
    return Kept.SPOOLED


def _write_durably(path: Path, content: str) -> None:
    """On disk for certain when this returns: the file, and its name in the folder."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _unspooled(path: Path) -> _Sealed:
    content: dict[str, Any] = json.loads(path.read_text())
    payload = base64.b64decode(content["payload"], validate=True)
    if hashlib.sha256(payload).hexdigest() != content["check"]:
        raise ValueError("checksum")
    return _Sealed(
        UUID(content["id"]),
        InboxEntry.Kind(content["kind"]),
        content["provider_id"],
        content["provider_status"],
        payload,
        datetime.fromisoformat(content["received_at"]),
    )
