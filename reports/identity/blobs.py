"""Sealed files, one a row: MEDIA_DIR/<first two digits>/<id of the row>. What comes here is sealed already."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from reports.identity.crypto import Unreadable


def put(row: UUID, sealed: bytes) -> None:
    """Write the file of a row, durably and in one step. Whoever looks sees all of it or nothing."""
    path = _path(row)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = _unfinished(path)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def get(row: UUID) -> bytes:
    """Raises Unreadable when it is gone."""
    try:
        return _path(row).read_bytes()
    except OSError:
        raise Unreadable from None


def remove(row: UUID) -> None:
    """Again changes nothing."""
    path = _path(row)
    for one in (path, _unfinished(path)):
        one.unlink(missing_ok=True)


def _path(row: UUID) -> Path:
    folder: Path = settings.MEDIA_DIR
    return folder / row.hex[:2] / str(row)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
