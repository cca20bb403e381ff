"""What words lean to by themselves, where no keyword tells a message whole."""

from pathlib import Path

from django.test import SimpleTestCase

from reports.enrichment.category import keywords
from reports.enrichment.category.leanings import leanings
from reports.enrichment.language import normalise
from reports.enrichment.reading import Words, read
from reports.enrichment.said import said
from reports.models.finding import Enricher
from reports.reference.creation import read as seeded
from tests.reports.enrichment import sentences
from tests.reports.enrichment.sentences import AT, meant, surroundings

EXAMPLES = Path(keywords.__file__).parent / "examples.txt"


class LeaningsTests(SimpleTestCase):
    def test_a_word_speaks_for_what_it_is_said_of_and_against_the_rest(self) -> None:
        known = leanings(
            [(("rolling", "door"), ("pencurian",)), (("api", "besar"), ("kebakaran",))],
            [],
            {"pencurian", "kebakaran"},
        )
        found = known.of(said(["rolling", "door"]))
        self.assertGreater(found["pencurian"][0], 0)
        self.assertEqual(found["pencurian"][1], [0, 1])
        self.assertNotIn("kebakaran", found)

    def test_unknown_words_lean_to_nothing(self) -> None:
        known = leanings([(("api",), ("kebakaran",))], [], {"kebakaran"})
        self.assertEqual(known.of(said(["xyzzy"])), {})
        self.assertEqual(leanings([], [], set()).of(said(["api"])), {})

    def test_a_message_without_any_keyword_is_still_about_something(self) -> None:
        for text, slug in (
            ("rolling door kebuka, dagangan di etalase ludes", "pencurian"),
            ("pijatan di ruko itu kedoknya, terapisnya melayani tamu", "prostitusi"),
        ):
            with self.subTest(text=text):
                self.assertIn(slug, meant(text).categories)

    def test_too_few_words_are_no_category(self) -> None:
        for text in ("dagangan", "etalase dagangan"):
            with self.subTest(text=text):
                rows = keywords.scores(normalise(text), surroundings())
                self.assertFalse([row for row in rows if isinstance(row, keywords.Leant)])

    def test_words_alone_carry_no_urgency_of_their_category(self) -> None:
        text = "maaf saya mau lapor jembatan rusak"
        self.assertNotEqual(meant(text).urgency, "darurat")

    def test_the_reason_names_the_words_that_lean(self) -> None:
        hints = read(Words("rolling door kebuka, dagangan di etalase ludes", AT), surroundings())
        (hint,) = [each for each in hints if each.enricher == Enricher.CATEGORY]
        self.assertIn("etalase", " ".join(one.reason for one in hint.candidates))


class ExamplesTests(SimpleTestCase):
    def test_each_names_categories_that_there_are(self) -> None:
        leaves = {row["slug"] for group in seeded("categories.json") for row in group["categories"]}
        lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
        of = [line.split("|")[0].split("/") for line in lines if not line.startswith("#")]
        self.assertEqual({slug for slugs in of for slug in slugs}, leaves)

    def test_none_of_them_is_a_sentence_that_tests_count(self) -> None:
        examples = {line.split("|", 1)[-1] for line in EXAMPLES.read_text("utf-8").splitlines()}
        for name in ("sentences.txt", "sentences_kept_back.txt"):
            self.assertFalse(examples & {each.text for each in sentences.of(name)})
