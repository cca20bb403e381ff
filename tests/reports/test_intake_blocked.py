"""Somebody who is blocked writes: no report, no alarm, no answer, and nothing is lost; what may be about a life rings."""

from datetime import timedelta
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import claims, describing, intake, jobs, triage
from reports.blocking import kept as keeping
from reports.identity import vault
from reports.models import Block, Change, InboxEntry, KeptMessage, Message, Report
from reports.models.event import EventKind
from reports.models.reply_template import ReplyKey
from reports.models.report import Urgency
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.blocking.cases import LadderTestCase
from tests.reports.cases import body_of, put_away
from tests.samples import JOKO

DANGER = "tolong ada orang dibacok di depan rumah saya"


class BlockedTestCase(LadderTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.block = self.blocked()
        self.before = Report.objects.count()
        self.rings.clear()
        Change.objects.all().delete()

    def kept(self, body: str = "halo halo") -> KeptMessage:
        kept = self.writes(samples.text(body))
        assert isinstance(kept, KeptMessage)
        return kept

    def heard(self, params: samples.Params) -> Report:
        report = self.writes(params)
        assert isinstance(report, Report)
        return report


class KeptTests(BlockedTestCase):
    def test_it_makes_no_report_no_alarm_and_no_answer(self) -> None:
        messages = Message.objects.count()
        self.kept()
        self.assertEqual(Report.objects.count(), self.before)
        self.assertEqual(Message.objects.count(), messages)
        self.assertFalse(Report.objects.ringing().exists())
        self.assertFalse(Change.objects.exists())
        self.assertEqual(self.rings, [])

    def test_it_is_kept_sealed_and_whole(self) -> None:
        params = samples.picture("rahasia kecil")
        kept = self.writes(params)
        assert isinstance(kept, KeptMessage)
        self.assertEqual((kept.block, kept.kind, kept.seen_at), (self.block, "image", None))
        self.assertNotIn(b"rahasia", bytes(kept.body_sealed) + bytes(kept.raw_sealed))
        box = vault.box_of("content", self.block.report_id)
        body = box.open("kept_message.body", kept.pk, kept.body_sealed).expose()
        self.assertEqual(body, "rahasia kecil")
        self.assertEqual(keeping.raw(kept)["MediaUrl0"], params["MediaUrl0"])

    def test_it_is_done_with_in_the_inbox(self) -> None:
        kept = self.kept()
        entry = InboxEntry.objects.get(provider_id=kept.provider_sid)
        self.assertIsNotNone(entry.processed_at)
        self.assertIsNone(entry.parked_at)

    def test_the_same_again_is_kept_once(self) -> None:
        params = samples.text("halo")
        self.writes(params)
        people.put_away(samples.fallback(params))
        # Long after the inbox has forgotten that it had it.
        InboxEntry.objects.all().delete()
        people.put_away(params)
        self.assertEqual(KeptMessage.objects.count(), 1)
        self.assertFalse(InboxEntry.objects.unread().exists())

    def test_a_drain_that_breaks_off_and_is_tried_again_keeps_it_once(self) -> None:
        params = samples.text("halo")
        with (
            mock.patch.object(intake.blocking, "keep", side_effect=RuntimeError),
            self.assertLogs("reports.jobs.draining"),
        ):
            people.put_away(params)
        self.assertFalse(KeptMessage.objects.exists())
        self.later(minutes=2)
        jobs.drain_inbox(seconds=None)
        self.assertEqual(KeptMessage.objects.count(), 1)

    def test_thanks_to_a_report_closed_lately_are_kept_too(self) -> None:
        closed = Report.objects.order_by("-closed_at")[0]
        assert closed.closed_at is not None
        self.assertLess(timezone.now() - closed.closed_at, timedelta(hours=24))
        self.kept("haha")

    def test_quoting_does_not_get_round_it(self) -> None:
        said = Message.objects.filter(direction="inbound").latest("at")
        kept = self.writes(samples.quote(of=said.provider_sid or "", body="haha"))
        self.assertIsInstance(kept, KeptMessage)

    def test_others_are_not_touched(self) -> None:
        self.assertIsInstance(self.writes(samples.text("ada tawuran", by=JOKO)), Report)

    def test_when_the_block_has_ended_they_write_as_before(self) -> None:
        self.later(days=8)
        self.assertIsInstance(self.writes(samples.text("halo")), Report)

    def test_what_arrived_before_the_block_was_confirmed_is_a_report(self) -> None:
        assert self.block.confirmed_at is not None
        before = self.block.confirmed_at - timedelta(seconds=1)
        self.assertIsInstance(people.report(samples.text("halo"), at=before), Report)

    def test_what_is_only_asked_for_blocks_nobody(self) -> None:
        Block.objects.update(confirmed_at=None, confirmed_by=None, ends_at=None)
        self.assertIsInstance(self.writes(samples.text("halo")), Report)

    def test_without_the_key_of_the_block_it_stays_in_the_inbox(self) -> None:
        vault.destroy([self.block.report_id])
        with self.assertLogs("reports.jobs.draining", "ERROR"):
            people.put_away(samples.text("halo"))
        self.assertEqual(InboxEntry.objects.unread().count(), 1)

    def test_it_costs_one_query_for_the_batch_to_know_who_is_blocked(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            people.put_away(samples.text("ada tawuran", by=JOKO))
        of_blocks = [q["sql"] for q in asked if "reports_block" in q["sql"]]
        self.assertEqual(len(of_blocks), 1)


class StillOpenTests(BlockedTestCase):
    """What was open when they were blocked goes on until somebody closes it."""

    def setUp(self) -> None:
        super().setUp()
        assert self.block.confirmed_at is not None
        before = self.block.confirmed_at - timedelta(seconds=1)
        Report.objects.update(closed_at=before - timedelta(days=3))
        self.open = people.report(samples.text("ada pencurian di rumah"), at=before)
        claims.claim(self.open, by=self.rina)

    def test_what_they_write_belongs_to_it(self) -> None:
        self.assertEqual(self.heard(samples.text("pelakunya kabur ke timur")), self.open)
        self.assertFalse(KeptMessage.objects.exists())

    def test_also_when_they_quote_an_older_one(self) -> None:
        old = self.block.report.messages.filter(direction="inbound")[0]
        self.assertEqual(self.heard(samples.quote(of=old.provider_sid or "")), self.open)

    def test_once_it_is_closed_it_is_kept(self) -> None:
        triage.close(self.open, Outcome.ACTED, "Pelaku ditangkap.", by=self.rina)
        self.kept("terima kasih")

    def test_a_life_line_goes_into_it_and_is_marked(self) -> None:
        report = self.heard(samples.text(DANGER))
        self.assertEqual((report, report.is_life_line), (self.open, True))
        event = report.events.get(kind=EventKind.LIFE_LINE)
        self.assertEqual(event.data, {"because": "words"})

    def test_that_is_said_once(self) -> None:
        self.heard(samples.text(DANGER))
        report = self.heard(samples.place())
        self.assertEqual(report.events.filter(kind=EventKind.LIFE_LINE).count(), 1)


class LifeLineTests(BlockedTestCase):
    def test_words_of_danger_open_a_report_and_ring(self) -> None:
        report = self.heard(samples.text(DANGER))
        self.assertEqual(Report.objects.count(), self.before + 1)
        self.assertEqual((report.is_life_line, report.status), (True, Status.NEW))
        self.assertEqual(report.urgency, Urgency.EMERGENCY)
        self.assertIn(report, Report.objects.ringing())
        self.assertTrue(Change.objects.filter(report=report).exists())
        self.assertFalse(KeptMessage.objects.exists())

    def test_it_is_acknowledged_like_any_other(self) -> None:
        self.heard(samples.text(DANGER))
        self.assertEqual(self.words_to_reporter()[-1], ReplyKey.ACKNOWLEDGEMENT)

    def test_a_place_opens_one_too(self) -> None:
        report = self.heard(samples.place())
        self.assertTrue(report.is_life_line)
        self.assertIn(report, Report.objects.ringing())
        event = report.events.get(kind=EventKind.LIFE_LINE)
        self.assertEqual((event.by, event.data), (None, {"because": "place"}))

    def test_despair_in_the_tone_of_idle_talk_is_heard(self) -> None:
        self.assertTrue(self.heard(samples.text("saya capek hidup pak, pengen mati saja")))

    def test_a_bomb_in_jest_is_heard(self) -> None:
        self.assertTrue(self.heard(samples.text("wkwk saya pasang bom di pasar")))

    def test_what_follows_it_is_heard_until_somebody_closes_it(self) -> None:
        report = self.heard(samples.text(DANGER))
        self.assertEqual(self.heard(samples.text("gang mawar nomor tiga")), report)
        triage.close(report, Outcome.PRANK, "Tidak ada apa-apa.", by=self.rina)
        self.kept("haha")

    def test_it_never_joins_what_is_closed(self) -> None:
        first = self.heard(samples.text(DANGER))
        triage.close(first, Outcome.PRANK, "Tidak ada apa-apa.", by=self.rina)
        second = self.heard(samples.place())
        self.assertNotEqual(second, first)
        self.assertIn(second, Report.objects.ringing())

    def test_of_one_batch_the_harmless_words_before_it_are_kept(self) -> None:
        began = timezone.now() - timedelta(seconds=3)
        sids = []
        for second, params in enumerate((samples.text("halo"), samples.text(DANGER))):
            sids.append(params["MessageSid"])
            put_away(params, began + timedelta(seconds=second))
        jobs.drain_inbox(seconds=None)
        self.assertEqual(KeptMessage.objects.get().provider_sid, sids[0])
        self.assertEqual(Message.objects.get(provider_sid=sids[1]).report.is_life_line, True)

    def test_the_urgency_that_it_came_with_can_be_set_by_people(self) -> None:
        report = self.heard(samples.text(DANGER))
        describing.set_urgency(report, Urgency.ROUTINE, by=self.rina)
        report.refresh_from_db()
        self.assertEqual(report.urgency, Urgency.ROUTINE)


class ObjectionTests(BlockedTestCase):
    def test_it_is_noted_and_answered_once(self) -> None:
        self.kept("KEBERATAN pak, HP saya dipakai adik")
        self.later()
        self.kept("saya keberatan sekali")
        self.block.refresh_from_db()
        self.assertEqual(self.block.appealed_at, KeptMessage.objects.earliest("at").at)
        self.assertEqual(self.words_to_reporter().count(ReplyKey.APPEAL), 1)
        answer = Message.objects.get(template_key=ReplyKey.APPEAL)
        self.assertEqual(answer.report, self.block.report)
        self.assertIn("Keberatan", body_of(answer))

    def test_the_answer_goes_out_at_once(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            self.kept("banding")
        answer = Message.objects.get(template_key=ReplyKey.APPEAL)
        self.assertIn(("reports.deliver", str(answer.pk)), self.rings)

    def test_any_spelling_of_the_word(self) -> None:
        for words in ("Keberatan", "saya mengajukan BANDING", "keberatan."):
            Block.objects.update(appealed_at=None)
            with self.subTest(words=words):
                self.kept(words)
                self.assertIsNotNone(Block.objects.get().appealed_at)

    def test_other_words_are_none(self) -> None:
        for words in ("halo", "dibandingkan kemarin", ""):
            with self.subTest(words=words):
                self.kept(words)
                self.assertIsNone(Block.objects.get().appealed_at)
