"""From the people behind some messages to the station's reporters and contacts, made or brought up to date.

Afterwards every reporter is locked until the transaction ends, so that two messages arriving together, on two workers,
cannot open two reports.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from reports import events
from reports.channels.base import Sender
from reports.identity import people
from reports.models import (
    Block,
    Contact,
    KeptMessage,
    Message,
    Report,
    Reporter,
    ServiceNumber,
)
from reports.models.event import EventKind
from reports.models.message import Delivery

BIRDS = (
    "Kenari Merpati Kutilang Jalak Perkutut Gelatik Murai Cendet Prenjak Kacer Pleci Tekukur Puter "
    "Cucak Ciblek Derkuku Elang Camar Bangau Kuntul Pelatuk Cendrawasih Beo Parkit Manyar Pipit Walet "
    "Sriti Branjangan Decu Rangkong Maleo Nuri Kakatua Trucuk Sikatan Anis Punai Srigunting Kepodang"
).split()


@dataclass(frozen=True)
class Caller:
    """Somebody who wrote to one of our numbers, and when."""

    sender: Sender
    number: ServiceNumber
    at: datetime


def meet(callers: Sequence[Caller]) -> list[Contact]:
    """The contact of each caller, in the order given, with its reporter and number; a constant number of queries."""
    found = people.identify(
        [
            people.Who(
                caller.number.station.slug,
                phone=caller.sender.phone,
                bsuid=caller.sender.bsuid,
                sender=caller.sender.other,
                name=caller.sender.name,
            )
            for caller in callers
        ]
    )
    reporters = _lock_or_make(callers, found)
    survivors = {former: one for one in found for former in one.absorbed}
    for former, one in survivors.items():
        _absorb(former, into=reporters[one.identity_id], handle_id=one.handle_id)
    # Another caller of this round may still have been found as the one who is absorbed.
    found = [survivors.get(one.identity_id, one) for one in found]
    return _contacts(callers, found, reporters)


def meet_stranger(number: ServiceNumber, at: datetime) -> Contact:
    """Somebody who shows no address: a reporter of their own, whom nobody can know again. Call inside a transaction."""
    identity_id = people.new_identity(number.station.slug)
    reporter = Reporter(station=number.station, identity_id=identity_id, created_at=at)
    _name([reporter])
    reporter.save(force_insert=True)
    return Contact.objects.create(reporter=reporter, service_number=number, last_inbound_at=at)


def _lock_or_make(callers: Sequence[Caller], found: Sequence[people.Found]) -> dict[UUID, Reporter]:
    """The reporters by identity. Locked in one order everywhere, so that two workers cannot wait in a circle; and not by
    their key, which a verb that writes a message shares while it holds the report that we are about to ask for."""
    known = Reporter.objects.filter(identity_id__in={one.identity_id for one in found})
    reporters = {r.identity_id: r for r in known.select_for_update(no_key=True).order_by("pk")}
    newcomers = {
        one.identity_id: Reporter(
            station=caller.number.station, identity_id=one.identity_id, created_at=caller.at
        )
        for caller, one in zip(callers, found, strict=True)
        if one.identity_id not in reporters
    }
    if newcomers:
        _name(newcomers.values())
        Reporter.objects.bulk_create(newcomers.values())
    return reporters | newcomers


def _name(newcomers: Iterable[Reporter]) -> None:
    """Give each an alias that is free at the station: random, so that it says nothing of when they first wrote."""
    nameless, numbers = list(newcomers), 9_000
    while nameless:
        for reporter in nameless:
            reporter.alias = f"{secrets.choice(BIRDS)}-{secrets.randbelow(numbers) + 1000}"
        # Longer numbers where the short ones are taken: a station never runs out of names.
        numbers *= 10
        taken = set(
            Reporter.objects.filter(alias__in=[r.alias for r in nameless]).values_list(
                "station_id", "alias"
            )
        )
        again = []
        for reporter in nameless:
            if (reporter.station_id, reporter.alias) in taken:
                again.append(reporter)
            taken.add((reporter.station_id, reporter.alias))
        nameless = again


def _contacts(
    callers: Sequence[Caller],
    found: Sequence[people.Found],
    reporters: Mapping[UUID, Reporter],
) -> list[Contact]:
    known = {
        (contact.reporter_id, contact.service_number_id): contact
        for contact in Contact.objects.filter(reporter__in=[r.pk for r in reporters.values()])
    }
    new, changed, result = [], {}, []
    for caller, one in zip(callers, found, strict=True):
        reporter = reporters[one.identity_id]
        key = (reporter.pk, caller.number.pk)
        if contact := known.get(key):
            contact.handle_id = one.handle_id
            contact.last_inbound_at = max(contact.last_inbound_at, caller.at)
            if contact.pk is not None:
                changed[contact.pk] = contact
        else:
            contact = known[key] = Contact(
                reporter=reporter,
                service_number=caller.number,
                handle_id=one.handle_id,
                last_inbound_at=caller.at,
            )
            new.append(contact)
        contact.reporter, contact.service_number = reporter, caller.number
        result.append(contact)
    Contact.objects.bulk_create(new)
    if changed:
        # They are all there and locked with their reporter: the conflict is the rule, and writes these two columns.
        Contact.objects.bulk_create(
            changed.values(),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["handle", "last_inbound_at"],
        )
    return result


def _absorb(identity_id: UUID, *, into: Reporter, handle_id: UUID) -> None:
    """Two reporters have turned out to be one person: the reports, messages and contacts become the survivor's.

    `handle_id` is the survivor's own of the address that the former was known by.
    """
    former = Reporter.objects.select_for_update().filter(identity_id=identity_id).first()
    if former is None:
        return
    kept = {contact.service_number_id: contact for contact in into.contacts.all()}
    for contact in former.contacts.all():
        if survivor := kept.get(contact.service_number_id):
            Report.objects.filter(contact=contact).update(contact=survivor)
            Message.objects.filter(contact=contact).update(contact=survivor)
            KeptMessage.objects.filter(contact=contact).update(contact=survivor)
            survivor.last_inbound_at = max(survivor.last_inbound_at, contact.last_inbound_at)
            survivor.save(update_fields=["last_inbound_at"])
            contact.delete()
        else:
            contact.reporter, contact.handle_id = into, handle_id
            contact.save(update_fields=["reporter", "handle"])
    for report in former.reports.all():
        events.record(report, EventKind.MERGED, former_alias=former.alias)
    if into.messages.filter(status=Delivery.SENDING).exists():
        # One in flight to a person: what the provider has not answered for yet is left to its receipt.
        former.messages.filter(status=Delivery.SENDING).update(status=Delivery.UNKNOWN)
    former.reports.update(reporter=into)
    former.messages.update(reporter=into)
    former.strikes.update(reporter=into)
    _move_blocks(former, into=into)
    former.delete()


def _move_blocks(former: Reporter, *, into: Reporter) -> None:
    """One that runs or is asked for at a time: of two the later end stays, and the other ends now, lifted by nobody."""
    running = Block.objects.filter(reporter__in=[former, into], lifted_at=None, refused_at=None)
    ends = list(running.order_by(F("ends_at").desc(nulls_last=True)))[1:]
    Block.objects.filter(pk__in=[block.pk for block in ends]).update(lifted_at=timezone.now())
    former.blocks.update(reporter=into)
