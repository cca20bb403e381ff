"""Handing a report to units from its page, what the desk sees of them, and what comes next."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from operators.models import Operator
from operators.permissions import Role
from reports import assignment
from reports.models import Assignment, Category, CheckedFirst, Report, RoutingRule
from reports.models.media_file import FileRole
from reports.workflow import Status
from tests import people, photos
from tests.operators.desk.cases import DeskTestCase, words
from tests.shown_files import prepared

BRIEF = "Balap liar, 20 motor, mohon dibubarkan."


class ForwardingTestCase(DeskTestCase):
    sari: Operator
    brong: Category

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.samapta, cls.lantas = people.unit(cls.station), people.unit(cls.station, "lantas")
        cls.sari = people.operator(cls.station, Role.UNIT, username="sari", unit=cls.samapta)
        cls.brong = people.category("knalpot-brong", label="Knalpot brong", unit_slug="lantas")
        RoutingRule.objects.create(
            station=cls.station, category=cls.brong, unit=cls.samapta, together_with=cls.lantas
        )

    def setUp(self) -> None:
        super().setUp()
        self.report = self.arrive("Ada balap liar, hp 081234567890", category=self.brong)

    def form(self, htmx: bool = True) -> HttpResponse:
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.get(reverse("desk:dispatch", args=[self.report.number]), headers=headers)

    def send(self, htmx: bool = True, **changes: Any) -> HttpResponse:
        given = {"unit": "samapta", "brief": BRIEF, "wants_photo": "on"} | changes
        return self.act("dispatch", self.report, htmx, **given)

    def given(self, **changes: Any) -> Assignment:
        """A task of Samapta, as the verb makes it."""
        now = Report.objects.get(pk=self.report.pk)
        fields = {"to": self.samapta, "brief": BRIEF, "by": self.rina} | changes
        return assignment.assign(now, **fields)

    def now_is(self) -> Report:
        self.report.refresh_from_db()
        return self.report


class FormTests(ForwardingTestCase):
    def test_it_begins_with_the_suggestion_its_reason_and_the_redacted_words(self) -> None:
        shown = self.form()
        self.assertIn("Knalpot brong: Samapta, bersama Lantas.", words(shown))
        self.assertIn('<option value="samapta" selected>', shown.text)
        self.assertIn('value="lantas" checked', shown.text)
        self.assertIn("Ada balap liar, hp [nomor telepon]", shown.text)
        self.assertNotIn("0812", shown.text)
        self.assertIn("1 bagian yang menunjukkan pelapor sudah dihapus", words(shown))

    def test_without_scripts_it_stands_on_the_whole_page(self) -> None:
        shown = self.form(htmx=False)
        self.assertIn('id="dispatch-form"', shown.text)
        self.assertIn('id="queue"', shown.text)

    def test_the_page_of_a_report_does_not_make_it_yet(self) -> None:
        shown = self.open(self.report)
        self.assertNotIn('id="dispatch-form"', shown.text)
        self.assertIn("Belum diteruskan", words(shown))

    def test_units_that_have_it_already_are_not_offered(self) -> None:
        self.given()
        self.assertNotIn('<option value="samapta"', self.form().text)

    def test_pictures_of_the_report_are_offered_and_nothing_else_of_it(self) -> None:
        attached = prepared(self.report, photos.jpeg())
        shown = self.form().text
        self.assertIn(f'value="{attached.files.get(role=FileRole.VIEW).pk}"', shown)
        for role in (FileRole.ORIGINAL, FileRole.THUMBNAIL):
            self.assertNotIn(str(attached.files.get(role=role).pk), shown)

    def test_the_reason_is_asked_for_where_a_check_comes_first_only(self) -> None:
        self.assertNotIn('name="unchecked_because"', self.form().text)
        CheckedFirst.objects.create(station=self.station, category=self.brong)
        self.assertIn('name="unchecked_because"', self.form().text)

    def test_it_takes_few_queries(self) -> None:
        self.form()
        with self.assertNumQueries(15):
            self.form()


class SendingTests(ForwardingTestCase):
    def test_both_units_get_a_task_of_their_own(self) -> None:
        shown = self.send(together="lantas")
        self.assertEqual(shown.status_code, 200)
        self.assertEqual(self.now_is().status, Status.ACTING)
        self.assertEqual(
            set(Assignment.objects.values_list("unit__slug", flat=True)), {"samapta", "lantas"}
        )
        said = words(shown)
        self.assertIn("Rina", said)
        for one in Assignment.objects.all():
            self.assertIn(one.number, said)
        self.assertIn("Contoh Rina meneruskan laporan ke Samapta", said)

    def test_without_scripts_it_leads_back_to_the_report(self) -> None:
        self.assertEqual(self.send(htmx=False).status_code, 302)

    def test_nothing_goes_out_while_a_doubt_is_open(self) -> None:
        brief = "Depan rumah saya ada balap liar"
        shown = self.send(brief=brief)
        self.assertEqual(shown.status_code, 409)
        self.assertIn("Depan rumah saya", shown.text)
        self.assertIn(brief, shown.text)
        self.assertFalse(Assignment.objects.exists())
        shown = self.send(brief=brief, confirmed=["Depan rumah saya"])
        self.assertEqual(shown.status_code, 200)

    def test_a_tick_from_the_page_does_not_cover_words_that_were_written_since(self) -> None:
        brief = "Depan rumah saya ada balap liar, telp 081234567890"
        self.assertEqual(self.send(brief=brief, confirmed=["Depan rumah saya"]).status_code, 409)
        self.assertFalse(Assignment.objects.exists())

    def test_pictures_need_a_look_first(self) -> None:
        view = prepared(self.report, photos.jpeg()).files.get(role=FileRole.VIEW)
        shown = self.send(picture=str(view.pk))
        self.assertEqual(shown.status_code, 422)
        self.assertIn("Periksa fotonya", words(shown))
        self.send(picture=str(view.pk), shows_no_reporter="on")
        self.assertEqual(Assignment.objects.get().pictures.count(), 1)

    def test_a_wrong_unit_or_no_words_bring_the_form_again_with_what_was_typed(self) -> None:
        for changes in ({"unit": ""}, {"unit": "tidak-ada"}, {"together": "lain"}, {"brief": " "}):
            with self.subTest(**changes):
                shown = self.send(place_note="Sebelah timur pasar", **changes)
                self.assertEqual(shown.status_code, 422)
                self.assertIn("Sebelah timur pasar", shown.text)
        self.assertFalse(Assignment.objects.exists())

    def test_one_unit_refused_is_none_sent(self) -> None:
        self.given(to=self.lantas)
        self.assertEqual(self.send(together="lantas").status_code, 409)
        self.assertEqual(Assignment.objects.count(), 1)

    def test_what_is_checked_first_needs_its_reason(self) -> None:
        CheckedFirst.objects.create(station=self.station, category=self.brong)
        shown = self.send()
        self.assertEqual(shown.status_code, 409)
        self.assertIn("dicek petugas", words(shown))
        self.assertEqual(self.send(unchecked_because="Sedang berlangsung.").status_code, 200)

    def test_only_the_desk_of_the_station_sends(self) -> None:
        away = people.operator(people.station("lain", "LLN"), username="jauh")
        for who, status in ((self.sari, 403), (away, 404)):
            self.client.force_login(who)
            self.assertEqual(self.send().status_code, status)
