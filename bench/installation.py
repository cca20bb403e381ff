"""The program in a place of its own: settings as in production, all its processes, and questions to its database."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import processes
from bench.account import ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL, SECRET_KEY
from tests.ports import free_port
from tests.servers import Postgres, Redis

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90.0
MARKS = {
    "granian": "web",
    "desk@": "worker",
    "delivery@": "sender",
    "enrichment@": "enricher",
    "manage.py clock": "clock",
}
"""How each process is known by its command."""
OPERATOR, PASSWORD = "bench", "ukuran-meja-2611"


@dataclass(frozen=True)
class Servers:
    postgres: Postgres
    redis: Redis
    folder: Path


@contextmanager
def servers() -> Iterator[Servers]:
    """PostgreSQL that really writes to the disk, and Redis, for the length of the block."""
    with (
        tempfile.TemporaryDirectory(prefix="polreswa-bench-") as folder,
        Postgres(durable=True) as postgres,
        Redis() as redis,
    ):
        yield Servers(postgres, redis, Path(folder))


@dataclass(frozen=True)
class Installation:
    port: int
    pid: int
    """Of `manage.py run`."""
    database: psycopg.Connection[tuple[Any, ...]]

    def families(self) -> dict[str, list[int]]:
        """The processes that `manage.py run` started, with all of theirs, by what they are: web, worker, sender, clock."""
        return {
            name: pids
            for command, pids in processes.families(self.pid).items()
            for mark, name in MARKS.items()
            if mark in command
        }

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return self.database.execute(question.encode(), values).fetchall()

    def unread(self) -> int:
        """Entries of the inbox that nobody has understood or given up yet."""
        ((number,),) = self.ask(
            "SELECT count(*) FROM reports_inboxentry WHERE processed_at IS NULL AND parked_at IS NULL"
        )
        return int(number)

    def unsent(self) -> int:
        ((number,),) = self.ask(
            "SELECT count(*) FROM reports_message WHERE status IN ('queued', 'sending')"
        )
        return int(number)

    def unhinted(self) -> int:
        """Messages that are still to be read for hints."""
        ((number,),) = self.ask(
            "SELECT count(*) FROM reports_message WHERE enrich_due_at IS NOT NULL"
        )
        return int(number)

    def all_but_web(self) -> list[int]:
        return [pid for name, pids in self.families().items() if name != "web" for pid in pids]

    def wait_until_idle(self, seconds: float) -> float:
        """Until the inbox is empty and every answer is sent; how long it took."""
        began_at = time.monotonic()
        while self.unread() or self.unsent():
            if time.monotonic() - began_at > seconds:
                raise TimeoutError(f"not idle within {seconds:.0f} s")
            time.sleep(0.2)
        return time.monotonic() - began_at


@contextmanager
def installed(name: str, at: Servers) -> Iterator[Installation]:
    """A fresh installation on a new database, running, with one operator."""
    folder = at.folder / name
    folder.mkdir()
    twilio_port, port = free_port(), free_port()
    database_url = at.postgres.create(name)
    environment = _environment(folder) | {
        "DATABASE_URL": database_url,
        "REDIS_URL": at.redis.url,
        "TWILIO_API_URL": f"http://127.0.0.1:{twilio_port}",
    }
    twilio = [sys.executable, "-m", "bench.pretend_twilio", str(twilio_port)]
    log = folder / "log"
    _manage(environment, log, "init_keys")
    with (
        processes.running(twilio, environment=environment, log=folder / "twilio.log"),
        processes.running(
            _command("run", "--port", str(port)), environment=environment, log=log
        ) as program,
        psycopg.connect(database_url, autocommit=True) as database,
    ):
        wait_until_listening(port, program, log)
        role = ("--role", "operator", "--station", "sragen", "--password", PASSWORD)
        _manage(environment, log, "create_operator", OPERATOR, *role)
        yield Installation(port, program.pid, database)


def _environment(folder: Path) -> dict[str, str]:
    """As an administrator would write it; nothing of this shell but where programs are found."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "VAR_DIR": str(folder),
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "LOG_LEVEL": "WARNING",
    }


def _command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


def _manage(environment: Mapping[str, str], log: Path, *words: str) -> None:
    done = subprocess.run(
        _command(*words), env=environment, capture_output=True, text=True, check=False
    )
    with log.open("a") as said:
        said.write(done.stdout + done.stderr)
    if done.returncode:
        raise processes.DidNotStart(processes.last_words(log))


def wait_until_listening(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + START_SECONDS
    while time.monotonic() < ends_at and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise processes.DidNotStart(processes.last_words(log))
