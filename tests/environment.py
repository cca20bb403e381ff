"""The environment that the settings are read from during tests. pytest loads this (-p) before Django's settings.

Everything lives in a folder of its own that is deleted at the end. With TEST_DATABASE=postgresql the run is on a
throw-away PostgreSQL and Redis; their ports are chosen here and the servers started with the session.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from reports.identity import keyring
from tests.servers import Postgres, Redis

ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "c4f1d0a97be34a0e9d27c65f8b10e352"
"""The one in force, with which Twilio signs."""
OLD_AUTH_TOKEN = "5e02b7c8a19d4f6683d0fe4b27a9c41d"
"""The one being replaced: still good for a signature."""
PUBLIC_URL = "https://polreswa.example"
VAR_DIR = Path(tempfile.mkdtemp(prefix="polreswa-tests-"))
OUTSIDE = (
    *(
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "DEBUG",
        "DEMO",
        "KEYS_FILE",
        "MEDIA_URL_HOSTS",
        "METRICS_TOKEN",
    ),
    *("REDIS_URL", "SIMULATOR_URL", "TIME_ZONE", "TWILIO_API_KEY_SECRET", "TWILIO_API_KEY_SID"),
    *("TWILIO_API_URL",),
)
"""What a developer may have set for other purposes: nothing of it may reach the tests."""

postgres: Postgres | None = None
redis: Redis | None = None


def _arrange() -> None:
    global postgres, redis
    for name in OUTSIDE:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ |= {
        "VAR_DIR": str(VAR_DIR),
        "PUBLIC_URL": PUBLIC_URL,
        "SECRET_KEY": "tests-only-2f9c1b7e55a64c0ab1d38f4e6079cd21",
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": f"{AUTH_TOKEN},{OLD_AUTH_TOKEN}",
        "CELERY_BROKER_URL": "memory://",
        "LOG_LEVEL": "INFO",
        # Playwright runs an event loop in the thread of the test.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    keyring.create(VAR_DIR / "keys.json")
    (VAR_DIR / "static").mkdir()
    if os.environ.get("TEST_DATABASE") == "postgresql":
        postgres, redis = Postgres(), Redis()
        os.environ["DATABASE_URL"] = postgres.url_of("polreswa")
        os.environ["REDIS_URL"] = os.environ["CELERY_BROKER_URL"] = redis.url


_arrange()


def pytest_sessionstart(session: pytest.Session) -> None:
    for server in (postgres, redis):
        if server is not None and not session.config.option.collectonly:
            server.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    for server in (postgres, redis):
        if server is not None:
            server.remove()
    shutil.rmtree(VAR_DIR, ignore_errors=True)
