"""Reminding, taking it back and asking for a block, from the page of a report; and what it shows of its reporter."""

from operators.models import Operator
from reports import blocking, triage
from reports.models import Block, Report, Strike
from reports.models.message import Delivery
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.blocking.cases import BECAUSE, NOTE, LadderTestCase
from tests.samples import JOKO


class RemindingTestCase(LadderTestCase):
    def page(self, report: Report, *, by: Operator | None = None) -> str:
        self.client.force_login(by or self.rina)
        return self.client.get(report.get_absolute_url()).content.decode()

    def post(
        self, report: Report, verb: str, *, by: Operator | None = None, **given: object
    ) -> int:
        self.client.force_login(by or self.rina)
        self.answer = self.client.post(f"{report.get_absolute_url()}{verb}/", given)
        return self.answer.status_code

    @property
    def said(self) -> str:
        return self.answer.content.decode()


class WarnTests(RemindingTestCase):
    def test_what_is_closed_as_a_prank_offers_it_with_the_reasons_that_fit(self) -> None:
        page = self.page(self.prank())
        self.assertIn('id="warn-editor"', page)
        for value in ("prank", "spam", "insult"):
            self.assertIn(f'<option value="{value}"', page)
        self.assertNotIn('<option value="false_report"', page)

    def test_nothing_else_offers_it(self) -> None:
        for report in (people.report(), self.prank(by=JOKO, outcome=Outcome.NOT_FOUND)):
            self.assertNotIn('id="warn-editor"', self.page(report))

    def test_it_reminds(self) -> None:
        report = self.prank()
        proof = report.messages.get(direction="inbound")
        status = self.post(report, "warn", reason="prank", note=NOTE, evidence=proof.pk)
        self.assertEqual(status, 302)
        strike = Strike.objects.get()
        self.assertEqual((strike.report, strike.evidence, strike.by), (report, proof, self.rina))

    def test_what_is_missing_is_said_and_what_was_written_stays(self) -> None:
        report = self.prank()
        self.assertEqual(self.post(report, "warn", reason="", note="Sudah mengaku"), 422)
        self.assertIn("Pilih alasannya", self.said)
        self.assertIn("Sudah mengaku", self.said)
        self.assertEqual(self.post(report, "warn", reason="prank", note=""), 422)

    def test_who_is_never_struck_is_said_in_words(self) -> None:
        report = self.prank("saya capek hidup pak, lebih baik mati saja")
        self.assertEqual(self.post(report, "warn", reason="prank", note=NOTE), 409)
        self.assertIn("tidak pernah menjadi catatan", self.said)
        self.assertFalse(Strike.objects.exists())

    def test_only_the_pamapta_is_asked_whether_it_is_a_prank_all_the_same(self) -> None:
        answered = people.report(samples.text("ada balap liar di depan pasar"))
        triage.close(answered, Outcome.NOT_FOUND, "Sepi.", by=self.rina)
        report = self.prank("polisi anjing bangsat goblok")
        for by, offered in ((self.rina, False), (self.pamapta, True)):
            self.assertEqual(self.post(report, "warn", by=by, reason="insult", note=NOTE), 409)
            self.assertEqual("although_unanswered" in self.said, offered)
        given = {"reason": "insult", "note": NOTE, "although_unanswered": "on"}
        self.assertEqual(self.post(report, "warn", by=self.pamapta, **given), 302)

    def test_it_is_taken_back(self) -> None:
        report = self.prank()
        self.warn(report)
        self.assertIn("lift_strike/", self.page(report))
        self.assertEqual(self.post(report, "lift_strike"), 302)
        self.assertIsNotNone(Strike.objects.get().lifted_at)
        self.assertEqual(self.post(report, "lift_strike"), 409)


class AskBlockTests(RemindingTestCase):
    def test_it_is_offered_once_the_ladder_stands(self) -> None:
        report = self.again()
        self.assertIn('id="ask-block-editor"', self.page(report))
        self.assertEqual(self.post(report, "ask_block", note=BECAUSE), 302)
        self.assertEqual(Block.objects.get().asked_by, self.rina)
        page = self.page(report)
        self.assertNotIn('id="ask-block-editor"', page)
        self.assertIn("menunggu Pamapta", page)

    def test_else_the_page_says_what_is_missing(self) -> None:
        strike = self.warn(self.prank())
        page = self.page(strike.report)
        self.assertNotIn('id="ask-block-editor"', page)
        self.assertIn("pertama kali", page)

    def test_it_needs_a_sentence(self) -> None:
        report = self.again()
        self.assertEqual(self.post(report, "ask_block", note=""), 422)

    def test_a_page_of_yesterday_is_refused_in_words(self) -> None:
        report = self.again()
        blocking.lift_strike(Strike.objects.order_by("at")[0], by=self.rina)
        self.assertEqual(self.post(report, "ask_block", note=BECAUSE), 409)
        self.assertIn("pertama kali", self.said)


class StandingTests(RemindingTestCase):
    def test_the_state_of_each_reminder_stands_there(self) -> None:
        strike = self.warn(self.prank())
        states = {
            Delivery.QUEUED: "belum terbukti sampai",
            Delivery.DELIVERED: "Pengingat sampai",
            Delivery.FAILED: "tidak sampai",
            Delivery.CANCELLED: "tidak terkirim",
        }
        for status, words in states.items():
            self.reaches(strike.warning, status)
            with self.subTest(status=status):
                self.assertIn(words, self.page(strike.report))

    def test_a_block_in_force_says_until_when_and_leads_to_it(self) -> None:
        block = self.blocked()
        page = self.page(block.report)
        self.assertIn("Diblokir sampai", page)
        self.assertIn(f"/desk/blocks/{block.pk}/", page)

    def test_it_says_how_often_the_reporter_was_right(self) -> None:
        for outcome in (Outcome.ACTED, Outcome.ACTED, Outcome.NOT_FOUND):
            self.prank("ada balap liar di depan pasar", outcome=outcome)
        self.later(hours=25)
        page = self.page(people.report())
        self.assertIn("2 dari 3 terbukti, 1 zonk", page)
        self.assertIn("Hanya petunjuk", page)

    def test_of_a_newcomer_it_says_nothing_of_their_own(self) -> None:
        self.assertNotIn("terbukti,", self.page(people.report()))

    def test_what_came_through_the_life_line_says_so(self) -> None:
        self.blocked()
        report = self.writes(samples.place())
        assert isinstance(report, Report)
        page = self.page(report)
        self.assertIn("Masuk lewat jalur darurat", page)
        self.assertIn("pelapor sedang diblokir dan mengirim lokasi", page)
