"""Sealing: AES-256-GCM, bound to table, column and row, so that a sealed value moved elsewhere does not open.

Format of a sealed value: version byte 01, 12 bytes of nonce, ciphertext with tag. Text is padded to 64 bytes.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
PAD_TO = 64

Buffer = bytes | memoryview
"""What the databases give back for a sealed column."""


class Unreadable(Exception):
    """A sealed value does not open: moved, changed, or its key is gone. Never says what it held."""

    def __init__(self) -> None:
        super().__init__("a sealed value does not open")


class Sensitive:
    """Something of a citizen, on its way to a person who may read it. Shows nothing unless `expose()` is called."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def expose(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "‹disembunyikan›"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a sensitive value is not serialised")


def bind(*parts: bytes) -> bytes:
    """Associated data: every part with its length before it, so that ("ab", "c") and ("a", "bc") differ."""
    return b"".join(struct.pack(">H", len(part)) + part for part in parts)


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, value: bytes, *, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, _pad(value), bound_to)


def unseal(key: bytes, sealed: Buffer, *, bound_to: bytes) -> bytes:
    """The value, or Unreadable. A value that was never sealed is Unreadable too: this fails closed."""
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise Unreadable
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _unpad(AESGCM(key).decrypt(nonce, body, bound_to))
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _pad(value: bytes) -> bytes:
    # One byte 80 and zeros (ISO/IEC 7816-4): works for any content, an empty one included.
    return value + b"\x80" + b"\0" * (-(len(value) + 1) % PAD_TO)


def _unpad(padded: bytes) -> bytes:
    value, mark, zeros = padded.rpartition(b"\x80")
    if not mark or zeros.strip(b"\0"):
        raise Unreadable
    return value
