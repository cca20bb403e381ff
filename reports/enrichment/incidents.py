"""What kind of happening a category speaks of: how long one lasts, how far it moves, which others are the same seen anew.

Data only. Times and speeds are judgements of what the desk of a regency sees, not taken from any rule book; a category
that is missing here is a happening of `ORDINARY`, a group in `NEVER` is no happening at all.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Manner:
    """How happenings of a category go."""

    lasts: timedelta
    """Reports further apart than this are of two happenings."""
    speed_kmh: float = 0.0
    """How fast it may move on; 0 when it stays where it is."""
    leads_far: bool = False
    """Whether one that moved on is likely the same (a convoy), or merely could be (a motorbike)."""
    seen_km: float = 0.0
    """From how far it is seen and told of, under the name of another place."""
    is_private: bool = False
    """It happens to somebody: the same in the same place is mostly somebody else's."""
    is_rare: bool = False
    """Two at once in one regency are unlikely: the hour says much even without a place."""


def _hours(number: float, **rest: float | bool) -> Manner:
    return Manner(timedelta(hours=number), **rest)  # type: ignore[arg-type]


ORDINARY = _hours(3)
MANNERS = {
    "laka-lantas": _hours(3),
    "kemacetan": _hours(3),
    "pelanggaran-lalin": _hours(3),
    "kebakaran": _hours(3, seen_km=3.0, is_rare=True),
    "bencana": _hours(10),
    "tawuran": _hours(3, speed_kmh=30.0, is_rare=True),
    "konvoi-massa": _hours(2, speed_kmh=40.0, leads_far=True, is_rare=True),
    "balap-liar": _hours(4, speed_kmh=40.0),
    "knalpot-brong": _hours(4, speed_kmh=40.0),
    "keributan": _hours(5),
    "miras": _hours(5),
    "petasan": _hours(4),
    "odgj": _hours(8, speed_kmh=4.0),
    "sajam": _hours(2, speed_kmh=30.0),
    "begal-jambret": _hours(3, speed_kmh=50.0, is_private=True),
    "penemuan-mayat": _hours(8, is_rare=True),
    "krisis-diri": _hours(3, is_rare=True, is_private=True),
    "orang-hilang": _hours(72, speed_kmh=10.0, leads_far=True, is_private=True),
    "curanmor": _hours(24, is_private=True),
    "pencurian": _hours(24, is_private=True),
    "penipuan": _hours(72, is_private=True),
    "penganiayaan": _hours(6, is_private=True),
    "kdrt": _hours(12, is_private=True),
    "asusila": _hours(12, is_private=True),
    "pengancaman": _hours(24, is_private=True),
    "perusakan": _hours(12),
    "anggota-polri": _hours(24, is_private=True),
    # What stays for days: people tell of the same thing again and again.
    "judi": _hours(12),
    "judi-online": _hours(48),
    "prostitusi": _hours(48),
    "narkoba": _hours(48),
    "premanisme-pungli": _hours(24),
    "jebakan-tikus-listrik": _hours(96),
}
LONGEST = max(manner.lasts for manner in MANNERS.values())

SERVICES = frozenset(
    "skck sim stnk-bpkb tilang rekrutmen surat-kehilangan izin-keramaian perkembangan-kasus info-lain "
    "apresiasi-saran".split()
)
NO_REPORTS = frozenset("iseng curhat kasar spam hoaks tes-salah-sambung".split())
NEVER = SERVICES | NO_REPORTS
"""Two people who ask for the same, or mean nothing, are not two witnesses."""

RUMOUR, PRAISE = "hoaks", "apresiasi-saran"
"""What is asked under the first name may well be true."""
SEEN_BY_ALL = frozenset(
    "laka-lantas kemacetan kebakaran bencana tawuran konvoi-massa balap-liar knalpot-brong keributan petasan "
    "penemuan-mayat".split()
)
"""What people ask about who only see smoke, hear noise or stand in a jam."""

JAM = "kemacetan"
JAMMING = frozenset("laka-lantas kebakaran bencana konvoi-massa tawuran".split())
"""What a road is closed by."""
OTHER_CAUSES = frozenset(
    "lampu bangjo mogok perbaikan galian proyek hajatan palang kereta parkir parkiran padam kedip".split()
)
"""Words of a jam that has nothing to do with any of these."""
TAKEN = frozenset("curanmor pencurian".split())
"""Of which a vehicle may be what was taken."""

ALIKE = (
    "laka-lantas kemacetan",
    "laka-lantas penemuan-mayat",
    "laka-lantas pelanggaran-lalin",
    "kemacetan konvoi-massa",
    "kemacetan bencana",
    "kemacetan pelanggaran-lalin",
    "kemacetan kebakaran",
    "konvoi-massa knalpot-brong",
    "konvoi-massa keributan",
    "konvoi-massa pelanggaran-lalin",
    "konvoi-massa balap-liar",
    "balap-liar knalpot-brong",
    "balap-liar pelanggaran-lalin",
    "balap-liar keributan",
    "balap-liar kemacetan",
    "knalpot-brong keributan",
    "knalpot-brong pelanggaran-lalin",
    "tawuran keributan",
    "tawuran sajam",
    "tawuran penganiayaan",
    "tawuran perusakan",
    "keributan miras",
    "keributan sajam",
    "keributan penganiayaan",
    "keributan petasan",
    "keributan odgj",
    "keributan premanisme-pungli",
    "keributan perusakan",
    "keributan kdrt",
    "keributan pengancaman",
    "miras tawuran",
    "miras penganiayaan",
    "miras sajam",
    "odgj sajam",
    "odgj penganiayaan",
    "odgj perusakan",
    "odgj krisis-diri",
    "odgj asusila",
    "sajam begal-jambret",
    "sajam penganiayaan",
    "sajam pengancaman",
    "begal-jambret curanmor",
    "begal-jambret pencurian",
    "begal-jambret penganiayaan",
    "curanmor pencurian",
    "pencurian perusakan",
    "penganiayaan kdrt",
    "penganiayaan perusakan",
    "premanisme-pungli pengancaman",
    "premanisme-pungli pelanggaran-lalin",
    "premanisme-pungli penganiayaan",
    "penemuan-mayat krisis-diri",
    "penemuan-mayat orang-hilang",
    "kebakaran bencana",
    "kebakaran petasan",
    "laka-lantas balap-liar",
    "laka-lantas bencana",
    "laka-lantas konvoi-massa",
    "konvoi-massa petasan",
    "tawuran pengancaman",
    "tawuran petasan",
    "odgj pengancaman",
    "sajam perusakan",
    "miras perusakan",
    "miras pengancaman",
    "miras narkoba",
    "begal-jambret pengancaman",
    "begal-jambret premanisme-pungli",
    "curanmor penganiayaan",
    "pencurian penganiayaan",
    "curanmor keributan",
    "pencurian keributan",
    "kdrt pengancaman",
    "penemuan-mayat bencana",
    "penemuan-mayat penganiayaan",
    "orang-hilang bencana",
    "judi judi-online",
    "judi keributan",
    "prostitusi asusila",
    "jebakan-tikus-listrik penemuan-mayat",
)
"""Pairs under which two people may well tell of one happening."""
_alike = frozenset(frozenset(pair.split()) for pair in ALIKE)


def are_alike(one: str, other: str) -> bool:
    return frozenset((one, other)) in _alike


def manner_of(category: str) -> Manner:
    return MANNERS.get(category, ORDINARY)
