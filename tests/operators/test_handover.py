"""The hand-over sheet: made by the system, signed by both, and the same for ever after."""

import json
from datetime import timedelta

from django.utils import timezone

from operators import handover, shifts
from operators.models import Duty, Handover, Shift
from operators.permissions import Role
from reports import claims, triage
from reports.actors import NotAllowed
from reports.identity import vault
from reports.models import Report
from reports.workflow import Outcome
from tests import people, samples
from tests.operators.test_shifts import ShiftTestCase

SECRET = "burung-kenari-7731"


class HandoverTestCase(ShiftTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shift = self.start(self.rina)

    def give(self, words: str = "Kunci gudang di laci.") -> Handover:
        return handover.give(words, by=self.bambang)

    def take(self, *members: int) -> Shift:
        return handover.take(self.next_regu, members, by=self.slamet)


class SheetTests(HandoverTestCase):
    def test_it_counts_what_goes_on_and_what_is_in_danger_of_being_lost(self) -> None:
        waiting = people.report(samples.text("Ada tawuran"))
        nearly = timezone.now() - timedelta(hours=20)
        people.report(samples.text("Kemarin", by=samples.JOKO), at=nearly)
        Report.objects.filter(pk=waiting.pk).update(failed_at=timezone.now())
        sheet = handover.draw_up(self.shift, by=self.bambang)
        self.assertEqual(sheet.open_by_status, {"new": 2})
        self.assertEqual((sheet.windows_closing, sheet.red_deliveries), (1, 1))
        oldest = sheet.at("oldest_wait_since")
        assert oldest is not None
        self.assertAlmostEqual(oldest, nearly, delta=timedelta(seconds=2))
        self.assertEqual(len(sheet.lines), 2)

    def test_it_counts_what_this_shift_received_and_closed(self) -> None:
        triage.close(people.report(), Outcome.ACTED, "Beres.", by=self.rina)
        sheet = handover.draw_up(self.shift, by=self.bambang)
        self.assertEqual((sheet.received, sheet.closed), (1, {"acted": 1}))

    def test_it_says_nothing_of_a_reporter(self) -> None:
        people.report(samples.text(SECRET))
        sheet = handover.draw_up(self.shift, by=self.bambang)
        alias = Report.objects.get().reporter.alias
        for word in (SECRET, samples.WATI.phone, samples.WATI.name, alias):
            self.assertNotIn(
                word, repr(sheet) + json.dumps([line.__dict__ for line in sheet.lines])
            )

    def test_what_is_reserved_for_others_is_not_on_it(self) -> None:
        report = people.report()
        report.category = people.category("anggota-polri", reserved_for="propam")
        report.save(update_fields=["category"])
        sheet = handover.draw_up(self.shift, by=self.bambang)
        self.assertEqual((sheet.lines, sheet.open_by_status), ([], {}))

    def test_a_long_desk_takes_as_many_questions_as_a_short_one(self) -> None:
        people.report()
        with self.assertNumQueries(10):
            handover.draw_up(self.shift, by=self.bambang)
        for number in range(5):
            citizen = samples.Citizen("Warga", f"+62812999555{number}", "")
            people.report(samples.text(by=citizen))
        with self.assertNumQueries(10):
            handover.draw_up(self.shift, by=self.bambang)


class SignTests(HandoverTestCase):
    def test_both_sign_and_the_next_shift_begins(self) -> None:
        signed = self.give()
        following = self.take()
        signed.refresh_from_db()
        self.shift.refresh_from_db()
        self.assertEqual((signed.given_by, signed.taken_by), (self.bambang, self.slamet))
        self.assertEqual(following.started_at, self.shift.ended_at)
        self.assertEqual(shifts.on_duty(self.station.pk), [self.slamet])

    def test_the_one_who_goes_signs_first(self) -> None:
        with self.assertRaises(handover.NotSigned):
            self.take()
        self.assertEqual(shifts.running(self.station.pk), self.shift)

    def test_nobody_signs_for_both(self) -> None:
        self.give()
        with self.assertRaises(handover.SamePerson):
            handover.take(self.next_regu, [], by=self.bambang)

    def test_only_the_pamapta_sign(self) -> None:
        with self.assertRaises(NotAllowed):
            handover.give("", by=self.rina)
        self.give()
        with self.assertRaises(NotAllowed):
            handover.take(self.next_regu, [], by=self.rina)

    def test_until_the_other_has_signed_it_can_be_signed_anew(self) -> None:
        first = self.give("Pertama.")
        second = self.give("Kedua.")
        self.assertEqual(first.pk, second.pk)
        self.assertEqual(handover.read(second, by=self.bambang).words, "Kedua.")

    def test_whoever_stays_goes_on_without_a_gap(self) -> None:
        self.give()
        self.take(self.rina.pk)
        first, second = Duty.objects.filter(operator=self.rina).order_by("since")
        self.assertEqual((first.until, second.until), (second.since, None))

    def test_unfinished_claims_of_those_who_go_return_and_of_those_who_stay_do_not(self) -> None:
        gone = claims.claim(people.report(), by=self.bambang)
        kept = claims.claim(people.report(samples.text(by=samples.JOKO)), by=self.rina)
        signed = self.give()
        self.take(self.rina.pk)
        self.assertEqual(shifts.return_claims(), 1)
        signed.refresh_from_db()
        gone.refresh_from_db()
        kept.refresh_from_db()
        self.assertEqual((signed.returned_claims, gone.holder, kept.holder), (1, None, self.rina))


class ReadTests(HandoverTestCase):
    def test_it_stays_as_it_was_signed(self) -> None:
        people.report()
        signed = self.give()
        triage.close(Report.objects.get(), Outcome.ACTED, "Beres.", by=self.rina)
        self.assertEqual(handover.read(signed, by=self.rina).open_by_status, {"new": 1})

    def test_its_words_are_sealed(self) -> None:
        signed = self.give(SECRET)
        self.assertNotIn(SECRET.encode(), bytes(signed.sheet_sealed))
        self.assertEqual(handover.read(signed, by=self.rina).words, SECRET)

    def test_it_is_for_this_stations_desk_only(self) -> None:
        signed = self.give()
        elsewhere = people.operator(people.station("lain", "LAN"), username="lain")
        for somebody in (elsewhere, people.operator(self.station, Role.CHIEF)):
            with self.subTest(who=somebody.username), self.assertRaises(NotAllowed):
                handover.read(signed, by=somebody)

    def test_one_that_was_changed_is_not_read(self) -> None:
        signed = self.give()
        signed.sheet_sealed = bytes(signed.sheet_sealed)[:-1] + b"x"
        with self.assertRaises(vault.Unreadable):
            handover.read(signed, by=self.rina)
