"""What the cache remembers for some seconds. It may be away or hang: then nothing is remembered, and nobody waits for it."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

T = TypeVar("T")

_left_alone_until = 0.0


def patiently(question: Callable[[], T]) -> T | None:
    """The answer of the cache, or None. A frozen one would hold up every desk once a second: having failed, it rests."""
    global _left_alone_until
    if time.monotonic() < _left_alone_until:
        return None
    try:
        return question()
    except (RedisError, OSError):
        _left_alone_until = time.monotonic() + settings.CACHE_PAUSE.total_seconds()
        return None


_here: dict[str, tuple[float, Any]] = {}


def here(key: str, how_long: timedelta, answer: Callable[[], T]) -> T:
    """The same, remembered by this process alone: for what many reports share, which a cache would be slow to tell."""
    until, known = _here.get(key, (0.0, None))
    if how_long and time.time() < until:
        return cast(T, known)
    fresh = answer()
    if how_long:
        _here[key] = time.time() + how_long.total_seconds(), fresh
    return fresh


def forget() -> None:
    """What this process remembers."""
    _here.clear()


def lately(key: str, how_long: timedelta, answer: Callable[[], T]) -> T:
    """The answer, at most `how_long` old. Nothing is remembered for no time."""
    if not how_long:
        return answer()
    known: T | None = patiently(lambda: cache.get(key))
    if known is not None:
        return known
    fresh = answer()
    patiently(lambda: cache.set(key, fresh, how_long.total_seconds()))
    return fresh
