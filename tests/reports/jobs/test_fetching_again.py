"""A file that does not come at once, a worker that dies, a message that moves: the file comes all the same, once."""

import logging
from datetime import timedelta
from io import StringIO
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from reports import answering, findings, jobs, media_files
from reports.identity import vault
from reports.jobs import claimed, fetching
from reports.models import Attachment, Change, MediaFile
from reports.models.finding import Enricher
from tests import hostile, people, samples
from tests.reports.jobs.fetching_cases import PICTURE, FetchingCase


class AgainTests(FetchingCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())

    def pass_on(self) -> None:
        self.travel(settings.MEDIA_RETRY_LONGEST)
        jobs.fetch()

    def test_one_that_is_not_there_yet_comes_later(self) -> None:
        attachment = self.fetched(hostile.status(404), hostile.giving(PICTURE))
        self.assert_state(attachment, "waiting", "not_there")
        self.assertEqual(attachment.due_at, timezone.now() + settings.MEDIA_RETRY_FIRST)
        self.pass_on()
        self.assert_state(self.now_is(attachment), "stored")

    def test_one_that_never_is_there_is_gone(self) -> None:
        attachment = self.fetched(hostile.status(404))
        for _ in range(settings.MEDIA_TRIES_NOT_THERE):
            self.pass_on()
        self.assert_state(self.now_is(attachment), "gone", "not_there")
        self.assertEqual(len(self.server.asked), settings.MEDIA_TRIES_NOT_THERE)

    def test_pauses_grow_up_to_a_limit(self) -> None:
        attachment = self.fetched(hostile.status(503))
        pauses = []
        for _ in range(12):
            attachment = self.now_is(attachment)
            pauses.append(attachment.due_at - timezone.now())
            self.pass_on()
        self.assertEqual(pauses[:4], [timedelta(seconds=n) for n in (2, 4, 8, 16)])
        self.assertEqual(pauses[-1], settings.MEDIA_RETRY_LONGEST)

    @override_settings(MEDIA_TRIES=3)
    def test_in_the_end_it_is_given_up_in_sight(self) -> None:
        for status, reason in ((500, "busy"), (401, "credentials"), (429, "busy")):
            with self.subTest(status=status):
                attachment = self.fetched(hostile.status(status))
                self.assert_state(attachment, "waiting", reason)
                self.pass_on()
                before = Change.objects.count()
                self.pass_on()
                attachment = self.now_is(attachment)
                self.assert_state(attachment, "failed", reason)
                self.assertIsNone(attachment.due_at)
                self.assertEqual(Change.objects.count(), before + 1)

    @override_settings(MEDIA_TRIES=1)
    def test_what_was_given_up_can_be_fetched_after_all(self) -> None:
        attachment = self.fetched(hostile.status(401), hostile.giving(PICTURE))
        self.assert_state(attachment, "failed", "credentials")
        kept = self.sent()
        jobs.fetch()
        said = StringIO()
        call_command("fetch_again", stdout=said)
        self.assertEqual(said.getvalue(), "files to be fetched again: 1\n")
        jobs.fetch()
        self.assert_state(self.now_is(attachment), "stored")
        self.assertEqual(self.now_is(kept).state, "stored")

    def test_nothing_of_half_a_file_is_left_when_the_whole_one_comes(self) -> None:
        attachment = self.fetched(hostile.cut_short, hostile.giving(PICTURE))
        self.assert_state(attachment, "waiting", "cut_short")
        self.assertEqual(self.on_disk(), [])
        self.pass_on()
        self.assertEqual(self.content(attachment), PICTURE)
        self.assertEqual(len(self.on_disk()), 3)

    def test_without_room_it_waits(self) -> None:
        with (
            mock.patch("reports.identity.blobs.os.fsync", side_effect=OSError(28, "full")),
            self.assertLogs("reports.jobs", "ERROR"),
        ):
            attachment = self.fetched()
        self.assert_state(attachment, "waiting", "no_room")
        self.assertEqual(self.server.deleted, [])
        self.pass_on()
        self.assert_state(self.now_is(attachment), "stored")

    def test_no_log_tells_where_it_lies(self) -> None:
        with self.assertLogs("reports", logging.INFO) as logs:
            self.fetched(hostile.status(404))
        said = repr([vars(record) for record in logs.records])
        for secret in ("http", "Messages/", samples.ACCOUNT_SID):
            self.assertNotIn(secret, said)


class ClaimTests(FetchingCase):
    """One row, one worker; whoever dies is followed by another."""

    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())

    def claim(self, attachment: Attachment) -> Attachment | None:
        now_is = self.now_is(attachment)
        assert now_is.due_at is not None
        return claimed.claim(attachment.pk, now_is.due_at)

    def test_two_cannot_have_the_same(self) -> None:
        attachment = self.sent()
        due_at = attachment.due_at
        assert due_at is not None
        self.assertIsNotNone(claimed.claim(attachment.pk, due_at))
        self.assertIsNone(claimed.claim(attachment.pk, due_at))

    def test_after_kill_nine_somebody_else_takes_it(self) -> None:
        self.provider()
        attachment = self.sent()
        self.claim(attachment)
        self.assertEqual(jobs.fetch(), 0)
        self.travel(settings.MEDIA_LEASE)
        jobs.fetch()
        self.assert_state(self.now_is(attachment), "stored")

    def test_what_was_sealed_by_then_is_not_fetched_again(self) -> None:
        self.provider()
        attachment = self.sent()
        with (
            mock.patch("reports.jobs.preparing.derive", side_effect=SystemExit),
            self.assertRaises(SystemExit),
        ):
            jobs.fetch()
        self.assertEqual(self.now_is(attachment).state, "fetching")
        self.travel(settings.MEDIA_LEASE)
        jobs.fetch()
        self.assert_state(self.now_is(attachment), "stored")
        self.assertEqual(len(self.server.asked), 1)

    def test_whoever_comes_back_too_late_changes_nothing(self) -> None:
        self.provider()
        attachment = self.sent()
        late = self.claim(attachment)
        assert late is not None
        self.travel(settings.MEDIA_LEASE)
        jobs.fetch()
        with self.assertRaises(claimed.Lost):
            fetching.bring_in(late)
        self.assert_state(self.now_is(attachment), "stored")
        self.assertEqual(self.content(attachment), PICTURE)

    def test_a_file_that_takes_its_worker_down_is_not_opened_for_ever(self) -> None:
        self.provider()
        attachment = self.sent()
        with mock.patch("reports.jobs.preparing.derive", side_effect=SystemExit):
            for _ in range(settings.MEDIA_PREPARED_TRIES + 1):
                with self.assertRaises(SystemExit):
                    jobs.fetch()
                self.travel(settings.MEDIA_LEASE)
            jobs.fetch()
        self.assert_state(self.now_is(attachment), "refused", "stuck")
        self.assertEqual(self.content(attachment), PICTURE)

    def test_what_makes_us_stumble_is_tried_again_and_then_said(self) -> None:
        self.provider()
        attachment = self.sent()
        with (
            mock.patch("reports.jobs.preparing.derive", side_effect=ZeroDivisionError),
            self.assertLogs("reports.jobs", "ERROR"),
        ):
            jobs.fetch()
            self.assert_state(self.now_is(attachment), "waiting", "stuck")
            for _ in range(settings.MEDIA_PREPARED_TRIES):
                self.travel(settings.MEDIA_RETRY_LONGEST)
                jobs.fetch()
        self.assert_state(self.now_is(attachment), "refused", "stuck")

    def test_one_whose_key_is_gone_is_given_up(self) -> None:
        self.provider()
        attachment = self.sent()
        vault.destroy([attachment.message.report_id])
        jobs.fetch()
        self.assert_state(self.now_is(attachment), "failed", "unreadable")


class MovedTests(FetchingCase):
    """A message that becomes a report of its own takes its files along."""

    def setUp(self) -> None:
        super().setUp()
        self.provider()
        people.message(samples.text("Ada balap liar"))
        self.attachment = self.sent()
        self.former = self.attachment.message.report

    def split(self) -> Attachment:
        answering.split_off(self.attachment.message, by=self.rina)
        now_is = self.now_is(self.attachment)
        self.assertNotEqual(now_is.message.report_id, self.former.pk)
        return now_is

    def test_files_that_are_here_open_under_its_own_key(self) -> None:
        jobs.fetch()
        attachment = self.split()
        self.assertEqual(self.content(attachment), PICTURE)
        self.assertTrue(self.content(attachment, "view"))
        box = vault.box_of("content", attachment.message.report_id)
        about = media_files.about([attachment], box)[attachment.pk]
        self.assertIsNotNone(about)
        vault.destroy([self.former.pk])
        self.assertEqual(self.content(attachment), PICTURE)

    def test_what_was_found_goes_with_it(self) -> None:
        jobs.enrich()
        jobs.fetch()
        kept = len(findings.of(self.former, by=self.rina))
        own = self.split().message.report
        found = {one.finding.enricher: one.candidates for one in findings.of(own, by=self.rina)}
        self.assertIn("latitude", found[Enricher.CAMERA][0].value)
        self.assertEqual(len(findings.of(self.former, by=self.rina)), kept - len(found))

    def test_files_that_are_still_to_come_do_too(self) -> None:
        attachment = self.split()
        jobs.fetch()
        self.assert_state(self.now_is(attachment), "stored")
        self.assertEqual(self.content(attachment), PICTURE)

    def test_one_that_is_on_its_way_at_that_moment_does_too(self) -> None:
        attachment = fetching._claim()
        assert attachment is not None
        source = fetching._source(attachment)
        assert source is not None
        real = fetching.download.fetch

        def moved_meanwhile(*args: object) -> None:
            real(*args)  # type: ignore[arg-type]
            self.split()

        with mock.patch.object(fetching.download, "fetch", moved_meanwhile):
            self.assertTrue(fetching._seal(attachment, source))
        self.assertEqual(self.content(attachment), PICTURE)
        row = MediaFile.objects.get(attachment=attachment)
        box = vault.box_of("content", self.now_is(attachment).message.report_id)
        self.assertTrue(box.open_bytes("media_file.digest", row.pk, row.digest_sealed))
