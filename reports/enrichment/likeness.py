"""How alike two texts are in what is particular about them: the mobil box, the red gate, not the greeting and the plea."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
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
ONE_SENSE = {
    word: sense
    for sense, words in {
        "silat": "pesilat perguruan psht shwt pencak",
        "suporter": "supporter bonek pasoepati",
        "pelajar": "siswa siswi murid",
        "tumbang": "roboh rubuh ambruk ambrol kerobohan tumbang",
        "telanjang": "bugil wuda mudo",
        "celurit": "clurit arit gir sabit",
        "meledak": "mbledos njeblug ledakan meletus",
        "mayat": "jenazah jasad jenasah",
        "terguling": "nggoling kebalik terbalik njungkel",
        "nyungsep": "nyemplung kecemplung njegur",
    }.items()
    for word in words.split()
}
"""What people call the same thing, beyond what `language` makes one word of."""
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

EVERYDAY = frozenset(
    "motor mobil sepeda rumah anak laki wanita perempuan pria pemuda remaja korban pelaku pengendara pemotor pengemudi "
    "penumpang sopir luka darah jatuh raya lewat masuk keluar besar kecil habis bawa dibawa kabur lari tahun ribu juta "
    "hilang takut bahaya bocah parah mati hidup orang tua muda umum pinggir tengah arah timur barat utara selatan kulon "
    "wetan pasar lapangan masjid sekolah perempatan pertigaan pos ronda parkiran parkir toko warung kejadian berhenti "
    "barang uang handphone kecelakaan laka tabrakan tabrak nabrak menabrak ditabrak ketabrak lawan kebakaran terbakar "
    "bakar dibakar api asap damkar pemadam ambulan macet kemacetan balap balapan liar trek trekan tawuran konvoi "
    "knalpot brong bising berisik miras mabuk minum petasan mercon judi taruhan maling dicuri pencuri mencuri "
    "kemalingan begal dibegal jambret dijambret ribut keributan odgj gila stres mayat jenazah meninggal tetangga suami "
    "istri dipukul dipukuli pukul penonton kendaraan tumbang malam angin hujan deras tipu ditipu ketipu penipuan "
    "transfer online copet narkoba sabu preman jukir sajam senjata tajam celurit pisau bubar teriak kumpul kumpulan "
    "tiap sampah".split()
)
"""Said of every happening of a kind, or of any: two that share nothing else need not have seen the same."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text that say something, in its order, each once, at most WORDS_READ."""
    # Slang and Javanese in Indonesian words: "wit rubuh" and "pohon roboh" are the same.
    return telling(language.normalise(text[:LONGEST_READ]))


def telling(tokens: Iterable[str]) -> tuple[str, ...]:
    """As `words_of`, of what `language.normalise` gives."""
    bare = (ENDING.sub("", word) for word in tokens if word.isalnum())
    said = dict.fromkeys(ONE_SENSE.get(word, word) for word in bare)
    return tuple(word for word in said if len(word) > 2 and word not in COMMON)[:WORDS_READ]


@dataclass(frozen=True)
class Likeness:
    """How alike two texts are in words."""

    ratio: float = 0.0
    """0 to 1."""
    shared: float = 0.0
    """The weight of the words they share."""
    is_telling: bool = False
    """Whether they share a word that is not said of everything of the kind, or of the place."""


def alike(ones: Set[str], others: Set[str], kinds: Set[str], known_places: Set[str]) -> Likeness:
    """How alike in words; those of kinds and places are weighed elsewhere, so that they count little here."""
    if not ones or not others:
        return Likeness()
    known = kinds | known_places | EVERYDAY
    both = ones & others
    # A name of a place is no slip of the pen for a word that it looks like.
    left = sorted(word for word in others - both - known_places if _may_be_misspelt(word))
    twins = set()
    is_telling = bool(both - known_places - EVERYDAY)
    for word in sorted(ones - both - known_places) if left else ():
        if _may_be_misspelt(word) and (
            twin := process.extractOne(word, left, scorer=fuzz.ratio, score_cutoff=LIKE_WORD)
        ):
            left.remove(twin[0])
            twins.add(word)
            is_telling |= EVERYDAY.isdisjoint((word, twin[0]))
    shared = _weight(both | twins, known)
    whole = sqrt(_weight(ones, known) * _weight(others, known))
    return Likeness(min(1.0, shared / whole), shared, is_telling)


def are_the_same(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one text is the other passed on: nearly all words, and enough of them."""
    enough = min(len(ones), len(others)) >= 5
    return enough and fuzz.ratio(" ".join(ones), " ".join(others)) >= LIKE_TEXT


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= FUZZY_FROM and not word.isdigit()


def _weight(words: Set[str], known: Set[str]) -> float:
    few = len(words & known)
    return WEIGHT * (len(words) - few) + KNOWN_WEIGHT * few
