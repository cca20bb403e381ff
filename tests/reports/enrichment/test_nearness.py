"""Where two reports are from each other: the best that their places allow, and nothing where they say too little."""

from datetime import timedelta

from django.test import SimpleTestCase

from reports.enrichment import incidents
from reports.enrichment.nearness import places
from tests.reports.enrichment.telling import one

GEMOLONG, TANON, SRAGEN, SOLO = "33.14.13", "33.14.12", "33.14", "33.72"
SOON = timedelta(minutes=10)


class NearnessTests(SimpleTestCase):
    def where(
        self, here: str, there: str, text: str = "kebakaran", category: str = "kebakaran"
    ) -> str:
        a, b = one(text, "20:00", category, at=here), one("kebakaran", "20:10", category, at=there)
        return places(a, b, incidents.manner_of(category), SOON)[0]

    def test_one_district_is_an_area_and_two_are_far(self) -> None:
        self.assertEqual(self.where(GEMOLONG, GEMOLONG), "area")
        self.assertEqual(self.where(GEMOLONG, TANON), "far")

    def test_a_whole_regency_says_nothing_of_what_is_in_it(self) -> None:
        self.assertEqual(self.where(SRAGEN, TANON), "unknown")
        self.assertEqual(self.where(SRAGEN, "33.72.04.1010"), "far")

    def test_without_a_place_it_is_not_known(self) -> None:
        self.assertEqual(self.where("", TANON), "unknown")

    def test_what_is_seen_from_a_place_next_door_is_not_far(self) -> None:
        self.assertEqual(self.where(GEMOLONG, TANON, "asap kelihatan dari gemolong"), "unknown")
        self.assertEqual(self.where("33.14.20", "33.14.01", "asap kelihatan dari jenar"), "far")

    def test_a_name_that_was_only_guessed_does_not_speak_against(self) -> None:
        a, b = one("kebakaran pak tanon", "20:00", "kebakaran"), one("api", "20:05", at=GEMOLONG)
        self.assertEqual(places(a, b, incidents.ORDINARY, SOON)[0], "unknown")
        self.assertEqual(
            places(a, one("api", "20:05", at=TANON), incidents.ORDINARY, SOON)[0], "area"
        )

    def test_what_moves_is_further_along_its_way(self) -> None:
        self.assertEqual(self.where(GEMOLONG, TANON, "konvoi", "konvoi-massa"), "moved")
