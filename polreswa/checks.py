"""What makes an installation unsafe, as Django system checks. Without DEMO the program does not start with any of them."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured

from polreswa.demo import PREFIX
from reports.identity import keyring

TAG = "polreswa"
SHORTEST = {
    "SECRET_KEY": 32,
    "TWILIO_AUTH_TOKEN": 16,
    "TWILIO_API_KEY_SECRET": 16,
    "METRICS_TOKEN": 16,
}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register(TAG)
def secrets_are_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001 missing, E002 short, E003 a demo secret, E004 the same secret twice. Values are never shown."""
    if settings.DEMO:
        return []
    found = list(_secrets())
    problems: list[CheckMessage] = []
    required = {"SECRET_KEY", "TWILIO_AUTH_TOKEN"}
    if settings.TWILIO_API_KEY_SID:
        required.add("TWILIO_API_KEY_SECRET")
    for name in sorted(required - {name for name, value in found if value}):
        problems.append(Error(f"{name} is missing.", id=f"{TAG}.E001"))
    if not settings.TWILIO_ACCOUNT_SID:
        problems.append(Error("TWILIO_ACCOUNT_SID is missing.", id=f"{TAG}.E001"))
    for name, value in found:
        if value and (len(value) < SHORTEST[name] or len(set(value)) < 5):
            problems.append(Error(f"{name} is too short or too plain.", id=f"{TAG}.E002"))
        if value.startswith(PREFIX) or "insecure" in value:
            problems.append(Error(f"{name} is a demo secret.", id=f"{TAG}.E003"))
    values = [value for _, value in found if value]
    if len(set(values)) != len(values):
        problems.append(Error("Two secrets have the same value.", id=f"{TAG}.E004"))
    return problems


@register(TAG)
def keys_are_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E005: the file of keys is missing or unsafe; E003: it is a demo's."""
    if settings.DEMO:
        return []
    try:
        ring = keyring.read(settings.KEYS_FILE)
    except keyring.KeyringUnusable as problem:
        return [Error(f"KEYS_FILE: {problem}.", id=f"{TAG}.E005")]
    if ring.is_demo:
        return [Error("KEYS_FILE was made for a demo.", id=f"{TAG}.E003")]
    return []


@register(TAG)
def address_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E006: no PUBLIC_URL; E007: plain http to the world; E008: DEBUG, W002: DEMO with a public address."""
    url = urlsplit(settings.PUBLIC_URL)
    if not url.scheme or not url.hostname:
        return [Error("PUBLIC_URL is missing or no address.", id=f"{TAG}.E006")]
    problems: list[CheckMessage] = []
    is_loopback = url.hostname in LOOPBACK
    if url.scheme != "https" and not is_loopback:
        problems.append(Error("PUBLIC_URL must be https, or on this machine.", id=f"{TAG}.E007"))
    if settings.DEBUG and not is_loopback:
        problems.append(Error("DEBUG with a public address.", id=f"{TAG}.E008"))
    if settings.DEMO and not is_loopback:
        problems.append(
            Warning("DEMO with a public address: its passwords are known.", id=f"{TAG}.W002")
        )
    if not settings.REDIS_URL and not settings.DEMO:
        problems.append(
            Warning("No REDIS_URL: rings go through files and take a second.", id=f"{TAG}.W001")
        )
    return problems


def refuse_if_unsafe() -> None:
    """Raise ImproperlyConfigured with every reason when one of the checks above finds an error."""
    problems = [str(p.msg) for p in run_checks(tags=[TAG]) if p.level >= 40]
    if problems:
        raise ImproperlyConfigured(" ".join(problems))


def _secrets() -> Iterator[tuple[str, str]]:
    yield "SECRET_KEY", _secret_key()
    for token in settings.TWILIO_AUTH_TOKENS:
        yield "TWILIO_AUTH_TOKEN", token
    yield "TWILIO_API_KEY_SECRET", settings.TWILIO_API_KEY_SECRET
    yield "METRICS_TOKEN", settings.METRICS_TOKEN


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        # Django raises for an empty one; here it is one reason among others, and all are named at once.
        return ""
