"""The root secrets: one per purpose, in a file of mode 0600 that is neither in the database nor in the settings.

File: {"version": 1, "demo": bool, "purposes": {NAME: {"epoch": n, "secrets": {"n": base64 of 32 bytes}}}}
"""

import base64
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSES = ("identity", "content", "dispatch", "covert", "inbox", "index", "audit", "auth")
"""identity, content, dispatch (what units get) and covert (checks in plain clothes) wrap data keys, inbox seals what waits,
index makes blind indexes, audit signs the chain, auth seals the second factor of accounts."""
SECRET_BYTES = 32


class KeyringUnusable(Exception):
    """The file of keys is missing, damaged or unsafe. The message never holds a key."""


@dataclass(frozen=True)
class Keyring:
    """Keys derived from the secrets, by purpose and epoch (IDENTITY: HKDF with one label per purpose)."""

    keys: Mapping[str, Mapping[int, bytes]] = field(repr=False)
    epochs: Mapping[str, int]
    is_demo: bool

    def current(self, purpose: str) -> tuple[int, bytes]:
        """The epoch in force and its key."""
        epoch = self.epochs[purpose]
        return epoch, self.keys[purpose][epoch]

    def of_epoch(self, purpose: str, epoch: int) -> bytes:
        """The key of an earlier epoch; KeyringUnusable when it has been destroyed."""
        try:
            return self.keys[purpose][epoch]
        except KeyError:
            raise KeyringUnusable(f"no key of epoch {epoch} for {purpose}") from None

    def blind_index(self, label: str, value: str) -> bytes:
        """16 bytes that are equal for equal values and say nothing else to whoever lacks the key."""
        _, key = self.current("index")
        return hmac.digest(key, label.encode() + b"\0" + value.encode(), "sha256")[:16]


def create(path: Path, *, demo: bool = False) -> bool:
    """Write a new file of keys, mode 0600. False when one is there already: it is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "version": 1,
        "demo": demo,
        "purposes": {purpose: _first_secret() for purpose in PURPOSES},
    }
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return True


def complete(path: Path) -> list[str]:
    """Give a file of keys from before a purpose was needed a secret for it; which purposes those were.

    What is there stays as it is. The file is replaced in one step. Raises KeyringUnusable when it cannot be read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        missing = [purpose for purpose in PURPOSES if purpose not in content["purposes"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise KeyringUnusable("the file of keys cannot be read") from None
    if not missing:
        return []
    content["purposes"] |= {purpose: _first_secret() for purpose in missing}
    fresh = path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return missing


def _first_secret() -> dict[str, Any]:
    secret = base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return {"epoch": 1, "secrets": {"1": secret}}


def read(path: Path) -> Keyring:
    """Load and check the file; KeyringUnusable names what is wrong with it."""
    try:
        mode = path.stat().st_mode
        content = json.loads(path.read_text(encoding="utf-8"))
        found = {
            purpose: {
                int(epoch): base64.b64decode(secret, validate=True)
                for epoch, secret in entry["secrets"].items()
            }
            for purpose, entry in content["purposes"].items()
        }
        epochs = {purpose: int(entry["epoch"]) for purpose, entry in content["purposes"].items()}
    except FileNotFoundError:
        raise KeyringUnusable("the file of keys is missing (make it with init_keys)") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise KeyringUnusable("the file of keys cannot be read") from None
    if mode & 0o077:
        raise KeyringUnusable("the file of keys is readable by others (chmod 600)")
    _refuse_unsafe(found, epochs)
    return Keyring(
        keys={
            purpose: {epoch: _derive(purpose, secret) for epoch, secret in by_epoch.items()}
            for purpose, by_epoch in found.items()
        },
        epochs=epochs,
        is_demo=bool(content.get("demo")),
    )


def _refuse_unsafe(found: Mapping[str, Mapping[int, bytes]], epochs: Mapping[str, int]) -> None:
    for purpose in PURPOSES:
        if epochs.get(purpose) not in found.get(purpose, {}):
            raise KeyringUnusable(f"the file of keys has no secret for {purpose}")
    every = [secret for by_epoch in found.values() for secret in by_epoch.values()]
    if any(len(secret) < SECRET_BYTES or len(set(secret)) < 8 for secret in every):
        raise KeyringUnusable("the file of keys has a secret that is too short or too plain")
    if len(set(every)) != len(every):
        raise KeyringUnusable("the file of keys has the same secret twice")


def _derive(purpose: str, secret: bytes) -> bytes:
    info = f"polreswa/v1/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


@cache
def _load(path: Path) -> Keyring:
    return read(path)


def active() -> Keyring:
    """The keyring of settings.KEYS_FILE, read once in a process."""
    return _load(settings.KEYS_FILE)
