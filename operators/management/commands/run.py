"""The whole program under one process: web, workers, clock, and in a demo the simulator."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from operators.demo import LOGINS
from polreswa import catalogue, environment
from polreswa.checks import refuse_if_unsafe
from polreswa.supervisor import Child, Supervisor
from reports.identity import keyring

BIN = Path(sys.executable).parent
WEB_THREADS = 4
LATER = 10
"""In a rush what comes in is taken in and read first; answers go out and hints are read when there is room."""
UNCHECKED = {"CELERY_SKIP_CHECKS": "1"}
"""Celery would run every system check, and load all pages for it. Our own checks run all the same."""
# The web must have answered Twilio, from the spool if need be, long before its 15 seconds are over. And PostgreSQL looks
# for the best order of many joins for ten times as long as the query of a page then takes: they are written in a good one.
WEB_DATABASE_LIMITS = "-c statement_timeout=8000 -c lock_timeout=4000 -c join_collapse_limit=4 -c from_collapse_limit=4"


class Command(BaseCommand):
    help = "Run web, workers and clock until Ctrl-C; whichever dies is started again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="PORT where it is not given, else 8000.")
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, port: int | None, host: str, **options: Any) -> None:
        port = _number("PORT", 8000) if port is None else port
        try:
            self._run(host, port)
        except KeyboardInterrupt:
            # Before the supervisor has taken over the signals: nothing of ours is running yet.
            self.say("stopped")

    def _run(self, host: str, port: int) -> None:
        surroundings = _surroundings(port)
        _refuse_taken_port(host, port)
        if settings.DEMO:
            _refuse_taken_port(host, int(surroundings["SIMULATOR_PORT"]))
        self._prepare()
        children = _children(host, port, surroundings)
        self.say(f"starting {', '.join(child.name for child in children)}")
        welcome = _Welcome(self, port, surroundings)
        Supervisor(children, self.say).run(each_round=welcome)
        self.say("stopped")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _prepare(self) -> None:
        """Everything that must be there before the first request."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        if settings.DEMO:
            self._have_demo_keys()
        try:
            refuse_if_unsafe()
        except ImproperlyConfigured as problem:
            raise CommandError(f"Not started: {problem}") from None
        for folder in settings.BROKER_FOLDERS:
            folder.mkdir(parents=True, exist_ok=True)
        catalogue.write_compiled()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_reference", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)

    def _have_demo_keys(self) -> None:
        if keyring.create(settings.KEYS_FILE, demo=True):
            self.say("demo keys made")
        elif added := keyring.complete(settings.KEYS_FILE):
            self.say(f"demo keys added for {', '.join(added)}")


class _Welcome:
    """Once, when everything answers: let the demo day come in, then say where everything is."""

    def __init__(self, command: Command, port: int, surroundings: dict[str, str]) -> None:
        self._say, self._port, self._surroundings = command.say, port, surroundings
        self._demo_day: Child | None = None
        self._is_done = False

    def __call__(self) -> None:
        if self._is_done or not _listens(self._port):
            return
        if settings.DEMO:
            if not _listens(int(self._surroundings["SIMULATOR_PORT"])):
                return
            if self._demo_day is None:
                self._demo_day = Child("demo day", _manage("seed_demo"), self._surroundings)
                self._demo_day.start()
            process = self._demo_day.process
            if process is not None and process.poll() is None:
                return
        self._is_done = True
        self._say(f"\n  Desk       http://127.0.0.1:{self._port}/desk/")
        if settings.DEMO:
            self._say(f"  Telephones {self._surroundings['SIMULATOR_URL']}/")
            self._say("  Logins     (password = user name) " + ", ".join(LOGINS))
        self._say("  Stop with Ctrl-C.\n")


def _children(host: str, port: int, surroundings: dict[str, str]) -> list[Child]:
    web = [
        str(BIN / "granian"),
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1"),
        *("--blocking-threads", str(WEB_THREADS), "--no-access-log", "--log-level", "warning"),
        *("--respawn-failed-workers", "--no-ws", "polreswa.wsgi:application"),
    ]
    pool = "solo" if settings.IS_SQLITE else "prefork"
    reading = (*("--queues", "desk", "--hostname", "desk@%h", "--pool", pool),)
    sending = (
        *("--queues", "delivery", "--hostname", "delivery@%h", "--pool", "threads"),
        *("--concurrency", str(settings.SENDERS)),
    )
    enriching = (
        *("--queues", "enrichment", "--hostname", "enrichment@%h", "--pool", "threads"),
        *("--concurrency", str(settings.ENRICHERS)),
    )
    limits = {"PGOPTIONS": os.environ.get("PGOPTIONS", WEB_DATABASE_LIMITS)}
    children = [
        Child("web", web, surroundings | limits),
        Child("worker", _worker(*reading), surroundings | UNCHECKED),
        Child("sender", _worker(*sending), surroundings | UNCHECKED, niceness=LATER),
        Child("enricher", _worker(*enriching), surroundings | UNCHECKED, niceness=LATER),
        Child("clock", _manage("clock"), surroundings),
    ]
    if settings.DEMO:
        children.append(Child("simulator", [sys.executable, "-m", "simulator"], surroundings))
    return children


def _worker(*options: str) -> list[str]:
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning")
    return [str(BIN / "celery"), "--app", "polreswa", "--quiet", "worker", *quiet, *options]


def _manage(command: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), command]


def _surroundings(port: int) -> dict[str, str]:
    """What the children must know: where our code is; in a demo, addresses that follow the port, and made-up secrets."""
    paths = [str(settings.BASE_DIR), *filter(None, [os.environ.get("PYTHONPATH")])]
    found = {"PYTHONPATH": os.pathsep.join(paths)}
    if not settings.DEMO:
        return found
    ours = f"http://127.0.0.1:{port}"
    simulator_port = _number("SIMULATOR_PORT", port + 1)
    return found | {
        "PUBLIC_URL": environment.text("PUBLIC_URL", ours),
        "DESK_URL": ours,
        "SIMULATOR_PORT": str(simulator_port),
        "SIMULATOR_URL": f"http://127.0.0.1:{simulator_port}",
        "TWILIO_ACCOUNT_SID": settings.TWILIO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": ",".join(settings.TWILIO_AUTH_TOKENS),
        "VAR_DIR": str(settings.VAR_DIR),
    }


def _number(name: str, default: int) -> int:
    try:
        return environment.number(name, default)
    except ValueError as problem:
        raise CommandError(f"Not started: {problem}") from None


def _refuse_taken_port(host: str, port: int) -> None:
    if not 0 < port < 2**16:
        raise CommandError(f"Not started: {port} is no port; it must be between 1 and 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CommandError(
                f"Not started: port {port} is taken. Choose another: PORT=8010 make run"
            ) from None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
