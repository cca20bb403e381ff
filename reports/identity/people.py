"""Who wrote: from the addresses in a payload to one identity, made when there is none.

A sender may show a telephone number, a business-scoped id (BSUID), or both. The rules (TWILIO 0.1, 1.1):
the two together prove that they belong to one person; a number that turns up with a new BSUID has a new owner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reports.identity import keyring, vault
from reports.identity.crypto import Sensitive
from reports.identity.models import Handle, Identity

Kind = Handle.Kind
TRIES = 4


@dataclass(frozen=True)
class Found:
    """The sender's identity, the handle that an answer goes to, and identities now proven to be the same person."""

    identity_id: UUID
    handle_id: UUID
    absorbed: tuple[UUID, ...] = ()


def identify(
    scope: str, *, phone: str = "", bsuid: str = "", sender: str = "", name: str = ""
) -> Found:
    """Find or make the identity behind these addresses at one station (`scope`).

    `phone` in E.164; `bsuid` as the channel names it; `sender` for anything else (an alphanumeric SMS sender);
    `name` the profile name, kept sealed. Call inside a transaction. ValueError when no address is given.
    """
    given = {Kind.PHONE: phone, Kind.BSUID: bsuid, Kind.SENDER: sender}
    addresses = {kind: value for kind, value in given.items() if value}
    if not addresses:
        raise ValueError("a sender without any address")
    if found := _well_known(scope, addresses):
        return found
    for attempt in range(TRIES):
        try:
            # A savepoint: another worker may be making the same person at this very moment.
            with transaction.atomic():
                return _learn(scope, addresses, name)
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def address_of(handle_id: UUID) -> tuple[str, Sensitive]:
    """The kind of a handle and the address itself; Unreadable when the identity's key is gone."""
    handle = Handle.objects.get(pk=handle_id)
    box = vault.box_of("identity", handle.identity_id)
    return handle.kind, box.open("handle.value", handle.pk, handle.value_sealed)


def _indexes(scope: str, addresses: dict[Kind, str]) -> dict[Kind, bytes]:
    return {
        kind: keyring.active().blind_index(f"handle.{kind}.v1\0{scope}", value)
        for kind, value in addresses.items()
    }


def _holders(indexes: Iterable[bytes]) -> dict[Kind, Handle]:
    current = Handle.objects.filter(index__in=list(indexes), retired_at=None)
    return {Kind(handle.kind): handle for handle in current}


def _well_known(scope: str, addresses: dict[Kind, str]) -> Found | None:
    """The way of nearly every message: all addresses known and one person's. Writes nothing."""
    known = _holders(_indexes(scope, addresses).values())
    owners = {handle.identity_id for handle in known.values()}
    if len(known) < len(addresses) or len(owners) != 1:
        return None
    return Found(owners.pop(), known[_answer_to(addresses)].pk)


def _learn(scope: str, addresses: dict[Kind, str], name: str) -> Found:
    indexes = _indexes(scope, addresses)
    known = _holders(indexes.values())
    owner_id, absorbed = _settle_owner(known, has_bsuid=Kind.BSUID in addresses)
    if owner_id is None:
        owner = Identity(scope=scope, created_at=timezone.now())
        box = vault.new_box("identity", owner.pk)
        if name:
            owner.profile_name_sealed = box.seal("identity.profile_name", owner.pk, name)
        owner.save(force_insert=True)
        owner_id = owner.pk
    else:
        box = vault.box_of("identity", owner_id)
    taken = {
        kind: index
        for kind, index in indexes.items()
        if kind not in known or known[kind].identity_id != owner_id
    }
    now = timezone.now()
    # Whoever held the address keeps it as history, and so does the owner with a former address of the same kind.
    Handle.objects.filter(retired_at=None).filter(
        Q(index__in=[known[kind].index for kind in taken if kind in known])
        | Q(identity_id=owner_id, kind__in=taken)
    ).update(retired_at=now)
    given = []
    # In one order everywhere: two workers with the same two addresses must not wait for each other.
    for kind in sorted(taken, key=indexes.__getitem__):
        handle = Handle(identity_id=owner_id, kind=kind, index=indexes[kind], created_at=now)
        handle.value_sealed = box.seal("handle.value", handle.pk, addresses[kind])
        given.append(handle)
    Handle.objects.bulk_create(given)
    known |= {Kind(handle.kind): handle for handle in given}
    return Found(owner_id, known[_answer_to(addresses)].pk, absorbed)


def _answer_to(addresses: dict[Kind, str]) -> Kind:
    # The phone when it is shown: From holds it then, and the BSUID only when the person hides the number.
    return next(kind for kind in (Kind.PHONE, Kind.BSUID, Kind.SENDER) if kind in addresses)


def _settle_owner(
    known: dict[Kind, Handle], *, has_bsuid: bool
) -> tuple[UUID | None, tuple[UUID, ...]]:
    """Whose message this is, and which other identity turns out to be the same person."""
    by_phone, by_bsuid = known.get(Kind.PHONE), known.get(Kind.BSUID)
    if by_bsuid is not None:
        owner_id = by_bsuid.identity_id
        if by_phone is not None and by_phone.identity_id != owner_id:
            other_id = by_phone.identity_id
            if not _current(other_id, Kind.BSUID).exists():
                # Known by number only (an SMS, an old message): the payload proves the two are one person.
                return owner_id, (other_id,)
        return owner_id, ()
    if by_phone is not None:
        if has_bsuid and _current(by_phone.identity_id, Kind.BSUID).exists():
            # The number with another BSUID: the SIM's next owner, who inherits nothing.
            return None, ()
        return by_phone.identity_id, ()
    sender = known.get(Kind.SENDER)
    return (sender.identity_id if sender else None), ()


def _current(identity_id: UUID, kind: Kind) -> QuerySet[Handle]:
    return Handle.objects.filter(identity_id=identity_id, kind=kind, retired_at=None)
