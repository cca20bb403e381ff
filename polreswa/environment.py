"""Reading the environment: every variable may also come as NAME_FILE, the path of a file that holds it."""

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """The variable NAME, else what the file says that NAME_FILE points at, else `default`; blanks around it do not count.

    An empty variable is one that is not set: compose files and Makefiles pass such on. ValueError for an unreadable file.
    """
    if value := os.environ.get(name, "").strip():
        return value
    if path := os.environ.get(f"{name}_FILE", "").strip():
        try:
            return Path(path).read_text(encoding="utf-8").strip() or default
        except (OSError, UnicodeDecodeError):
            raise ValueError(f"{name}_FILE names a file that cannot be read") from None
    return default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on in any case."""
    value = text(name)
    return value.lower() in TRUE if value else default


def number(name: str, default: int) -> int:
    """A whole number; raises ValueError naming the variable."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ValueError(f"{name} must be a whole number") from None


def several(name: str) -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]
