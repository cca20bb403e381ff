"""What the simulator is told from outside: the environment, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from os import environ
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class ConfigurationError(Exception):
    """The environment is incomplete or contradicts itself; the message says what to set."""


@dataclass(frozen=True)
class Configuration:
    """Addresses, credentials and the folder of one simulator."""

    port: int
    own_url: str
    public_url: str  # what the desk believes its address to be: this one is signed
    desk_url: str  # where the desk really listens: this one is posted to
    account_sid: str
    auth_tokens: tuple[str, ...]  # the first signs, every one opens the API
    api_key: tuple[str, str] | None
    folder: Path
    webhook_fragment: str  # connection overrides, such as `rc=3&rp=all`, of the message webhook

    @classmethod
    def from_environment(cls, given: Mapping[str, str]) -> Self:
        """Read every variable (also as NAME_FILE). Raises ConfigurationError."""
        port = _port(_value(given, "SIMULATOR_PORT", "8001"))
        public_url = _url("PUBLIC_URL", _value(given, "PUBLIC_URL", "http://127.0.0.1:8000"))
        account_sid = _value(given, "TWILIO_ACCOUNT_SID")
        if not account_sid.startswith("AC"):
            raise ConfigurationError("TWILIO_ACCOUNT_SID must be set and begin with AC")
        listed = _value(given, "TWILIO_AUTH_TOKEN").split(",")
        tokens = tuple(token.strip() for token in listed if token.strip())
        if not tokens:
            raise ConfigurationError("TWILIO_AUTH_TOKEN must be set")
        key_sid, key_secret = (
            _value(given, "TWILIO_API_KEY_SID"),
            _value(given, "TWILIO_API_KEY_SECRET"),
        )
        return cls(
            port=port,
            own_url=_url(
                "SIMULATOR_URL", _value(given, "SIMULATOR_URL", f"http://127.0.0.1:{port}")
            ),
            public_url=public_url,
            desk_url=_url("DESK_URL", _value(given, "DESK_URL", public_url)),
            account_sid=account_sid,
            auth_tokens=tokens,
            api_key=(key_sid, key_secret) if key_sid and key_secret else None,
            folder=Path(_value(given, "VAR_DIR", "./var")).resolve() / "simulator",
            webhook_fragment=_value(given, "SIMULATOR_WEBHOOK_FRAGMENT"),
        )

    @property
    def own_host(self) -> str:
        return urlsplit(self.own_url).hostname or "127.0.0.1"

    @property
    def media_url(self) -> str:
        """This same server under its other name: media redirect to another host, as at Twilio."""
        other = "127.0.0.1" if self.own_host == "localhost" else "localhost"
        return f"{urlsplit(self.own_url).scheme}://{other}:{self.port}"

    def reachable(self, url: str) -> str | None:
        """Where `url` is really found: the desk for its public address, loopback as it is.

        None for every other host, because the simulator never leaves the machine.
        """
        rest = url.removeprefix(self.public_url)
        if rest != url and (not rest or rest[0] in "/?#"):
            return self.desk_url + rest
        if (urlsplit(url).hostname or "") in LOOPBACK_HOSTS:
            return url
        return None


@cache
def configuration() -> Configuration:
    """The configuration of this process."""
    return Configuration.from_environment(environ)


def _value(given: Mapping[str, str], name: str, default: str = "") -> str:
    if value := given.get(name, "").strip():
        return value
    if path := given.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ConfigurationError(f"{name}_FILE cannot be read: {problem.strerror}") from problem
    return default


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ConfigurationError("SIMULATOR_PORT must be a port number")
    return int(text)


def _url(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError(f"{name} must be an http or https address")
    return text.rstrip("/")
