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
EARLIER_TODAY = re.compile(
    AS + r"\b(tadi|td|wau|mau|dek|sejak|dari)\s+(?P<when>pagi|esuk|enjing|siang|awan|sore)\b", re.I
)
HOURS = {"pagi": (3, 11), "esuk": (3, 11), "enjing": (3, 11), "siang": (10, 15), "awan": (10, 15)}
EVENING = (14, 19)
YESTERDAY = re.compile(
    AS + r"(?<!yg )(?<!yang )(?<!sing )\b(kemarin|kemaren|kmrn|kmren|kmrin|wingi)\b",
    re.I,
)
AFAR = re.compile(
    r"\b(kelihatan|keliatan|klihatan|kliatan|terlihat|ketok|ketingal|terdengar|kedengaran|kedengeran|kerungu|krungu|keprungu|"
    r"dari arah|dr arah|soko arah|seko arah|saking arah|arah|menuju|tembus|tol)\b",
    re.I,
)
"""What the place is said of may be far from it: seen or heard from there, on the way from or to it, or on the toll road,
where every exit is a name for what is between two."""
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
GOES_ON = re.compile(
    r"^(\W*(pak|bu|min|mas|ndan|tolong|tulung|tlg|lapor|izin|mohon|mhn|info|itu|niku|kuwi|sekarang|saiki|skrg)\b){0,4}\W*"
    r"(api|geni|asap|asep|air|banyu|maling|pelaku|orang|wong|korban|sopir|massa|penonton|pengendara|penumpang|suara)"
    r"(nya|e|ne)\b|\b(makin|mangkin|tambah|tmbh|sebelah(nya|e)|sblahe|selak|nyamber|merembet|merambat)\b|"
    r"\b(belum|blm|durung|dereng|kok)\b.{0,25}\b(datang|dateng|teko|tiba|sampai|dibubarkan|ditangani|bubar)\b|"
    r"\b(masih|msh|isih|taksih|tasih)\b|\b(lagi|maneh|meneh)\W+(min|pak|ndan|nih|iki|ini|dpn|depan|ngarep|kayak|koyo)\b|"
    r"\w (lagi|maneh|meneh)\W*$|^\W*(ada|ono|onok|enek|wonten) (yang|yg|sing|ingkang)\b",
    re.I,
)
"""It speaks of something as going on already, known to whoever reads it: "the flames reach the house next door"."""
AS_NEW = re.compile(
    r"^(\W*\w+\b){0,5}?\W*\b(ada|ono|onok|enek|wonten|terjadi|telah)\b(?! (yang|yg|sing|ingkang|lagi|satu|korban))|"
    r"\b(tetangga|tonggo)\b",
    re.I,
)
"""It begins as who tells of something that nobody knows of yet; or complains of the neighbours."""
ASKS_HOW = re.compile(
    r"\b(syarat\w*|biaya\w*|prosedur\w*|cara(nya|ne)?|nomor|nomer|no\.? ?(telp?|hp|wa)|"
    r"berapa lama|ngurus|mengurus|urus|klaim|jasa raharja|asuransi|izin(nya|e)?|"
    r"(lapor(nya|ne|e)?|melapor|ngadu|mengadu) ?(ke ?)?(mana|kemana|siapa|ngendi|pundi|nandi))\b|"
    r"\b(kalau|kalo|kl|klo|nek|yen|menawi|misal|jika)\b.{0,80}\b(gimana|bagaimana|piye|pripun|apa|bisa|boleh|mana|kemana)\b",
    re.I,
)
"""A question about what to do, not about what is seen."""
CAUGHT = re.compile(
    r"\bmassa\b|\bdimass?a\b|gebug|gebuk|\b(ke|ter|di)tangk[ae]p|\bke?cekel|\bke?candak|dihakimi|dikeroyok|diamuk|"
    r"dihajar|babak belur|diamankan|ketahuan|konangan|dikejar warga|kepung",
    re.I,
)
NOW = re.compile(
    r"\b(sekarang|skrg|skrng|skr|saiki|sakniki|barusan|br ?sn|lagi|lg|sedang|sdg|masih|msh|isih|tasih|malam ini|pagi ini)\b"
    r"(?! (sudah|sdh|udah|udh|wis|wes|sampun|alhamdulillah|sepi|aman))",
    re.I,
)
"""With one of these, an earlier day is only said of how it began; "now it is over" is none of them."""
OVER = re.compile(
    r"\b(sudah|sdh|udah|udh|dah|wis|wes|sampun)\s+(\w+\s+)?"
    r"(aman|padam|bubar|selesai|kondusif|surut|tertangani|ditangani|dievakuasi|sembuh|pulang|diganti|sepi)\b|"
    r"\b(hari ini|malam ini|skrg|sekarang|saiki)( \w+)? sepi\b|\bdamai\b|\bgpp\b|"
    r"\b(tidak|tdk|gak|ga|gk|nggak|ora|mboten) (apa2|papa|opo2|nopo2|apa apa|ganggu|mengganggu)\b",
    re.I,
)
"""Whatever it was, nothing of it is left."""
HEARSAY = re.compile(
    r"\b(bener|benar|beneran|leres|hoax|hoaks)\b|\b(di|lewat|dari|neng|nang)\s+"
    r"(story|status|fb|facebook|grup|group|medsos|tiktok|ig|instagram|wa|sosmed|twitter|berita)\b|\bviral\b",
    re.I,
)
"""Read or heard of, and not seen."""
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
    if (earlier := EARLIER_TODAY.search(text)) and not NOW.search(text):
        start, end = HOURS.get(earlier["when"].lower(), EVENING)
        if day + timedelta(hours=end) < timezone.localtime(at):
            return day + timedelta(hours=start), day + timedelta(hours=end)
    return None
