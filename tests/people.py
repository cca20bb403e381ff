"""A small station to test with: its numbers, its people, and reports that came in by the real way.

station = people.station()
budi = people.operator(station)
report = people.report(samples.text("Tolong!"))
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from operators import handover, shifts
from operators.models import Operator, Regu, Shift, ShiftPattern, Unit
from operators.permissions import Role
from reports import copies, dispatch_pictures, inbox, jobs
from reports.identity import vault
from reports.models import (
    Assignment,
    Block,
    Category,
    InboxEntry,
    KeptMessage,
    Message,
    ReplyTemplate,
    Report,
    RoutingRule,
    ServiceNumber,
    Station,
    Strike,
)
from reports.models.block import StrikeReason
from reports.models.reply_template import ReplyKey
from reports.models.service_number import Channel
from reports.workflow import Urgency
from tests import photos, samples

PASSWORD = "kata-sandi-contoh"
WORDS = {
    ReplyKey.ACKNOWLEDGEMENT: "Laporan {nomor_laporan} diterima {polres}.",
    ReplyKey.NEW_NUMBER: "Nomor kami sekarang {nomor_baru}.",
    ReplyKey.SETTLED: "Sudah beres? 1 sudah, 2 belum.",
    ReplyKey.SETTLED_THANKS: "Terima kasih.",
    ReplyKey.NOT_SETTLED: "Kami lihat lagi.",
}


def station(slug: str = "contoh", code: str = "CTH", *, answers: bool = True) -> Station:
    """A station with a WhatsApp and an SMS number (those of tests.samples for the first one made) and its words.

    `answers=False` leaves the words out: then nothing is sent by itself.
    """
    made = Station.objects.create(slug=slug, code=code, name=f"Polres {slug.title()}")
    offset = ServiceNumber.objects.count()
    for channel, first in (
        (Channel.WHATSAPP, samples.WHATSAPP_NUMBER),
        (Channel.SMS, samples.SMS_NUMBER),
    ):
        address = f"+{int(first) + offset}"
        ServiceNumber.objects.create(station=made, channel=channel, address=address)
    for key, text in WORDS.items() if answers else ():
        ReplyTemplate.objects.create(station=made, key=key, text=text)
    return made


def unit(at: Station, slug: str = "samapta") -> Unit:
    return Unit.objects.get_or_create(station=at, slug=slug, defaults={"name": slug.title()})[0]


def operator(
    at: Station, *roles: str, username: str = "", password: str = PASSWORD, **fields: Any
) -> Operator:
    """An account with these roles (an SPKT operator when none is given), called after the first of them."""
    given = list(roles) or [Role.OPERATOR]
    name = username or str(given[0])
    fields.setdefault("name", f"Contoh {name.title()}")
    return Operator.objects.create_operator(
        name, password=password, station=at, roles=[str(role) for role in given], **fields
    )


def everybody(at: Station) -> dict[str, Operator]:
    """One account of every role, by role; members of units belong to one."""
    home = unit(at)
    return {
        str(role): operator(at, role, unit=home if role in {Role.UNIT, Role.KASAT} else None)
        for role in Role
    }


def category(slug: str = "laka-lantas", **fields: Any) -> Category:
    named = {"label": slug.title(), "short_label": slug.title()[:18], "urgency": Urgency.SOON}
    return Category.objects.create(slug=slug, **(named | fields))


def message(params: samples.Params | None = None, *, at: datetime | None = None) -> Message:
    """The message that these parameters become: put away and drained like any other. They were signed elsewhere."""
    posted = put_away(params or samples.text(), at=at)
    found = Message.objects.filter(provider_sid=posted["MessageSid"]).first()
    if found is None:
        entry = InboxEntry.objects.get(provider_id=posted["MessageSid"])
        raise AssertionError(f"not understood: {entry.reason}")
    return found


def put_away(params: samples.Params, *, at: datetime | None = None) -> QueryDict:
    """These parameters put away and drained, whatever becomes of them; they are returned as they were posted."""
    posted = QueryDict(mutable=True)
    posted.update(params)
    inbox.put(InboxEntry.Kind.MESSAGE, posted, QueryDict(), at=at or timezone.now())
    jobs.drain_inbox(seconds=None)
    return posted


def receipt(params: samples.Params, *, of: Message | None = None) -> None:
    """Take in a delivery receipt; `of` names our message in the address, as the callback does."""
    posted, query = QueryDict(mutable=True), QueryDict(mutable=True)
    posted.update(params)
    if of is not None:
        query["m"] = str(of.pk)
    inbox.put(InboxEntry.Kind.STATUS, posted, query, at=timezone.now())
    jobs.drain_inbox(seconds=None)


def report(params: samples.Params | None = None, *, at: datetime | None = None) -> Report:
    """The report that this message opened or joined, as the database has it now."""
    return Report.objects.get(messages=message(params, at=at))


def kept_message(of: Report) -> KeptMessage:
    """What somebody wrote who is blocked for this report, by hand: everything before it has tests of its own."""
    by, now = of.station.operators.all()[0], timezone.now()
    box = vault.box_of("content", of.pk)
    strike = Strike(reporter=of.reporter, station=of.station, report=of, by=by, at=now)
    strike.reason, strike.expires_at = StrikeReason.PRANK, now + timedelta(days=180)
    strike.note_sealed = box.seal("strike.note", strike.pk, "Contoh")
    strike.save()
    block = Block(reporter=of.reporter, station=of.station, report=of, reason=StrikeReason.PRANK)
    block.asked_by, block.asked_at = by, now
    block.confirmed_by, block.confirmed_at, block.ends_at = by, now, now + timedelta(days=7)
    block.note_sealed = box.seal("block.note", block.pk, "Contoh")
    block.save()
    params = samples.text("halo")
    kept = KeptMessage(block=block, contact=of.contact, kind="text", at=now)
    kept.provider_sid = params["MessageSid"]
    kept.raw_sealed = box.seal("kept_message.raw", kept.pk, json.dumps(params))
    kept.save()
    return kept


def parked_entry() -> InboxEntry:
    """Something that could not be understood: a message to a number that is nobody's."""
    params = samples.text(To="whatsapp:+628000000000")
    posted = QueryDict(mutable=True)
    posted.update(params)
    inbox.put(InboxEntry.Kind.MESSAGE, posted, QueryDict(), at=timezone.now())
    jobs.drain_inbox(seconds=None)
    return InboxEntry.objects.parked().get(provider_id=params["MessageSid"])


def shift_that_is_over(leader: Operator) -> Shift:
    """A shift of the leader's station with its sheet, signed by both, and a pattern of shifts."""
    regu = Regu.objects.create(station=leader.station, name="Regu I")
    ShiftPattern.objects.create(
        station=leader.station, changes_at=["07:00"], counted_from=timezone.now().date()
    )
    over = shifts.start(regu, [], by=leader)
    handover.give("", by=leader)
    following = handover.take(regu, [], by=operator(leader.station, Role.PAMAPTA, username="next"))
    following.ended_at = timezone.now()
    following.save(update_fields=["ended_at"])
    return over


def task(of: Report, *, by: Operator) -> Assignment:
    """A unit's task with a picture, and the rule that leads to it; the report itself is left as it is."""
    going, now = unit(of.station), timezone.now()
    RoutingRule.objects.create(station=of.station, unit=going)
    words = {"brief": "Contoh", "place_note": ""}
    made = copies.write(of, going, **words, wants_photo=True, at=now, by=by)
    dispatch_pictures.give(made, photos.jpeg(), by=by, position=0, at=now)
    return made
