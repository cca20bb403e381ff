"""The address under which Twilio fetches a picture: whoever has it gets the picture for a while, and nobody else does."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.core import signing
from django.test import Client, override_settings
from django.utils import timezone

from reports import delivery, pictures, triage
from reports.identity import blobs
from reports.models import Message, Picture
from tests import people, photos
from tests.environment import PUBLIC_URL
from tests.reports.cases import StationTestCase
from tests.reports.gateways import Provider


class PictureOutTests(StationTestCase):
    client_class = Client
    """Twilio itself, through no proxy that would say https."""

    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())
        self.report = people.report()
        Message.objects.filter(direction="outbound").delete()
        self.picture = pictures.attach(self.report, photos.telltale(), by=self.rina)
        self.message = triage.reply(
            self.report, "Sudah bersih", by=self.rina, pictures=[self.picture]
        )
        provider = Provider()
        delivery.deliver(str(self.message.pk), via=provider)
        ((self.url,),) = [sent.media_urls for sent in provider.sent]
        self.path = urlsplit(self.url).path

    def test_the_message_names_it_at_our_public_address(self) -> None:
        self.assertTrue(self.url.startswith(f"{PUBLIC_URL}/m/"))
        self.assertNotIn(self.report.number, self.url)
        self.assertNotIn(str(self.picture.pk), self.url)

    def test_an_answer_without_a_picture_names_none(self) -> None:
        Message.objects.update(status="delivered")
        message = triage.reply(self.report, "Terima kasih", by=self.rina)
        provider = Provider()
        delivery.deliver(str(message.pk), via=provider)
        self.assertEqual(provider.sent[0].media_urls, ())

    def test_it_gives_the_picture_as_often_as_it_is_asked(self) -> None:
        for _ in range(3):
            answer = self.client.get(self.path)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.content, pictures.read(self.picture))

    def test_whoever_asks_for_the_head_is_told_the_length(self) -> None:
        answer = self.client.head(self.path)
        self.assertEqual((answer.status_code, answer.content), (200, b""))
        self.assertEqual(answer.headers["Content-Length"], str(self.picture.byte_size))
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")

    def test_its_headers_keep_it_where_it_is(self) -> None:
        with self.assertLogs("reports.pictures_out", "INFO") as logged:
            answer = self.client.get(self.path)
        self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer.headers["Content-Disposition"], 'inline; filename="foto.jpg"')
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["Content-Length"], str(len(answer.content)))
        self.assertEqual(dict(answer.cookies), {})
        self.assertNotIn("Vary", answer.headers)
        self.assertNotIn(self.path.split("/")[2], str(logged.output))

    def test_nothing_is_written_and_no_session_is_asked_for(self) -> None:
        with self.assertNumQueries(2):
            self.client.get(self.path)

    def test_neither_host_nor_scheme_is_asked(self) -> None:
        with override_settings(IS_HTTPS=True):
            answer = Client(HTTP_HOST="anything.example").get(self.path)
        self.assertEqual(answer.status_code, 200)

    def test_it_is_only_looked_at(self) -> None:
        for method in ("post", "put", "delete", "options"):
            with self.subTest(method):
                self.assertEqual(getattr(self.client, method)(self.path).status_code, 405)

    def test_it_outlives_the_queue_of_the_provider_and_is_then_nowhere(self) -> None:
        self.travel(timedelta(hours=5, minutes=59))
        self.assertEqual(self.client.get(self.path).status_code, 200)
        self.travel(timedelta(minutes=2))
        self.assertEqual(self.client.get(self.path).status_code, 404)

    def test_whatever_is_wrong_looks_the_same(self) -> None:
        token = self.path.split("/")[2]
        beside = pictures.attach(self.report, photos.jpeg(), by=self.rina)
        lost = Picture.objects.create(
            report=self.report, message=self.message, by=self.rina, at=timezone.now(),
            byte_size=1, width=1, height=1,
        )  # fmt: skip
        signer = signing.TimestampSigner(sep=".", salt="reports.pictures")
        wrong = [
            self.path.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B")),
            self.path.replace(token, token.replace(token[:8], "0" * 8)),
            "/m/nonsense/",
            "/m/" + signing.TimestampSigner(sep=".").sign(self.picture.pk.hex) + "/",
            "/m/" + signer.sign("no id") + "/",
            "/m/" + signer.sign(uuid4().hex) + "/",
            "/m/",
            f"/m/{token}",
            urlsplit(pictures.link(beside)).path,
        ]
        for path in wrong:
            with self.subTest(path=path):
                answer = self.client.get(path)
                self.assertEqual((answer.status_code, answer.content), (404, b""))
        with self.assertLogs("reports.pictures", "ERROR"):
            answer = self.client.get(urlsplit(pictures.link(lost)).path)
        self.assertEqual((answer.status_code, answer.content), (404, b""))

    def test_a_file_under_another_name_is_not_given_out(self) -> None:
        other = pictures.attach(self.report, photos.jpeg(), by=self.rina)
        blobs.put(self.picture.pk, blobs.get(other.pk))
        with self.assertLogs("reports.pictures", "ERROR"):
            self.assertEqual(self.client.get(self.path).status_code, 404)
