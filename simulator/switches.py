"""The misfortunes that can be switched on. Counted, never random: a test can foretell them."""

import threading
from dataclasses import asdict, dataclass, fields


@dataclass
class Switches:
    """All off. "next" counts down to zero; "every" strikes each k-th time; 0 is off."""

    # Webhooks
    doubled_every: int = 0
    late_seconds: float = 0.0
    out_of_order: bool = False
    lose_messages_next: int = 0
    lose_callbacks_next: int = 0
    # Creating a message through the API
    refuse_next: int = 0
    refuse_every: int = 0
    error_before_next: int = 0
    error_after_next: int = 0
    stall_before_next: int = 0
    stall_after_next: int = 0
    stall_seconds: float = 30.0


NAMES = tuple(field.name for field in fields(Switches))


class SwitchBoard:
    """The switches of one simulator, safe to read and turn from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._switches = Switches()
        self._seen: dict[str, int] = {}

    def values(self) -> dict[str, int | float | bool]:
        with self._lock:
            return asdict(self._switches)

    def turn(self, changes: dict[str, int | float | bool]) -> None:
        """Set the named switches; counting for "every" begins anew."""
        with self._lock:
            for name, value in changes.items():
                setattr(self._switches, name, value)
            self._seen.clear()

    def all_off(self) -> None:
        with self._lock:
            self._switches = Switches()
            self._seen.clear()

    def take(self, name: str) -> bool:
        """Use up one of "the next n"; False when none is left."""
        with self._lock:
            left: int = getattr(self._switches, name)
            if left <= 0:
                return False
            setattr(self._switches, name, left - 1)
            return True

    def strikes(self, name: str) -> bool:
        """Count one occasion; True for each k-th."""
        with self._lock:
            every: int = getattr(self._switches, name)
            if every <= 0:
                return False
            self._seen[name] = self._seen.get(name, 0) + 1
            return self._seen[name] % every == 0

    def held_back(self, stream: str) -> bool:
        """With `out_of_order`: True for the first, third, fifth ... of a stream."""
        with self._lock:
            if not self._switches.out_of_order:
                return False
            self._seen[stream] = self._seen.get(stream, 0) + 1
            return self._seen[stream] % 2 == 1

    @property
    def late_seconds(self) -> float:
        with self._lock:
            return self._switches.late_seconds

    @property
    def out_of_order(self) -> bool:
        with self._lock:
            return self._switches.out_of_order

    @property
    def stall_seconds(self) -> float:
        with self._lock:
            return self._switches.stall_seconds
