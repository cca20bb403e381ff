"""Which canned answer fits a question about a service, so that it stands first where answers are chosen.

Keys of ReplyTemplate rows as `reports.reference` seeds them; a station that has put one away is offered none.
"""

from collections.abc import Mapping, Sequence

from reports.enrichment.said import Phrases, Said

Choice = tuple[str, Phrases]

ANSWERS: Mapping[str, str] = {
    "skck": "skck",
    "sim": "sim",
    "stnk-bpkb": "samsat",
    "tilang": "tilang",
    "rekrutmen": "penerimaan",
    "surat-kehilangan": "surat_kehilangan",
    "izin-keramaian": "izin_keramaian",
    "perkembangan-kasus": "sp2hp",
    "info-lain": "jam_layanan",
    "hoaks": "klarifikasi",
    "penipuan": "simpan_bukti",
}
"""The answer of each category that people ask about."""

NEARER: Mapping[str, Sequence[Choice]] = {
    "skck": (("skck_perpanjang", Phrases(["perpanjang", "perpanjangan", "berlaku habis"])),),
    "sim": (
        ("sim", Phrases(["keliling", "jadwal", "simling", "gerai", "hari apa"])),
        ("sim_perpanjang", Phrases(["perpanjang", "mati", "habis", "telat", "berlaku"])),
        ("surat_kehilangan", Phrases(["sim hilang", "kehilangan sim", "ketlisut"])),
        ("sim_baru", Phrases("buat baru ujian tes umur usia syarat biaya pertama".split())),
    ),
    "tilang": (
        ("tilang_bayar", Phrases("bayar denda ambil sidang barang ditahan disita briva".split())),
    ),
    "info-lain": (
        ("pengawalan", Phrases(["pengawalan", "kawal", "patwal"])),
        ("lapor_resmi", Phrases(["lapor mana", "lapor ke mana", "cara lapor", "melapor"])),
    ),
}
"""For a category several answers: the first whose words stand in the question."""
WITHOUT_ONE = "lapor_resmi"
"""For a question about anything that is reported."""


def answer(text: Said, slug: str) -> str:
    """The key of the wording that answers a question of this category; empty slug: of none."""
    for key, phrases in NEARER.get(slug, ()):
        if phrases.are_in(text):
            return key
    return ANSWERS.get(slug, WITHOUT_ONE if slug else "")
