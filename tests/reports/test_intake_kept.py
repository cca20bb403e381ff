"""What was kept of somebody who is blocked: made a report by a person, once; seen; and two who turn out to be one person."""

from datetime import timedelta

from django.utils import timezone

from operators.permissions import Role
from reports import blocking, intake
from reports.actors import NotAllowed
from reports.blocking import kept as keeping
from reports.intake import AlreadyTakenIn
from reports.models import Block, Event, KeptMessage, Report
from reports.models.event import EventKind
from reports.models.reply_template import ReplyKey
from tests import people, samples
from tests.reports.blocking.cases import PRANK
from tests.reports.cases import body_of
from tests.reports.test_intake_blocked import BlockedTestCase
from tests.samples import WATI


class TakeInTests(BlockedTestCase):
    def test_it_becomes_a_report_like_any_other(self) -> None:
        kept = self.kept("ada motor hilang di parkiran")
        self.later()
        report = intake.take_in(kept, by=self.rina)
        kept.refresh_from_db()
        self.assertEqual((kept.taken_in_at, kept.seen_at), (timezone.now(), timezone.now()))
        self.assertEqual((report.received_at, report.is_life_line), (kept.at, False))
        message = report.messages.get(direction="inbound")
        self.assertEqual(body_of(message), "ada motor hilang di parkiran")
        self.assertEqual((message.provider_sid, message.at), (kept.provider_sid, kept.at))
        self.assertIn(report, Report.objects.ringing())
        self.assertEqual(self.words_to_reporter()[-1], ReplyKey.ACKNOWLEDGEMENT)

    def test_the_timeline_says_who_took_it_in(self) -> None:
        report = intake.take_in(self.kept(), by=self.rina)
        event = report.events.get(kind=EventKind.LIFE_LINE)
        self.assertEqual((event.by, event.data), (self.rina, {"kept": True}))

    def test_its_files_come_with_it(self) -> None:
        kept = self.writes(samples.picture("lihat ini"))
        assert isinstance(kept, KeptMessage)
        report = intake.take_in(kept, by=self.rina)
        message = report.messages.get(direction="inbound")
        self.assertEqual(message.attachments.count(), 1)

    def test_never_twice(self) -> None:
        kept = self.kept()
        intake.take_in(kept, by=self.rina)
        with self.assertRaises(AlreadyTakenIn):
            intake.take_in(kept, by=self.pamapta)
        self.assertEqual(Report.objects.count(), self.before + 1)

    def test_several_of_one_person_are_one_report(self) -> None:
        first, second = self.kept("motor saya"), self.kept("hilang di parkiran")
        report = intake.take_in(second, by=self.rina)
        self.assertEqual(intake.take_in(first, by=self.rina), report)
        self.assertEqual(report.messages.filter(direction="inbound").count(), 2)

    def test_what_they_write_then_is_heard(self) -> None:
        report = intake.take_in(self.kept(), by=self.rina)
        self.assertEqual(self.heard(samples.text("warnanya merah")), report)

    def test_only_the_desk_of_this_station(self) -> None:
        kept = self.kept()
        neighbour = people.operator(people.station("lain", "LAN"), username="tetangga")
        for by in (neighbour, people.operator(self.station, Role.CHIEF)):
            with self.subTest(by=by), self.assertRaises(NotAllowed):
                intake.take_in(kept, by=by)

    def test_nothing_of_it_goes_when_it_is_taken_in(self) -> None:
        kept = self.kept("halo")
        intake.take_in(kept, by=self.rina)
        self.assertEqual(keeping.raw(KeptMessage.objects.get())["Body"], "halo")


class MergedTests(BlockedTestCase):
    """Somebody known by a number only, and by an id only, turns out to be one person."""

    def test_what_counts_against_one_counts_against_both(self) -> None:
        number_only = samples.Citizen("Tono", "+6281299900077")
        id_only = samples.Citizen("@tono", bsuid="ID.7000000000000077")
        first = self.warn(self.prank(by=number_only))
        self.assertEqual(Event.objects.filter(kind=EventKind.WARNED).count(), 3)
        people.report(samples.text(by=id_only))
        both = samples.Citizen("Tono", number_only.phone, id_only.bsuid)
        report = people.report(samples.text("masih saya", by=both))
        first.refresh_from_db()
        self.assertEqual(first.reporter, report.reporter)

    def test_of_two_blocks_the_one_that_ends_later_stays(self) -> None:
        number_only = samples.Citizen("Tono", "+6281299900077")
        id_only = samples.Citizen("@tono", bsuid="ID.7000000000000077")
        shorter = people.kept_message(people.report(samples.text(by=number_only))).block
        longer = people.kept_message(people.report(samples.text(by=id_only))).block
        later = timezone.now() + timedelta(days=30)
        Block.objects.filter(pk=longer.pk).update(ends_at=later)
        Report.objects.update(status="done", closed_at=timezone.now(), outcome="prank")
        both = samples.Citizen("Tono", number_only.phone, id_only.bsuid)
        kept = self.writes(samples.text("masih saya", by=both))
        assert isinstance(kept, KeptMessage)
        self.assertEqual(kept.block, longer)
        shorter.refresh_from_db()
        self.assertEqual((shorter.lifted_at, shorter.lifted_by), (timezone.now(), None))
        self.assertEqual(
            KeptMessage.objects.filter(contact__reporter=kept.contact.reporter).count(), 3
        )

    def test_the_next_owner_of_a_number_inherits_no_block(self) -> None:
        stranger = samples.Citizen("Pemilik baru", WATI.phone, "ID.7000000000000099")
        self.assertIsInstance(self.writes(samples.text(PRANK, by=stranger)), Report)


class SeenTests(BlockedTestCase):
    def test_it_is_unread_until_somebody_of_the_desk_looks(self) -> None:
        self.kept()
        chief = people.operator(self.station, Role.CHIEF)
        self.assertEqual(blocking.see(self.block, by=chief), 0)
        self.assertEqual(blocking.see(self.block, by=self.rina), 1)
        self.assertEqual(blocking.see(self.block, by=self.pamapta), 0)
