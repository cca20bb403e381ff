"""Asking for a block, confirming it by somebody else, refusing it, lifting it. It ends by itself: nobody has to do it."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from reports import claims, events
from reports.actors import Actor, NotAllowed, Refused
from reports.blocking import ladder, telling
from reports.identity import vault
from reports.models import Block, Report, Reporter
from reports.models.event import EventKind
from reports.models.reply_template import ReplyKey


class TooEarly(Refused):
    """A rung of the ladder is missing; the message says which."""

    code = "too_early"


class NoteMissing(Refused):
    code = "note_missing"


class OwnRequest(Refused):
    """Whoever asked for a block does not decide on it."""

    code = "own_request"


class WrongLength(Refused):
    code = "wrong_length"


class AlreadyDecided(Refused):
    """Confirmed, refused or lifted by somebody else meanwhile, or over by itself."""

    code = "already_decided"


@transaction.atomic
def ask_block(report: Report, note: str, *, by: Actor) -> Block:
    """Ask the Pamapta to block the reporter for what this report is struck for.

    An earlier strike that counts must have reached them as a reminder before they did it again: TooEarly says what is
    missing. Raises also NotAllowed, NoteMissing.
    """
    _refuse_empty(note, _("Write in one sentence why the reporter should be blocked."))
    report = claims.lock(report, "ask_block", by)
    now = timezone.now()
    # One at a time for a reporter, also from two of their reports.
    Reporter.objects.select_for_update(no_key=True).get(pk=report.reporter_id)
    _let_go_of_ended(report, now)
    found = ladder.of(report, at=now)
    if found.missing or found.here is None:
        raise TooEarly(" ".join(found.missing))
    block = Block(
        pk=uuid4(),
        reporter_id=report.reporter_id,
        station_id=report.station_id,
        report=report,
        reason=found.here.reason,
        asked_by_id=by.pk,
        asked_at=now,
    )
    block.note_sealed = _sealed(block, "block.note", note)
    block.save(force_insert=True)
    events.record(report, EventKind.BLOCK_ASKED, by=by)
    return block


@transaction.atomic
def confirm(block: Block, days: int, *, by: Actor) -> Block:
    """Block the reporter for so many days, one of BLOCK_DAYS, and tell them until when.

    By somebody else than asked, and only while the ladder still holds: a strike may have been taken back meanwhile.
    Raises NotAllowed, OwnRequest, WrongLength, AlreadyDecided, TooEarly.
    """
    block, report = _lock(block, by)
    if days not in settings.BLOCK_DAYS:
        raise WrongLength(_("Choose for how long."))
    _refuse_decided(block)
    if block.asked_by_id == by.pk:
        raise OwnRequest(_("Whoever asks for a block does not confirm it: somebody else must."))
    now = timezone.now()
    found = ladder.of(report, at=now)
    if found.here is None or found.reminded is None:
        raise TooEarly(
            _("What this was asked for counts no more. Refuse it, or remind the reporter anew.")
        )
    block.confirmed_by_id, block.confirmed_at = by.pk, now
    block.ends_at = now + timedelta(days=days)
    block.notice = telling.tell(report, ReplyKey.BLOCKED, by=by, sampai=_in_words(block.ends_at))
    block.save(update_fields=["confirmed_by", "confirmed_at", "ends_at", "notice"])
    claims.count_up(report)
    is_told = block.notice is not None
    events.record(report, EventKind.BLOCKED, by=by, days=days, is_told=is_told)
    return block


@transaction.atomic
def refuse(block: Block, note: str, *, by: Actor) -> Block:
    """Do not block. Raises NotAllowed, NoteMissing, AlreadyDecided."""
    _refuse_empty(note, _("Write in one sentence why the reporter is not blocked."))
    block, report = _lock(block, by)
    _refuse_decided(block)
    block.refused_at = timezone.now()
    block.lift_note_sealed = _sealed(block, "block.lift_note", note)
    block.save(update_fields=["refused_at", "lift_note_sealed"])
    events.record(report, EventKind.BLOCK_REFUSED, by=by)
    return block


@transaction.atomic
def lift(block: Block, was_wrong: bool, note: str, *, by: Actor) -> Block:
    """End a block before its time, and tell the reporter. `was_wrong`: it should never have been, which is counted.

    One that has ended by itself can still be called wrong; then nobody is told anything. Raises NotAllowed, NoteMissing,
    AlreadyDecided.
    """
    _refuse_empty(note, _("Write in one sentence why the block is lifted."))
    block, report = _lock(block, by)
    now = timezone.now()
    if block.confirmed_at is None or block.ends_at is None or block.lifted_by_id is not None:
        raise AlreadyDecided(_("This block is not in force."))
    is_running = block.lifted_at is None and block.ends_at > now
    if not is_running and not was_wrong:
        raise AlreadyDecided(_("This block has ended by itself already."))
    block.lifted_at, block.lifted_by_id, block.was_wrong = now, by.pk, was_wrong
    block.lift_note_sealed = _sealed(block, "block.lift_note", note)
    block.save(update_fields=["lifted_at", "lifted_by", "was_wrong", "lift_note_sealed"])
    if is_running:
        # What tells them that they are blocked does not go out behind what tells them that they are not.
        telling.take_back(block.notice)
        telling.tell(report, ReplyKey.UNBLOCKED, by=by)
    claims.count_up(report)
    events.record(report, EventKind.UNBLOCKED, by=by, was_wrong=was_wrong)
    return block


def _lock(block: Block, by: Actor) -> tuple[Block, Report]:
    """The block as it is now, and its report, locked. Another station's does not exist for this person."""
    if block.station_id != by.station_id:
        raise NotAllowed(_("Your account may not do this."))
    report = claims.lock(block.report, "confirm_block", by)
    locked = Block.objects.select_for_update(of=("self",), no_key=True).get(pk=block.pk)
    return locked, report


def _refuse_decided(block: Block) -> None:
    if block.confirmed_at is not None or block.refused_at is not None:
        raise AlreadyDecided(_("Somebody has decided on this already."))


def _refuse_empty(note: str, words: str) -> None:
    if not note.strip():
        raise NoteMissing(words)


def _let_go_of_ended(report: Report, now: datetime) -> None:
    """A block that ended by itself makes room for another: it counts as lifted then, by nobody."""
    ended = Block.objects.filter(
        reporter=report.reporter_id, lifted_at=None, refused_at=None, ends_at__lte=now
    )
    ended.update(lifted_at=F("ends_at"))


def _sealed(block: Block, column: str, note: str) -> bytes:
    return vault.box_of("content", block.report_id).seal(column, block.pk, note.strip())


def _in_words(at: datetime) -> str:
    """For citizens, whatever language the Pamapta reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
