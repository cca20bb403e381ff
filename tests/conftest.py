"""What every test gets: quick passwords, plain static files, and servers of their own for those that kill them."""

import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.cases import BehindProxy
from tests.emptying import empty_after_each
from tests.servers import PATIENCE, Postgres, Redis

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first that is here; the shell draws the same pages and takes half the time."""
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUICK: dict[str, object] = {
    # A test that sends the database away must not send it away for the next one.
    "DATABASE_PAUSE": timedelta(0),
    # What a test has just changed is what the next page says.
    "HEARING_REMEMBERED": timedelta(0),
    "CHOICES_REMEMBERED": timedelta(0),
    "RELIABILITY_REMEMBERED": timedelta(0),
    "ENRICHMENT_REMEMBERED": timedelta(0),
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        # Names without a digest: nothing has to be collected before a page can be drawn.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database: only that is run again on another one."""
    for item in items:
        case = getattr(item, "cls", None)
        fixtures = set(getattr(item, "fixturenames", ()))
        if (
            (case and issubclass(case, TransactionTestCase))
            or item.get_closest_marker("django_db")
            or fixtures & {"db", "transactional_db", "live_server"}
        ):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    with override_settings(**QUICK):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> None:
    empty_after_each()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for the whole run: Playwright takes only one of itself in a thread."""
    expect.set_options(timeout=10_000 * PATIENCE)
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def client() -> BehindProxy:
    """A browser that comes through the proxy, as everybody does."""
    return BehindProxy()


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL that the test may stop, kill or freeze."""
    with Postgres() as server:
        yield server


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """A Redis that the test may stop, kill or freeze."""
    with Redis() as server:
        yield server
