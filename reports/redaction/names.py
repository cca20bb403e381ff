"""Names and what people say of themselves. What follows a clear cue is a name; the rest is a doubt for a person.

Names in lower case without a cue cannot be told from other words: that is why a person reads every brief.
"""

import re
from collections.abc import Iterator

from reports.redaction.spans import Kind, Span

ME = r"(?:saya|sy|aku|ak|ku|kami|kulo|kula)"
TITLE = (
    r"(?:bapak|pak|bpk|ibu|bu|mas|mbak|mba|mbah|mbok|pakde|pak\s?dhe|bude|budhe|paklik|bulik|om|tante|kang|lik|gus|dek|bang"
    r"|h\.|hj\.|haji|hajah)"
)
TITLE_ALONE = re.compile(TITLE, re.I)
CUE = re.compile(
    rf"\b(?:nama\s?{ME}(?:\s+(?:adalah|ialah|yaitu))?"
    rf"|(?:perkenalkan|kenalkan)(?:\s*,)?(?:\s+(?:nama\s+)?{ME})?"
    rf"|{ME}\s+(?:bernama|yang\s+bernama)"
    r"|jeneng(?:e|ku|\s?kulo|\s?kula|\s?aku)?"
    r"|nama(?:\s+(?:lengkap|pelapor))?\s*[:=]|pelapor\s*[:=]"
    r"|atas\s+nama|a\.?/?n\.|a/n|an\."
    rf"|(?:hormat|salam)(?:\s+(?:{ME}|hangat|hormat))?\s*,|ttd\.?|tertanda|tanda\s?tangan"
    rf"|(?:dengan|ini)\s+{ME}(?=\s+[A-Z])"
    rf"|(?:panggil|sebut)\s+(?:aja|saja|{ME}))"
    r"(?=[\s,.:;\-=])",
    re.I,
)
AFTER_CUE = re.compile(
    rf"[\s,.:;\-=]{{1,4}}((?:{TITLE}[\s.]+)?)([^\W\d_][^\W\d_'’.\-]*(?:[ \t]+[^\W\d_][^\W\d_'’\-]*){{0,3}})",
    re.I,
)
NO_NAME = frozenset(
    """
    ada adalah agar aja akan alamat aman apa apakah asli atas atau bagian baik banget bahwa bapak baru beliau belum benar
    bisa bukan dan dapat dari daripada dengan di dirahasiakan disini dong dulu guna hadir harap hari hendak hormat ibu
    identitas ingin ini itu jadi jangan jika jln jl juga kab kalau kami karena kasih ke kec kejadian kelurahan kepada
    ketua kota kulo lapor laporan laporkan mau melapor melaporkan membuat memberi memberitahukan memohon mengadu
    menginformasikan menyampaikan minta mohon nomor numpang oleh operator orang pada pak pelaku pelapor penting per
    perlu petugas polisi polres polsek rahasia rahasiakan rekening rt rumah rw salah salam saja sama samaran samarkan
    sampai saya sebagai sebelah seorang selaku sekarang sekitar sementara semoga sendiri seorang seperti siang silakan
    sini sore sudah supaya tadi takut tapi telah tentang terima terimakasih tersebut tidak tinggal tolong untuk umur usia
    wali warga yang yg
    """.split()
)
TITLED_NO_NAME = NO_NAME | frozenset(
    """
    admin aparat babin babinsa bhabin bhabinkamtibmas bupati camat dandim danramil dokter dosen gubernur guru hakim
    ibuk jaksa kades kadus kapolda kapolres kapolresta kapolri kapolsek kapten kasat kepala kepolisian kiai komandan
    kyai lurah min ndan pamapta pemilik pemda penjual petinggi pol polantas polwan presiden satpam sopir supir tentara
    tni ustad ustadz walikota wakapolres wali yth
    """.split()
)
TITLED = re.compile(rf"\b(?i:{TITLE})[\s.]+([A-Z][^\W\d_'’\-]+(?:[ \t]+[A-Z][^\W\d_'’\-]+){{0,2}})")
TITLED_OWNER = re.compile(
    rf"\b{TITLE}[\s.]+([^\W\d_]{{3,}})\s+(?:yang|yg)\s+(?:punya|jual|jualan|buka|tinggal|rumahnya)\b",
    re.I,
)

HOUSE = r"(?:rumah|omah|alamat|kost?(?:an)?|kontrakan|domisili|tempat\s+tinggal|griya)"
PART = r"(?:(?:jl|jln|gg|gang|no|rt|rw|dk|dsn|ds|kel|kec|kab)\.\s?|[^\s.,;!?]++[ \t]*+)"
CLAUSE = (
    rf"(?:{PART}{{1,10}}?(?=\s*(?:$|[.,;!?\n])"
    r"|\b(?:dan|tapi|tetapi|jadi|karena|mohon|tolong|ada|sering|setiap|tiap|malam|yang|yg|sudah)\b)"
    rf"|{PART}{{1,5}})"
)
"""Where it ends is seldom said: five words, where nothing else ends it."""
HOME = re.compile(
    rf"\b(?:{HOUSE}\s?{ME}"
    rf"|{ME}\s+(?:tinggal|ngontrak|ngekos|kos|berdomisili|beralamat|bertempat\s+tinggal))"
    r"(?:\s+(?:itu|ini|ada|ono|neng))?"
    rf"(?:\s*[:=]\s*|\s+(?:di|ning|nang|neng|daerah|jl\.?|jalan|rt|dekat|blok|nomor|no\.?)\s+){CLAUSE}",
    re.I | re.M,
)
PEOPLE = (
    "tetangga|adik|kakak|anak|istri|suami|ibu|bapak|ayah|mertua|menantu|keponakan|paman|bibi"
    "|saudara|teman|majikan|bos|pacar"
)
OWN = (
    "rumah|omah|warung|toko|kios|bengkel|kost?an|kontrakan|kantor|sekolah|gang|depan|sebelah"
    "|samping|belakang|sawah|kebun|pagar|halaman|teras|dukuh|kampung|desa|keluarga|lapak"
)
ROLES = (
    r"tetangga(?:nya)?|adik(?:nya)?|kakak(?:nya)?|anak(?:nya)?|istri(?:nya)?|suami(?:nya)?"
    r"|korban(?:nya)?|saksi(?:nya)?|pemilik|ketua|pak\s?rt|bu\s?rt|karyawan|pegawai|guru|satpam"
    r"|kasir|sopir|pelayan|mantan|saudara(?:nya)?|keponakan(?:nya)?"
)
OF_THEMSELVES = re.compile(
    rf"\b(?:(?:{PEOPLE})\s?{ME}(?:\s+sendiri)?"
    rf"|(?:(?:di\s+)?(?:depan|sebelah|samping|belakang|dekat|seberang)\s+)?(?:{OWN})\s?(?:saya|sy|ku|aku|kami|kulo)"
    rf"|{ME}\s+(?:ini\s+|adalah\s+|sebagai\s+|selaku\s+)?(?:{ROLES})"
    rf"|{ME}\s+(?:kerja|bekerja|sekolah|kuliah|jualan|dagang|ngajar|mengajar|dinas)\s+(?:di|sebagai)"
    rf"|{ME}\s+(?:yang\s+)?(?:punya|pemilik)\b|{ME}\s+(?:yang|yg)\s+(?:me)?lapor|(?:cuma|hanya)\s+{ME}"
    r"|(?:ke)?(?:lihat|lihatan|terlihat|ketok|foto|rekam)(?:an)?\s+dari\s+"
    r"(?:jendela|balkon|lantai|kamar|teras|rumah|warung|toko)"
    rf"|{ME}\s+(?:lihat|melihat|rekam|merekam|foto|videokan)\s+(?:sendiri\s+)?dari\s+\S+(?:\s+\S+)?)\b",
    re.I,
)


def find(text: str) -> Iterator[Span]:
    for found in CUE.finditer(text):
        if (after := AFTER_CUE.match(text, found.end())) and (length := _name_length(after[2])):
            yield Span(after.start(2), after.start(2) + length, Kind.NAME)
    for found in HOME.finditer(text):
        yield Span(found.start(), found.start() + len(found[0].rstrip()), Kind.HOME)
    for pattern in (TITLED, TITLED_OWNER):
        for found in pattern.finditer(text):
            words = found[1].split()
            if words[0].lower() not in TITLED_NO_NAME:
                yield Span(*found.span(), Kind.PERSON, is_sure=False)
    for found in OF_THEMSELVES.finditer(text):
        yield Span(*found.span(), Kind.SELF, is_sure=False)


def _name_length(words: str) -> int:
    """How much of these words is a name: up to the first that is none."""
    length = 0
    for word in re.finditer(r"\S+", words):
        if word[0].strip(".,'’-").lower() in NO_NAME or TITLE_ALONE.fullmatch(word[0]):
            break
        length = word.end()
        # What follows a full stop is another sentence, unless it was an initial.
        if word[0].endswith(".") and len(word[0]) > 2:
            return length - 1
    return length
