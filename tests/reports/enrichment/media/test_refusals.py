"""Whatever happens to a file, the desk has a sentence for it."""

from django.test import SimpleTestCase

from reports.enrichment.media import refusals
from reports.enrichment.media.refusals import MediaRefused


class SentencesTests(SimpleTestCase):
    def test_each_code_has_a_sentence_of_its_own(self) -> None:
        codes = [*refusals.SENTENCES, *refusals.REMARKS]
        sentences = {refusals.sentence(code) for code in codes}
        self.assertEqual(len(sentences), len(codes))
        self.assertTrue(all(sentences))

    def test_a_code_that_is_not_known_is_a_broken_file(self) -> None:
        self.assertEqual(refusals.sentence("???"), refusals.sentence("broken"))

    def test_a_refusal_carries_its_code_and_nothing_of_the_file(self) -> None:
        self.assertEqual(str(MediaRefused("archive")), "archive")
