"""What officers do in a check: notes, photos and the result, all of it in the compartment."""

from datetime import timedelta

from operators.permissions import Role
from reports import (
    answering,
    compartment,
    covert_photos,
    imaging,
    triage,
    verification,
)
from reports.actors import NotAllowed
from reports.identity import blobs, vault
from reports.models import Report, VerificationPhoto
from reports.models.report import NotVerified
from reports.models.verification import Result
from reports.verification import CheckOver, WordsUnfit
from reports.workflow import Outcome, ReopenReason, Status
from tests import checks, people, photos
from tests.reports.check_cases import CheckTestCase


class WorkingTests(CheckTestCase):
    def test_the_first_who_begins_counts(self) -> None:
        check = self.ask(self.satu, self.dua)
        verification.begin(check, by=self.dua)
        verification.begin(check, by=self.satu)
        check.refresh_from_db()
        self.assertEqual(check.begun_by, self.dua)

    def test_only_those_named_work_in_it(self) -> None:
        check = self.ask()
        everybody = [self.dua, self.bambang, people.operator(self.station, Role.PAMAPTA)]
        for who in everybody:
            for refused in (
                lambda who: verification.begin(check, by=who),
                lambda who: verification.note(check, "x", by=who),
                lambda who: verification.photo(check, photos.jpeg(), by=who),
                lambda who: verification.finish(check, result=Result.FALSE, note="x", by=who),
            ):
                with self.subTest(who=who), self.assertRaises(NotAllowed):
                    refused(who)
        self.assertFalse(VerificationPhoto.objects.exists())

    def test_whoever_asked_may_note_and_not_find(self) -> None:
        check = self.ask()
        verification.note(check, "Hati-hati, ada anjing", by=self.rina)
        self.assertEqual(self.inside(check, self.satu).notes[0].text, "Hati-hati, ada anjing")
        with self.assertRaises(NotAllowed):
            self.finish(check, Result.CONFIRMED, by=self.rina)

    def test_whoever_asked_may_be_an_officer_too(self) -> None:
        check = self.ask(self.rina)
        self.finish(check, Result.CONFIRMED, by=self.rina)
        check.refresh_from_db()
        self.assertEqual(check.done_by, self.rina)

    def test_a_note_says_something(self) -> None:
        check = self.ask()
        with self.assertRaises(WordsUnfit):
            verification.note(check, " ", by=self.satu)

    def test_when_it_is_over_nothing_is_added(self) -> None:
        check = self.ask()
        self.finish(check, Result.FALSE)
        for refused in (
            lambda: verification.begin(check, by=self.satu),
            lambda: verification.note(check, "x", by=self.satu),
            lambda: verification.photo(check, photos.jpeg(), by=self.satu),
            lambda: self.finish(check, Result.CONFIRMED),
            lambda: verification.add_officer(check, self.dua.pk, by=self.rina),
            lambda: verification.call_off(self.report, by=self.rina),
        ):
            with self.assertRaises(CheckOver):
                refused()
        check.refresh_from_db()
        self.assertEqual(check.result, Result.FALSE)


class PhotoTests(CheckTestCase):
    def test_it_is_clean_sealed_and_what_the_camera_noted_is_kept_apart(self) -> None:
        check = self.ask()
        photo = verification.photo(check, photos.telltale(), by=self.satu)
        (shown,) = self.inside(check, self.satu).photos
        self.assertAlmostEqual(shown.latitude or 0, -7.425, places=3)
        self.assertNotIn(b"latitude", bytes(photo.about_sealed))
        jpeg = compartment.photo(check.pk, photo.pk, by=self.satu) or b""
        self.assertTrue(jpeg.startswith(b"\xff\xd8\xff"))
        self.assertNotIn(photos.SECRET, jpeg)
        self.assertNotIn(b"Exif", jpeg)
        self.assertNotIn(b"\xff\xd8\xff", blobs.get(photo.pk)[:64])

    def test_the_key_of_the_report_does_not_open_it(self) -> None:
        check = self.ask()
        photo = verification.photo(check, photos.jpeg(), by=self.satu)
        with self.assertRaises(vault.Unreadable):
            vault.box_of("content", self.report.pk).open_bytes(
                covert_photos.FILE, photo.pk, blobs.get(photo.pk)
            )

    def test_it_is_there_for_those_named_and_in_its_own_check_alone(self) -> None:
        check = self.ask()
        photo = verification.photo(check, photos.jpeg(), by=self.satu)
        self.assertIsNone(compartment.photo(check.pk, photo.pk, by=self.dua))
        self.finish(check, Result.FALSE)
        other = self.ask()
        self.assertIsNone(compartment.photo(other.pk, photo.pk, by=self.satu))

    def test_what_is_no_picture_leaves_nothing_behind(self) -> None:
        check = self.ask()
        for name in ("nothing", "a page", "a HEIC"):
            with self.subTest(name), self.assertRaises(imaging.PictureUnfit):
                verification.photo(check, photos.NOT_TAKEN[name], by=self.satu)
        self.assertFalse(VerificationPhoto.objects.exists())


class ResultTests(CheckTestCase):
    def test_the_report_is_the_desk_s_again_and_says_no_result(self) -> None:
        check = self.ask()
        before = Report.objects.values("outcome", "holder", "version").get()
        self.finish(check, Result.FALSE)
        self.assertEqual(self.status(), Status.TRIAGE)
        self.assertEqual(Report.objects.values("outcome", "holder", "version").get(), before)

    def test_without_a_result_or_a_sentence_it_is_not_over(self) -> None:
        check = self.ask()
        for given in ({"result": "acted"}, {"note": " "}):
            with self.subTest(given), self.assertRaises(WordsUnfit):
                verification.finish(
                    check, **({"result": Result.FALSE, "note": "x"} | given), by=self.satu
                )
        check.refresh_from_db()
        self.assertTrue(check.is_running)

    def test_a_report_that_has_gone_on_meanwhile_stays_where_it_is(self) -> None:
        for status in (Status.WAITING, Status.ACTING):
            with self.subTest(status):
                check = self.ask()
                Report.objects.filter(pk=self.report.pk).update(status=status)
                self.finish(check, Result.NOT_FOUND)
                self.assertEqual(self.status(), status)

    def test_a_question_that_is_withdrawn_after_the_result_brings_no_check_back(self) -> None:
        for is_finished, status in ((False, Status.VERIFYING), (True, Status.TRIAGE)):
            with self.subTest(is_finished=is_finished):
                check = self.ask()
                later = timedelta(minutes=1)
                asked = answering.ask(self.report, "time", text="Kapan?", by=self.rina, held=later)
                self.assertEqual(self.status(), Status.VERIFYING)
                if is_finished:
                    self.finish(check, Result.NOT_FOUND)
                answering.withdraw(asked, by=self.rina)
                self.assertEqual(self.status(), status)
                if not is_finished:
                    self.finish(check, Result.NOT_FOUND)

    def test_only_what_was_confirmed_may_be_acted_on(self) -> None:
        checks.checked_first(self.report)
        for result in Result:
            if result != Result.CONFIRMED:
                self.finish(self.ask(), result)
                with self.subTest(result), self.assertRaises(NotVerified):
                    self.report.become(Status.ACTING)
        self.finish(self.ask(), Result.CONFIRMED)
        self.report.refresh_from_db()
        self.report.become(Status.ACTING)
        self.assertEqual(self.report.status, Status.ACTING)

    def test_what_goes_on_after_the_end_was_seen_by_nobody(self) -> None:
        checks.checked_first(self.report)
        now = self.travel(timedelta())
        self.finish(self.ask(), Result.CONFIRMED)
        for hour, (reason, is_confirmed) in enumerate(
            (
                (ReopenReason.BY_MISTAKE, True),
                (ReopenReason.WRONG_OUTCOME, True),
                (ReopenReason.GOES_ON, False),
            ),
            start=1,
        ):
            self.travel(now + timedelta(hours=hour))
            triage.close(self.report, Outcome.ACTED, "Sudah", by=self.rina)
            triage.reopen(self.report, reason=reason, by=self.rina)
            self.report.refresh_from_db()
            with self.subTest(reason):
                self.assertEqual(self.report.is_to_be_checked, not is_confirmed)
        self.travel(now + timedelta(hours=9))
        self.finish(self.ask(), Result.CONFIRMED)
        self.assertFalse(self.report.is_to_be_checked)
