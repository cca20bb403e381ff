"""Files of citizens as the desk shows them: sealed, then made fit for the screen by the code that does it for real."""

from datetime import timedelta

from django.utils import timezone

from reports.jobs import preparing
from reports.models import Attachment, Message, Report
from reports.models.media_file import FileRole
from tests import files


def prepared(to: Message | Report, content: bytes) -> Attachment:
    """One more file of a message, or of a report's first one, with everything that can be shown of it."""
    state, due_at = Attachment.State.FETCHING, timezone.now() + timedelta(minutes=10)
    attachment = files.attachment(to, state=state, due_at=due_at)
    files.stored(attachment, content, role=FileRole.ORIGINAL)
    preparing.prepare(attachment)
    return Attachment.objects.get(pk=attachment.pk)
