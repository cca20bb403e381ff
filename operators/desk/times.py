"""Times as the desk says them: 3 mnt, 1 j 20 mnt, 21 Nov 14.05. Each is a <time> that the open page keeps up to date.

static/js/clock.js says the same words by the same patterns, which the page hands over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy

A_DAY = timedelta(days=1)

PATTERNS: Mapping[str, Promise] = {
    "moment": pgettext_lazy("duration", "< 1 min"),
    "minutes": pgettext_lazy("duration", "{minutes} min"),
    "hours": pgettext_lazy("duration", "{hours} h"),
    "both": pgettext_lazy("duration", "{hours} h {minutes} min"),
    "days": pgettext_lazy("duration", "{days} d"),
    "due": pgettext_lazy("target", "due in {time}"),
    "overdue": pgettext_lazy("target", "{time} overdue"),
}


def since(at: datetime, now: datetime) -> SafeString:
    """How long ago; from a day on, when."""
    words = duration(now - at) if now - at < A_DAY else day_and_time(at)
    return _element("since", at, words)


def until(at: datetime, now: datetime) -> SafeString:
    """How long it is still to go."""
    return _element("until", at, duration(at - now))


def due(at: datetime, now: datetime) -> SafeString:
    """A target: how long it is still to go, or for how long it has been missed."""
    pattern, length = ("due", at - now) if at > now else ("overdue", now - at)
    days, patterns = length // A_DAY, _patterns(get_language())
    time = patterns["days"].format(days=days) if days else duration(length)
    return _element("due", at, patterns[pattern].format(time=time))


def at_time(at: datetime) -> SafeString:
    """The time of day, for a line under its day's mark."""
    return _element("", at, _time(at.replace(second=0, microsecond=0), get_language()))


def at_day_and_time(at: datetime) -> SafeString:
    return _element("", at, day_and_time(at))


def duration(length: timedelta) -> str:
    hours, minutes = divmod(max(0, int(length.total_seconds())) // 60, 60)
    both = ("minutes" if minutes else "moment", "both" if minutes else "hours")
    return _patterns(get_language())[both[bool(hours)]].format(hours=hours, minutes=minutes)


@lru_cache(maxsize=8)
def _patterns(language: str) -> Mapping[str, str]:
    """Looking up a translation takes longer than all the rest."""
    return {name: str(pattern) for name, pattern in PATTERNS.items()}


def patterns() -> tuple[tuple[str, str], ...]:
    """All of them in the language of the page, for its script."""
    return tuple(_patterns(get_language()).items())


def day_and_time(at: datetime) -> str:
    return _day_and_time(at.replace(second=0, microsecond=0))


# A queue says the same few hundred times again and again, and Django takes a while to write one.
@lru_cache(maxsize=4096)
def _day_and_time(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


@lru_cache(maxsize=4096)
def _time(at: datetime, language: str) -> str:
    return formats.date_format(timezone.localtime(at), "TIME_FORMAT")


def _element(clock: str, at: datetime, words: str) -> SafeString:
    then = day_and_time(at)
    return mark_safe(  # noqa: S308
        f'<time datetime="{at.isoformat(timespec="seconds")}" data-clock="{clock}" data-then="{escape(then)}">'
        f"{escape(words)}</time>"
    )
