"""A number plate is read in every spelling, and a number in a sentence is none."""

from django.test import SimpleTestCase

from reports.enrichment.plates import plates_in


class PlateTests(SimpleTestCase):
    def test_every_spelling_is_the_same_plate(self) -> None:
        for text in (
            "AD 1234 XX",
            "ad1234xx",
            "ad 1234xx",
            "Ad.1234.Xx",
            "AD-1234-XX",
            "pelat (AD 1234 XX) kabur",
            "nopol:ad1234 xx,",
        ):
            with self.subTest(text=text):
                self.assertEqual(plates_in(text), {"AD1234XX"})

    def test_several_are_all_found(self) -> None:
        self.assertEqual(plates_in("AD 4521 BNE dan B 12 CD"), {"AD4521BNE", "B12CD"})

    def test_other_numbers_are_no_plates(self) -> None:
        for text in (
            "jam 12 di sini",
            "ada 5000 rb",
            "d 12 km",
            "RT 02 RW 03",
            "ad 1234",
            "08123456789",
            "saya 17 th",
            "",
        ):
            with self.subTest(text=text):
                self.assertEqual(plates_in(text), frozenset())
