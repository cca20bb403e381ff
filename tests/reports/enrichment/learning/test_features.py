"""A text becomes numbers: the same for the same words, without them, and few for a hostile text."""

from django.test import SimpleTestCase

from reports.enrichment.learning.features import BITS, LONGEST_READ, WORDS_READ, features


class FeatureTests(SimpleTestCase):
    def test_words_and_pairs_of_neighbours_count(self) -> None:
        self.assertEqual(len(features("motor hilang semalam")), 3 + 2)
        self.assertEqual(features("hilang"), features("HILANG!"))

    def test_order_matters_in_pairs_only(self) -> None:
        one, other = set(features("motor hilang")), set(features("hilang motor"))
        self.assertEqual(len(one & other), 2)

    def test_they_are_the_same_in_every_process(self) -> None:
        # What was learned last night is read by workers that start today.
        self.assertEqual(features("kebakaran pasar"), (52135, 53392, 141164))
        self.assertTrue(all(0 <= number < 2**BITS for number in features("kebakaran pasar")))

    def test_nothing_said_is_nothing(self) -> None:
        self.assertEqual(features(""), ())
        self.assertEqual(features("🙏"), ())

    def test_a_hostile_text_costs_little(self) -> None:
        text = "a1 b2 c3 " * 10_000
        self.assertLessEqual(len(features(text)), 2 * WORDS_READ)
        self.assertEqual(features(text), features(text[:LONGEST_READ]))
