"""How the categories of two reports go together, and which jam is of which cause."""

from django.test import SimpleTestCase

from reports.enrichment import happening
from tests.reports.enrichment.telling import one


class CategoriesTests(SimpleTestCase):
    def points(self, ones: str, others: str) -> float:
        a, b = one("x", "20:00", *ones.split()), one("x", "20:00", *others.split())
        self.assertEqual(happening.categories(a, b)[0], happening.categories(b, a)[0])
        return happening.categories(a, b)[0]

    def test_the_nearer_the_more(self) -> None:
        pairs = (
            ("kebakaran", "kebakaran"),
            ("kemacetan laka-lantas", "laka-lantas"),
            ("kemacetan", "laka-lantas"),
            ("", "laka-lantas"),
            ("judi", "laka-lantas"),
        )
        found = [self.points(*pair) for pair in pairs]
        self.assertEqual(found, sorted(found, reverse=True))
        self.assertEqual(len(set(found)), len(found))


class LedToTests(SimpleTestCase):
    def test_a_jam_that_tells_no_cause_of_its_own(self) -> None:
        crash = one("truk terguling", "07:00", "laka-lantas")
        for text, clock, expected in (
            ("macet total", "07:20", True),
            ("macet total", "06:55", True),
            ("macet total", "06:30", False),
            ("lampu merah padam, macet", "07:20", False),
        ):
            with self.subTest(f"{clock} {text}"):
                jam = one(text, clock, "kemacetan")
                self.assertEqual(happening.led_to(crash, jam), expected)
                self.assertEqual(happening.led_to(jam, crash), expected)

    def test_what_closes_no_road_leads_to_none(self) -> None:
        theft = one("dompet hilang", "07:00", "pencurian")
        self.assertFalse(happening.led_to(theft, one("macet", "07:10", "kemacetan")))

    def test_what_is_private_does_not_lead_far_because_of_a_second_guess(self) -> None:
        stolen = one("motor hilang", "07:00", "curanmor", "orang-hilang")
        missing = one("anak hilang", "07:30", "orang-hilang")
        self.assertFalse(happening.manner(stolen, missing).leads_far)
        self.assertTrue(happening.manner(missing, missing).leads_far)
