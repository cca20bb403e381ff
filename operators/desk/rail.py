"""The views of the queue as they stand on the rail, each with its number, as markup: they are on every page.

Not by a template, which takes ten times as long for them. Whatever is not markup goes through `escape`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

if TYPE_CHECKING:
    from operators.desk.queue import Tab

BY_THEMSELVES = 3
"""On a telephone the rail holds so many; the others are elsewhere."""


def icons() -> str:
    """Where the drawings are; nothing when the list of static files is broken, which must not break an error page too."""
    try:
        return static("icons.svg")
    except ValueError:
        return ""


@dataclass(frozen=True)
class Rail:
    """The views, asked for when they are drawn, and the name of the one that is open, if any is."""

    ask: "Callable[[], list[Tab]]"
    current: str = ""

    @cached_property
    def tabs(self) -> "list[Tab]":
        return self.ask()

    @property
    def tabs_drawn(self) -> SafeString:
        drawings = escape(icons())
        return mark_safe(  # noqa: S308
            "".join(self._tab(tab, place, drawings) for place, tab in enumerate(self.tabs))
        )

    @property
    def elsewhere_drawn(self) -> SafeString:
        """Those that a telephone has no room for on its rail."""
        drawings = escape(icons())
        return mark_safe(  # noqa: S308
            "".join(
                f'<a class="menu-item" href="{_address(tab)}">{_icon(drawings, tab)}'
                f"<span>{escape(str(tab.view.heading))}</span>{_count(tab, 'data-count-of')}</a>\n"
                for tab in self.tabs[BY_THEMSELVES:]
            )
        )

    def _tab(self, tab: "Tab", place: int, drawings: str) -> str:
        command = escape(gettext("Queue: %(heading)s") % {"heading": tab.view.heading})
        shortcut = f' data-shortcut="{tab.view.shortcut}"' if tab.view.shortcut else ""
        current = ' aria-current="page"' if tab.name == self.current else ""
        away = ' class="narrow-away"' if place >= BY_THEMSELVES else ""
        return (
            f'<li{away}><a class="rail-item" href="{_address(tab)}" data-command="{command}"{shortcut}{current}>'
            f'{_icon(drawings, tab)}<span class="rail-word">{escape(str(tab.view.label))}</span>'
            f"{_count(tab, 'data-count')}</a></li>\n"
        )


def _address(tab: "Tab") -> str:
    return f"{reverse('desk:queue')}?view={tab.name}"


def _count(tab: "Tab", attribute: str) -> str:
    none = "" if tab.number else " is-none"
    return f'<span class="rail-count{none}" {attribute}="{tab.name}">{localize(tab.number)}</span>'


def _icon(drawings: str, tab: "Tab") -> str:
    return (
        f'<svg class="icon" aria-hidden="true"><use href="{drawings}#{tab.view.icon}"></use></svg>'
    )
