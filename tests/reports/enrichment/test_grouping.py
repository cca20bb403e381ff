"""A report is of one incident: what fits it must fit together."""

from collections.abc import Mapping

from django.test import SimpleTestCase

from reports.enrichment.grouping import COMPANY, HARDLY, SUGGEST, Between, Weighed, of_one_incident
from reports.enrichment.nearness import Where


def weighed(points: float, where: Where = "same") -> Weighed:
    return Weighed(points, where, is_same_category=True)


class GroupingTests(SimpleTestCase):
    def kept(
        self, fits: Mapping[int, Weighed], pairs: Mapping[tuple[int, int], Weighed], count: int = 4
    ) -> list[int]:
        between = Between(lambda a, b: pairs.get((a, b)), count)
        return sorted(n for n, _weighed in of_one_incident(fits, between))

    def test_of_two_places_one_without_a_place_belongs_to_the_better_supported(self) -> None:
        fits = {n: weighed(5.0, "unknown") for n in (0, 1)} | {2: weighed(5.5, "unknown")}
        pairs = {
            (0, 1): weighed(7.0),
            (0, 2): weighed(0.0, "far"),
            (1, 2): weighed(0.0, "far"),
        }
        self.assertEqual(self.kept(fits, pairs), [0, 1])

    def test_one_that_fits_an_incident_elsewhere_better_is_left_to_it(self) -> None:
        fits = {0: weighed(4.0, "unknown"), 1: weighed(-1.0, "far")}
        self.assertEqual(self.kept(fits, {(0, 1): weighed(6.0, "unknown")}), [])
        self.assertEqual(self.kept(fits, {(0, 1): weighed(3.8, "unknown")}), [0])

    def test_what_hardly_fits_needs_two_others_of_the_incident(self) -> None:
        fits = {0: weighed(6.0), 1: weighed(6.0), 2: weighed(HARDLY)}
        one = {(0, 1): weighed(6.0), (0, 2): weighed(COMPANY)}
        self.assertEqual(self.kept(fits, one), [0, 1])
        self.assertEqual(self.kept(fits, one | {(1, 2): weighed(COMPANY)}), [0, 1, 2])

    def test_what_is_far_does_not_come_along(self) -> None:
        fits = {0: weighed(6.0), 1: weighed(SUGGEST - 0.5, "far")}
        self.assertEqual(self.kept(fits, {(0, 1): weighed(9.0)}), [0])

    def test_each_pair_is_weighed_once(self) -> None:
        asked: list[tuple[int, int]] = []

        def weigh(a: int, b: int) -> Weighed | None:
            asked.append((a, b))
            return None

        between = Between(weigh, 3)
        between(0, 1), between(1, 0), between.points(0, 1)
        self.assertEqual(asked, [(0, 1)])
