"""What a citizen sends is brought in, whatever it is and whatever happens on the way; the queue goes on."""

import logging
from datetime import timedelta
from unittest import mock

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from reports import answering, findings, jobs, media_files
from reports.identity import vault
from reports.jobs import claimed, fetching
from reports.models import Attachment, Change, MediaFile
from reports.models.finding import Enricher
from tests import hostile, people, photos, samples
from tests.hostile import MEGABYTE
from tests.reports.jobs.fetching_cases import PICTURE, FetchingCase

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


class StoredTests(FetchingCase):
    def test_a_picture_is_here_as_it_was_sent_and_as_it_may_be_shown(self) -> None:
        attachment = self.fetched()
        self.assert_state(attachment, "stored")
        self.assertEqual(self.content(attachment), PICTURE)
        self.assertEqual(self.roles(attachment), {"original", "view", "thumbnail"})
        self.assertEqual((attachment.kind, attachment.media_type), ("image", "image/jpeg"))
        self.assertEqual(attachment.byte_size, len(PICTURE))
        self.assertIsNone(attachment.due_at)

    def test_what_is_shown_tells_nothing_of_whoever_took_it(self) -> None:
        attachment = self.fetched()
        for role in ("view", "thumbnail"):
            self.assertNotIn(photos.SECRET, self.content(attachment, role))

    def test_nothing_of_it_lies_on_disk_in_clear(self) -> None:
        self.fetched()
        self.assertEqual(len(self.on_disk()), 3)
        for path in self.on_disk():
            self.assertNotIn(b"\xff\xd8\xff", path.read_bytes()[:64])
            self.assertNotIn(photos.SECRET, path.read_bytes())

    def test_its_hash_is_sealed_like_the_rest(self) -> None:
        attachment = self.fetched()
        row = attachment.files.get(role="original")
        box = vault.box_of("content", attachment.message.report_id)
        digest = box.open_bytes("media_file.digest", row.pk, row.digest_sealed)
        self.assertEqual(digest, fetching.hashlib.sha256(PICTURE).digest())

    def test_what_the_camera_noted_is_a_hint(self) -> None:
        attachment = self.fetched()
        (found,) = [
            one
            for one in findings.of(attachment.message.report, by=self.rina)
            if one.finding.enricher == Enricher.CAMERA
        ]
        self.assertEqual(found.finding.attachment_id, attachment.pk)
        value = found.candidates[0].value
        self.assertAlmostEqual(value["latitude"], -(7 + 25 / 60 + 30 / 3600))

    def test_the_desk_hears_of_it(self) -> None:
        self.provider()
        attachment = self.sent()
        before = Change.objects.count()
        jobs.fetch()
        self.assertEqual(Change.objects.count(), before + 1)
        self.assertEqual(self.now_is(attachment).state, "stored")

    def test_it_is_rung_for_when_a_file_comes(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            self.sent()
        self.assertIn(("reports.fetch",), self.rings)
        self.rings.clear()
        with self.captureOnCommitCallbacks(execute=True):
            people.message(samples.text())
        self.assertNotIn(("reports.fetch",), self.rings)

    def test_several_files_of_one_message_come_in_their_order(self) -> None:
        self.provider(hostile.giving(PICTURE), hostile.giving(photos.jpeg(40, 30)))
        message = people.message(samples.mms())
        jobs.fetch()
        states = [(one.position, one.state) for one in message.attachments.all()]
        self.assertEqual(states, [(0, "stored"), (1, "stored"), (2, "stored")])
        first = message.attachments.get(position=0)
        self.assertEqual(self.content(first), PICTURE)

    def test_once_it_is_here_it_is_not_fetched_again(self) -> None:
        self.fetched()
        with override_settings(DELETE_MEDIA_AT_PROVIDER=False):
            self.assertEqual(jobs.fetch(), 0)
        self.assertEqual(len(self.server.asked), 1)


class RefusedTests(FetchingCase):
    """Each says why on the desk; what has come is kept, sealed."""

    def assert_kept(self, attachment: Attachment, content: bytes) -> None:
        self.assertEqual(self.content(attachment), content)
        self.assertEqual(self.roles(attachment), {"original"})

    def test_one_that_is_too_large_is_not_taken(self) -> None:
        attachment = self.fetched(hostile.of_size(21 * MEGABYTE))
        self.assert_state(attachment, "refused", "too_large")
        self.assertEqual((self.roles(attachment), self.on_disk()), (set(), []))

    def test_an_endless_one_leaves_nothing(self) -> None:
        attachment = self.fetched(hostile.endless)
        self.assert_state(attachment, "refused", "too_large")
        self.assertEqual((self.roles(attachment), self.on_disk()), (set(), []))

    def test_seventeen_megabytes_of_nothing_are_kept_and_not_shown(self) -> None:
        attachment = self.fetched(hostile.of_size(17 * MEGABYTE))
        self.assertEqual((attachment.state, attachment.byte_size), ("refused", 17 * MEGABYTE))
        self.assertTrue(attachment.reason)

    def test_an_empty_one(self) -> None:
        attachment = self.fetched(hostile.giving(b""))
        self.assert_state(attachment, "refused", "empty")
        self.assert_kept(attachment, b"")

    def test_what_is_no_picture_is_not_taken_for_one(self) -> None:
        for content in (SVG, HTML, b"\x7fELF" + bytes(200)):
            with self.subTest(content=content[:12]):
                attachment = self.fetched(hostile.giving(content, "image/jpeg"))
                self.assertEqual(attachment.state, "refused")
                self.assertTrue(attachment.reason)
                self.assert_kept(attachment, content)

    def test_a_picture_called_something_else_is_a_picture(self) -> None:
        attachment = self.fetched(
            hostile.giving(PICTURE, "text/html"), MediaContentType0="application/pdf"
        )
        self.assert_state(attachment, "stored")
        self.assertEqual(attachment.kind, "image")

    def test_nine_hundred_megapixels(self) -> None:
        vast = photos.vast_png()
        attachment = self.fetched(hostile.giving(vast, "image/png"))
        self.assert_state(attachment, "refused", "too_many_pixels")
        self.assert_kept(attachment, vast)

    def test_an_address_that_is_not_ours_is_not_asked(self) -> None:
        self.provider()
        elsewhere = self.server.url + "/2010-04-01/Accounts/AC2/Messages/MM1/Media/ME1"
        attachment = self.sent(MediaUrl0=elsewhere)
        jobs.fetch()
        self.assert_state(self.now_is(attachment), "refused", "not_ours")
        self.assertEqual(self.server.asked, [])

    def test_a_redirect_inside_is_not_followed(self) -> None:
        attachment = self.fetched(hostile.leading_to("http://169.254.169.254/latest/"))
        self.assert_state(attachment, "refused", "untrusted")

    def test_the_queue_goes_on(self) -> None:
        self.provider(
            hostile.endless,
            hostile.cut_short,
            hostile.giving(b""),
            hostile.leading_to("http://169.254.169.254/"),
            hostile.status(500),
            hostile.giving(PICTURE),
        )
        sent = [self.sent() for _ in range(6)]
        jobs.fetch()
        states = [self.now_is(one).state for one in sent]
        self.assertEqual(states, ["refused", "waiting", "refused", "refused", "waiting", "stored"])


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
