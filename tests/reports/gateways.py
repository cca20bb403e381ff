"""A provider in the place of the real one, where what matters is what we make of its answers."""

from datetime import datetime
from itertools import count

from reports.channels.base import ChannelError, OutboundMessage, Taken

REFUSED = ChannelError("21211", permanent=True)
TOO_MANY = ChannelError("20429")
NO_NETWORK = ChannelError("network")
THEIR_ERROR = ChannelError("20500", uncertain=True)
NO_ANSWER = ChannelError("network", uncertain=True)

_numbers = count(1)

Ending = Taken | ChannelError | None


class Provider:
    """Ends every call as it was told to; when it was told nothing it takes the message."""

    def __init__(self, *endings: Ending) -> None:
        self.sent: list[OutboundMessage] = []
        self.asked: list[tuple[OutboundMessage, datetime, set[str]]] = []
        self._endings = list(endings)

    def send(self, message: OutboundMessage) -> Taken:
        self.sent.append(message)
        ending = self._endings.pop(0) if self._endings else self._taken()
        if isinstance(ending, ChannelError):
            raise ending
        return ending or self._taken()

    def find(self, message: OutboundMessage, *, since: datetime, known: set[str]) -> Taken | None:
        self.asked.append((message, since, known))
        ending = self._endings.pop(0) if self._endings else None
        if isinstance(ending, ChannelError):
            raise ending
        return ending

    def _taken(self) -> Taken:
        return Taken(f"SMtaken{next(_numbers):025}", "queued")
