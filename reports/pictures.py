"""Pictures on their way out: beside an answer that is being written, then part of its message.

A picture is a row and a sealed file under its id. The row is made first and goes last, so that no file is ever without
one: whatever a crash leaves behind is a picture that nobody sends, and those are forgotten after a day.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import IntegerField, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import imaging
from reports.actors import Actor, NotAllowed, Refused
from reports.channels.base import Kind
from reports.identity import blobs, vault
from reports.imaging import Clean, PictureUnfit
from reports.models import Contact, Message, Picture, ReplyTemplate, Report
from reports.models.service_number import Channel
from reports.statements import THE_REPORT, Given, Statement

logger = logging.getLogger(__name__)

COLUMN = "picture.file"
AT_ONCE = 1
"""WhatsApp takes one picture a message, and its words are the picture's caption."""
CAPTION_LIMIT = 1024
"""WhatsApp's, in characters: less than a message without a picture may have."""


class NoPictures(Refused):
    """This reporter cannot be sent a picture."""

    code = "no_pictures"


class PictureGone(Refused):
    """The picture is not there any more, or is part of a message already."""

    code = "picture_gone"


def attach(report: Report, data: bytes, *, by: Actor) -> Picture:
    """Make the picture in `data` clean and lay it beside the answer that this person is writing, in place of another.

    Raises NotAllowed, NoPictures, PictureUnfit; then nothing is kept.
    """
    _refuse_unless_it_can_go(report, by)
    return _lay(report, imaging.clean(data, at_most=settings.PICTURE_BYTES_SENT), by)


def attach_canned(report: Report, template: ReplyTemplate, *, by: Actor) -> Picture | None:
    """The same with the picture of a canned reply; None when it has none."""
    _refuse_unless_it_can_go(report, by)
    if template.station_id != report.station_id:
        raise NotAllowed(_("Your account may not do this."))
    if not template.picture:
        return None
    picture = imaging.clean(bytes(template.picture), at_most=settings.PICTURE_BYTES_SENT)
    return _lay(report, picture, by)


def can_go_to(contact: Contact) -> bool:
    """Whether the channel carries pictures; in Indonesia SMS does not."""
    return contact.service_number.channel == Channel.WHATSAPP


def unsent(report: Report, *, by: Actor) -> QuerySet[Picture]:
    """What lies beside this person's answer, the newest first."""
    return Picture.objects.filter(report=report, message=None, by_id=by.pk).order_by("-at", "-pk")


BESIDE_ANSWER = Statement(
    lambda: Picture.objects.filter(
        report=THE_REPORT, message=None, by=Given("operator", IntegerField())
    ).order_by("-at", "-pk")[:AT_ONCE]
)


def beside_answer(report: Report, *, by: Actor) -> list[Picture]:
    """As many of them as one answer takes."""
    return BESIDE_ANSWER.ask(report=report.pk, operator=by.pk)


def chosen(report: Report, ids: Sequence[str], *, by: Actor) -> list[Picture]:
    """The pictures that a form names. PictureGone when one is not beside this person's answer, or not any more."""
    known = {str(picture.pk): picture for picture in unsent(report, by=by)}
    if missing := set(ids) - known.keys():
        logger.info("picture gone", extra={"count": len(missing)})
        raise _gone()
    return [known[one] for one in dict.fromkeys(ids)]


@transaction.atomic
def remove(report: Report, picture_id: UUID, *, by: Actor) -> None:
    """Take a picture away from the answer. Raises PictureGone when it has been sent, or is somebody else's."""
    picture = unsent(report, by=by).select_for_update().filter(pk=picture_id).first()
    if picture is None:
        raise _gone()
    _forget(picture)


def refuse_unfit(contact: Contact, text: str, pictures: Sequence[Picture]) -> None:
    """Raises NoPictures or PictureUnfit when these cannot go out with this text."""
    if not pictures:
        return
    if not can_go_to(contact):
        raise _no_pictures()
    if len(pictures) > AT_ONCE:
        raise PictureUnfit(_("One answer carries one picture. Send the other with the next."))
    if len(text) > CAPTION_LIMIT:
        raise PictureUnfit(
            _("With a picture the answer may have %(limit)d characters; this one has %(count)d.")
            % {"limit": CAPTION_LIMIT, "count": len(text)}
        )


def use(pictures: Sequence[Picture], message: Message) -> None:
    """Make them part of a message that has just been written, in the transaction that writes it.

    PictureGone unless each of them lies beside this author's answer on this report.
    """
    ids = [picture.pk for picture in pictures]
    free = Picture.objects.filter(
        pk__in=ids, report_id=message.report_id, message=None, by_id=message.author_id
    )
    # One statement: of two answers that want the same picture, one finds it taken.
    if free.update(message=message) != len(ids):
        raise _gone()


def put_back(message: Message) -> None:
    """A message was withdrawn: its pictures lie beside its author's answer again, for another day."""
    message.pictures.update(message=None, at=timezone.now())


def of(message: Message) -> list[Picture]:
    """What goes out with a message: one that repeats another carries that one's pictures."""
    if message.kind != Kind.IMAGE:
        return []
    origin: Message | None = message
    while origin is not None:
        if pictures := list(origin.pictures.all()):
            return pictures
        origin = origin.retry_of
    return []


def kind_of(pictures: Sequence[Picture]) -> Kind:
    """Of a message with these."""
    return Kind.IMAGE if pictures else Kind.TEXT


def read(picture: Picture) -> bytes:
    """The JPEG. For whoever may see it, which is decided above. Raises vault.Unreadable."""
    try:
        box = vault.box_of("content", picture.report_id)
        return box.open_bytes(COLUMN, picture.pk, blobs.get(picture.pk))
    except vault.Unreadable:
        logger.error("a picture does not open", extra={"picture": str(picture.pk)})
        raise


def shown(picture: Picture, *, by: Actor) -> bytes:
    """The JPEG for somebody who may read the report it is on."""
    if not by.may("read_report"):
        raise NotAllowed(_("Your account may not do this."))
    return read(picture)


def link(picture: Picture) -> str:
    """Where the provider fetches it, for as long as PICTURE_LINK_LASTS. Names the picture and nothing else."""
    token = _links().sign(picture.pk.hex)
    return settings.PUBLIC_URL + reverse("picture-out", args=[token])


def named_by(token: str) -> Picture | None:
    """The picture of a link that is ours and not too old, once it is part of a message."""
    try:
        pk = UUID(_links().unsign(token, max_age=settings.PICTURE_LINK_LASTS))
    except (signing.BadSignature, ValueError):
        return None
    return Picture.objects.filter(pk=pk, message__isnull=False).first()


def forget_unused(now: datetime) -> int:
    """Forget what was laid beside an answer and not sent within PICTURE_UNUSED_KEEP; how many."""
    count = 0
    old = Picture.objects.filter(message=None, at__lt=now - settings.PICTURE_UNUSED_KEEP)
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            if picture := old.select_for_update().filter(pk=pk).first():
                _forget(picture)
                count += 1
    return count


def _links() -> signing.TimestampSigner:
    return signing.TimestampSigner(sep=".", salt="reports.pictures")


def _refuse_unless_it_can_go(report: Report, by: Actor) -> None:
    if not by.may("reply") or not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("Your account may not do this."))
    if not can_go_to(report.contact):
        raise _no_pictures()


def _lay(report: Report, content: Clean, by: Actor) -> Picture:
    """Beside the answer, in place of what lay there."""
    before = list(unsent(report, by=by))
    picture = _store(report, content, by)
    for one in before:
        with transaction.atomic():
            if unsent(report, by=by).select_for_update().filter(pk=one.pk).exists():
                _forget(one)
    return picture


def keep(report: Report, content: Clean, *, by: Actor) -> Picture:
    """Keep a clean picture of ours on the report, beside what this person writes, in the caller's transaction; whoever
    calls forgets the file (`forget_files`) when that comes to nothing. Raises NoPictures."""
    if not can_go_to(report.contact):
        raise _no_pictures()
    return _store(report, content, by)


def forget_files(ids: Iterable[UUID]) -> None:
    """The files of pictures whose rows were never committed."""
    for pk in ids:
        blobs.remove(pk)


def _store(report: Report, content: Clean, by: Actor) -> Picture:
    picture = Picture.objects.create(
        report=report,
        by_id=by.pk,
        at=timezone.now(),
        byte_size=len(content.jpeg),
        width=content.width,
        height=content.height,
    )
    try:
        box = vault.box_of("content", report.pk)
        blobs.put(picture.pk, box.seal_bytes(COLUMN, picture.pk, content.jpeg))
    except Exception:
        _forget(picture)
        raise
    return picture


def _forget(picture: Picture) -> None:
    blobs.remove(picture.pk)
    picture.delete()


def _gone() -> PictureGone:
    return PictureGone(
        _("The picture is no longer beside your answer. Nothing was sent: attach it again.")
    )


def _no_pictures() -> NoPictures:
    return NoPictures(_("This reporter cannot be sent a picture: only WhatsApp carries pictures."))
