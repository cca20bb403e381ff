"""Vehicles are read with their colour and whose they are; two messages are of one only if their vehicles can be."""

from django.test import SimpleTestCase

from reports.enrichment import language, vehicles
from reports.enrichment.vehicles import AGAINST, HARDLY, Vehicle


def read(text: str) -> list[Vehicle]:
    return list(vehicles.read(language.normalise(text)))


class ReadTests(SimpleTestCase):
    def test_a_kind_a_model_and_a_colour_are_one_vehicle(self) -> None:
        (one,) = read("motor beat ireng hilang")
        self.assertEqual((one.model, one.colour), ("beat", "hitam"))
        self.assertEqual(one.kinds, {"motor"})

    def test_each_vehicle_has_its_own_colour(self) -> None:
        colours = [one.colour for one in read("truk kuning lawan motor merah")]
        self.assertEqual(colours, ["kuning", "merah"])

    def test_what_passes_by_or_comes_to_help_is_none_of_it(self) -> None:
        for text in ("motor tidak bisa lewat", "mobil damkar belum datang", "mobil pada antre"):
            with self.subTest(text):
                self.assertEqual(read(text), [])

    def test_whose_it_is(self) -> None:
        (theirs,) = read("pelaku naik satria hitam")
        self.assertTrue(theirs.is_ridden)
        (taken,) = read("motor vario saya dibawa")
        self.assertTrue(taken.is_taken)


class AgainstTests(SimpleTestCase):
    def check(self, one: str, other: str, points: float, by_model: bool = False) -> None:
        for a, b in ((one, other), (other, one)):
            with self.subTest(f"{a} / {b}"):
                self.assertEqual(vehicles.against(read(a), read(b), by_model), points)

    def test_other_vehicles_altogether(self) -> None:
        self.check("truk lawan motor", "bus sama mobil", AGAINST)
        self.check("beat hitam", "beat putih", AGAINST)

    def test_one_of_two_is_another(self) -> None:
        self.check("motor lawan mobil", "motor lawan truk", HARDLY)

    def test_what_is_left_out_says_nothing(self) -> None:
        self.check("truk lawan motor", "motor jatuh", 0.0)
        self.check("beat hitam", "motor", 0.0)
        self.check("truk terguling", "ada kecelakaan", 0.0)

    def test_one_thing_has_several_names(self) -> None:
        for one, other in (
            ("pick up", "mobil bak"),
            ("pikap", "truk"),
            ("bis", "elf"),
            ("tronton", "truk gandeng"),
            ("sedan hitam", "mobil ireng"),
        ):
            self.check(one, other, 0.0)

    def test_a_model_counts_where_its_owner_tells_of_it(self) -> None:
        self.check("avanza", "xenia", 0.0)
        self.check("vario hilang", "nmax hilang", AGAINST, by_model=True)
