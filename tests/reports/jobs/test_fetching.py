"""What a citizen sends is brought in, whatever it is and whatever happens on the way; the queue goes on."""

from django.test import override_settings

from reports import findings, jobs
from reports.identity import vault
from reports.jobs import fetching
from reports.models import Attachment, Change
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
