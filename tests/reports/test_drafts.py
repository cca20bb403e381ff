"""What somebody has begun to write: kept sealed, for them alone."""

from datetime import timedelta

from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import drafts
from reports.actors import NotAllowed
from reports.drafts import DraftTooLong
from reports.identity.models import DataKey
from reports.models import Change, Draft, Event, Report
from tests import people, samples
from tests.reports.cases import StationTestCase

ANSWER, NOTE = Draft.Kind.ANSWER, Draft.Kind.NOTE


class DraftTests(StationTestCase):
    budi: Operator
    report: Report

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budi = people.operator(cls.station, username="budi")
        cls.report = people.report()

    def keep(self, text: str, kind: Draft.Kind = ANSWER, by: Operator | None = None) -> None:
        drafts.keep(self.report, kind, text, by=by or self.rina)

    def of(self, who: Operator) -> dict[str, str]:
        return drafts.of(self.report, by=who)

    def test_it_is_there_again_as_it_was_written(self) -> None:
        self.keep("  Selamat malam,\n\nkami 🚓 ")
        self.assertEqual(self.of(self.rina), {"answer": "  Selamat malam,\n\nkami 🚓 "})

    def test_its_words_are_sealed(self) -> None:
        self.keep("burung-kenari-7731")
        self.assertNotIn(b"kenari", bytes(Draft.objects.get().body_sealed))

    def test_the_last_one_is_the_one_that_is_kept(self) -> None:
        self.keep("Sela")
        self.travel(timezone.now() + timedelta(minutes=1))
        self.keep("Selamat malam")
        self.assertEqual(self.of(self.rina), {"answer": "Selamat malam"})
        self.assertEqual(Draft.objects.get().updated_at, timezone.now())

    def test_an_answer_and_a_note_are_two_things(self) -> None:
        self.keep("Untuk pelapor")
        self.keep("Untuk rekan", NOTE)
        self.assertEqual(self.of(self.rina), {"answer": "Untuk pelapor", "note": "Untuk rekan"})
        drafts.forget(self.report, NOTE, by=self.rina)
        self.assertEqual(self.of(self.rina), {"answer": "Untuk pelapor"})

    def test_everybody_has_their_own(self) -> None:
        self.keep("Dari Rina")
        self.keep("Dari Budi", by=self.budi)
        self.assertEqual(self.of(self.rina), {"answer": "Dari Rina"})
        self.assertEqual(self.of(self.budi), {"answer": "Dari Budi"})

    def test_every_report_has_its_own(self) -> None:
        self.keep("Untuk yang ini")
        other = people.report(samples.text(by=samples.JOKO))
        self.assertEqual(drafts.of(other, by=self.rina), {})

    def test_blanks_leave_nothing_behind(self) -> None:
        for nothing in ("", " \n\t"):
            with self.subTest(nothing):
                self.keep("Selamat")
                self.keep(nothing)
                self.assertEqual(Draft.objects.count(), 0)

    def test_to_forget_what_there_is_not_is_nothing(self) -> None:
        drafts.forget(self.report, ANSWER, by=self.rina)

    def test_the_report_does_not_change_by_it(self) -> None:
        before = Report.objects.filter(pk=self.report.pk).values().get()
        changes, happened = Change.objects.count(), Event.objects.count()
        self.keep("Selamat malam")
        self.assertEqual(Report.objects.filter(pk=self.report.pk).values().get(), before)
        self.assertEqual((Change.objects.count(), Event.objects.count()), (changes, happened))

    def test_as_much_as_fits_is_kept_and_one_sign_more_is_not(self) -> None:
        self.keep("a" * drafts.TEXT_LIMIT)
        with self.assertRaises(DraftTooLong):
            self.keep("b" * (drafts.TEXT_LIMIT + 1))
        self.assertEqual(self.of(self.rina), {"answer": "a" * drafts.TEXT_LIMIT})

    def test_only_on_what_one_may_see(self) -> None:
        next_door = people.operator(people.station("lain", "LAN"), username="dian")
        auditor = people.operator(self.station, Role.AUDITOR)
        for who in (next_door, auditor):
            with self.subTest(who.username), self.assertRaises(NotAllowed):
                self.keep("Halo", by=who)
        self.assertEqual(Draft.objects.count(), 0)

    def test_what_does_not_open_any_more_is_left_out(self) -> None:
        self.keep("Selamat malam")
        self.keep("Untuk rekan", NOTE)
        note, answer = Draft.objects.order_by("-kind")
        Draft.objects.filter(pk=answer.pk).update(body_sealed=note.body_sealed)
        self.assertEqual(self.of(self.rina), {"note": "Untuk rekan"})
        DataKey.objects.filter(owner=self.report.pk).delete()
        self.assertEqual(self.of(self.rina), {})

    def test_where_there_is_none_one_query_says_so(self) -> None:
        with self.assertNumQueries(1):
            self.of(self.rina)
