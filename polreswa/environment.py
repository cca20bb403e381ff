"""Reading the environment: every variable may also come as NAME_FILE, the path of a file that holds it."""

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """The variable NAME, else the stripped contents of the file that NAME_FILE points at, else `default`."""
    value = os.environ.get(name)
    if value is not None:
        return value.strip()
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
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
