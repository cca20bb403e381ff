"""A hand-over sheet as it is shown: the same words on the screen and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from operators.handover import Line, Sheet
from reports.workflow import Outcome, Status, Urgency


def said(at: str | None) -> str:
    """A noted time in words, by the station's clock; "–" for none."""
    if not at:
        return "–"
    return formats.date_format(
        timezone.localtime(datetime.fromisoformat(at)), "SHORT_DATETIME_FORMAT"
    )


@dataclass(frozen=True)
class ShownLine:
    line: Line

    @property
    def urgency(self) -> str:
        return str(Urgency.of(self.line.urgency).label)

    @property
    def status(self) -> str:
        return str(Status(self.line.status).label)

    @property
    def waiting(self) -> str:
        return said(self.line.waiting_since)

    @property
    def window(self) -> str:
        return said(self.line.window_until)

    @property
    def who(self) -> str:
        """Who goes on with it: the unit, and the holder at the desk."""
        return " · ".join(part for part in (self.line.unit, self.line.holder) if part) or "–"


@dataclass(frozen=True)
class Shown:
    sheet: Sheet

    @property
    def words(self) -> str:
        return self.sheet.words

    @property
    def drawn_up(self) -> str:
        return said(self.sheet.drawn_up_at)

    @property
    def started(self) -> str:
        return said(self.sheet.started_at)

    @property
    def people(self) -> str:
        return ", ".join(self.sheet.people)

    @property
    def figures(self) -> Iterator[tuple[str, str]]:
        """What is counted, each with its number; what is nothing to worry about stays in the list."""
        sheet = self.sheet
        total = sum(sheet.open_by_status.values())
        yield _("Open reports"), str(total)
        yield _("Oldest wait since"), said(sheet.oldest_wait_since)
        yield _("Windows that close within 6 hours"), str(sheet.windows_closing)
        yield _("Answers that did not arrive"), str(sheet.red_deliveries)
        yield _("Messages held up"), str(sheet.parked)
        yield _("Tasks with units"), str(sheet.tasks_running)
        yield _("Blocks to confirm"), str(sheet.blocks_to_confirm)
        yield _("Received in this shift"), str(sheet.received)
        yield _("Closed in this shift"), str(sum(sheet.closed.values()))

    @property
    def statuses(self) -> list[tuple[str, int]]:
        return [(str(Status(s).label), n) for s, n in self.sheet.open_by_status.items()]

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        ordered = sorted(self.sheet.closed.items(), key=lambda pair: -pair[1])
        return [(str(capfirst(Outcome(o).label)), n) for o, n in ordered]

    @property
    def lines(self) -> list[ShownLine]:
        return [ShownLine(line) for line in self.sheet.lines]

    @property
    def left_out(self) -> int:
        return self.sheet.lines_left_out
