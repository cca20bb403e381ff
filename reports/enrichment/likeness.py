"""How alike two texts are in what is particular about them: the mobil box, the red gate, not the greeting and the plea."""

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from math import sqrt

from rapidfuzz import fuzz

from reports.folding import fold

WORD = re.compile(r"[a-z0-9]+")
STRETCHED = re.compile(r"([a-z])\1{2,}")
"""A letter said long: "toloooong"."""
TWICE = re.compile(r"(?<=[a-z]{2})2(?=[a-z]|\b)")
"""The digit that says a word twice: "anak2", "ngebut2an"."""
LONGEST_READ = 2_000
"""Characters: who writes more has said what it is about by then."""
WORDS_READ = 60
FUZZY_FROM = 5
"""Letters: shorter words that differ in one are different words."""
LIKE_WORD = 80
LIKE_TEXT = 90
WEIGHT, KNOWN_WEIGHT = 1.0, 0.35
"""Of a word, and of one that only says what kind of happening it is, or where: that counts already."""
COMMON = frozenset(
    "pak bapak bu ibu mas mbak min admin bang om polisi polres polsek petugas anggota tim lapor laporan melapor info mohon "
    "mhn tolong tlg tulung bantu bantuan minta harap segera cepat cepet ndang dong ya yaa nggih iya maaf permisi selamat "
    "pagi siang sore malam mlm malem assalamualaikum terima kasih matur nuwun trims makasih izin ijin saya sy sya aku kami "
    "kita kulo kula nya yang yg dan dgn dengan di ke dari dr ini itu tu ada ono enek wonten ado lagi sedang lg baru barusan "
    "td tadi wau mau sekarang skrg saiki sudah sdh udah udh wes wis sampun belum blm durung tidak tdk gak gk ga nggak ora "
    "mboten bukan akan bisa saged iso dapat harus buat untuk utk pada oleh karena krn agar supaya biar kalau kalo klo kl "
    "jika atau juga jg jam sejak dari sampai smp masih msh isih terus trs banyak bnyk akeh kathah sekali banget bgt sangat "
    "rame ramai orang org wong warga sekitar daerah wilayah lokasi tempat posisi alamat desa ds dusun dukuh kampung kel "
    "kelurahan kec kecamatan kab kabupaten rt rw jalan jl jln gang dekat dkt cedak depan dpn ngarep belakang blkg mburi "
    "samping sebelah pinggir dalam luar neng ning nang ing wonten kok sih deh lah mbok pun to kan wae aja saja hanya cuma "
    "satu dua tiga seorang beberapa para setiap tiap saben hari menit sini situ sana mriki mrene kene kono apa siapa mana "
    "kapan bagaimana gimana pripun kenapa cek dicek datang ditindak tindak patroli merapat kesini resah meresahkan "
    "mengganggu ganggu sama bareng trus lalu sementara anda polisine tulong min gan".split()
)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text that say something, in its order, each once, at most WORDS_READ."""
    plain = TWICE.sub("", STRETCHED.sub(r"\1", fold(text[:LONGEST_READ])))
    said = dict.fromkeys(WORD.findall(plain))
    return tuple(word for word in said if len(word) > 2 and word not in COMMON)[:WORDS_READ]


def alike(
    ones: Sequence[str], others: Sequence[str], known: Sequence[Set[str]]
) -> tuple[float, float]:
    """How alike in words, 0 to 1, and the weight of the words they share. `known`: sets of words whose sense is weighed
    elsewhere, so that they count little here."""
    if not ones or not others:
        return 0.0, 0.0
    left = list(others)
    shared = 0.0
    for word in ones:
        if (twin := _twin(word, left)) is not None:
            left.remove(twin)
            shared += _weight(word, known)
    whole = sqrt(_sum(ones, known) * _sum(others, known))
    return min(1.0, shared / whole), shared


def are_the_same(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one text is the other passed on: nearly all words, and enough of them."""
    enough = min(len(ones), len(others)) >= 5
    return enough and fuzz.ratio(" ".join(ones), " ".join(others)) >= LIKE_TEXT


def _twin(word: str, others: Iterable[str]) -> str | None:
    return next((other for other in others if word == other or _is_spelling(word, other)), None)


@lru_cache(maxsize=8192)
def _is_spelling(word: str, other: str) -> bool:
    if min(len(word), len(other)) < FUZZY_FROM or word.isdigit() or other.isdigit():
        return False
    return word in other or other in word or fuzz.ratio(word, other) >= LIKE_WORD


def _weight(word: str, known: Sequence[Set[str]]) -> float:
    return KNOWN_WEIGHT if any(word in words for words in known) else WEIGHT


def _sum(words: Iterable[str], known: Sequence[Set[str]]) -> float:
    return sum(_weight(word, known) for word in words)
