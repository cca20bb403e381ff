"""The only door to what is sealed: find or make an identity, get the key of an identity or a report, seal and open.

Callers pass plain values in and get `Sensitive` out. Who may ask is decided above (`reports.reading`), not here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from reports.identity import crypto, keyring
from reports.identity.crypto import Buffer, Sensitive, Unreadable
from reports.identity.models import DataKey
from reports.identity.segments import FileKey

__all__ = [
    "Buffer",
    "Box",
    "FileKey",
    "Sensitive",
    "Unreadable",
    "box_of",
    "boxes_of",
    "destroy",
    "new_boxes",
    "open_inbox",
    "seal_inbox",
]

Purpose = Literal["identity", "content", "dispatch", "covert"]


@dataclass(frozen=True)
class Box:
    """The data key of one owner. `column` is a constant such as "message.body"; `row` is the row's primary key."""

    _key: bytes

    def seal(self, column: str, row: UUID, text: str) -> bytes:
        return crypto.seal(self._key, text.encode(), bound_to=_place(column, row))

    def open(self, column: str, row: UUID, sealed: Buffer) -> Sensitive:
        """Raises Unreadable when the value was moved, changed or sealed for somebody else."""
        return Sensitive(crypto.unseal(self._key, sealed, bound_to=_place(column, row)).decode())

    def seal_bytes(self, column: str, row: UUID, data: bytes) -> bytes:
        """What is not text, such as a picture."""
        return crypto.seal(self._key, data, bound_to=_place(column, row))

    def open_bytes(self, column: str, row: UUID, sealed: Buffer) -> bytes:
        """Raises Unreadable, as `open` does."""
        return crypto.unseal(self._key, sealed, bound_to=_place(column, row))

    def new_file_key(self, column: str, row: UUID) -> tuple[FileKey, bytes]:
        """A key for the one file of a row, and the same sealed, to be kept in that column of it."""
        secret = crypto.new_key()
        return FileKey(row, secret), self.seal_bytes(column, row, secret)

    def file_key(self, column: str, row: UUID, sealed: Buffer) -> FileKey:
        """Raises Unreadable, as `open` does."""
        return FileKey(row, self.open_bytes(column, row, sealed))

    def __repr__(self) -> str:
        return "Box(‹disembunyikan›)"


def new_boxes(purpose: Purpose, owners: Iterable[UUID]) -> dict[UUID, Box]:
    """Make, wrap and store the data keys of new identities or reports, in one statement."""
    epoch, wrapping = keyring.active().current(purpose)
    keys = {owner: crypto.new_key() for owner in owners}
    DataKey.objects.bulk_create(
        DataKey(
            owner=owner,
            purpose=purpose,
            epoch=epoch,
            wrapped=crypto.seal(wrapping, key, bound_to=_owner(purpose, owner)),
        )
        for owner, key in keys.items()
    )
    return {owner: Box(key) for owner, key in keys.items()}


def boxes_of(purpose: Purpose, owners: Iterable[UUID]) -> dict[UUID, Box]:
    """The data keys of many owners in one query; an owner whose key is gone or does not open is left out."""
    boxes = {}
    rows = DataKey.objects.filter(owner__in=list(owners), purpose=purpose)
    for owner, epoch, wrapped in rows.values_list("owner", "epoch", "wrapped"):
        try:
            wrapping = keyring.active().of_epoch(purpose, epoch)
            boxes[owner] = Box(crypto.unseal(wrapping, wrapped, bound_to=_owner(purpose, owner)))
        except (Unreadable, keyring.KeyringUnusable):
            continue
    return boxes


def box_of(purpose: Purpose, owner: UUID) -> Box:
    """The data key of one owner, or Unreadable."""
    try:
        return boxes_of(purpose, [owner])[owner]
    except KeyError:
        raise Unreadable from None


def destroy(owners: Iterable[UUID]) -> None:
    """Destroy the data keys of these owners, and with them whatever they have sealed."""
    DataKey.objects.filter(owner__in=list(owners)).delete()


def seal_inbox(row: UUID, payload: bytes) -> bytes:
    """Seal what arrived with the inbox's own key: whoever holds only this key can read no report."""
    epoch, key = keyring.active().current("inbox")
    return epoch.to_bytes(2, "big") + crypto.seal(
        key, payload, bound_to=_place("inbox.payload", row)
    )


def open_inbox(row: UUID, sealed: Buffer) -> bytes:
    """Raises Unreadable."""
    sealed = bytes(sealed)
    try:
        key = keyring.active().of_epoch("inbox", int.from_bytes(sealed[:2], "big"))
    except keyring.KeyringUnusable:
        raise Unreadable from None
    return crypto.unseal(key, sealed[2:], bound_to=_place("inbox.payload", row))


def _place(column: str, row: UUID) -> bytes:
    return crypto.bind(b"field", column.encode(), row.bytes)


def _owner(purpose: Purpose, owner: UUID) -> bytes:
    return crypto.bind(b"data key", purpose.encode(), owner.bytes)
