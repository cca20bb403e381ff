"""Numbers, addresses and accounts by which somebody can be found, in every way that people write them.

Plates, dates, hours, sums of money and coordinates are left alone: they are of the incident.
"""

import re
import unicodedata
from collections.abc import Iterator

from reports.redaction.spans import Kind, Span

SEPARATORS = r"[\s().,\-–—_/*+·•\ufe0f\u20e3\u200b-\u200d\u2060]{1,4}"
# A letter that stands for a figure does so among figures: 08l2, 789O, O812.
GROUP = r"(?:(?<!\w)[OolI|]{1,2})?\d[\dOolI|]*"
FIGURES = re.compile(rf"\(?\+?{GROUP}(?:{SEPARATORS}{GROUP})*(?:\ufe0f?\u20e3)?")
AS_FIGURES = str.maketrans("OolI|", "00111")

SPELLED = {
    "nol": "0", "kosong": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5",
    "enam": "6", "tujuh": "7", "delapan": "8", "lapan": "8", "sembilan": "9", "siji": "1",
    "loro": "2", "telu": "3", "papat": "4", "limo": "5", "enem": "6", "pitu": "7", "wolu": "8",
    "songo": "9", "sanga": "9",
}  # fmt: skip
WORD = "|".join(SPELLED)
IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{WORD})|\d{{1,4}})(?:[\s,.\-]{{1,3}}(?:(?:{WORD})|\d{{1,4}})){{6,}}(?!\w)", re.I
)
PIECE = re.compile(rf"{WORD}|\d+", re.I)
LEAST_IN_WORDS = 4

OF_THE_INCIDENT = re.compile(
    # Dates,
    r"(?<![\d])(?<!\d[-/.])(?:[0-3]?\d([-/.])[01]?\d\1(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d|[-/.]\d)"
    # hours,
    r"|(?<!\d)(?<!\d[.:])[0-2]?\d[.:][0-5]\d(?!\d|[.:]\d)"
    # points on a map,
    r"|(?<![\d.])-?\d{1,2}[.,]\d{3,}[\s,;]+-?1?\d{2}[.,]\d{3,}(?!\d)"
    # and sums of money.
    r"|(?i:\b(?:rp|idr)\b\.?\s*[\d.,]+)"
    r"|(?<![\d.,])\d[\d.,]*\s*(?i:rupiah|juta|ribu|rb|jt|perak)\b"
    r"|(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])"
)
PHONE_BEFORE = re.compile(
    r"\b(?:telp?|tlp|telepon|telpon|hp|wa|no(?:mor|mer)?|hub(?:ungi)?|call)\W{0,4}$", re.I
)

MOBILE = re.compile(r"(?:00?62|62|0)?8[1-9]\d{6,11}")
FIXED = re.compile(r"(?:0062|62|0)(?:2[1-9]|[3-7]\d|9\d)\d{6,10}")
BARE = range(6, 9)
"""Figures of a number without its area code, where a word before it says that it is one."""
ACCOUNT = 9
IDENTITY = 16

EMAIL = re.compile(
    r"(?<![\w.+%-])(?:[\w.+%-]{1,64}\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)*"
    r"|[\w.+%-]{1,64}\s*[(\[{<]\s*(?:at|et|@)\s*[)\]}>]\s*[\w-]+"
    r"(?:\s*(?:\.|[(\[{<]\s*(?:dot|titik|\.)\s*[)\]}>]|(?<=\s)(?:dot|titik)(?=\s))\s*[\w-]+)*"
    r"|[\w.+%-]{1,64}\s+(?:at|et)\s+(?:gmail|yahoo|ymail|hotmail|outlook|icloud|live)\b"
    r"(?:\s*(?:\.|dot|titik)\s*\w+)*"
    r"|[\w.+%-]{1,64}\s+(?:at|et)\s+[\w-]+\s+(?:dot|titik)\s+(?:com|id|net|org)\b)",
    re.I,
)
ENDINGS = "com|id|net|org|info|xyz|link"
SHORT_ENDINGS = "me|ly|gl|io|tv|app|co|page|site|to|gd"
LINK = re.compile(
    r"\b(?:https?://|www\.)\S+"
    rf"|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}?\.(?:{ENDINGS})\b(?:/\S*)?"
    rf"|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}?\.(?:{SHORT_ENDINGS})/\S*",
    re.I,
)
HANDLE = re.compile(
    r"(?<![\w@.])@[\w.]{2,30}"
    r"|\b(?:ig|instagram|insta|fb|facebook|tiktok|tik tok|twitter|telegram|tele|line)"
    r"(?:\s+(?:saya|sy|ku|aku|id))?\s*[:=]\s*@?[\w.]{3,30}",
    re.I,
)
REPORT = re.compile(r"\b[A-Z]{2,5}-\d{4}-\d{3,7}\b")


def find(text: str) -> Iterator[Span]:
    for pattern, kind in (
        (EMAIL, Kind.EMAIL),
        (LINK, Kind.LINK),
        (HANDLE, Kind.HANDLE),
        (REPORT, Kind.REPORT),
    ):
        for found in pattern.finditer(text):
            yield Span(*_trimmed(text, *found.span()), kind)
    for found in IN_WORDS.finditer(text):
        pieces = PIECE.findall(found[0])
        if sum(not piece.isdigit() for piece in pieces) >= LEAST_IN_WORDS:
            yield Span(*found.span(), Kind.PHONE)
    for found in FIGURES.finditer(OF_THE_INCIDENT.sub(_blank, text)):
        start, end = _trimmed(text, *found.span())
        if number := _kind(text, start, end):
            yield Span(start, end, number)


def _blank(found: re.Match[str]) -> str:
    return "x" * len(found[0])


def _kind(text: str, start: int, end: int) -> Kind | None:
    """What a run of figures is; None for a few of them."""
    figures = "".join(_figure(sign) for sign in text[start:end].translate(AS_FIGURES))
    if len(figures) == IDENTITY:
        return Kind.IDENTITY
    if MOBILE.fullmatch(figures) or FIXED.fullmatch(figures):
        return Kind.PHONE
    if len(figures) >= ACCOUNT:
        return Kind.ACCOUNT
    if len(figures) in BARE and PHONE_BEFORE.search(text[:start]):
        return Kind.PHONE
    return None


def _figure(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return "" if value is None else str(value)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the signs that end a sentence, and without a bracket whose other half is outside."""
    while (
        end > start
        and text[end - 1] in " \t\n.,;:!?)-–—*_/+("
        and not (text[end - 1] == ")" and "(" in text[start:end])
    ):
        end -= 1
    while start < end and (
        text[start] in " \t\n" or text[start] == "(" and ")" not in text[start:end]
    ):
        start += 1
    return start, end
