"""Make what was fetched fit for the screen: clean copies, sealed like the original, and what the camera noted."""

import logging

from django.db import transaction

from reports import events, media_files
from reports.enrichment import camera, enriching, looking_back, surroundings
from reports.enrichment.media.derive import derive
from reports.enrichment.media.derived import Derived, DerivedFile
from reports.enrichment.media.refusals import MediaRefused
from reports.identity import vault
from reports.jobs import claimed
from reports.jobs.following_up import follow_up
from reports.models import Attachment, Finding, Message
from reports.models.media_file import FileRole

logger = logging.getLogger(__name__)


def prepare(attachment: Attachment) -> None:
    """Show what can be shown of a claimed attachment whose original is sealed, and say so; the original stays."""
    original = attachment.files.get(role=FileRole.ORIGINAL)
    try:
        derived = derive(media_files.read(original))
    except MediaRefused as refusal:
        refuse(attachment, refusal.code)
    except vault.Unreadable:
        refuse(attachment, "unreadable")
    else:
        _store(attachment, derived)


def refuse(attachment: Attachment, code: str) -> None:
    with claimed.ended(attachment, Attachment.State.REFUSED, code) as is_ours:
        if is_ours:
            media_files.forget(attachment.files.exclude(role=FileRole.ORIGINAL))
            events.changed(attachment.message.report)


def _store(attachment: Attachment, derived: Derived) -> None:
    with claimed.held(attachment) as (held, box):
        media_files.forget(held.files.exclude(role=FileRole.ORIGINAL))
        begun = [_begun(held, box, one) for one in derived.files]
    for file, one in zip(begun, derived.files, strict=True):
        with file.writing() as writer:
            writer.write(one.content)
    with claimed.held(attachment) as (held, box):
        held.files.filter(role=FileRole.ORIGINAL).update(media_type=derived.media_type)
        _note(held, box, derived)
        events.changed(held.message.report)
        around = surroundings.of(held.message.report.station_id)
        if hint := camera.hint_of(derived.camera, around):
            found = enriching.finding(hint, held.message, box, attachment=held)
            Finding.objects.bulk_create([found], ignore_conflicts=True)
            follow_up(held.message.report, [hint])
    if derived.fingerprint is not None:
        _lay_beside_others(attachment)


def _lay_beside_others(attachment: Attachment) -> None:
    """Whether somebody else has sent a picture like it: a hint of its own, where there is one."""
    message = Message.objects.select_related("report").get(pk=attachment.message_id)
    likeness = looking_back.of_pictures(message)
    box = vault.boxes_of("content", [message.report_id]).get(message.report_id)
    if likeness.best and box:
        with transaction.atomic():
            found = enriching.finding(likeness, message, box, attachment=attachment)
            Finding.objects.bulk_create([found], ignore_conflicts=True)
            enriching.note_likenesses([(likeness, found)])
            events.changed(message.report)


def _begun(attachment: Attachment, box: vault.Box, one: DerivedFile) -> media_files.Begun:
    return media_files.begin(
        attachment,
        box,
        FileRole(one.role),
        position=one.position,
        media_type=one.media_type,
        byte_size=len(one.content),
        width=one.width or 0,
        height=one.height or 0,
    )


def _note(attachment: Attachment, box: vault.Box, derived: Derived) -> None:
    attachment.state, attachment.reason, attachment.due_at = Attachment.State.STORED, "", None
    attachment.kind, attachment.media_type = derived.kind, derived.media_type
    attachment.duration_seconds = derived.duration_seconds
    about = media_files.About(derived.card, derived.waveform, derived.warnings, derived.fingerprint)
    attachment.about_sealed = media_files.sealed_about(attachment, box, about)
    attachment.save(
        update_fields=[
            *("state", "reason", "due_at", "kind", "media_type"),
            *("duration_seconds", "about_sealed"),
        ]
    )
