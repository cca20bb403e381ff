"""How somebody stands on the ladder: what counts, whether a reminder has reached them, what a block still needs."""

from reports import blocking, replies
from reports.blocking import ladder
from reports.models import Message, Report
from reports.models.message import Delivery
from tests.reports.blocking.cases import LadderTestCase
from tests.samples import JOKO


class ReachedTests(LadderTestCase):
    def test_delivered_or_read_is_proof(self) -> None:
        for status in (Delivery.DELIVERED, Delivery.READ):
            strike = self.warn(self.prank())
            self.reaches(strike.warning, status)
            with self.subTest(status=status):
                self.assertIsNotNone(ladder.reached_at(Message.objects.get(pk=strike.warning_id)))

    def test_anything_else_is_none(self) -> None:
        strike = self.warn(self.prank())
        for status in set(Delivery) - {Delivery.DELIVERED, Delivery.READ}:
            self.reaches(strike.warning, status)
            with self.subTest(status=status):
                self.assertIsNone(ladder.reached_at(Message.objects.get(pk=strike.warning_id)))
        self.assertIsNone(ladder.reached_at(None))

    def test_one_that_failed_and_was_sent_again_counts_when_that_arrives(self) -> None:
        strike = self.warn(self.prank())
        self.reaches(strike.warning, Delivery.FAILED)
        failed = Message.objects.get(pk=strike.warning_id)
        again = replies.queue_again(failed, at=failed.at, by=self.rina)
        self.assertIsNone(ladder.reached_at(failed))
        self.reaches(again)
        self.assertIsNotNone(ladder.reached_at(failed))


class MissingTests(LadderTestCase):
    def missing(self, report: Report) -> list[str]:
        return ladder.of(report).missing

    def test_first_there_must_be_a_reminder_about_this_report(self) -> None:
        (words,) = self.missing(self.prank())
        self.assertIn("ingatkan", words.lower())

    def test_the_first_time_is_never_enough(self) -> None:
        (words,) = self.missing(self.reminded().report)
        self.assertIn("pertama", words)

    def test_a_reminder_that_did_not_arrive_is_not_enough(self) -> None:
        self.warn(self.prank())
        second = self.prank()
        self.warn(second)
        (words,) = self.missing(second)
        self.assertIn("sampai", words)

    def test_what_was_done_before_the_reminder_arrived_is_not_again(self) -> None:
        first = self.warn(self.prank())
        second = self.prank()
        self.reaches(first.warning)
        self.later()
        self.warn(second)
        (words,) = self.missing(second)
        self.assertIn("sebelum", words.lower())

    def test_the_message_that_proves_it_says_when_it_happened(self) -> None:
        first = self.warn(self.prank())
        second = self.prank()
        self.reaches(first.warning)
        said = second.messages.get(direction="inbound")
        Message.objects.filter(pk=said.pk).update(at=self.later())
        said.refresh_from_db()
        self.warn(second, evidence=said)
        self.assertEqual(self.missing(second), [])

    def test_again_after_a_reminder_that_arrived_is(self) -> None:
        self.assertEqual(self.missing(self.again()), [])

    def test_what_was_taken_back_or_has_expired_counts_no_more(self) -> None:
        report = self.again()
        first = ladder.of(report).strikes[0]
        blocking.lift_strike(first, by=self.rina)
        self.assertEqual(len(self.missing(report)), 1)
        self.later(days=400)
        self.assertIsNone(ladder.of(report).here)

    def test_strikes_of_others_are_theirs(self) -> None:
        self.reminded()
        other = self.prank(by=JOKO)
        self.warn(other)
        self.assertEqual(len(self.missing(other)), 1)

    def test_it_costs_two_queries(self) -> None:
        report = self.again()
        with self.assertNumQueries(2):
            found = ladder.of(report)
            self.assertEqual((found.missing, len(found.counting)), ([], 2))
