"""The simulator's memory on disk: everything encrypted, so that no number or text lies readable."""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

# A burst of changes is written once; a large state is written less often than a small one.
SHORTEST_PAUSE = 0.25
PAUSE_PER_WRITE = 5.0


class Strongbox:
    """One folder: the key, the state document, and one file for each picture or recording."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._media = folder / "media"
        self._state = folder / "state"
        for made in (folder, self._media):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
            made.chmod(0o700)
        self._fernet = self._opened()

    def read_state(self) -> bytes | None:
        """The saved document; None when there is none. Raises InvalidToken when it is damaged."""
        if not self._state.exists():
            return None
        return self._fernet.decrypt(self._state.read_bytes())

    def write_state(self, document: bytes) -> None:
        _write(self._state, self._fernet.encrypt(document))

    def set_state_aside(self, reason: str) -> None:
        """Keep an unreadable state under another name, say so, and begin empty."""
        kept = self._state.with_name(f"state.unreadable-{int(time.time())}")
        self._state.replace(kept)
        print(  # noqa: T201 - meant for the person who started it
            f"simulator: the saved state cannot be read ({reason}); "
            f"starting empty, the old one is kept as {kept}",
            file=sys.stderr,
        )

    def put_media(self, sid: str, content: bytes) -> None:
        _write(self._media / sid, self._fernet.encrypt(content))

    def get_media(self, sid: str) -> bytes | None:
        """The bytes of one file; None when they are gone or cannot be read."""
        try:
            return self._fernet.decrypt((self._media / sid).read_bytes())
        except (FileNotFoundError, InvalidToken):
            return None

    def _opened(self) -> Fernet:
        path = self.folder / "key"
        if path.exists():
            path.chmod(0o600)
            try:
                return Fernet(path.read_bytes().strip())
            except ValueError:
                path.replace(path.with_name(f"key.unreadable-{int(time.time())}"))
        key = Fernet.generate_key()
        _write(path, key)
        return Fernet(key)


class Autosave:
    """Writes the state a moment after it changed, on a thread of its own."""

    def __init__(self, box: Strongbox, document: Callable[[], bytes]) -> None:
        self._box = box
        self._document = document
        self._changed = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def changed(self) -> None:
        self._changed.set()

    def stop(self) -> None:
        """Write what is not written yet, then end."""
        self._stopping.set()
        self._changed.set()
        self._thread.join()

    def _run(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stopping.is_set():
            self._changed.wait()
            self._stopping.wait(pause)
            self._changed.clear()
            began = time.monotonic()
            try:
                self._box.write_state(self._document())
            except OSError as problem:
                print(  # noqa: T201
                    f"simulator: the state is not saved: {problem.strerror}", file=sys.stderr
                )
            pause = max(SHORTEST_PAUSE, (time.monotonic() - began) * PAUSE_PER_WRITE)


def _write(path: Path, content: bytes) -> None:
    """Replace `path` in one step; only its owner may read it."""
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
