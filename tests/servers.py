"""Throw-away PostgreSQL and Redis on free ports of 127.0.0.1, for tests and for figures. Needs no Django.

    with Postgres() as postgres, Redis() as redis:
        ...  # postgres.url, redis.url

`stop`, `kill` and `freeze` make a server go away in the three ways that servers do; `start` and `thaw` bring it back on
the same port. PostgreSQL keeps its data over all of them, Redis keeps nothing: it has no persistence.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.ports import free_port

START_SECONDS = 30.0
UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: then it runs as the first of these that exists."""


PATIENCE = 6
"""How many times longer than on a quiet machine something may take before a test calls it missing."""


def wait_until(question: Callable[[], bool], seconds: float, *, what: str) -> None:
    """Ask twenty times a second; TimeoutError naming `what` when the answer stays no for PATIENCE times as long."""
    ends_at = time.monotonic() + seconds * PATIENCE
    while not question():
        if time.monotonic() > ends_at:
            raise TimeoutError(f"{what}: not within {seconds * PATIENCE:.0f} s")
        time.sleep(0.05)


class Server(ABC):
    """One process, the processes it starts, its folder and its port."""

    name: str

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"polreswa-{self.name}-"))
        self.log = self.folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> Sequence[str]: ...

    @abstractmethod
    def answers(self) -> bool: ...

    def start(self) -> Self:
        """Start, and return when it answers."""
        if self.process is not None:
            return self
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account(),
            )
        try:
            wait_until(self._has_started, START_SECONDS, what=f"{self.name} starts")
        except TimeoutError:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """Ask it to end now, whoever is connected."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As when the power fails: it and all it started end at once."""
        if self.process is None:
            return
        family = [self.process.pid, *_descendants(self.process.pid)]
        for pid in family:
            _signal(pid, signal.SIGKILL)
        self.process.wait(START_SECONDS)
        self.process = None
        wait_until(
            lambda: not any(_is_alive(pid) for pid in family), 10, what=f"{self.name} is gone"
        )

    def restart(self) -> None:
        self.stop()
        self.start()

    def freeze(self) -> None:
        """It keeps its connections and answers nothing, like a machine that swaps."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def remove(self) -> None:
        """End it and delete all it has written."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def account(self) -> dict[str, Any]:
        """As whom it runs: options for subprocess."""
        return {}

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *args: object) -> None:
        self.remove()

    def _has_started(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            self.process = None
            last_words = self.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self.name} did not start:\n{last_words}")
        return self.answers()

    def _end(self, number: int) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def _signal_all(self, number: int) -> None:
        if self.process is not None:
            for pid in (self.process.pid, *_descendants(self.process.pid)):
                _signal(pid, number)


class Postgres(Server):
    """`settings` are lines of postgresql.conf on top of ours; `durable` keeps fsync on, for figures that mean something."""

    name = "postgresql"

    def __init__(self, *, durable: bool = False, settings: Mapping[str, str] | None = None) -> None:
        self.bin = newest_postgres()
        super().__init__()
        self.data = self.folder / "data"
        # Its cleaning takes transactions of its own, and the feed shows nothing newer than the oldest that runs.
        quick = {} if durable else {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
        self.settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": "100",
            "timezone": "UTC",
            **quick,
            **(settings or {}),
        }
        if user := _unprivileged():
            shutil.chown(self.folder, user)

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """A new empty database; its address."""
        self.run("createdb", database)
        return self.url_of(database)

    def dump(self, database: str, *options: str) -> bytes:
        """What pg_dump makes of it."""
        return self.run("pg_dump", *options, database)

    def run(self, program: str, *arguments: str) -> bytes:
        """One of PostgreSQL's own programs against this server; what it printed."""
        connected = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres")
        return subprocess.run(
            [self.bin / program, *connected, *arguments], check=True, stdout=subprocess.PIPE
        ).stdout

    def command(self) -> Sequence[str]:
        if not self.data.exists():
            self._initialise()
        options = [
            part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")
        ]
        return [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port), *options]

    def answers(self) -> bool:
        asked = [str(self.bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0

    def account(self) -> dict[str, Any]:
        user = _unprivileged()
        if user is None:
            return {}
        return {"user": user, "group": _group_of(user), "extra_groups": []}

    def _initialise(self) -> None:
        made = subprocess.run(
            [
                *(str(self.bin / "initdb"), "-D", str(self.data), "-U", "postgres"),
                *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            **self.account(),
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout.decode(errors='replace')}")


class Redis(Server):
    name = "redis"

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> Sequence[str]:
        return [
            *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1"),
            *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
        ]

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7).startswith(b"+PONG")
        except OSError:
            return False


def newest_postgres() -> Path:
    """The folder of the newest PostgreSQL's programs; FileNotFoundError when there is none."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4])
    )
    if found:
        return found[-1].parent
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def _group_of(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _descendants(pid: int) -> list[int]:
    """All processes below this one. PostgreSQL's children lead sessions of their own: their group does not find them."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, unvisited = [], [pid]
    while unvisited:
        children = parents.get(unvisited.pop(), [])
        found += children
        unvisited += children
    return found


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
