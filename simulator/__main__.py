"""`python -m simulator`: serve the pretend Twilio on loopback until SIGTERM."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from simulator.configuration import ConfigurationError, configuration

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
    server = Granian(
        "simulator.wsgi:application",
        address="127.0.0.1",
        port=config.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    try:
        server.serve()
    except OSError as problem:
        sys.exit(f"simulator: port {config.port} on 127.0.0.1: {problem.strerror or problem}")


if __name__ == "__main__":
    main()
