"""What the provider's codes mean to a person, and whether another try can help."""

from django.test import SimpleTestCase

from reports.channels.twilio.errors import MEANINGS, UNKNOWN, meaning_of


class MeaningTests(SimpleTestCase):
    def test_every_code_that_the_provider_documents_for_messages_has_a_meaning(self) -> None:
        documented = """
            20003 20404 20429 21211 21212 21408 21610 21611 21612 21614 21619 30001 30003 30005 30006 30007 30008
            63003 63005 63007 63014 63016 63017 63018 63019 63021 63024 63030 63032 63033 63034 63049
        """.split()
        self.assertEqual(set(documented) - set(MEANINGS), set())

    def test_only_what_passes_by_itself_is_tried_again(self) -> None:
        passing = {code for code, meaning in MEANINGS.items() if not meaning.permanent}
        self.assertEqual(passing, {"20003", "20429", "21611", "63017", "63018", "network"})

    def test_every_meaning_is_a_sentence(self) -> None:
        for code, meaning in MEANINGS.items():
            with self.subTest(code=code):
                self.assertRegex(str(meaning.reason), r"^[A-Z].{10,}\.$")

    def test_a_code_that_nobody_knew_is_a_failure_for_good(self) -> None:
        for code in ("99999", "", "sesuatu"):
            with self.subTest(code=code):
                self.assertIs(meaning_of(code), UNKNOWN)
                self.assertTrue(meaning_of(code).permanent)

    def test_our_own_reasons_are_among_them(self) -> None:
        for code in ("window", "gave_up", "network", "unreadable", "no_address"):
            with self.subTest(code=code):
                self.assertIsNot(meaning_of(code), UNKNOWN)
