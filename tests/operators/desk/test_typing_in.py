"""Taking down a call or a walk-in at the desk: one form, and nothing that was typed is lost."""

import io
import logging
from unittest import mock
from uuid import uuid4

from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from operators.desk.typing_in import TypingForm
from polreswa.logging import JsonLines
from reports.identity.models import AuditEntry, Handle
from reports.models import Area, Report
from reports.models.service_number import Channel
from reports.workflow import Urgency
from tests import people, samples
from tests.canaries import Canary, scan
from tests.operators.desk.cases import DeskTestCase, words
from tests.samples import WATI

SAID = "Ada pencurian motor\ndi parkiran pasar"


class TypingInTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.address = reverse("desk:type-in")

    def send(self, *, htmx: bool = False, **form: object) -> HttpResponse:
        given = {"key": str(uuid4()), "channel": "voice", "words": SAID} | form
        headers = {"HX-Request": "true", "HX-Target": "typing"} if htmx else {}
        return self.client.post(self.address, given, headers=headers)

    def test_the_form_is_a_page_of_its_own(self) -> None:
        page = self.client.get(self.address)
        self.assertContains(page, 'id="typing-words"')
        self.assertContains(page, 'data-shortcut="t"')

    def test_saved_it_leads_to_the_report(self) -> None:
        answer = self.send()
        report = Report.objects.get()
        self.assertRedirects(answer, report.get_absolute_url())
        self.assertEqual((report.holder, report.channel), (self.rina, Channel.VOICE))
        page = self.open(report)
        self.assertContains(page, "di parkiran pasar")
        self.assertContains(page, report.number)

    def test_nothing_is_called_answered_that_nobody_could_answer(self) -> None:
        self.send(channel="desk")
        page = self.open(Report.objects.get())
        self.assertIn("Pilih kategori laporannya.", words(page))
        self.assertNotIn("Sudah dibalas", words(page))
        self.assertNotContains(page, "next-reply")

    def test_htmx_is_led_there_too(self) -> None:
        answer = self.send(htmx=True)
        self.assertEqual(answer.headers["HX-Redirect"], Report.objects.get().get_absolute_url())

    def test_everything_that_was_chosen_is_on_the_report(self) -> None:
        group = people.category("kamtibmas")
        people.category("curanmor", parent=group)
        Area.objects.create(
            station=self.station, code="33.14.01", level="district", name="Gemolong",
            latitude=-7, longitude=111,
        )  # fmt: skip
        self.send(channel="desk", category="curanmor", area="33.14.01", urgency="darurat")
        report = Report.objects.get()
        self.assertEqual((report.channel, report.urgency), (Channel.DESK, Urgency.EMERGENCY))
        self.assertEqual((report.category.slug, report.area.name), ("curanmor", "Gemolong"))

    def test_the_callers_earlier_reports_stand_beside_it_without_the_number(self) -> None:
        earlier = people.report(samples.text(by=WATI))
        self.send(number="0812-9990-0001", name="Wati Contoh")
        page = self.open(Report.objects.get(channel=Channel.VOICE))
        self.assertContains(page, earlier.number)
        self.assertContains(page, earlier.reporter.alias)
        for secret in ("99900001", "9990-0001", "Wati Contoh"):
            self.assertNotContains(page, secret)

    def test_before_it_is_saved_nothing_is_looked_up(self) -> None:
        people.report(samples.text(by=WATI))
        self.client.get(self.address)
        self.send(number="0812-9990-0001", words="")
        self.assertEqual(AuditEntry.objects.count(), 0)

    def test_a_wrong_number_is_named_and_everything_stays(self) -> None:
        key = str(uuid4())
        for htmx in (False, True):
            answer = self.send(
                number="0812-x", name="Bu Tini", urgency="segera", key=key, htmx=htmx
            )
            self.assertEqual(answer.status_code, 422)
            self.assertIn("bukan nomor telepon", words(answer))
            for kept in ("di parkiran pasar", "0812-x", "Bu Tini", key):
                self.assertContains(answer, kept, status_code=422)
            self.assertContains(answer, '<option value="segera" selected>', status_code=422)
        self.assertEqual((Report.objects.count(), Handle.objects.count()), (0, 0))

    def test_without_words_nothing_is_saved(self) -> None:
        answer = self.send(words=" ", name="Bu Tini")
        self.assertContains(answer, "Bu Tini", status_code=422)
        self.assertEqual(Report.objects.count(), 0)

    @override_settings(LOOKUPS_AN_HOUR=1)
    def test_over_the_cap_everything_stays(self) -> None:
        self.send(number=WATI.phone)
        answer = self.send(number="0812 9990 0002", name="Pak Joko")
        self.assertEqual(answer.status_code, 409)
        for kept in ("di parkiran pasar", "0812 9990 0002", "Pak Joko"):
            self.assertContains(answer, kept, status_code=409)
        self.assertEqual(Report.objects.count(), 1)

    def test_pressed_twice_it_is_one_report(self) -> None:
        key = str(uuid4())
        first, second = self.send(key=key), self.send(key=key)
        self.assertEqual((Report.objects.count(), first.url), (1, second.url))

    def test_what_is_reserved_for_others_leads_back_to_the_queue(self) -> None:
        group = people.category("internal")
        people.category("anggota-polri", parent=group, reserved_for="propam")
        answer = self.send(category="anggota-polri")
        self.assertRedirects(answer, reverse("desk:queue"))
        self.assertEqual(self.open(Report.objects.get()).status_code, 404)

    def test_a_place_of_another_station_is_not_offered(self) -> None:
        Area.objects.create(
            station=people.station("tetangga", "TTG"), code="33.72.01", level="district",
            name="Laweyan", latitude=-7, longitude=110,
        )  # fmt: skip
        self.assertNotContains(self.client.get(self.address), "Laweyan")
        self.assertEqual(self.send(area="33.72.01").status_code, 422)

    def test_number_and_name_stand_in_no_log_and_no_session(self) -> None:
        written = io.StringIO()
        handler, root = logging.StreamHandler(written), logging.getLogger()
        handler.setFormatter(JsonLines())
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, level)
        self.send(number="0812-9990-0001", name="Kanari Satu")
        self.send(number="0812-9990", name="Kanari Satu")
        root.debug("the end")
        everything = written.getvalue() + str(dict(self.client.session.items()))
        self.assertIn("the end", everything)
        canaries = [Canary.phone(WATI.phone), Canary.words("Kanari Satu"), Canary.words(SAID)]
        self.assertEqual(scan(canaries, everything.encode()), [])
        self.assertNotIn("0812-9990", everything)

    def test_the_form_says_nothing_of_what_is_in_it(self) -> None:
        form = TypingForm({"words": SAID, "number": WATI.phone}, station_id=self.station.pk)
        self.assertNotIn("pencurian", repr(form))
        form.is_valid()
        with mock.patch.dict(form.cleaned_data, channel="voice", category="", urgency="", area=""):
            self.assertNotIn("pencurian", repr(form.told()))
            self.assertNotIn(WATI.phone, repr(form.told()))
