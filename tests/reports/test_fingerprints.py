"""Pictures that differ in a few bits are alike; one of a single colour is like nothing."""

from django.test import SimpleTestCase

from reports.fingerprints import distance, nearest

STREET = 0x0F0F_3C3C_AAAA_5555


class FingerprintTests(SimpleTestCase):
    def test_the_distance_counts_bits(self) -> None:
        self.assertEqual(distance(STREET, STREET), 0)
        self.assertEqual(distance(STREET, STREET ^ 0b111), 3)

    def test_the_nearest_of_several_counts(self) -> None:
        others = frozenset({~STREET & (2**64 - 1), STREET ^ 1})
        self.assertEqual(nearest(frozenset({STREET}), others), 1)

    def test_without_pictures_there_is_none(self) -> None:
        self.assertIsNone(nearest(frozenset(), frozenset({STREET})))

    def test_a_black_picture_is_like_no_other(self) -> None:
        self.assertIsNone(nearest(frozenset({0}), frozenset({0})))
