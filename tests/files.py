"""Files of citizens that are here already: sealed by the real way, without a network."""

from django.utils import timezone

from reports import media_files
from reports.identity import vault
from reports.models import Attachment, MediaFile, Message, Report
from reports.models.media_file import FileRole


def attachment(
    to: Message | Report, *, state: str = Attachment.State.STORED, **fields: object
) -> Attachment:
    """One more file of a message, or of a report's first one, that has been fetched."""
    message = to if isinstance(to, Message) else to.messages.filter(direction="inbound")[0]
    values = {"position": message.attachments.count(), "fetched_at": timezone.now()} | fields
    return Attachment.objects.create(message=message, state=state, **values)


def stored(
    to: Message | Report | Attachment,
    content: bytes = b"\xff\xd8\xff",
    *,
    role: str = FileRole.VIEW,
    media_type: str = "image/jpeg",
) -> MediaFile:
    """A sealed file of an attachment; of a new one when a message or report is given."""
    owner = to if isinstance(to, Attachment) else attachment(to)
    box = vault.box_of("content", owner.message.report_id)
    begun = media_files.begin(
        owner, box, FileRole(role), media_type=media_type, byte_size=len(content)
    )
    with begun.writing() as writer:
        writer.write(content)
    return begun.row
