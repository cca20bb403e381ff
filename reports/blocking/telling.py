"""The words that tell a reporter how they stand: by free text inside WhatsApp's window, by an approved template after it."""

import logging

from django.conf import settings
from django.utils import timezone

from reports import replies, wordings
from reports.actors import Actor
from reports.models import Message, Report
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.replies import NoWay, TextUnfit, WindowClosed
from reports.wordings import Wording

logger = logging.getLogger(__name__)


def tell(report: Report, key: ReplyKey, *, by: Actor, **values: str) -> Message | None:
    """Queue these words to the reporter, for so long that they can be withdrawn; None where no way is open.

    That somebody cannot be told stops no verb: what follows from it is the verb's to say.
    """
    words = wordings.wording(report, key, by=by)
    if words is None:
        return None
    now = timezone.now()
    try:
        text = words.template.fill(**(words.variables_by_name | values))
        try:
            return replies.queue(
                report, text, at=now, by=by, held=settings.UNDO_WITHIN, template_key=key
            )
        except WindowClosed:
            if not words.template.content_sid:
                return None
            filled = _filled(words, text, values)
            return replies.queue_template(report, filled, at=now, by=by, held=settings.UNDO_WITHIN)
    except NoWay:
        return None
    except (KeyError, TextUnfit) as error:
        # Words that somebody changed into what cannot be sent.
        logger.error(
            "a wording cannot be sent",
            extra={"template": str(words.template.pk), "error": type(error).__name__},
        )
        return None


def take_back(message: Message | None) -> None:
    """Whatever of it has not gone out yet does not go out."""
    if message is not None:
        waiting = Message.objects.filter(pk=message.pk, status=Delivery.QUEUED)
        waiting.update(status=Delivery.CANCELLED)


def _filled(words: Wording, text: str, values: dict[str, str]) -> Wording:
    named = words.variables_by_name | values
    numbered = {str(n): named[name] for n, name in enumerate(words.template.variables, start=1)}
    return Wording(words.template, text, numbered, missing=())
