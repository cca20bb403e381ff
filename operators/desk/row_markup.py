"""Rows of the queue as markup, for the page and for the feed: three lines, 76 px.

Not by a template: there are many on each page and in each answer of the feed, and a template takes five times as long.
What all rows say alike is looked up once a language; whatever comes out of the database goes through `escape`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from operators.desk.rows import Row
from reports.workflow import Urgency

CURRENT = ' aria-current="true"'


@dataclass(frozen=True)
class Words:
    """What rows say alike, escaped."""

    not_categorised: str
    unreadable: str
    closed_again: str
    closed: str
    select: str
    failed: str
    failed_means: str
    life_line: str
    life_line_means: str
    escalated: str
    escalated_means: str
    paused: str
    paused_means: str
    due_means: str
    you: str
    held_by: str
    not_claimed: str
    incident: str
    incident_means: str
    window_means: str
    window: str
    window_over: str


@lru_cache(maxsize=8)
def _words(language: str) -> Words:
    words = Words(
        not_categorised=gettext("Not categorised yet"),
        unreadable=gettext("cannot be read – tell the administrator"),
        closed_again=gettext("Closed, new message"),
        closed=pgettext("state of a report", "Closed"),
        select=pgettext("followed by its number", "select report"),
        failed=pgettext("on a row", "answer failed"),
        failed_means=gettext("An answer has not reached the reporter"),
        life_line=pgettext("on a row", "life line"),
        life_line_means=gettext("The reporter is blocked, and it may be about a life"),
        escalated=pgettext("escalated to, followed by who", "called:"),
        escalated_means=gettext("Nobody took it in time: called for help"),
        paused=pgettext("clock of a report", "paused"),
        paused_means=gettext("The clock stands still: we are waiting for the reporter"),
        due_means=gettext("The next target"),
        you=pgettext("holder of a report", "you"),
        held_by=pgettext("followed by a name", "held by"),
        not_claimed=gettext("not claimed"),
        incident=pgettext("on a row, followed by how many reports", "incident"),
        incident_means=gettext("Linked to an incident with so many reports"),
        window_means=gettext("Left of WhatsApp's 24 hours for a free answer"),
        window=gettext("WhatsApp window:"),
        window_over=pgettext("the 24-hour window", "over"),
    )
    return Words(**{one.name: escape(getattr(words, one.name)) for one in fields(words)})


@lru_cache(maxsize=8)
def _urgencies(language: str) -> Mapping[int, str]:
    return {urgency.value: escape(str(urgency.label)) for urgency in Urgency}


def draw(rows: Iterable[Row], *, behind_view: str, icons: str, current: str = "") -> SafeString:
    """The rows one below the other. `current` is the number of the report that is open beside them."""
    language = get_language()
    pen = _Pen(_words(language), _urgencies(language), escape(behind_view), escape(icons))
    drawn = [pen.row(row, is_current=row.report.number == current) for row in rows]
    return mark_safe("".join(drawn))  # noqa: S308


@dataclass(frozen=True)
class _Pen:
    """Each method gives markup. Everything is escaped where it is put in."""

    words: Words
    urgencies: Mapping[int, str]
    behind_view: str
    icons: str

    def row(self, row: Row, *, is_current: bool) -> str:
        number, address = escape(row.report.number), escape(row.address)
        unread = row.unread
        classes = f"row is-{row.urgency}{' is-unread' if unread else ''}"
        if row.report.is_life_line:
            classes += " is-life-line"
        return (
            f'<li class="{classes}" data-key="{number}" data-sort="{row.sort_key}">'
            f'<input class="row-select" type="checkbox" name="number" value="{number}" form="bulk" autocomplete="off"'
            f' aria-label="{self.words.select} {number}">'
            f'<a class="row-link" href="{address}?view={self.behind_view}" hx-get="{address}?view={self.behind_view}"'
            f' hx-target="#work" hx-swap="outerHTML" hx-push-url="true"{CURRENT if is_current else ""}>'
            f'<span class="row-top">{self._urgency(row)}{self._category(row)}{self._escalated(row)}'
            f'<span class="row-number">{self._number(row)}</span><span class="row-age">{row.age}</span></span>'
            f"{self._opening(row)}"
            f'<span class="row-bottom">{self._life_line(row)}{self._state(row)}{_span("row-place", escape(row.place))}'
            f"{_span('row-unit', escape(row.unit))}{self._incident(row)}{self._holder(row)}"
            f'<span class="row-clocks">{self._failed(row)}{self._window(row)}{self._due(row)}'
            f"{_span('unread', _hidden(escape(unread))) if unread else ''}</span></span></a></li>\n"
        )

    def _number(self, row: Row) -> str:
        """All numbers of a station begin alike, and the head names the station: the category needs the room."""
        code, rest = row.report.number.split("-", 1)
        return f"{_hidden(escape(f'{code}-'))}{escape(rest)}"

    def _urgency(self, row: Row) -> str:
        word = self.urgencies[row.report.urgency]
        if row.is_routine:
            return self._icon(f"urgency-{row.urgency}", "icon urgency") + _hidden(word)
        return f'<span class="urgency-word">{self._icon(f"urgency-{row.urgency}")}{word}</span>'

    def _category(self, row: Row) -> str:
        if category := row.report.category:
            return _span("row-category", escape(category.short_label))
        return _span("row-category is-missing", self.words.not_categorised)

    def _life_line(self, row: Row) -> str:
        if not row.report.is_life_line:
            return ""
        return (
            f'<span class="row-life-line" title="{self.words.life_line_means}">{self._icon("lifeline")}'
            f"{self.words.life_line}</span>"
        )

    def _escalated(self, row: Row) -> str:
        if not row.report.escalated:
            return ""
        who = escape(row.report.get_escalated_display())
        return (
            f'<span class="row-escalated" title="{self.words.escalated_means}: {who}">{self._icon("escalated")}'
            f"{_hidden(f'{self.words.escalated} {who}')}</span>"
        )

    def _opening(self, row: Row) -> str:
        if row.opening is None:
            return _span("row-opening is-missing", self.words.unreadable)
        if row.opening:
            return _span("row-opening", escape(row.opening_shown))
        return _span("row-opening is-missing", escape(row.opening_kind))

    def _state(self, row: Row) -> str:
        if row.report.is_open:
            return ""
        return _span("row-state", self.words.closed_again if row.unread else self.words.closed)

    def _holder(self, row: Row) -> str:
        holder = row.report.holder
        if holder is None:
            return (
                _span("row-holder is-missing", self.words.not_claimed) if row.report.is_open else ""
            )
        name, initials = escape(str(holder)), escape(holder.initials)
        if row.is_mine:
            return (
                f'<span class="row-holder"><span class="initials is-small is-me" aria-hidden="true">{initials}</span>'
                f"{self.words.you}</span>"
            )
        return (
            f'<span class="row-holder" title="{name}"><span class="initials is-small" aria-hidden="true">{initials}</span>'
            f"{_hidden(f'{self.words.held_by} {name}')}</span>"
        )

    def _incident(self, row: Row) -> str:
        if not row.told_by:
            return ""
        return (
            f'<span class="row-incident" title="{self.words.incident_means}">{self._icon("linked")}'
            f"{self.words.incident} · {row.told_by}</span>"
        )

    def _failed(self, row: Row) -> str:
        if row.report.failed_at is None:
            return ""
        return (
            f'<span class="row-failed" title="{self.words.failed_means}">{self._icon("unsent")}'
            f"{self.words.failed}</span>"
        )

    def _window(self, row: Row) -> str:
        left = row.window_left if row.report.is_open else None
        if left is None:
            return ""
        hidden = "" if row.is_window_shown else " hidden"
        over = f"<span>{self.words.window_over}</span>"
        return (
            f'<span class="row-window" data-window title="{self.words.window_means}"{hidden}>{self._icon("window")}'
            f"{_hidden(f'{self.words.window} ')}{over if row.is_window_over else left}</span>"
        )

    def _due(self, row: Row) -> str:
        if row.is_paused:
            return (
                f'<span class="row-paused" title="{self.words.paused_means}">{self._icon("paused")}'
                f"{self.words.paused}</span>"
            )
        due = row.due
        if due is None:
            return ""
        return (
            f'<span class="row-due{" is-overdue" if row.is_overdue else ""}" data-due title="{self.words.due_means}">'
            f"{self._icon('clock')}{due}</span>"
        )

    def _icon(self, name: str, classes: str = "icon") -> str:
        return f'<svg class="{classes}" aria-hidden="true"><use href="{self.icons}#{name}"/></svg>'


def _span(classes: str, markup: str) -> str:
    return f'<span class="{classes}">{markup}</span>' if markup else ""


def _hidden(markup: str) -> str:
    return f'<span class="visually-hidden">{markup}</span>'
