"""The picture of a wording: clean and small whoever uploads it, shown to who may word replies, taken away again."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from operators.permissions import Role
from reports.models import ReplyTemplate
from tests import people, photos
from tests.reports.admin.test_configuration import ConfigurationTestCase


class CannedPictureTests(ConfigurationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.template = ReplyTemplate.objects.create(
            station=self.station, key="sim", title="SIM", text="Syarat SIM: KTP."
        )

    def save(self, data: bytes | None = None, **more: Any) -> HttpResponse:
        fields = {"title": "SIM", "text": "Syarat SIM: KTP.", "position": "0", "is_active": "on"}
        fields |= more
        if data is not None:
            fields["new_picture"] = SimpleUploadedFile("a.jpg", data, "image/jpeg")
        return self.change(self.template, fields)

    def picture(self) -> bytes:
        self.template.refresh_from_db()
        return bytes(self.template.picture or b"")

    def look(self) -> HttpResponse:
        return self.client.get(
            reverse("admin:reports_replytemplate_picture", args=[self.template.pk])
        )

    def test_it_is_made_clean(self) -> None:
        self.assertEqual(self.save(photos.telltale()).status_code, 302)
        self.assertTrue(self.picture().startswith(b"\xff\xd8\xff"))
        self.assertNotIn(photos.SECRET, self.picture())

    def test_it_has_at_most_one_megabyte(self) -> None:
        self.save(photos.encoded(photos.noise(1800, 1200)))
        self.assertTrue(0 < len(self.picture()) <= 1024**2)

    def test_what_is_no_picture_is_refused_on_the_page(self) -> None:
        for name in ("nothing", "an SVG", "half a JPEG", "17 MB"):
            with self.subTest(name):
                page = self.save(photos.NOT_TAKEN[name])
                self.assertEqual(page.status_code, 200)
                self.assertContains(page, "errorlist")
        self.assertEqual(self.picture(), b"")

    def test_it_stays_when_something_else_is_changed(self) -> None:
        self.save(photos.jpeg())
        before = self.picture()
        self.save(title="Syarat SIM")
        self.assertEqual((self.picture(), self.template.title), (before, "Syarat SIM"))

    def test_it_can_be_taken_away(self) -> None:
        self.save(photos.jpeg())
        self.save(without_picture="on")
        self.assertEqual(self.picture(), b"")

    def test_it_is_shown_to_who_may_word_replies(self) -> None:
        self.assertEqual(self.look().status_code, 404)
        self.save(photos.jpeg())
        self.assertEqual(self.look().content, self.picture())
        self.assertContains(self.client.get(self.page_of(self.template)), "<img")
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        self.assertEqual(self.look().status_code, 200)

    def test_another_stations_is_not_shown(self) -> None:
        self.save(photos.jpeg())
        other = people.station("lain", "LAN")
        self.client.force_login(people.operator(other, Role.PAMAPTA, username="dian"))
        self.assertNotEqual(self.look().status_code, 200)
