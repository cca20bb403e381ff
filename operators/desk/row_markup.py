"""Rows of the queue as markup, for the page and for the feed: three lines, 76 px.

Not by a template: there are many on each page and in each answer of the feed, and a template takes ten times as long.
What all rows say alike is looked up once a language; what is a report's own goes through `format_html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from operators.desk.rows import Row

NOTHING = mark_safe("")


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
    escalated: str
    escalated_means: str
    paused: str
    paused_means: str
    due_means: str
    you: str
    held_by: str
    not_claimed: str
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
        escalated=pgettext("escalated to, followed by who", "called:"),
        escalated_means=gettext("Nobody took it in time: called for help"),
        paused=pgettext("clock of a report", "paused"),
        paused_means=gettext("The clock stands still: we are waiting for the reporter"),
        due_means=gettext("The next target"),
        you=pgettext("holder of a report", "you"),
        held_by=pgettext("followed by a name", "held by"),
        not_claimed=gettext("not claimed"),
        window_means=gettext("Left of WhatsApp's 24 hours for a free answer"),
        window=gettext("WhatsApp window:"),
        window_over=pgettext("the 24-hour window", "over"),
    )
    escaped = {one.name: conditional_escape(getattr(words, one.name)) for one in fields(words)}
    return Words(**escaped)


def draw(rows: Iterable[Row], *, behind_view: str, icons: str, current: str = "") -> SafeString:
    """The rows one below the other. `current` is the number of the report that is open beside them."""
    pen = _Pen(_words(get_language()), conditional_escape(behind_view), conditional_escape(icons))
    return mark_safe("".join(pen.row(row, is_current=row.report.number == current) for row in rows))  # noqa: S308


@dataclass(frozen=True)
class _Pen:
    words: Words
    behind_view: str
    icons: str

    def row(self, row: Row, *, is_current: bool) -> SafeString:
        number, unread = row.report.number, row.unread
        return format_html(
            '<li class="row is-{urgency}{unread}" data-key="{number}" data-sort="{sort_key}">'
            '<input class="row-select" type="checkbox" name="number" value="{number}" form="bulk" autocomplete="off"'
            ' aria-label="{select} {number}">'
            '<a class="row-link" href="{address}" hx-get="{address}" hx-target="#work" hx-swap="outerHTML"'
            ' hx-push-url="true"{current}>'
            '<span class="row-top">{urgency_mark}{category}{escalated}<span class="row-number">{number}</span>'
            '<span class="row-age">{age}</span></span>{opening}'
            '<span class="row-bottom">{state}{place}{unit}{holder}'
            '<span class="row-clocks">{failed}{window}{due}{dot}</span></span></a></li>\n',
            urgency=row.urgency,
            unread=" is-unread" if unread else "",
            number=number,
            sort_key=row.sort_key,
            select=self.words.select,
            address=mark_safe(f"{row.address}?view={self.behind_view}"),  # noqa: S308
            current=mark_safe(' aria-current="true"') if is_current else "",
            urgency_mark=self._urgency(row),
            category=self._category(row),
            escalated=self._escalated(row),
            age=row.age,
            opening=self._opening(row),
            state=self._state(row),
            place=_span("row-place", row.place),
            unit=_span("row-unit", row.unit),
            holder=self._holder(row),
            failed=self._failed(row),
            window=self._window(row),
            due=self._due(row),
            dot=_span("unread", _hidden(unread)) if unread else "",
        )

    def _urgency(self, row: Row) -> SafeString:
        mark = self._icon(f"urgency-{row.urgency}", "icon urgency" if row.is_routine else "icon")
        if row.is_routine:
            return format_html("{}{}", mark, _hidden(row.urgency_word))
        return format_html('<span class="urgency-word">{}{}</span>', mark, row.urgency_word)

    def _category(self, row: Row) -> SafeString:
        if category := row.report.category:
            return _span("row-category", category.short_label)
        return _span("row-category is-missing", self.words.not_categorised)

    def _escalated(self, row: Row) -> SafeString:
        if not row.report.escalated:
            return NOTHING
        who = row.report.get_escalated_display()
        return format_html(
            '<span class="row-escalated" title="{}: {}">{}{}</span>',
            self.words.escalated_means,
            who,
            self._icon("escalated"),
            _hidden(format_html("{} {}", self.words.escalated, who)),
        )

    def _opening(self, row: Row) -> SafeString:
        if row.opening is None:
            return _span("row-opening is-missing", self.words.unreadable)
        if row.opening:
            return _span("row-opening", row.opening_shown)
        return _span("row-opening is-missing", row.opening_kind)

    def _state(self, row: Row) -> SafeString:
        if row.report.is_open:
            return NOTHING
        return _span("row-state", self.words.closed_again if row.unread else self.words.closed)

    def _holder(self, row: Row) -> SafeString:
        holder = row.report.holder
        if holder is None:
            is_free = row.report.is_open
            return _span("row-holder is-missing", self.words.not_claimed) if is_free else NOTHING
        if row.is_mine:
            return format_html(
                '<span class="row-holder"><span class="initials is-small is-me" aria-hidden="true">{}</span>{}</span>',
                holder.initials,
                self.words.you,
            )
        return format_html(
            '<span class="row-holder" title="{name}"><span class="initials is-small" aria-hidden="true">{initials}</span>'
            "{spoken}</span>",
            name=holder,
            initials=holder.initials,
            spoken=_hidden(format_html("{} {}", self.words.held_by, holder)),
        )

    def _failed(self, row: Row) -> SafeString:
        if row.report.failed_at is None:
            return NOTHING
        return format_html(
            '<span class="row-failed" title="{}">{}{}</span>',
            self.words.failed_means,
            self._icon("unsent"),
            self.words.failed,
        )

    def _window(self, row: Row) -> SafeString:
        left = row.window_left if row.report.is_open else None
        if left is None:
            return NOTHING
        return format_html(
            '<span class="row-window" data-window title="{}"{}>{}{}{}</span>',
            self.words.window_means,
            "" if row.is_window_shown else mark_safe(" hidden"),
            self._icon("window"),
            _hidden(format_html("{} ", self.words.window)),
            format_html("<span>{}</span>", self.words.window_over) if row.is_window_over else left,
        )

    def _due(self, row: Row) -> SafeString:
        if row.is_paused:
            return format_html(
                '<span class="row-paused" title="{}">{}{}</span>',
                self.words.paused_means,
                self._icon("paused"),
                self.words.paused,
            )
        if row.due is None:
            return NOTHING
        return format_html(
            '<span class="row-due{}" data-due title="{}">{}{}</span>',
            " is-overdue" if row.is_overdue else "",
            self.words.due_means,
            self._icon("clock"),
            row.due,
        )

    def _icon(self, name: str, classes: str = "icon") -> SafeString:
        return _icon(self.icons, name, classes)


@lru_cache(maxsize=64)
def _icon(file: str, name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, file, name
    )


def _span(classes: str, words: object) -> SafeString:
    return format_html('<span class="{}">{}</span>', classes, words) if words else NOTHING


def _hidden(words: object) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', words)
