"""Parts of a page that are the same for many reports but for a few words: drawn once by their template, then only filled.

A template takes a hundred times as long to draw a form as it takes to put a number into it. So `{% mould %}` (see
`operators.templatetags.moulds`) draws a template once for each combination of what turns parts of it on, with marks where
the rest stands, and each time puts in the rest. What the tag does not name is not there: a template that asks for it
raises NotNamed, so nothing of one report can stay behind and appear on another.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.forms import Form
from django.template import Context, Template
from django.template.base import render_value_in_context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 1024
"""Moulds, of a few kilobytes each; those that are used least go first."""
# Letters and figures: the same in markup and in an address, and short enough to pass for the number of a report.
MARK = f"M{secrets.token_hex(5)}"
MARKS = re.compile(rf"{MARK}n(\d+)e")
PLAIN = (str, int, float, tuple, type(None))

Look = Callable[[], Any]
Names = tuple[str, ...]


class NotNamed(Exception):
    """A template asks for what its mould does not name."""


def draw(
    template: Template, turns: Mapping[str, Any], fillings: Mapping[str, Look], context: Context
) -> SafeString:
    """The template, in which `turns` turn parts on, filled with what `fillings` answer; those that it needs are asked.

    A form that somebody has filled in, or that begins with something, is drawn anew: what it says belongs to one report.
    TypeError for a turn that is neither a form nor a plain value.
    """
    if any(
        isinstance(value, Form) and (value.is_bound or value.initial) for value in turns.values()
    ):
        return _render(template, {**turns, **{name: look() for name, look in fillings.items()}})
    values = tuple(map(_plain, turns.values()))
    # A safe text is not the same as an unsafe one, nor is yes the same as 1.
    kinds = tuple(map(type, values))
    cut = _cut(template, get_language(), tuple(turns), values, kinds, tuple(fillings))
    looks = tuple(fillings.values())
    drawn = [
        part if isinstance(part, str) else render_value_in_context(looks[part](), context)
        for part in cut
    ]
    return mark_safe("".join(drawn))  # noqa: S308


def _plain(value: Any) -> Any:
    """What can be told apart by its value; of an empty form its kind."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Form):
        return type(value)
    raise TypeError(f"no plain value: {type(value).__name__}")


@lru_cache(maxsize=KEPT)
def _cut(
    template: Template,
    language: str,
    turns: Names,
    values: tuple[Any, ...],
    kinds: tuple[type, ...],
    fillings: Names,
) -> tuple[str | int, ...]:
    """The markup, cut at its marks: text, and for each mark which of the fillings stands there."""
    known = {
        turn: value() if isinstance(value, type) else value
        for turn, value in zip(turns, values, strict=True)
    }
    marks = {name: f"{MARK}n{place}e" for place, name in enumerate(fillings)}
    cut = MARKS.split(_render(template, known | marks))
    if any(MARK.lower() in part.lower() for part in cut):
        raise NotNamed(f"{template.name}: a filter has changed what is filled in")
    return tuple(int(part) if place % 2 else part for place, part in enumerate(cut) if part)


def _render(template: Template, named: Mapping[str, Any]) -> SafeString:
    missed: set[str] = set()
    markup = template.render(_Context(_nested(named, missed), missed))
    if missed:
        raise NotNamed(f"{template.name}: {', '.join(sorted(missed))}")
    return markup


class _Context(Context):
    """Remembers what it was asked for in vain: a template takes that for nothing and goes on."""

    def __init__(self, values: dict[str, Any], missed: set[str]) -> None:
        super().__init__(values)
        self.missed = missed

    def __getitem__(self, name: Any) -> Any:
        try:
            return super().__getitem__(name)
        except KeyError:
            self.missed.add(name)
            raise


class _Known(dict[str, Any]):
    """What is named of one thing."""

    def __init__(self, missed: set[str]) -> None:
        super().__init__()
        self.missed = missed

    def __missing__(self, name: str) -> Any:
        self.missed.add(name)
        raise KeyError(name)


def _nested(named: Mapping[str, Any], missed: set[str]) -> dict[str, Any]:
    """{"report.number": 1} as a template asks for it: {"report": {"number": 1}}."""
    root: dict[str, Any] = {}
    for path, value in named.items():
        *above, last = path.split(".")
        at = root
        for name in above:
            at = at.setdefault(name, _Known(missed))
        at[last] = value
    return root
