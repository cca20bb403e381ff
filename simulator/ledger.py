"""What the pretend Twilio remembers, behind one lock.

The lock guards memory only: nobody holds it while talking HTTP or touching the disk.
"""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from simulator import directory
from simulator.directory import Citizen, Line
from simulator.records import Message

WINDOW_SECONDS = 24 * 3600


class Ledger:
    """Messages, added citizens, templates and clocks; `on_change` hears of every change."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self.lock = threading.RLock()
        self.version = 0
        self._on_change = on_change
        # In order of last change, so that "what is new" needs only the end of it.
        self._messages: OrderedDict[str, Message] = OrderedDict()
        self._guests: dict[str, Citizen] = {}
        self._last_inbound: dict[str, float] = {}
        # Switches of one telephone, and so not saved.
        self._hours_ahead: dict[str, float] = {}
        self._unreachable: set[str] = set()
        self.contents: dict[str, dict[str, Any]] = {
            entry["sid"]: entry for entry in directory.read("contents")
        }
        self.demo: dict[str, str] = {}

    # Messages

    def add(self, message: Message) -> None:
        """Take in a new message; an inbound one opens the 24-hour window."""
        with self.lock:
            if message.is_inbound:
                self._last_inbound[f"{message.phone} {message.line}"] = self.clock(message.phone)
            self._messages[message.sid] = message
            self._note(message)

    @contextmanager
    def changing(self, message: Message) -> Iterator[None]:
        """Change `message` inside; whoever follows the feed then sees it again."""
        with self.lock:
            yield
            self._note(message)

    def get(self, sid: str) -> Message | None:
        with self.lock:
            return self._messages.get(sid)

    def all(self) -> list[Message]:
        """Every message, the oldest first."""
        with self.lock:
            return sorted(self._messages.values(), key=lambda message: message.created_at)

    def changed_after(self, cursor: int, phone: str | None = None) -> tuple[int, list[Message]]:
        """The newest cursor, and what changed after `cursor`, the oldest change first."""
        changed: list[Message] = []
        with self.lock:
            for message in reversed(self._messages.values()):
                if message.version <= cursor:
                    break
                if phone is None or message.phone == phone:
                    changed.append(message)
            return self.version, changed[::-1]

    # Citizens and their clocks

    def citizens(self) -> dict[str, Citizen]:
        with self.lock:
            return {**directory.citizens(), **self._guests}

    def citizen_at(self, address: str) -> Citizen | None:
        """Whose telephone rings when Twilio sends to `address`; the newest owner of a number."""
        newest_first = reversed(self.citizens().values())
        return next((one for one in newest_first if one.answers_to(address)), None)

    def welcome(self, citizen: Citizen) -> None:
        """Add a citizen, or replace the one with that slug (a changed number, a revealed one)."""
        with self.lock:
            self._guests[citizen.slug] = citizen
            self.changed()

    def clock(self, phone: str) -> float:
        """The time on that citizen's telephone, as far as the 24-hour rule is concerned."""
        with self.lock:
            return time.time() + self._hours_ahead.get(phone, 0) * 3600

    def hours_ahead(self, phone: str) -> float:
        with self.lock:
            return self._hours_ahead.get(phone, 0)

    def set_clock(self, phone: str, hours_ahead: float) -> None:
        with self.lock:
            self._hours_ahead[phone] = hours_ahead

    def is_unreachable(self, phone: str) -> bool:
        with self.lock:
            return phone in self._unreachable

    def set_unreachable(self, phone: str, unreachable: bool) -> None:
        """Whether what goes to this telephone gets lost behind the network."""
        with self.lock:
            (self._unreachable.add if unreachable else self._unreachable.discard)(phone)

    def reset_telephones(self) -> None:
        """Every clock right, everybody within reach."""
        with self.lock:
            self._hours_ahead.clear()
            self._unreachable.clear()

    def window_is_open(self, phone: str, line: Line) -> bool:
        """Whether free text may go from this line to this citizen."""
        with self.lock:
            last = self._last_inbound.get(f"{phone} {line.id}")
            return last is not None and self.clock(phone) - last <= WINDOW_SECONDS

    # Saving

    def changed(self) -> None:
        """Call after changing `contents` or `demo`, under the lock."""
        self._on_change()

    def document(self) -> bytes:
        """Everything that survives a restart, as JSON."""
        with self.lock:
            return json.dumps(
                {
                    "version": self.version,
                    "messages": list(self._messages.values()),
                    "guests": list(self._guests.values()),
                    "last_inbound": self._last_inbound,
                    "contents": self.contents,
                    "demo": self.demo,
                },
                default=vars,
            ).encode()

    def restore(self, document: bytes) -> None:
        """The counterpart of `document`; changes nothing when it raises.

        Raises ValueError, KeyError or TypeError.
        """
        stored = json.loads(document)
        messages = [Message.from_json(entry) for entry in stored["messages"]]
        guests = [Citizen(**entry) for entry in stored["guests"]]
        with self.lock:
            self.version = int(stored["version"])
            self._messages = OrderedDict((message.sid, message) for message in messages)
            self._guests = {citizen.slug: citizen for citizen in guests}
            self._last_inbound = dict(stored["last_inbound"])
            self.contents |= stored["contents"]
            self.demo = dict(stored["demo"])

    def _note(self, message: Message) -> None:
        self.version += 1
        message.version = self.version
        message.updated_at = time.time()
        self._messages.move_to_end(message.sid)
        self._on_change()
