"""By which ways the reporter can be answered now: free words, approved templates, SMS; and what can be asked for.

For the eyes only. Whether a message may go is decided by the verb.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy

from operators.desk.standing import Standing
from reports import channels, replies, wordings
from reports.models.reply_template import ASKED
from reports.wordings import Wording

QUESTIONS: Mapping[str, str | Promise] = {
    "place": pgettext_lazy("asking the reporter", "place"),
    "photo": pgettext_lazy("asking the reporter", "photo or film"),
    "time": pgettext_lazy("asking the reporter", "time"),
    "features": pgettext_lazy("asking the reporter", "what they look like"),
}
WINDOW_SHORT_BELOW = timedelta(hours=2)


class Later(NamedTuple):
    """A question some hours from now: its word on the button, and all of it for the ear; `is_open` when the window still
    is by then."""

    value: str
    word: str
    means: str
    is_open: bool


class Question(NamedTuple):
    """What can be asked for, its word on the button, and what the palette calls it."""

    what: str
    word: str
    command: str
    later: list[Later]


class Asking(NamedTuple):
    """What can be asked for now, and in how many hours; for each of these whether the window is still open by then."""

    later: tuple[tuple[int, bool], ...]

    @property
    def questions(self) -> list[Question]:
        return [
            Question(
                what,
                capfirst(str(label)),
                gettext("Ask the reporter for: %(what)s") % {"what": label},
                [_later(what, label, hours, is_open) for hours, is_open in self.later],
            )
            for what, label in QUESTIONS.items()
        ]


def _later(what: str, label: str | Promise, hours: int, is_open: bool) -> Later:
    means = ngettext(
        "Ask for: %(what)s, in %(hours)s hour", "Ask for: %(what)s, in %(hours)s hours", hours
    )
    return Later(
        f"{what} {hours}",
        gettext("%(hours)s h") % {"hours": hours},
        means % {"what": label, "hours": hours},
        is_open,
    )


def ask_choices() -> list[tuple[str, str]]:
    """What the forms may ask for: "place" now, "place 3" in three hours."""
    return [
        (value, value)
        for what in ASKED
        for value in (what, *(f"{what} {hours}" for hours in settings.ASK_LATER_HOURS))
    ]


def parse(value: str) -> tuple[str, timedelta | None]:
    """One of `ask_choices`: what, and how much later."""
    what, _, hours = value.partition(" ")
    return what, timedelta(hours=int(hours)) if hours else None


@dataclass(frozen=True)
class Ways:
    standing: Standing

    @property
    def may_write(self) -> bool:
        """Whether words of one's own can go out at all."""
        return self.is_free_text or self.is_by_sms

    @property
    def is_free_text(self) -> bool:
        return self.standing.may_reply and self._has_address

    @cached_property
    def is_by_sms(self) -> bool:
        """Where the usual way is shut and SMS is open. Asked for then only: it costs a look behind the wall."""
        return (
            self._may_answer
            and not self.is_free_text
            and replies.may_go_by_sms(self.standing.report)
        )

    @property
    def is_out_of_reach(self) -> bool:
        """Nobody has written from here: somebody at the desk, or a caller."""
        return self._may_answer and not self._has_address

    @cached_property
    def templates(self) -> list[Wording]:
        """What may go out when the 24 hours are over."""
        if not self.standing.is_window_over or not self._may_answer or not self._has_address:
            return []
        return wordings.approved(self.standing.report, by=self.standing.operator)

    @property
    def has_templates(self) -> bool:
        return bool(self.templates)

    @property
    def may_ask(self) -> bool:
        return (
            self.is_free_text and self.standing.report.is_open and self.standing.operator.may("ask")
        )

    @property
    def asking(self) -> Asking:
        until, now = self.standing.window_until, self.standing.now
        return Asking(
            tuple(
                (hours, until is None or now + timedelta(hours=hours) < until)
                for hours in settings.ASK_LATER_HOURS
            )
        )

    @property
    def may_send_again(self) -> bool:
        """Whether what failed may be tried once more: free words in the window only."""
        return self._may_answer and not self.standing.is_window_over

    @property
    def is_window_short(self) -> bool:
        until = self.standing.window_until
        return until is not None and until - self.standing.now < WINDOW_SHORT_BELOW

    @property
    def _may_answer(self) -> bool:
        return self.standing.operator.may("reply") and not self.standing.is_held_by_another

    @property
    def _has_address(self) -> bool:
        contact = self.standing.report.contact
        return contact.handle_id is not None and contact.service_number.channel in channels.CHANNELS
