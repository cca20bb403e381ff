"""A number is the same number however it is written, and what is none is none."""

from django.test import SimpleTestCase

from reports.identity.telephone import normalised


class NormalisedTests(SimpleTestCase):
    def test_every_spelling_of_a_mobile_number(self) -> None:
        for written in (
            "081299900001", "0812-9990-0001", "0812 9990 0001", "(0812) 9990-0001", "0812.9990.0001",
            "6281299900001", "62 812-9990-0001", "+6281299900001", "+62 812 9990 0001",
            "006281299900001", "81299900001", "  081299900001 ",
        ):  # fmt: skip
            with self.subTest(written):
                self.assertEqual(normalised(written), "+6281299900001")

    def test_a_landline_with_its_area_code(self) -> None:
        self.assertEqual(normalised("(0271) 891-234"), "+62271891234")

    def test_a_number_from_abroad(self) -> None:
        self.assertEqual(normalised("+65 9123 4567"), "+6591234567")

    def test_what_is_none(self) -> None:
        for written in (
            "", " ", "110", "0812", "12345", "0812abc4567", "+62+812", "08129990000100000",
            "3314051203800001", "nol delapan satu dua", "Budi 081299900001", "081299900001;110",
        ):  # fmt: skip
            with self.subTest(written):
                self.assertIsNone(normalised(written))
