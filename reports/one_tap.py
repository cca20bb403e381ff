"""What a short message says to the question whether the matter is settled, and on which report it was asked."""

import re
from datetime import datetime
from uuid import UUID

from django.conf import settings

from reports.folding import fold
from reports.models import Report
from reports.models.proof import Feedback

Answer = Feedback.Answer

SETTLED = frozenset(
    "1 ya iya sudah sdh udah udh dah uwis wis wes sampun rampung beres selesai aman".split()
)
NOT_YET = frozenset("2 belum blm blum durung dereng belom tidak tdk".split())
AROUND = frozenset(
    "pak bu mas mbak min kak terima kasih makasih terimakasih trims suwun nuwun matur polisi polri alhamdulillah banyak "
    "iya ya sudah".split()
)
"""Words that may stand around an answer and change nothing of it."""
LONGEST = 6
"""Of words: a longer message says something of its own, and is read by a person."""


def said(text: str) -> Answer | None:
    """What a whole message says to the question; None when it is not certain. Pure.

    "1", "*2*", "sudah pak terima kasih", "durung"; not "sudah 1 jam belum ada polisi".
    """
    words = re.findall(r"[^\W_]+", fold(text))
    if not words or len(words) > LONGEST:
        return None
    telling = [word for word in words if word not in AROUND]
    if not telling:
        telling = [word for word in words if word in SETTLED][:1]
    if telling and telling[0] in NOT_YET:
        # "belum beres": what follows is denied.
        telling = [
            telling[0],
            *(word for word in telling[1:] if word not in SETTLED or word == "1"),
        ]
    settled = [word for word in telling if word in SETTLED]
    not_yet = [word for word in telling if word in NOT_YET]
    if len(settled) + len(not_yet) != len(telling) or bool(settled) == bool(not_yet):
        return None
    return Answer.SETTLED if settled else Answer.NOT_YET


def answered_report(reporter_id: UUID, text: str, at: datetime) -> Report | None:
    """The report on which this reporter was asked, however long since it is closed, when that is what the message answers.
    A look at the rows only for such a message."""
    if said(text) is None:
        return None
    asked = Feedback.objects.filter(
        report__reporter=reporter_id, answer="", asked_at__gt=at - settings.FEEDBACK_STANDS
    )
    row = asked.select_related("report__station", "report__category").order_by("-asked_at").first()
    return row.report if row else None
