"""Which report a message belongs to: the quoted one, the open one, one closed lately, or a new one."""

from datetime import timedelta

from django.utils import timezone

from reports import claims, triage
from reports.models import Change, Event, Message, Report
from reports.models.event import EventKind
from reports.models.message import Direction
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.cases import StationTestCase, arrive, body_of
from tests.samples import HIDDEN, JOKO, WATI


class FollowUpTestCase(StationTestCase):
    def follow_up(self, words: str = "Terima kasih Pak", **changes: str) -> Report:
        return people.report(samples.text(words, **changes))

    def close(self, report: Report, outcome: Outcome = Outcome.ACTED) -> Report:
        return triage.close(report, outcome, "Sudah dibubarkan.", by=self.rina)

    def answers(self) -> int:
        return Message.objects.filter(direction=Direction.OUTBOUND).count()


class OpenReportTests(FollowUpTestCase):
    def test_a_second_message_joins_it(self) -> None:
        report = people.report()
        self.assertEqual(self.follow_up("Masih ramai"), report)
        self.assertEqual(report.messages.filter(direction="inbound").count(), 2)

    def test_two_messages_at_the_same_moment_are_one_report(self) -> None:
        first, second = arrive(samples.text("Tolong"), samples.text("Di pasar"))
        self.assertEqual(first.report, second.report)
        self.assertEqual(Report.objects.get().unread_count, 2)

    def test_an_album_is_one_report(self) -> None:
        album = [samples.picture(), samples.picture("Fotonya"), samples.picture(), samples.place()]
        self.assertEqual(len({message.report_id for message in arrive(*album)}), 1)

    def test_a_second_message_does_not_reset_the_clock(self) -> None:
        began = timezone.now() - timedelta(minutes=20)
        people.message(samples.text(), at=began)
        report = self.follow_up("Halo?")
        self.assertEqual((report.received_at, report.waiting_since), (began, began))
        self.assertGreater(report.last_inbound_at, began)

    def test_every_message_counts_as_unread(self) -> None:
        people.report()
        self.follow_up()
        self.assertEqual(self.follow_up().unread_count, 3)

    def test_after_an_answer_the_next_message_waits_anew(self) -> None:
        report = people.report()
        triage.reply(report, "Petugas menuju lokasi.", by=self.rina)
        report.refresh_from_db()
        self.assertEqual((report.waiting_since, report.unread_count), (None, 0))
        at = timezone.now()
        people.message(samples.text("Cepat ya"), at=at)
        report.refresh_from_db()
        self.assertEqual((report.waiting_since, report.unread_count), (at, 1))

    def test_whoever_holds_it_keeps_it(self) -> None:
        report = claims.claim(people.report(), by=self.rina)
        report = self.follow_up()
        self.assertEqual((report.holder, report.status), (self.rina, Status.TRIAGE))

    def test_open_desks_are_told(self) -> None:
        report = people.report()
        before = Change.objects.filter(report=report).count()
        self.follow_up()
        self.assertEqual(Change.objects.filter(report=report).count(), before + 1)

    def test_by_sms_it_is_the_same_report_and_answers_go_there(self) -> None:
        report = people.report(samples.text())
        by_sms = people.report(samples.sms("Sinyal jelek"))
        self.assertEqual(by_sms, report)
        self.assertEqual(by_sms.contact.service_number.channel, "sms")
        self.assertEqual(by_sms.channel, "whatsapp")

    def test_however_old_it_is(self) -> None:
        report = people.report(at=timezone.now() - timedelta(days=40))
        self.assertEqual(self.follow_up(), report)

    def test_somebody_elses_is_not_joined(self) -> None:
        report = people.report(samples.text(by=JOKO))
        self.assertNotEqual(people.report(samples.text(by=WATI)), report)

    def test_of_several_open_ones_the_newest_is_joined(self) -> None:
        old = self.close(people.report())
        self.travel(timedelta(hours=25))
        new = people.report()
        self.assertNotEqual(new, old)
        old.reopen()
        old.save()
        self.assertEqual(self.follow_up(), new)


class LatelyClosedReportTests(FollowUpTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = self.close(people.report())
        self.travel(timedelta(hours=23, minutes=59))

    def test_thanks_join_it_and_leave_it_closed(self) -> None:
        report = self.follow_up("Terima kasih Pak, sudah aman")
        self.assertEqual((report, report.status), (self.report, Status.DONE))
        self.assertEqual(report.outcome, Outcome.ACTED)

    def test_whoever_says_thanks_waits_for_nothing(self) -> None:
        self.assertIsNone(self.follow_up("Terima kasih Pak, sudah aman").waiting_since)

    def test_they_are_shown_as_unread(self) -> None:
        report = self.follow_up()
        self.assertEqual(report.unread_count, 1)
        self.assertIn(report, Report.objects.at_the_desk())

    def test_they_are_not_acknowledged(self) -> None:
        before = self.answers()
        self.follow_up()
        self.assertEqual(self.answers(), before)

    def test_words_of_danger_reopen_it(self) -> None:
        report = self.follow_up("Tolong! Mereka kembali bawa celurit")
        self.assertEqual((report, report.status), (self.report, Status.TRIAGE))
        self.assertEqual((report.closed_at, report.outcome), (None, ""))
        self.assertEqual(bytes(report.outcome_note_sealed), b"")
        self.assertIsNotNone(report.waiting_since)
        self.assertEqual((report.holder, report.claimed_at), (None, None))
        self.assertIn(report, Report.objects.open())

    def test_reopening_is_an_event_of_nobody(self) -> None:
        self.follow_up("Ada kebakaran")
        event = Event.objects.get(kind=EventKind.REOPENED)
        self.assertEqual((event.report, event.by), (self.report, None))
        self.assertEqual(event.data, {"reason": "danger_words"})

    def test_danger_in_one_message_of_several_reopens_it_once(self) -> None:
        arrive(samples.text("Pak"), samples.text("tolong"), samples.text("ada begal"))
        self.report.refresh_from_db()
        self.assertEqual((self.report.status, self.report.unread_count), (Status.TRIAGE, 3))
        self.assertEqual(Event.objects.filter(kind=EventKind.REOPENED).count(), 1)

    def test_a_message_after_that_finds_it_open(self) -> None:
        self.follow_up("Tolong!")
        self.assertEqual(self.follow_up("Cepat").status, Status.TRIAGE)
        self.assertEqual(Event.objects.filter(kind=EventKind.REOPENED).count(), 1)

    def test_an_open_one_comes_first(self) -> None:
        self.travel(timedelta(hours=2))
        self.close(self.follow_up("Lapor lagi"))
        old = Report.objects.get(pk=self.report.pk)
        old.reopen()
        old.save()
        self.assertEqual(self.follow_up("Masih di sini"), old)

    def test_of_two_the_one_that_was_closed_last_is_joined(self) -> None:
        self.travel(timedelta(minutes=2))
        second = self.close(self.follow_up("Lapor lagi"))
        self.assertNotEqual(second, self.report)
        self.assertEqual(self.follow_up("Terima kasih"), second)


class LongClosedReportTests(FollowUpTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = self.close(people.report())
        self.travel(timedelta(hours=24, minutes=1))

    def test_a_message_opens_a_new_one(self) -> None:
        report = self.follow_up("Selamat pagi")
        self.assertNotEqual(report, self.report)
        self.assertEqual((report.status, report.unread_count), (Status.NEW, 1))
        self.assertEqual(report.reporter, self.report.reporter)

    def test_it_is_acknowledged(self) -> None:
        before = self.answers()
        self.follow_up("Selamat pagi")
        self.assertEqual(self.answers(), before + 1)

    def test_the_old_one_is_left_as_it_is(self) -> None:
        before = Report.objects.filter(pk=self.report.pk).values().get()
        self.follow_up("Tolong!")
        self.assertEqual(Report.objects.filter(pk=self.report.pk).values().get(), before)

    def test_what_counts_is_when_a_message_arrived_not_when_it_is_read(self) -> None:
        at = timezone.now() - timedelta(minutes=5)
        self.assertEqual(people.report(samples.text("Terima kasih"), at=at), self.report)


class QuotedReportTests(FollowUpTestCase):
    def quote(self, of: Message, words: str = "Yang ini Pak", **changes: str) -> Message:
        return people.message(samples.quote(of.provider_sid or "", words, **changes))

    def test_a_quote_joins_the_report_of_what_it_quotes(self) -> None:
        first = people.message()
        self.close(first.report)
        self.travel(timedelta(hours=25))
        new = self.follow_up("Laporan lain")
        quote = self.quote(first)
        self.assertEqual((quote.report, quote.quoted), (first.report, first))
        self.assertNotEqual(quote.report, new)

    def test_an_answer_of_ours_can_be_quoted(self) -> None:
        report = people.report()
        answer = triage.reply(report, "Di mana tepatnya?", by=self.rina)
        Message.objects.filter(pk=answer.pk).update(provider_sid="SMours")
        answer.refresh_from_db()
        self.assertEqual(self.quote(answer, "Depan masjid").quoted, answer)

    def test_a_quote_of_something_unknown_goes_by_the_other_rules(self) -> None:
        report = people.report()
        message = people.message(samples.quote("SM-never-seen", "Ini"))
        self.assertEqual((message.report, message.quoted), (report, None))

    def test_a_quote_of_somebody_elses_message_does_not_lead_into_their_report(self) -> None:
        theirs = people.message(samples.text(by=JOKO))
        message = self.quote(theirs, by=WATI)  # type: ignore[arg-type]
        self.assertNotEqual(message.report, theirs.report)
        self.assertIsNone(message.quoted)

    def test_a_quote_into_a_long_closed_report_shows_as_unread_there(self) -> None:
        first = people.message()
        self.close(first.report)
        self.travel(timedelta(days=3))
        report = self.quote(first, "Terima kasih").report
        self.assertEqual((report.status, report.unread_count), (Status.DONE, 1))

    def test_danger_in_a_quote_reopens_it(self) -> None:
        first = people.message()
        self.close(first.report)
        self.travel(timedelta(days=3))
        self.assertEqual(self.quote(first, "Tolong, mereka kembali").report.status, Status.TRIAGE)

    def test_a_message_and_its_quote_may_arrive_together(self) -> None:
        params = samples.text("pertama")
        first, quote = arrive(params, samples.quote(params["MessageSid"], "kedua"))
        self.assertEqual(first.report, quote.report)

    def test_a_pressed_button_joins_the_report_that_it_answers(self) -> None:
        report = people.report()
        answer = triage.reply(report, "Sudah aman?", by=self.rina)
        Message.objects.filter(pk=answer.pk).update(provider_sid="SMbutton")
        pressed = people.message(samples.button("Sudah", OriginalRepliedMessageSid="SMbutton"))
        self.assertEqual(
            (pressed.report, pressed.kind, body_of(pressed)), (report, "button", "Sudah")
        )


class SamePersonTests(FollowUpTestCase):
    def test_a_hidden_number_that_shows_itself_is_still_the_same_report(self) -> None:
        report = people.report(samples.text(by=HIDDEN))
        shown = samples.Citizen(HIDDEN.name, "+6281299900003", HIDDEN.bsuid)
        self.assertEqual(people.report(samples.text(by=shown)), report)

    def test_a_new_owner_of_the_number_inherits_nothing(self) -> None:
        report = people.report(samples.text(by=WATI))
        owner = samples.Citizen("Baru", WATI.phone, "ID.7000000000000099")
        new = people.report(samples.text(by=owner))
        self.assertNotEqual(new, report)
        self.assertNotEqual(new.reporter, report.reporter)
