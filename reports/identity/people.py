"""Who wrote: from the addresses in a payload to one identity, made when there is none.

A sender may show a telephone number, a business-scoped id (BSUID), or both. The rules, from what Twilio says of them:
the two together prove that they belong to one person; a number that turns up with a new BSUID has a new owner.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
class Who:
    """A sender as a payload shows them, at one station (`scope`).

    `phone` in E.164; `bsuid` as the channel names it; `sender` for anything else (an alphanumeric SMS sender);
    `name` the profile name. At least one address.
    """

    scope: str
    phone: str = ""
    bsuid: str = ""
    sender: str = ""
    name: str = ""

    @cached_property
    def addresses(self) -> dict[Kind, str]:
        given = {Kind.PHONE: self.phone, Kind.BSUID: self.bsuid, Kind.SENDER: self.sender}
        return {kind: value for kind, value in given.items() if value}

    @cached_property
    def indexes(self) -> dict[Kind, bytes]:
        return {
            kind: keyring.active().blind_index(f"handle.{kind}.v1\0{self.scope}", value)
            for kind, value in self.addresses.items()
        }

    @property
    def answer_to(self) -> Kind:
        # The phone when it is shown: From holds it then, and the BSUID only when the person hides the number.
        return next(k for k in (Kind.PHONE, Kind.BSUID, Kind.SENDER) if k in self.addresses)


@dataclass(frozen=True)
class Found:
    """The sender's identity, the handle that an answer goes to, and identities now proven to be the same person."""

    identity_id: UUID
    handle_id: UUID
    absorbed: tuple[UUID, ...] = ()


def identify(senders: Sequence[Who]) -> list[Found]:
    """Find or make the identity behind each sender, in the order given. Call inside a transaction.

    For senders that are all known it costs one query, however many they are.
    """
    for attempt in range(TRIES):
        try:
            # A savepoint: another worker may be making the same person at this very moment.
            with transaction.atomic():
                return _Round(senders).run()
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def new_identity(scope: str) -> UUID:
    """Somebody who shows no address at all: nobody can know them again. Call inside a transaction."""
    identity = Identity.objects.create(scope=scope, created_at=timezone.now())
    vault.new_boxes("identity", [identity.pk])
    return identity.pk


def give_name(identity_id: UUID, name: str) -> None:
    """Keep the name that somebody has told us, in place of what they call themselves on a channel."""
    box = vault.box_of("identity", identity_id)
    Identity.objects.filter(pk=identity_id).update(
        profile_name_sealed=box.seal("identity.profile_name", identity_id, name)
    )


def current_handle(identity_id: UUID, kind: str) -> UUID | None:
    """Which handle of this kind is theirs now, without the address itself; None when they have shown none."""
    theirs = _current(identity_id, Kind(kind)).order_by("-created_at")
    return theirs.values_list("pk", flat=True).first()


def with_handle(identity_ids: Iterable[UUID], kind: str) -> set[UUID]:
    """Which of these have a handle of this kind now. One query."""
    theirs = Handle.objects.filter(
        identity_id__in=list(identity_ids), kind=Kind(kind), retired_at=None
    )
    return set(theirs.values_list("identity_id", flat=True))


class NoAddress(Exception):
    """The person can no longer be reached there: the number has another owner now."""


def address_of(handle_id: UUID, *, kinds: Collection[str] = ()) -> tuple[str, Sensitive]:
    """The kind of a handle and the address itself; Unreadable when the identity's key is gone.

    With `kinds`, for writing to the person: a handle that is not theirs any more is replaced by a current one of these
    kinds, or NoAddress is raised.
    """
    handle = Handle.objects.get(pk=handle_id)
    if kinds and handle.retired_at is not None:
        theirs = Handle.objects.filter(identity_id=handle.identity_id, retired_at=None)
        current = theirs.filter(kind__in=kinds).order_by("-created_at").first()
        if current is None:
            raise NoAddress
        handle = current
    box = vault.box_of("identity", handle.identity_id)
    return handle.kind, box.open("handle.value", handle.pk, handle.value_sealed)


class _Round:
    """One pass over some senders. Newcomers are gathered and written together; the rare turns one by one."""

    def __init__(self, senders: Sequence[Who]) -> None:
        self._senders = senders
        self._known: dict[bytes, Handle] = {}
        self._newcomers: list[tuple[Who, Identity, dict[Kind, Handle]]] = []

    def run(self) -> list[Found]:
        self._look_up(index for who in self._senders for index in who.indexes.values())
        found = [self._find(who) for who in self._senders]
        self._write_newcomers()
        return found

    def _look_up(self, indexes: Iterable[bytes]) -> None:
        for handle in Handle.objects.filter(index__in=set(indexes), retired_at=None):
            self._known[bytes(handle.index)] = handle

    def _look_again(self, owner_id: UUID, who: Who) -> None:
        # An address that the owner has just given up is nobody's for the rest of this round.
        stale = [index for index, handle in self._known.items() if handle.identity_id == owner_id]
        for index in stale:
            del self._known[index]
        self._look_up([*stale, *who.indexes.values()])

    def _find(self, who: Who) -> Found:
        handles = {k: self._known[i] for k, i in who.indexes.items() if i in self._known}
        owners = {handle.identity_id for handle in handles.values()}
        if len(handles) == len(who.addresses) and len(owners) == 1:
            return Found(owners.pop(), handles[who.answer_to].pk)
        if not handles:
            return self._welcome(who)
        self._write_newcomers()
        owner_id, absorbed = _settle_owner(handles, has_bsuid=Kind.BSUID in who.addresses)
        if owner_id is None:
            found = self._welcome(who)
            self._write_newcomers()
            return found
        _give(owner_id, who, handles)
        self._look_again(owner_id, who)
        return Found(owner_id, self._known[who.indexes[who.answer_to]].pk, absorbed)

    def _welcome(self, who: Who) -> Found:
        now = timezone.now()
        identity = Identity(scope=who.scope, created_at=now)
        handles = {
            kind: Handle(identity=identity, kind=kind, index=index, created_at=now)
            for kind, index in who.indexes.items()
        }
        self._newcomers.append((who, identity, handles))
        self._known |= {who.indexes[kind]: handle for kind, handle in handles.items()}
        return Found(identity.pk, handles[who.answer_to].pk)

    def _write_newcomers(self) -> None:
        newcomers, self._newcomers = self._newcomers, []
        if not newcomers:
            return
        boxes = vault.new_boxes("identity", [identity.pk for _, identity, _ in newcomers])
        for who, identity, handles in newcomers:
            box = boxes[identity.pk]
            if who.name:
                identity.profile_name_sealed = box.seal(
                    "identity.profile_name", identity.pk, who.name
                )
            for kind, handle in handles.items():
                handle.value_sealed = box.seal("handle.value", handle.pk, who.addresses[kind])
        Identity.objects.bulk_create(identity for _, identity, _ in newcomers)
        _insert(handle for _, _, handles in newcomers for handle in handles.values())


def _settle_owner(
    known: Mapping[Kind, Handle], *, has_bsuid: bool
) -> tuple[UUID | None, tuple[UUID, ...]]:
    """Whose message this is, and which other identity turns out to be the same person. None: somebody new."""
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
            _current(by_phone.identity_id, Kind.PHONE).update(retired_at=timezone.now())
            return None, ()
        return by_phone.identity_id, ()
    return known[Kind.SENDER].identity_id, ()


def _give(owner_id: UUID, who: Who, known: Mapping[Kind, Handle]) -> None:
    """Make the sender's addresses the owner's current ones; whoever held one, and the owner's former one, are history."""
    box = vault.box_of("identity", owner_id)
    taken = [k for k in who.addresses if k not in known or known[k].identity_id != owner_id]
    now = timezone.now()
    Handle.objects.filter(retired_at=None).filter(
        Q(index__in=[who.indexes[kind] for kind in taken]) | Q(identity_id=owner_id, kind__in=taken)
    ).update(retired_at=now)
    given = []
    for kind in taken:
        handle = Handle(identity_id=owner_id, kind=kind, index=who.indexes[kind], created_at=now)
        handle.value_sealed = box.seal("handle.value", handle.pk, who.addresses[kind])
        given.append(handle)
    _insert(given)


def _insert(handles: Iterable[Handle]) -> None:
    # In one order everywhere: two workers with the same new addresses must not wait for each other in a circle.
    Handle.objects.bulk_create(sorted(handles, key=lambda handle: bytes(handle.index)))


def _current(identity_id: UUID, kind: Kind) -> QuerySet[Handle]:
    return Handle.objects.filter(identity_id=identity_id, kind=kind, retired_at=None)
