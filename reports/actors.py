"""What a verb asks of whoever acts. `operators.Operator` fulfils it; `reports` never imports operators."""

from typing import Any, Protocol


class Actor(Protocol):
    """A person of one station, with an account."""

    pk: Any
    username: str
    station_id: int

    def may(self, verb: str) -> bool:
        """Whether this person's roles allow the verb at all."""
        ...

    @property
    def unit_slug(self) -> str:
        """The unit whose reserved reports are theirs to see; "" for nobody's."""
        ...


class Refused(Exception):
    """A verb was refused. `code` is for programs, the message for the person who asked; both name the broken rule."""

    code = "refused"


class NotAllowed(Refused):
    """The person's roles do not allow the verb."""

    code = "not_allowed"
