"""What was found in a text, and where."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a piece of text gives away."""

    PHONE = "phone"
    IDENTITY = "identity"
    ACCOUNT = "account"
    EMAIL = "email"
    LINK = "link"
    HANDLE = "handle"
    REPORT = "report"
    OWN_NAME = "own_name"
    NAME = "name"
    HOME = "home"
    PERSON = "person"
    SELF = "self"

    @property
    def placeholder(self) -> str:
        """What stands in its place."""
        return f"[{PLACEHOLDERS[self]}]"

    @property
    def reason(self) -> str:
        """Why somebody has to look at it."""
        return str(REASONS[self])


PLACEHOLDERS: dict[Kind, str | Promise] = {
    Kind.PHONE: _("telephone number"),
    Kind.IDENTITY: _("identity number"),
    Kind.ACCOUNT: _("number"),
    Kind.EMAIL: _("e-mail"),
    Kind.LINK: _("link"),
    Kind.HANDLE: _("account"),
    Kind.REPORT: _("report number"),
    Kind.OWN_NAME: _("name"),
    Kind.NAME: _("name"),
    Kind.HOME: _("address of the reporter"),
}
REASONS: dict[Kind, str | Promise] = {
    Kind.PHONE: _("looks like a telephone number"),
    Kind.IDENTITY: _("looks like an NIK or KK number"),
    Kind.ACCOUNT: _("long number: an account, perhaps a telephone"),
    Kind.EMAIL: _("looks like an e-mail address"),
    Kind.LINK: _("a link leads to somebody"),
    Kind.HANDLE: _("looks like somebody's account"),
    Kind.REPORT: _("number of a report"),
    Kind.OWN_NAME: _("a name that the reporter gives"),
    Kind.NAME: _("a name that the reporter gives"),
    Kind.HOME: _("where the reporter lives"),
    Kind.PERSON: _("a name: the reporter's, or whose?"),
    Kind.SELF: _("tells who the reporter is"),
}


class Span(NamedTuple):
    """A piece of a text. What is only doubtful stays in it, for a person to look at."""

    start: int
    end: int
    kind: Kind
    is_sure: bool = True


@dataclass(frozen=True)
class Doubt:
    """A piece of a text for a person to look at before the text goes anywhere."""

    words: str = field(repr=False)
    kind: Kind
    start: int
    end: int

    @property
    def reason(self) -> str:
        return self.kind.reason
