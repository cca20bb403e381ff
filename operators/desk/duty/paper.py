"""The signed hand-over sheet as a PDF: one letter of the station, A4, black on white, with both signatures."""

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from operators.desk.duty.shown import Shown
from operators.models import Handover, Operator, Shift

MARGIN = 18
COLUMNS = (25, 30, 30, 19, 28, 22, 20)
"""Of the table of reports, in millimetres."""
SUBSTITUTES = str.maketrans(
    {"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "‘": "'", "…": "...", "·": "-"}
)


def drawn(shift: Shift, handover: Handover, sheet: Shown) -> bytes:
    """The whole file."""
    page = FPDF(format="A4")
    page.set_margin(MARGIN)
    page.set_auto_page_break(auto=True, margin=MARGIN)
    page.set_title(_ascii(_("Hand-over")))
    page.add_page()
    _head(page, shift, sheet)
    _figures(page, sheet)
    _table(page, sheet)
    _words(page, sheet)
    _signatures(page, handover)
    return bytes(page.output())


def _head(page: FPDF, shift: Shift, sheet: Shown) -> None:
    page.set_font("Times", "B", 12)
    _line(page, shift.station.name.upper(), align="C")
    page.set_font("Times", "BU", 12)
    _line(page, _("HAND-OVER OF THE SHIFT"), align="C", after=4)
    page.set_font("Times", "", 10.5)
    _line(page, f"{_('Regu')}: {shift.regu}    {_('Led by')}: {shift.leader}")
    _line(page, f"{_('On duty since')}: {sheet.started}    {_('Drawn up')}: {sheet.drawn_up}")
    _block(page, f"{_('People')}: {sheet.people}", after=3)


def _figures(page: FPDF, sheet: Shown) -> None:
    page.set_font("Times", "B", 11)
    _line(page, _("Figures"), after=1)
    page.set_font("Times", "", 10.5)
    for name, value in sheet.figures:
        _line(page, f"{name}: {value}")
    for title, pairs in (
        (_("Open by status"), sheet.statuses),
        (_("Closed by outcome"), sheet.outcomes),
    ):
        if pairs:
            _block(page, f"{title}: " + ", ".join(f"{name} {number}" for name, number in pairs))
    page.ln(3)


def _table(page: FPDF, sheet: Shown) -> None:
    page.set_font("Times", "B", 11)
    _line(page, _("Reports that go on"), after=1)
    page.set_font("Times", "", 8.5)
    if not sheet.lines:
        _line(page, _("None."), after=3)
        return
    headings = (
        _("Number"), _("Category"), _("Place"), _("Urgency"), _("Status"), _("Waiting since"), _("With"),
    )  # fmt: skip
    with page.table(
        col_widths=COLUMNS,
        line_height=4,
        headings_style=FontFace(emphasis="BOLD"),
        text_align="LEFT",
    ) as table:
        table.row([_ascii(heading) for heading in headings])
        for line in sheet.lines:
            one = line.line
            cells = (one.number, one.category or "-", one.place or "-", line.urgency, line.status)
            table.row([_ascii(cell) for cell in (*cells, line.waiting, line.who)])
    if sheet.left_out:
        _line(page, _("and %(count)d more") % {"count": sheet.left_out})
    page.ln(3)


def _words(page: FPDF, sheet: Shown) -> None:
    page.set_font("Times", "B", 11)
    _line(page, _("Notes for the next shift"), after=1)
    page.set_font("Times", "", 10.5)
    _block(page, sheet.words or _("None."), after=6)


def _signatures(page: FPDF, handover: Handover) -> None:
    if page.will_page_break(45):
        page.add_page()
    width = page.epw / 2
    top = page.get_y()
    signed = (
        (_("Handed over by"), handover.given_by, handover.given_at),
        (_("Taken over by"), handover.taken_by, handover.taken_at),
    )
    for place, (title, who, at) in enumerate(signed):
        left = page.l_margin + place * width
        when = formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""
        for step, (style, text) in enumerate(
            (
                ("", title),
                ("", f"{_('signed in the system')} {when}" if at else _("not signed yet")),
                ("BU", str(who) if who else "................................"),
                ("", _number(who)),
            )
        ):
            page.set_font("Times", style, 10.5)
            page.set_xy(left, top + (0, 6, 26, 32)[step])
            page.cell(width, 5, _ascii(text), align="C")


def _number(who: Operator | None) -> str:
    return f"NRP {who.nrp}" if who and who.nrp else ""


def _line(page: FPDF, text: str, *, align: str = "L", after: float = 0) -> None:
    page.cell(0, 5.2, _ascii(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(after)


def _block(page: FPDF, text: str, *, after: float = 0) -> None:
    page.multi_cell(0, 5.2, _ascii(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(after)


def _ascii(text: str) -> str:
    """What the standard fonts of every reader have; anything else becomes a question mark."""
    return text.translate(SUBSTITUTES).encode("latin-1", "replace").decode("latin-1")
