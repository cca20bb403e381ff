"""Sealed files, one a row: MEDIA_DIR/<first two digits>/<id of the row>. Nothing ever lies here in clear.

Small ones come and go whole, sealed by whoever puts them here (`put`, `get`); large ones are sealed as they stream
(`writing`) and opened in parts (`reading`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from reports.identity.crypto import Unreadable
from reports.identity.segments import FileKey, Reader, Writer


def put(row: UUID, sealed: bytes) -> None:
    """Write the file of a row, durably and in one step. Whoever looks sees all of it or nothing."""
    with _written(row) as file:
        file.write(sealed)


def get(row: UUID) -> bytes:
    """Raises Unreadable when it is gone."""
    try:
        return _path(row).read_bytes()
    except OSError:
        raise Unreadable from None


@contextmanager
def writing(key: FileKey) -> Iterator[Writer]:
    """Seal a file as it is written; durable and to be seen when the block ends, and not there at all when it raises."""
    with _written(key.row) as file:
        writer = Writer(file, key)
        yield writer
        writer.finish()


def reading(key: FileKey) -> Reader:
    """Open a file that was written so; to be closed by the caller. Raises Unreadable, also when it is gone."""
    try:
        file = _path(key.row).open("rb")
    except OSError:
        raise Unreadable from None
    try:
        return Reader(file, key)
    except BaseException:
        file.close()
        raise


def remove(row: UUID) -> None:
    """Again changes nothing."""
    path = _path(row)
    for one in (path, _unfinished(path)):
        one.unlink(missing_ok=True)


@contextmanager
def _written(row: UUID) -> Iterator[BinaryIO]:
    path = _path(row)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = _unfinished(path)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _path(row: UUID) -> Path:
    folder: Path = settings.MEDIA_DIR
    return folder / row.hex[:2] / str(row)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
