"""How alike two texts are in what is particular about them: the mobil box, the red gate, not the greeting and the plea."""

import re
from collections.abc import Sequence, Set
from math import sqrt

from rapidfuzz import fuzz, process

from reports.enrichment import language

WORD = re.compile(r"[a-z0-9]+")
STRETCHED = re.compile(r"([a-z])\1{2,}")
"""A letter said long: "toloooong"."""
TWICE = re.compile(r"(?<=[a-z]{2})2(?=[a-z]|\b)")
"""The digit that says a word twice: "anak2", "ngebut2an"."""
ENDING = re.compile(r"(?<=[a-z]{4})(nya|ne)$")
"""His, hers, the: "mobilnya", "omahne"."""
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
    "mengganggu ganggu sama bareng trus lalu sementara anda polisine tulong min gan "
    "komandan sebelum dibantu salam kejadian informasi".split()
)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text that say something, in its order, each once, at most WORDS_READ."""
    # Slang and Javanese in Indonesian words: "wit rubuh" and "pohon roboh" are the same.
    plain = language.normalise(text[:LONGEST_READ])
    said = dict.fromkeys(ENDING.sub("", word) for word in plain if word.isalnum())
    return tuple(word for word in said if len(word) > 2 and word not in COMMON)[:WORDS_READ]


def alike(ones: Set[str], others: Set[str], known: Set[str]) -> tuple[float, float]:
    """How alike in words, 0 to 1, and the weight of the words they share. `known`: those of them whose sense is weighed
    elsewhere, so that they count little here."""
    if not ones or not others:
        return 0.0, 0.0
    both = ones & others
    left = sorted(word for word in others - both if _may_be_misspelt(word))
    twins = set()
    for word in sorted(ones - both) if left else ():
        if _may_be_misspelt(word) and (
            twin := process.extractOne(word, left, scorer=fuzz.ratio, score_cutoff=LIKE_WORD)
        ):
            left.remove(twin[0])
            twins.add(word)
    shared = _weight(both | twins, known)
    whole = sqrt(_weight(ones, known) * _weight(others, known))
    return min(1.0, shared / whole), shared


def are_the_same(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one text is the other passed on: nearly all words, and enough of them."""
    enough = min(len(ones), len(others)) >= 5
    return enough and fuzz.ratio(" ".join(ones), " ".join(others)) >= LIKE_TEXT


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= FUZZY_FROM and not word.isdigit()


def _weight(words: Set[str], known: Set[str]) -> float:
    few = len(words & known)
    return WEIGHT * (len(words) - few) + KNOWN_WEIGHT * few
