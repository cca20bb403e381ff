"""The prankster's story: reminded, again, blocked, silent, in danger, objecting; and the block that was wrong is counted."""

from operators.desk import blocks
from reports import blocking, intake, triage
from reports.blocking.blocks import OwnRequest, TooEarly
from reports.blocking.strikes import NotProven
from reports.models import Block, KeptMessage, Report
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.workflow import Outcome
from tests import samples
from tests.reports.blocking.cases import BECAUSE, NOTE, PRANK, LadderTestCase


class PranksterTests(LadderTestCase):
    def test_from_the_first_joke_to_the_wrong_block(self) -> None:
        # Nothing found is no sin: he is not reminded of what may have been true.
        zonk = self.prank("ada balap liar di depan pasar", outcome=Outcome.NOT_FOUND)
        with self.assertRaises(NotProven):
            self.warn(zonk)
        # What he is owed is paid, or his anger later would have a reason.
        Report.objects.filter(pk=zonk.pk).update(answered_at=zonk.closed_at)

        # A joke: reminded. The reminder goes out and is read.
        first = self.warn(self.prank(PRANK))
        with self.assertRaises(TooEarly):
            blocking.ask_block(first.report, BECAUSE, by=self.rina)
        self.later()
        self.reaches(first.warning, Delivery.READ)

        # Again: the operator asks, somebody else confirms, he is told until when.
        second = self.prank("haha iseng aja pak gabut")
        self.warn(second)
        asked = blocking.ask_block(second, BECAUSE, by=self.rina)
        with self.assertRaises(OwnRequest):
            Block.objects.filter(pk=asked.pk).update(asked_by=self.pamapta)
            blocking.confirm(asked, 7, by=self.pamapta)
        Block.objects.filter(pk=asked.pk).update(asked_by=self.rina)
        self.later()
        block = blocking.confirm(asked, 7, by=self.pamapta)
        self.assertEqual(self.words_to_reporter()[-1], ReplyKey.BLOCKED)
        self.later()

        # He goes on: no report, no alarm, no answer, nothing lost.
        before, said = Report.objects.count(), len(self.words_to_reporter())
        for body in ("halo", "kok diem", "wkwkwk"):
            self.assertIsInstance(self.writes(samples.text(body)), KeptMessage)
        self.assertEqual(Report.objects.count(), before)
        self.assertFalse(Report.objects.ringing().exists())
        self.assertEqual(len(self.words_to_reporter()), said)
        self.assertEqual(KeptMessage.objects.filter(block=block).count(), 3)

        # Now it is serious: it rings, and what follows belongs to it.
        danger = self.writes(samples.text("tolong ada orang dibacok di depan rumah saya"))
        assert isinstance(danger, Report)
        self.assertTrue(danger.is_life_line)
        self.assertIn(danger, Report.objects.ringing())
        self.assertEqual(self.writes(samples.text("gang mawar nomor tiga")), danger)
        triage.close(danger, Outcome.ACTED, "Korban dibawa ke rumah sakit.", by=self.rina)

        # He objects, once answered; the Pamapta reads it and finds that the block was wrong.
        self.assertIsInstance(
            self.writes(samples.text("KEBERATAN pak, HP saya dipakai adik")), KeptMessage
        )
        self.assertEqual(self.words_to_reporter().count(ReplyKey.APPEAL), 1)
        self.assertEqual(blocks.waiting(self.pamapta), 1)
        self.assertEqual(blocking.see(block, by=self.pamapta), 4)
        block.refresh_from_db()
        self.assertIsNotNone(block.appealed_at)
        self.later()
        blocking.lift(block, True, "HP dipakai adiknya.", by=self.pamapta)
        self.assertEqual(self.words_to_reporter()[-1], ReplyKey.UNBLOCKED)
        (month,) = blocks._months(self.pamapta)
        self.assertEqual((month.number, month.appeals, month.wrong), (1, 1, 1))

        # One of the kept ones was real after all: it becomes a report, once.
        kept = KeptMessage.objects.order_by("at")[0]
        self.later(hours=25)
        report = intake.take_in(kept, by=self.rina)
        self.assertEqual(report.status, "new")
        with self.assertRaises(intake.AlreadyTakenIn):
            intake.take_in(kept, by=self.rina)

        # And he writes as before.
        self.assertIsInstance(self.writes(samples.text("terima kasih pak")), Report)
        self.assertEqual(KeptMessage.objects.count(), 4)
        self.assertNotIn(NOTE.encode(), bytes(first.note_sealed))
