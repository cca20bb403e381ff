"""What somebody who is blocked writes: heard where it may be about a life, kept otherwise. Nothing of it is thrown away."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from reports import bell, replies
from reports.actors import Actor
from reports.arrivals import Arrival
from reports.channels.base import InboundMessage, Kind
from reports.enrichment import surroundings
from reports.enrichment.reading import Words
from reports.enrichment.sparing import may_be_about_a_life
from reports.folding import fold
from reports.identity import vault
from reports.models import Block, KeptMessage, Message, ServiceNumber
from reports.models.reply_template import ReplyKey

OBJECTS = re.compile(r"\b(?:keberatan|banding)\b")
"""The word that the notice of a block names, and the one that people know from courts."""
APPEAL = (ReplyKey.APPEAL,)


def in_force_over(senders: Iterable[tuple[UUID, datetime]]) -> dict[tuple[UUID, datetime], Block]:
    """The blocks over these reporters at the times at which they wrote, by both. One query."""
    senders = list(senders)
    if not senders:
        return {}
    oldest = min(at for _reporter, at in senders)
    blocks = Block.objects.in_force(oldest).filter(reporter__in={one for one, _at in senders})
    by_reporter = {block.reporter_id: block for block in blocks.select_related("report__station")}
    return {
        (reporter, at): block
        for reporter, at in senders
        if (block := by_reporter.get(reporter)) and block.holds(at)
    }


def life_line(inbound: InboundMessage, at: datetime, number: ServiceNumber) -> str:
    """What makes this message heard whoever sent it: "place" for a place, "words" for words of danger, "" for nothing."""
    if inbound.kind == Kind.LOCATION:
        return "place"
    words = Words(text=inbound.body, at=at, details=inbound.details)
    return "words" if may_be_about_a_life(words, surroundings.of(number.station_id)) else ""


def keep(arrivals: Sequence[Arrival], boxes: Mapping[UUID, vault.Box]) -> None:
    """Keep these, sealed with the keys of the reports that the blocks are about, in the caller's transaction.

    The first that objects to a block is answered, once.
    """
    rows: list[KeptMessage] = []
    objecting: dict[UUID, Arrival] = {}
    for arrival in arrivals:
        block = arrival.block
        if block is None:
            raise ValueError("only what somebody writes who is blocked is kept")
        row = KeptMessage(
            pk=uuid4(),
            block=block,
            contact=arrival.contact,
            kind=arrival.inbound.kind,
            provider_sid=arrival.provider_sid,
            at=arrival.at,
        )
        box = boxes[block.report_id]
        row.raw_sealed = box.seal("kept_message.raw", row.pk, json.dumps(arrival.params))
        if arrival.inbound.body:
            row.body_sealed = box.seal("kept_message.body", row.pk, arrival.inbound.body)
        rows.append(row)
        if block.appealed_at is None and OBJECTS.search(fold(arrival.inbound.body)):
            objecting.setdefault(block.pk, arrival)
    KeptMessage.objects.bulk_create(rows)
    for arrival in objecting.values():
        _note_objection(arrival, boxes)


def raw(kept: KeptMessage) -> dict[str, str]:
    """The parameters as they came. Raises vault.Unreadable."""
    box = vault.box_of("content", kept.block.report_id)
    params: dict[str, str] = json.loads(
        box.open("kept_message.raw", kept.pk, kept.raw_sealed).expose()
    )
    return params


def lock_kept(kept: KeptMessage) -> KeptMessage:
    """The same as it is now, locked with its reporter, so that what they write meanwhile opens no second report."""
    related = ("block", "contact__reporter", "contact__service_number__station")
    rows = KeptMessage.objects.select_related(*related, "contact__service_number__successor")
    locked = rows.select_for_update(of=("self", "contact__reporter"), no_key=True)
    return locked.get(pk=kept.pk)


def see(block: Block, *, by: Actor) -> int:
    """What is kept of this block is before somebody's eyes; how many they had not been before. Nothing for who may not."""
    if not by.may("see_blocks") or block.station_id != by.station_id:
        return 0
    return KeptMessage.objects.filter(block=block, seen_at=None).update(seen_at=timezone.now())


def _note_objection(arrival: Arrival, boxes: Mapping[UUID, vault.Box]) -> None:
    block = arrival.block
    if block is None:
        return
    first = Block.objects.filter(pk=block.pk, appealed_at=None)
    if not first.update(appealed_at=arrival.at):
        return
    report = block.report
    # Where they have just written from, and whose 24 hours have just begun.
    report.contact = arrival.contact
    words = replies.words_of([report.station_id], APPEAL)
    answer = replies.said(report, ReplyKey.APPEAL, words, boxes[report.pk])
    if answer is not None:
        Message.objects.bulk_create([answer])
        bell.ring_on_commit("reports.deliver", str(answer.pk))
