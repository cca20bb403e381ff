"""The table of happenings speaks of categories that exist, and of each once."""

from collections import Counter

from django.test import SimpleTestCase

from reports.enrichment import details, incidents
from reports.reference.creation import read


class TableTests(SimpleTestCase):
    def setUp(self) -> None:
        groups = read("categories.json")
        self.slugs = {category["slug"] for group in groups for category in group["categories"]}
        self.of_group = {
            group["slug"]: {category["slug"] for category in group["categories"]}
            for group in groups
        }

    def test_every_name_is_a_category(self) -> None:
        named = {*incidents.MANNERS, *incidents.NEVER, *" ".join(incidents.ALIKE).split()}
        named |= incidents.TAKEN | incidents.JAMMING | {incidents.JAM}
        named |= {kind for sorts in details.SORTS.values() for kind, _group in sorts}
        named |= details.TRAFFIC | details.ROBBERY | details.FIRE | details.OF_A_PERSON
        self.assertEqual(named - self.slugs, set())

    def test_services_and_what_is_no_report_never_happen(self) -> None:
        self.assertLessEqual(
            self.of_group["layanan"] | self.of_group["nonlaporan"], incidents.NEVER
        )

    def test_no_pair_stands_twice_and_none_is_of_itself(self) -> None:
        pairs = Counter(frozenset(pair.split()) for pair in incidents.ALIKE)
        self.assertEqual([pair for pair, count in pairs.items() if count > 1 or len(pair) != 2], [])

    def test_alike_is_alike_from_both_sides(self) -> None:
        self.assertTrue(incidents.are_alike("kemacetan", "laka-lantas"))
        self.assertTrue(incidents.are_alike("laka-lantas", "kemacetan"))
        self.assertFalse(incidents.are_alike("judi", "kebakaran"))
