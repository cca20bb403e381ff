"""`python -m simulator`: serve the pretend Twilio on loopback until SIGTERM."""

import fcntl
import os
import socket
import sys
from pathlib import Path
from typing import BinaryIO

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from simulator.configuration import ConfigurationError, configuration

ADDRESS = "127.0.0.1"
BLOCKING_THREADS = 16
# The desk's supervisor allows three seconds; a deliberately stalled API call would hold us longer.
SECONDS_TO_STOP = 2


def main() -> None:
    """Read the environment, then serve; returns after SIGTERM or SIGINT."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "simulator.settings"
    try:
        config = configuration()
    except ConfigurationError as problem:
        sys.exit(f"simulator: {problem}")
    try:
        _check_port(config.port)
        claim = _claim(config.folder)
    except OSError as problem:
        sys.exit(f"simulator: {problem.strerror}")
    server = Granian(
        "simulator.wsgi:application",
        address=ADDRESS,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    with claim:
        server.serve()


def _check_port(port: int) -> None:
    """Raise OSError when somebody listens there: the server itself would share the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as problem:
            raise OSError(problem.errno, f"port {port} on {ADDRESS} is taken") from problem


def _claim(folder: Path) -> BinaryIO:
    """Keep others from writing into the same folder, for as long as this process lives."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    claim = os.fdopen(os.open(folder / "lock", os.O_WRONLY | os.O_CREAT, 0o600), "wb")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        raise OSError(problem.errno, f"another simulator works in {folder}") from problem
    return claim


if __name__ == "__main__":
    main()
