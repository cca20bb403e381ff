"""Sealing of files that are too large to be held in memory: segments of their own, each readable by itself.

Format (the layout of Tink's streaming AEAD): PWM1, 32 bytes of salt, 7 bytes of nonce prefix; then segments of 256 KiB of
content (the last one shorter, perhaps empty), each AES-256-GCM with its tag behind it. The key is derived from the file's
own, the salt and the row's id; the nonce is prefix, number of the segment, and whether it is the last. So no segment opens
in another place or another file, and a file that was cut on the border of a segment has no last one.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reports.identity.crypto import Unreadable, bind

MAGIC = b"PWM1"
SALT_BYTES = 32
PREFIX_BYTES = 7
HEADER_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES
SEGMENT_BYTES = 256 * 1024
TAG_BYTES = 16
SEALED_BYTES = SEGMENT_BYTES + TAG_BYTES


@dataclass(frozen=True)
class FileKey:
    """The key of one file, good for the row with this id and for no other."""

    row: UUID
    _secret: bytes = field(repr=False)

    def cipher(self, salt: bytes) -> AESGCM:
        info = bind(b"file", self.row.bytes)
        return AESGCM(HKDF(SHA256(), 32, salt, info).derive(self._secret))


class Writer:
    """Seals what is written to it, in pieces of any size, into `file`. Without `finish()` nothing of it can be read."""

    def __init__(self, file: BinaryIO, key: FileKey) -> None:
        salt, self._prefix = os.urandom(SALT_BYTES), os.urandom(PREFIX_BYTES)
        self._cipher = key.cipher(salt)
        self._file = file
        self._kept = bytearray()
        self._count = 0
        self.size = 0
        """Of the content, so far."""
        file.write(MAGIC + salt + self._prefix)

    def write(self, data: bytes) -> None:
        self._kept += data
        self.size += len(data)
        # A full segment is kept back: it may turn out to be the last.
        while len(self._kept) > SEGMENT_BYTES:
            self._seal(bytes(self._kept[:SEGMENT_BYTES]), is_last=False)
            del self._kept[:SEGMENT_BYTES]

    def finish(self) -> None:
        """Nothing can be written afterwards."""
        self._seal(bytes(self._kept), is_last=True)
        self._kept.clear()

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._count, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, content, None))
        self._count += 1


class Reader:
    """The content of a sealed file, whole or in part. Raises Unreadable for one that was changed, cut or moved.

    Its end is checked at once, so that whoever is told the size is told the right one. One segment is in memory at a time.
    """

    def __init__(self, file: BinaryIO, key: FileKey) -> None:
        self._file = file
        header = file.read(HEADER_BYTES)
        if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
            raise Unreadable
        self._cipher = key.cipher(header[len(MAGIC) : -PREFIX_BYTES])
        self._prefix = header[-PREFIX_BYTES:]
        sealed = file.seek(0, os.SEEK_END) - HEADER_BYTES
        self._last = max(0, -(-sealed // SEALED_BYTES) - 1)
        self.size = self._last * SEGMENT_BYTES + len(self._segment(self._last))

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The content from `start` up to and without `stop`, in pieces."""
        stop = self.size if stop is None else min(stop, self.size)
        while start < stop:
            number, offset = divmod(start, SEGMENT_BYTES)
            piece = self._segment(number)[offset : offset + stop - start]
            yield piece
            start += len(piece)

    def close(self) -> None:
        self._file.close()

    def _segment(self, number: int) -> bytes:
        self._file.seek(HEADER_BYTES + number * SEALED_BYTES)
        is_last = number == self._last
        nonce = _nonce(self._prefix, number, is_last=is_last)
        try:
            content = self._cipher.decrypt(nonce, self._file.read(SEALED_BYTES), None)
        except (InvalidTag, ValueError):
            raise Unreadable from None
        if not is_last and len(content) != SEGMENT_BYTES:
            raise Unreadable
        return content


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)
