"""A block is asked for by one person and decided by another, has an end, can be lifted, and is counted when it was wrong."""

from datetime import timedelta

from django.conf import settings
from django.utils import formats, timezone

from operators.permissions import Role
from reports import blocking, reading
from reports.actors import NotAllowed
from reports.blocking.blocks import (
    AlreadyDecided,
    NoteMissing,
    OwnRequest,
    TooEarly,
    WrongLength,
)
from reports.models import Block, Message, Report, Strike
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.reading import Sealed
from tests import people, samples
from tests.reports.blocking.cases import BECAUSE, LadderTestCase
from tests.reports.cases import body_of

WHY = "Pelapor sudah menjelaskan."


class AskTests(LadderTestCase):
    def test_it_waits_for_the_pamapta(self) -> None:
        block = self.asked()
        self.assertEqual((block.asked_by, block.reason, block.ends_at), (self.rina, "prank", None))
        self.assertEqual(list(Block.objects.to_confirm()), [block])
        self.assertFalse(Block.objects.in_force(timezone.now()).exists())
        self.assertEqual(self.kinds(block.report), ["warned", "block_asked"])

    def test_the_sentence_is_sealed(self) -> None:
        block = self.asked()
        self.assertNotIn(b"diulangi", bytes(block.note_sealed))
        sealed = Sealed(block.report_id, "block.note", block.pk, block.note_sealed)
        ((_, words),) = reading.opened([sealed], by=self.pamapta)
        self.assertEqual(words, BECAUSE)

    def test_nobody_is_blocked_the_first_time(self) -> None:
        with self.assertRaisesMessage(TooEarly, "pertama"):
            blocking.ask_block(self.reminded().report, BECAUSE, by=self.rina)

    def test_nobody_is_blocked_unwarned(self) -> None:
        self.warn(self.prank())
        report = self.prank()
        self.warn(report)
        with self.assertRaises(TooEarly):
            blocking.ask_block(report, BECAUSE, by=self.rina)
        self.assertFalse(Block.objects.exists())

    def test_one_at_a_time(self) -> None:
        block = self.asked()
        with self.assertRaises(TooEarly):
            blocking.ask_block(block.report, BECAUSE, by=self.pamapta)

    def test_it_needs_a_sentence_and_the_right(self) -> None:
        report = self.again()
        with self.assertRaises(NoteMissing):
            blocking.ask_block(report, " ", by=self.rina)
        chief = people.operator(self.station, Role.CHIEF)
        with self.assertRaises(NotAllowed):
            blocking.ask_block(report, BECAUSE, by=chief)

    def test_after_a_block_has_ended_another_can_be_asked_for(self) -> None:
        first = self.blocked(days=7)
        self.later(days=8)
        report = self.prank()
        self.warn(report)
        second = blocking.ask_block(report, BECAUSE, by=self.rina)
        first.refresh_from_db()
        self.assertEqual((first.lifted_at, first.lifted_by), (first.ends_at, None))
        self.assertEqual(list(Block.objects.to_confirm()), [second])


class ConfirmTests(LadderTestCase):
    def test_it_is_in_force_for_so_many_days_and_then_no_more(self) -> None:
        block = blocking.confirm(self.asked(), 30, by=self.pamapta)
        assert block.ends_at is not None
        self.assertEqual(block.ends_at, timezone.now() + timedelta(days=30))
        in_force = Block.objects.in_force
        self.assertTrue(in_force(block.ends_at - timedelta(seconds=1)).exists())
        self.assertFalse(in_force(block.ends_at).exists())

    def test_the_reporter_is_told_until_when(self) -> None:
        block = blocking.confirm(self.asked(), 7, by=self.pamapta)
        assert block.notice is not None and block.ends_at is not None
        until = formats.date_format(timezone.localtime(block.ends_at), "DATETIME_FORMAT")
        self.assertIn(until, body_of(block.notice))
        self.assertEqual(block.notice.template_key, ReplyKey.BLOCKED)

    def test_when_nobody_can_be_told_it_holds_all_the_same(self) -> None:
        asked = self.asked()
        self.later(hours=25)
        block = blocking.confirm(asked, 7, by=self.pamapta)
        self.assertIsNone(block.notice)
        event = block.report.events.get(kind=EventKind.BLOCKED)
        self.assertEqual(event.data, {"days": 7, "is_told": False})

    def test_whoever_asked_does_not_confirm(self) -> None:
        block = blocking.ask_block(self.again(), BECAUSE, by=self.pamapta)
        with self.assertRaises(OwnRequest):
            blocking.confirm(block, 7, by=self.pamapta)
        other = people.operator(self.station, Role.PAMAPTA, username="pamapta2")
        blocking.confirm(block, 7, by=other)

    def test_only_the_pamapta_and_only_of_this_station(self) -> None:
        block = self.asked()
        neighbour = people.operator(people.station("lain", "LAN"), Role.PAMAPTA, username="jauh")
        budi = people.operator(self.station, username="budi")
        for by in (neighbour, budi, people.operator(self.station, Role.CHIEF)):
            for verb in (
                lambda by: blocking.confirm(block, 7, by=by),
                lambda by: blocking.refuse(block, WHY, by=by),
                lambda by: blocking.lift(block, True, WHY, by=by),
            ):
                with self.subTest(by=by), self.assertRaises(NotAllowed):
                    verb(by)

    def test_the_length_is_one_of_the_stations(self) -> None:
        block = self.asked()
        for days in (0, -7, 8, 36500):
            self.assertNotIn(days, settings.BLOCK_DAYS)
            with self.subTest(days=days), self.assertRaises(WrongLength):
                blocking.confirm(block, days, by=self.pamapta)

    def test_what_was_taken_back_meanwhile_blocks_nobody(self) -> None:
        block = self.asked()
        for strike in Strike.objects.all():
            blocking.lift_strike(strike, by=self.rina)
        with self.assertRaises(TooEarly):
            blocking.confirm(block, 7, by=self.pamapta)

    def test_it_is_decided_once(self) -> None:
        block = blocking.confirm(self.asked(), 7, by=self.pamapta)
        with self.assertRaises(AlreadyDecided):
            blocking.confirm(block, 90, by=self.pamapta)
        with self.assertRaises(AlreadyDecided):
            blocking.refuse(block, WHY, by=self.pamapta)


class RefuseTests(LadderTestCase):
    def test_it_blocks_nobody_and_says_why(self) -> None:
        block = blocking.refuse(self.asked(), WHY, by=self.pamapta)
        self.assertEqual(block.refused_at, timezone.now())
        self.assertFalse(Block.objects.to_confirm().exists())
        self.assertEqual(self.kinds(block.report)[-1], "block_refused")
        self.assertNotIn(ReplyKey.BLOCKED, self.words_to_reporter())
        sealed = Sealed(block.report_id, "block.lift_note", block.pk, block.lift_note_sealed)
        ((_, words),) = reading.opened([sealed], by=self.rina)
        self.assertEqual(words, WHY)

    def test_it_needs_a_sentence(self) -> None:
        with self.assertRaises(NoteMissing):
            blocking.refuse(self.asked(), "", by=self.pamapta)

    def test_then_it_can_be_asked_for_again(self) -> None:
        block = blocking.refuse(self.asked(), WHY, by=self.pamapta)
        blocking.ask_block(block.report, BECAUSE, by=self.rina)
        self.assertEqual(Block.objects.count(), 2)


class LiftTests(LadderTestCase):
    def test_the_reporter_is_told_and_writes_as_before(self) -> None:
        block = blocking.lift(self.blocked(), False, WHY, by=self.pamapta)
        self.assertEqual((block.lifted_by, block.was_wrong), (self.pamapta, False))
        self.assertEqual(self.words_to_reporter()[-1], ReplyKey.UNBLOCKED)
        self.later(hours=25)
        self.assertIsInstance(self.writes(samples.text("ada tawuran di terminal")), Report)

    def test_a_wrong_one_is_counted(self) -> None:
        blocking.lift(self.blocked(), True, WHY, by=self.pamapta)
        self.assertEqual(Block.objects.filter(was_wrong=True).count(), 1)

    def test_a_notice_that_has_not_gone_out_does_not_go_out(self) -> None:
        block = blocking.confirm(self.asked(), 7, by=self.pamapta)
        blocking.lift(block, True, WHY, by=self.pamapta)
        self.assertEqual(Message.objects.get(pk=block.notice_id).status, Delivery.CANCELLED)

    def test_it_needs_a_sentence(self) -> None:
        with self.assertRaises(NoteMissing):
            blocking.lift(self.blocked(), False, " ", by=self.pamapta)

    def test_one_that_ended_by_itself_can_only_be_called_wrong(self) -> None:
        block = self.blocked(days=7)
        self.later(days=8)
        with self.assertRaises(AlreadyDecided):
            blocking.lift(block, False, WHY, by=self.pamapta)
        before = self.words_to_reporter()
        block = blocking.lift(block, True, WHY, by=self.pamapta)
        self.assertTrue(block.was_wrong)
        self.assertEqual(self.words_to_reporter(), before)

    def test_what_was_never_in_force_is_not_lifted(self) -> None:
        with self.assertRaises(AlreadyDecided):
            blocking.lift(self.asked(), True, WHY, by=self.pamapta)

    def test_it_is_lifted_once(self) -> None:
        block = blocking.lift(self.blocked(), False, WHY, by=self.pamapta)
        with self.assertRaises(AlreadyDecided):
            blocking.lift(block, True, WHY, by=self.pamapta)
