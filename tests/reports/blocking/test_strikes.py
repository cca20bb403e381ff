"""Reminding: only for what was proven, with a reason that fits, once a report; and taking it back."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from operators.permissions import Role
from reports import blocking, claims, reading, triage
from reports.actors import NotAllowed
from reports.blocking.never import NeverStrike
from reports.blocking.strikes import (
    AlreadyLifted,
    AlreadyWarned,
    NotProven,
    StrikeIncomplete,
    WrongEvidence,
)
from reports.models import Message, ReplyTemplate, Report, Strike
from reports.models.block import StrikeReason
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.reading import Sealed
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.blocking.cases import NOTE, LadderTestCase
from tests.reports.cases import body_of
from tests.samples import JOKO


class WarnTests(LadderTestCase):
    def test_the_reporter_is_reminded_in_the_stations_words(self) -> None:
        report = self.prank()
        warning = self.warn(report).warning
        assert warning is not None
        self.assertEqual((warning.report, warning.author), (report, self.rina))
        self.assertEqual(warning.status, Delivery.QUEUED)
        self.assertIn(report.number, body_of(warning))

    def test_the_reminder_can_be_withdrawn_for_a_moment(self) -> None:
        warning = self.warn(self.prank()).warning
        assert warning is not None and warning.due_at is not None
        self.assertEqual(warning.due_at - warning.at, settings.UNDO_WITHIN)

    def test_it_counts_for_a_time_and_then_no_more(self) -> None:
        strike = self.warn(self.prank())
        self.assertEqual(strike.expires_at - strike.at, settings.STRIKE_LASTS)
        counting = Strike.objects.counting
        self.assertTrue(counting(strike.expires_at - timedelta(seconds=1)).exists())
        self.assertFalse(counting(strike.expires_at).exists())

    def test_the_sentence_is_sealed_and_opens_for_the_desk(self) -> None:
        strike = self.warn(self.prank())
        self.assertNotIn(b"iseng", bytes(strike.note_sealed))
        sealed = Sealed(strike.report_id, "strike.note", strike.pk, strike.note_sealed)
        ((_, words),) = reading.opened([sealed], by=self.rina)
        self.assertEqual(words, NOTE)

    def test_the_timeline_says_so_without_the_sentence(self) -> None:
        report = self.prank()
        self.warn(report)
        event = report.events.get(kind=EventKind.WARNED)
        self.assertEqual((event.by, event.data), (self.rina, {"reason": "prank", "is_told": True}))

    def test_an_answer_that_is_being_written_does_not_miss_it(self) -> None:
        report = self.prank()
        self.warn(report)
        with self.assertRaisesMessage(claims.Stale, str(self.rina)):
            triage.reply(report, "Baik", by=self.pamapta, seen=report.version)

    def test_nothing_found_is_no_sin_and_neither_is_any_other_outcome(self) -> None:
        for outcome in set(Outcome) - {Outcome.PRANK, Outcome.FALSE_REPORT}:
            report = self.prank(outcome=outcome)
            with self.subTest(outcome=outcome), self.assertRaises(NotProven):
                self.warn(report)
        self.assertFalse(Strike.objects.exists())

    def test_what_is_still_open_is_not_judged(self) -> None:
        with self.assertRaises(NotProven):
            self.warn(people.report())

    def test_the_reason_fits_the_outcome(self) -> None:
        told = "ada balap liar di jalan sukowati depan pasar bunder sekarang ramai sekali"
        report = self.prank(told, outcome=Outcome.FALSE_REPORT)
        for reason in (StrikeReason.PRANK, StrikeReason.SPAM, StrikeReason.INSULT, "", "marah"):
            with self.subTest(reason=reason), self.assertRaises(StrikeIncomplete):
                blocking.warn(report, reason, NOTE, by=self.rina)
        strike = blocking.warn(report, StrikeReason.FALSE_REPORT, NOTE, by=self.rina)
        self.assertEqual(strike.reason, "false_report")

    def test_it_needs_a_sentence(self) -> None:
        with self.assertRaises(StrikeIncomplete):
            blocking.warn(self.prank(), StrikeReason.PRANK, " \n", by=self.rina)

    def test_one_strike_a_report(self) -> None:
        report = self.prank()
        self.warn(report)
        with self.assertRaises(AlreadyWarned):
            self.warn(report)
        self.assertEqual(self.words_to_reporter().count(ReplyKey.WARNING), 1)

    def test_what_proves_it_is_a_message_of_the_reporter_on_this_report(self) -> None:
        others = people.message(samples.text(by=JOKO))
        report = self.prank()
        ours = report.messages.filter(direction="outbound").first()
        for evidence in (others, ours):
            with self.subTest(evidence=evidence), self.assertRaises(WrongEvidence):
                self.warn(report, evidence=evidence)
        said = report.messages.get(direction="inbound")
        self.assertEqual(self.warn(report, evidence=said).evidence, said)

    def test_only_the_desk_reminds_and_only_its_own_stations_reporters(self) -> None:
        report = self.prank()
        neighbour = people.operator(people.station("lain", "LAN"), username="tetangga")
        unit = people.operator(self.station, Role.UNIT, unit=people.unit(self.station))
        chief = people.operator(self.station, Role.CHIEF)
        for by in (neighbour, unit, chief):
            with self.subTest(by=by), self.assertRaises(NotAllowed):
                blocking.warn(report, StrikeReason.PRANK, NOTE, by=by)

    def test_when_the_24_hours_are_over_it_counts_without_a_reminder(self) -> None:
        report = self.prank()
        self.later(hours=25)
        self.assertIsNone(self.warn(report).warning)
        self.assertEqual(report.events.get(kind=EventKind.WARNED).data["is_told"], False)

    def test_then_an_approved_template_reminds(self) -> None:
        approved = f"HX{'0' * 32}"
        ReplyTemplate.objects.filter(key=ReplyKey.WARNING).update(content_sid=approved)
        report = self.prank()
        self.later(hours=25)
        warning = self.warn(report).warning
        assert warning is not None
        self.assertEqual(warning.content_sid, approved)

    def test_words_that_cannot_be_sent_do_not_stop_it(self) -> None:
        ReplyTemplate.objects.filter(key=ReplyKey.WARNING).update(text="Halo {entah}")
        with self.assertLogs("reports.blocking.telling", "ERROR"):
            self.assertIsNone(self.warn(self.prank()).warning)


class NeverStrikeTests(LadderTestCase):
    def test_the_refusal_says_in_words_why(self) -> None:
        report = self.prank("wkwk saya pasang bom di pasar bunder lho pak bercanda")
        with self.assertRaisesMessage(NeverStrike, "bom"):
            self.warn(report)
        self.assertFalse(Strike.objects.exists())
        self.assertNotIn(ReplyKey.WARNING, self.words_to_reporter())

    def test_nobody_may_override_what_the_words_say(self) -> None:
        report = self.prank("pak saya capek hidup, lebih baik saya mati saja")
        for by in (self.rina, self.pamapta):
            with self.subTest(by=by), self.assertRaises(NeverStrike):
                blocking.warn(report, "prank", NOTE, although_unanswered=True, by=by)

    def test_anger_about_no_answer_is_for_the_pamapta_to_judge(self) -> None:
        self.prank("ada balap liar di depan pasar", outcome=Outcome.ACTED)
        report = self.prank("polisi anjing bangsat goblok")
        for by, although in ((self.rina, False), (self.rina, True), (self.pamapta, False)):
            with self.subTest(by=by, although=although), self.assertRaises(NeverStrike):
                blocking.warn(report, "insult", NOTE, although_unanswered=although, by=by)
        given = blocking.warn(report, "insult", NOTE, although_unanswered=True, by=self.pamapta)
        self.assertEqual(given.by, self.pamapta)


class LiftTests(LadderTestCase):
    def test_it_counts_no_more_and_the_report_can_be_judged_anew(self) -> None:
        report = self.prank()
        strike = blocking.lift_strike(self.warn(report), by=self.rina)
        self.assertEqual((strike.lifted_by, strike.lifted_at), (self.rina, timezone.now()))
        self.assertFalse(Strike.objects.counting(timezone.now()).exists())
        self.assertEqual(self.kinds(report), ["warned", "strike_lifted"])
        self.warn(Report.objects.get(pk=report.pk))

    def test_a_reminder_that_has_not_gone_out_does_not_go_out(self) -> None:
        strike = self.warn(self.prank())
        blocking.lift_strike(strike, by=self.rina)
        self.assertEqual(Message.objects.get(pk=strike.warning_id).status, Delivery.CANCELLED)

    def test_one_that_has_arrived_stays_in_the_conversation(self) -> None:
        strike = self.reminded()
        blocking.lift_strike(strike, by=self.rina)
        self.assertEqual(Message.objects.get(pk=strike.warning_id).status, Delivery.DELIVERED)

    def test_it_is_taken_back_once(self) -> None:
        strike = self.warn(self.prank())
        blocking.lift_strike(strike, by=self.rina)
        with self.assertRaises(AlreadyLifted):
            blocking.lift_strike(strike, by=self.rina)
