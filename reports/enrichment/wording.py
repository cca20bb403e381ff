"""Turns of phrase that tell how a report is meant: of now or of another day, from afar, again and again, with thanks.

Set by hand on invented messages; each is a hint that `duplicates` weighs, none decides by itself but thanks.
"""

import re
from datetime import datetime, timedelta

from django.utils import timezone

AS = r"(?<!kyk )(?<!kayak )(?<!koyo )(?<!kados )(?<!seperti )"
"""Not after "like": "as usual" and "as yesterday" are said of what is now."""
HABIT = re.compile(
    AS + r"\b(tiap|setiap|saben|sering|kerap|selalu|langganan|biasane|biasanya)\b",
    re.I,
)
LAST_NIGHT = re.compile(
    r"\b(tadi|td|wau|mau|dek|kemarin|kmrn|wingi)\s+(malam|malem|mlm|bengi|dalu)|\bsemalam\b", re.I
)
# "The place of yesterday" is only which place.
YESTERDAY = re.compile(
    AS + r"(?<!yg )(?<!yang )(?<!sing )\b(kemarin|kemaren|kmrn|kmren|kmrin|wingi)\b",
    re.I,
)
AFAR = re.compile(
    r"\b(kelihatan|keliatan|klihatan|kliatan|terlihat|ketok|ketingal|terdengar|kedengaran|kedengeran|kerungu|krungu|keprungu|"
    r"dari arah|dr arah|soko arah|seko arah|saking arah|arah|menuju|tembus)\b",
    re.I,
)
"""What the place is said of may be far from it: seen or heard from there, on the way from or to it."""
THANKS = re.compile(
    r"^.{0,25}\b(terima ?kasih|makasih|mksh|trima ?kasih|trims|matur ?nuwun|nuwun|suwun)\b(?! (sewu|sebelum|sakder)).*"
    r"\b(sudah|sdh|udah|udh|wes|wis|sampun|cepat|cepet|langsung|ditangani|respon|bagus|hebat|mantap)\b",
    re.I | re.S,
)
"""For what was done, at the beginning; a plea ends with thanks, or thanks beforehand."""
BACK = re.compile(
    r"\w\s+(tadi|td|wau|mau|mahu)\b(?!\s+(pagi|siang|sore|malam|mlm|malem|bengi|esuk|jam))", re.I
)
"""The crash, the smoke "just now": something that is known already."""
CAUGHT = re.compile(
    r"\bmassa\b|\bdimass?a\b|gebug|gebuk|\b(ke|ter|di)tangk[ae]p|\bke?cekel|\bke?candak|dihakimi|dikeroyok|diamuk|"
    r"dihajar|babak belur|diamankan|ketahuan|konangan|dikejar warga|kepung",
    re.I,
)
NOW = re.compile(
    r"\b(sekarang|skrg|skrng|skr|saiki|sakniki|barusan|br ?sn|lagi|lg|sedang|sdg|masih|msh|isih|tasih|malam ini|pagi ini)\b",
    re.I,
)
"""With one of these, an earlier day is only said of how it began."""
LONG_AGO = re.compile(
    r"\b(minggu|bulan|tahun|pekan|minggu)\s+(lalu|kemarin|kepungkur|wingi)\b|\b(kemarin|kmrn)\s+lusa\b",
    re.I,
)


def happened(text: str, at: datetime) -> tuple[datetime, datetime] | None:
    """Where the words speak of another day: between when and when."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if LONG_AGO.search(text):
        return day - timedelta(days=40), day - timedelta(days=1)
    if LAST_NIGHT.search(text) and timezone.localtime(at).hour >= 4:
        return day - timedelta(hours=4), day + timedelta(hours=4)
    if YESTERDAY.search(text) and not NOW.search(text):
        return day - timedelta(days=1), day
    return None
