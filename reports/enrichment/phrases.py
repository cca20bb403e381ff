"""The words of a message as names are looked for in them: folded, spelt one way, with where a phrase breaks off."""

import re
from dataclasses import dataclass, field

from reports.enrichment.language import LONGEST
from reports.folding import fold

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
TWICE = re.compile(r"([a-z]{3,})2")
BREAK = re.compile(r"[,;!?()\[\]\n]|\.{2,}|…|\s[-–—]\s")
ROAD_BREAK = re.compile(r"\s?[-–—]\s?")
FULL_STOP_AFTER = 5
"""A stop after a word this long ends a sentence; after a shorter one it is an abbreviation's ("ds.", "kec.", "jl.")."""

SPELLINGS = {
    spelling: word
    for word, spellings in {
        "desa": "ds dsa desane deso ndeso",
        "kel": "kelurahan kalurahan klurahan kelurahane kal",
        "kec": "kecamatan kcamatan kecamtan kcmtn kecamatane kacamatan",
        "dusun": "dsn dusune ndusun",
        "dukuh": "dk dkh ndukuh dukuhan pedukuhan",
        "kampung": "kp kmp kpg kampunge kampong",
        "jl": "jalan jln jlan jalane jlane dalan ndalan",
        "perempatan": "prapatan prempatan perapatan bangjo prapatane traffic",
        "pertigaan": "pertelon protelon prtigaan pertigaane simpang3 telon",
        "simpang": "simpangan",
        "pasar": "psr pasare",
        "stasiun": "stasion st sta stasiune",
        "terminal": "trminal terminale",
        "depan": "dpn dpan depane",
        "ngarep": "ngarepe ngarepan ngajeng",
        "belakang": "blkg blkang blkng belakange",
        "mburi": "mburine wingking",
        "dekat": "deket dkt dkat dekate",
        "cedak": "cedhak cedake cerak cerake celak celake",
        "samping": "smping sampinge sebelah sblh sebelahe",
        "sekitar": "skitar sekitaran seputar seputaran",
        "di": "d",
        "neng": "ning nang nek nok nong ndek nde ing teng wonten ten nyang",
        "arah": "arh arahe",
        "ke": "k",
        "dari": "dr dri",
        "orang": "org",
        "warga": "wrga wargane",
        "kota": "kutha kotane",
        "sragen": "srgn sgn sragene",
        "solo": "slo solone",
        "sukoharjo": "skh",
        "lapangan": "lap lapngan lapangane",
        "puskesmas": "pkm puskes",
        "perum": "perumahan prum perume perumnas",
        "rs": "rumahsakit rsu",
        "ringroad": "ringrod ringroud lingkar",
    }.items()
    for spelling in spellings.split()
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A word: folded and in one spelling. `breaks`: a phrase has ended before it."""

    word: str = field(repr=False)
    raw: str = field(repr=False)
    """Folded, as it was spelt."""
    is_capital: bool
    breaks: bool
    is_hyphened: bool
    """A hyphen or a dash joins it to the word before, as in the name of a road between two places."""


def tokens(text: str) -> list[Token]:
    """The words in order. "alun2" is two of them; "rumah sakit" and "ring road" are one. At most LONGEST characters."""
    made: list[Token] = []
    end = 0
    for match in WORD.finditer(text, 0, LONGEST):
        between = text[end : match.start()]
        end = match.end()
        raw = fold(match[0]).replace("'", "").replace("’", "")
        if not raw:
            continue
        last = made[-1].raw if made else ""
        stops = "." in between and len(last) >= FULL_STOP_AFTER
        breaks = not made or stops or bool(BREAK.search(between))
        is_capital = match[0][:1].isupper() and not match[0].isupper()
        is_hyphened = bool(made) and bool(ROAD_BREAK.fullmatch(between))
        for n, part in enumerate(_parts(raw)):
            token = Token(
                SPELLINGS.get(part, part), part, is_capital, breaks and not n, is_hyphened and not n
            )
            if not _joins(made, token):
                made.append(token)
    return made


def _parts(raw: str) -> list[str]:
    if twice := TWICE.fullmatch(raw):
        return [twice[1], twice[1]]
    return [raw]


JOINED = {
    ("ring", "road"): "ringroad",
    ("rumah", "sakit"): "rs",
    ("alun", "alun"): "alunalun",
    ("lampu", "merah"): "perempatan",
    ("bang", "jo"): "perempatan",
}


def _joins(made: list[Token], token: Token) -> bool:
    """Put the second half of a word that people write in two onto the first."""
    if not made or (token.breaks and not token.is_hyphened):
        return False
    first = made[-1]
    joined = JOINED.get((first.raw, token.raw))
    if joined is None:
        return False
    made[-1] = Token(joined, joined, first.is_capital, first.breaks, first.is_hyphened)
    return True
