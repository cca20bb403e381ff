"""Who is never struck: read from all messages of a report, and from what the station still owes its reporter."""

from django.utils import timezone

from reports import triage
from reports.blocking.never import NeverStrike, Unproven, refuse_spared, why_spared
from reports.enrichment.sparing import Spared
from reports.identity import vault
from reports.models import Report
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.blocking.cases import PRANK, LadderTestCase
from tests.reports.cases import arrive

INSULT = "polisi anjing bangsat goblok"


class WhySparedTests(LadderTestCase):
    def report(self, *bodies: str) -> Report:
        return arrive(*(samples.text(body) for body in bodies))[0].report

    def test_one_grave_message_among_many_is_enough(self) -> None:
        report = self.report(PRANK, "haha", "awas saya bom kantor polisi", PRANK)
        self.assertEqual(why_spared(report), Spared.THREAT)

    def test_mild_ones_spare_only_who_has_sent_nothing_else(self) -> None:
        self.assertEqual(why_spared(self.report("tes", "tes nomor aktif gak")), Spared.NUMBER_TEST)
        self.assertIsNone(why_spared(self.report("tes", PRANK)))

    def test_a_test_and_then_a_question_is_a_question(self) -> None:
        report = self.report("tes", "syarat bikin SKCK apa saja pak?", "👍")
        self.assertEqual(why_spared(report), Spared.QUESTION)

    def test_a_call_without_words_is_empty(self) -> None:
        self.assertEqual(why_spared(self.report("")), Spared.EMPTY)

    def test_a_picture_without_words_may_be_a_prank(self) -> None:
        self.assertIsNone(why_spared(people.report(samples.picture())))

    def test_what_a_button_said_is_a_word_like_any_other(self) -> None:
        self.assertIsNotNone(why_spared(people.report(samples.button("tes"))))

    def test_words_that_do_not_open_prove_nothing(self) -> None:
        report = self.report(PRANK)
        vault.destroy([report.pk])
        with self.assertRaises(Unproven):
            why_spared(report)


class OwedAnAnswerTests(LadderTestCase):
    def insult(self) -> Report:
        return self.prank(INSULT)

    def test_who_owes_no_answer_may_be_insulted_with_consequences(self) -> None:
        self.assertIsNone(why_spared(self.insult(), "insult"))

    def test_an_earlier_report_without_an_answer_explains_the_anger(self) -> None:
        self.prank("ada balap liar di depan pasar", outcome=Outcome.NOT_FOUND)
        self.assertEqual(why_spared(self.insult(), "insult"), Spared.UNANSWERED)

    def test_one_that_was_answered_does_not(self) -> None:
        report = people.report(samples.text("ada balap liar di depan pasar"))
        triage.reply(report, "Petugas sudah ke sana.", by=self.rina)
        report.refresh_from_db()
        triage.close(report, Outcome.ACTED, "Dibubarkan.", by=self.rina)
        self.assertIsNone(why_spared(self.insult(), "insult"))

    def test_nor_does_an_earlier_prank(self) -> None:
        self.prank()
        self.assertIsNone(why_spared(self.insult(), "insult"))

    def test_it_explains_anger_only(self) -> None:
        self.prank("ada balap liar di depan pasar", outcome=Outcome.NOT_FOUND)
        self.assertIsNone(why_spared(self.prank(), "prank"))

    def test_only_anger_can_be_confirmed_all_the_same(self) -> None:
        self.prank("ada balap liar di depan pasar", outcome=Outcome.NOT_FOUND)
        insult, silence = self.insult(), self.prank("tes")
        refuse_spared(insult, "insult", may_confirm=True)
        for report, may_confirm in ((insult, False), (silence, True)):
            with self.subTest(report=report), self.assertRaises(NeverStrike):
                refuse_spared(report, "insult", may_confirm=may_confirm)

    def test_later_reports_explain_nothing(self) -> None:
        report = self.insult()
        self.later(hours=25)
        people.report(samples.text("ada balap liar di depan pasar"))
        self.assertLess(report.received_at, timezone.now())
        self.assertIsNone(why_spared(report, "insult"))
