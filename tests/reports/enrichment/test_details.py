"""What is said clearly on both sides and is not the same keeps two reports apart; what is left out does not."""

from django.test import SimpleTestCase

from reports.enrichment import details, language
from reports.enrichment.details import Details
from reports.enrichment.vehicles import AGAINST, HARDLY


def read(text: str) -> Details:
    return details.read(language.normalise(text))


class AgainstTests(SimpleTestCase):
    def check(self, kind: str, one: str, other: str, points: float) -> None:
        kinds = frozenset({kind})
        for a, b in ((one, other), (other, one)):
            with self.subTest(f"{a} / {b}"):
                self.assertEqual(details.against(read(a), read(b), kinds, kinds), points)

    def test_lanes_and_hamlets(self) -> None:
        self.check("kdrt", "gang kenanga", "gang melati", AGAINST)
        self.check("kdrt", "dukuh ngablak", "dk. karangnongko", AGAINST)
        self.check("kdrt", "gang kenanga", "gang kenongo", 0.0)
        self.check("kdrt", "gang kenanga", "perum kenari", 0.0)
        self.check("kdrt", "gang sempit", "gang kenanga", 0.0)

    def test_what_was_stolen(self) -> None:
        self.check("pencurian", "motor hilang di pasar", "dompet hilang di pasar", AGAINST)
        self.check("pencurian", "sekolah dibobol", "rumah kemalingan", AGAINST)
        self.check("pencurian", "sapi dua ekor", "kandang dibobol, sapi digondol", 0.0)
        self.check("curanmor", "beat hitam hilang", "beat putih hilang", AGAINST)

    def test_the_robbers_motorbike_and_not_the_victims(self) -> None:
        self.check("begal-jambret", "pelaku naik nmax hitam", "pelaku scoopy putih", AGAINST)
        self.check("begal-jambret", "vario saya dibawa", "pelaku boncengan satria", 0.0)

    def test_what_burns_and_not_what_it_comes_near_to(self) -> None:
        self.check("kebakaran", "kandang ayam terbakar", "pabrik tekstil terbakar", HARDLY)
        self.check("kebakaran", "gudang mebel terbakar", "pabrik mebel kobong", 0.0)
        self.check("kebakaran", "lahan tebu terbakar", "kebun kobong merembet ke rumah", 0.0)

    def test_who_it_is(self) -> None:
        self.check("orang-hilang", "nenek hilang", "anak 9 tahun hilang", AGAINST)
        self.check("penemuan-mayat", "mayat perempuan", "jenazah laki-laki", AGAINST)
        self.check("penemuan-mayat", "ada mayat", "jenazah laki-laki", 0.0)
        self.check("orang-hilang", "anak kaos merah", "anak kaos biru", HARDLY)
        self.check("odgj", "pria ngamuk", "perempuan ngamuk", HARDLY)

    def test_which_sort_of_a_kind(self) -> None:
        self.check("bencana", "ular masuk rumah", "banjir masuk rumah", AGAINST)
        self.check("bencana", "pohon tumbang", "angin kencang", 0.0)
        self.check("bencana", "pohon tumbang kena angin", "wit tumbang", 0.0)
        self.check("judi", "sabung ayam", "main kartu", AGAINST)
        self.check("kemacetan", "lampu merah padam", "truk mogok", AGAINST)

    def test_it_speaks_only_of_happenings_that_have_such_details(self) -> None:
        self.check("keributan", "beat hitam", "beat putih", 0.0)
        ones, others = frozenset({"bencana"}), frozenset({"kemacetan"})
        a, b = read("pohon tumbang"), read("lampu merah padam")
        self.assertEqual(details.against(a, b, ones, others), 0.0)


class AgreeTests(SimpleTestCase):
    def test_something_that_not_everybody_tells_of(self) -> None:
        for one, other, expected in (
            ("bus nabrak anak", "pelajar tergeletak, busnya berhenti", True),
            ("beat hitam", "motor ireng", True),
            ("motor jatuh", "motor hilang", False),
            ("laptop hilang", "laptop sekolah digondol", True),
            ("rumah kobong", "rumah kemalingan", False),
            ("gang kenanga", "gang kenanga", True),
        ):
            with self.subTest(f"{one} / {other}"):
                self.assertEqual(details.agree(read(one), read(other)), expected)

    def test_spots_of_one_kind_and_of_two(self) -> None:
        market, station, crossing = map(read, ("depan pasar", "dekat stasiun", "perempatan"))
        self.assertTrue(details.are_at_one(market, read("ngarep psr")))
        self.assertFalse(details.are_at_one(crossing, crossing))
        self.assertTrue(details.are_elsewhere(market, station))
        self.assertFalse(details.are_elsewhere(market, read("di sana")))
