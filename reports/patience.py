"""How long the web waits for its database before it helps itself without.

Twilio gives up after 15 seconds. A server that refuses is noticed at once; one that is frozen keeps its connections and
answers nothing, and no time limit of the server's own helps then. So a watchman cuts a connection that has been waiting
too long, and after a failure nobody asks again for a moment: each would wait in vain.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class _Watchman:
    """One thread in a process; it has something to do only when the database has hung for seconds."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[float, int]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def look_after(self, key: int, descriptor: int, ends_at: float) -> None:
        with self._lock:
            self._waiting[key] = (ends_at, descriptor)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, name="watchman", daemon=True)
                self._thread.start()

    def forget(self, key: int) -> None:
        # Under the lock: afterwards the descriptor may belong to somebody else and must not be cut any more.
        with self._lock:
            self._waiting.pop(key, None)

    def _watch(self) -> None:
        while True:
            time.sleep(0.5)
            with self._lock:
                now = time.monotonic()
                for key, (ends_at, descriptor) in list(self._waiting.items()):
                    if now > ends_at:
                        del self._waiting[key]
                        _cut(descriptor)


_watchman = _Watchman()
_away_until = 0.0


@contextmanager
def limited() -> Iterator[None]:
    """Statements in this block end within DATABASE_PATIENCE, one way or the other: OperationalError when the database is
    away or hangs, and at once for DATABASE_PAUSE after that."""
    global _away_until
    if time.monotonic() < _away_until:
        raise OperationalError("the database was away a moment ago")
    db = connections[DEFAULT_DB_ALIAS]
    try:
        if db.vendor != "postgresql":
            with _waiting_less_for_the_lock():
                yield
            return
        key = _watched(db)
        try:
            yield
        finally:
            _watchman.forget(key)
    except OperationalError:
        _away_until = time.monotonic() + settings.DATABASE_PAUSE.total_seconds()
        raise


def _watched(db: BaseDatabaseWrapper) -> int:
    """Have the connection looked after from now on; the key to forget it by."""
    if db.connection is not None and db.connection.closed:
        # Broken since it was last used, and known to be: a new one, not an error.
        db.close()
    if db.connection is None:
        db.ensure_connection()
    # The statement itself shows whether the server is there: no SELECT 1 before it.
    setattr(db, "health_check_done", True)  # noqa: B010  (the stubs do not know it)
    key = threading.get_ident()
    ends_at = time.monotonic() + settings.DATABASE_PATIENCE.total_seconds()
    # A connection that broke since it was last used has no number any more.
    with db.wrap_database_errors:
        descriptor = db.connection.fileno()
    _watchman.look_after(key, descriptor, ends_at)
    return key


@contextmanager
def _waiting_less_for_the_lock() -> Iterator[None]:
    """SQLite has no server to hang, but somebody may hold its lock, and a page waits for it longer than Twilio would."""
    db = connections[DEFAULT_DB_ALIAS]
    db.ensure_connection()
    usual = db.settings_dict["OPTIONS"]["timeout"]
    _wait_for_the_lock(settings.DATABASE_PATIENCE.total_seconds())
    try:
        yield
    finally:
        _wait_for_the_lock(usual)


def _wait_for_the_lock(seconds: float) -> None:
    # Past Django's cursor: this is asked twice for each call of Twilio's, and is no statement of ours.
    connections[DEFAULT_DB_ALIAS].connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def _cut(descriptor: int) -> None:
    """End the conversation on this connection: whoever waits on it gets an error now."""
    with socket.socket(fileno=descriptor) as waiting:
        try:
            waiting.shutdown(socket.SHUT_RDWR)
        finally:
            # The descriptor stays the driver's: it closes it.
            waiting.detach()
