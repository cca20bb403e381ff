"""Handing a report to units from its page, what the desk sees of them, and what comes next."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import assignment, claims, triage
from reports.models import Area, Assignment, Category, CheckedFirst, Event, Report, RoutingRule
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.models.media_file import FileRole
from reports.workflow import Outcome, Status
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


class SeeingTests(ForwardingTestCase):
    def test_each_step_with_its_time_and_who(self) -> None:
        made = self.given()
        assignment.accept(made, by=self.sari)
        assignment.set_out(made, by=self.sari)
        said = words(self.open(self.report))
        self.assertIn("Contoh Sari", said)
        self.assertIn("Samapta menuju lokasi", said)
        self.assertIn("Berangkat", said)

    def test_the_units_words_and_its_result(self) -> None:
        assignment.finish(
            self.given(), result=Outcome.ACTED, note="Bubar, aman & tertib.", by=self.sari
        )
        said = words(self.open(self.report))
        self.assertIn("Bubar, aman & tertib.", said)
        self.assertIn("terbukti dan ditindak", said)

    def test_a_unit_that_is_not_there_in_time_is_late(self) -> None:
        Category.objects.update(arrive_minutes=30)
        self.given()
        self.assertIn("Tiba paling lambat", words(self.open(self.report)))
        Assignment.objects.update(arrive_by=timezone.now() - timedelta(minutes=1))
        self.assertIn("Seharusnya tiba", words(self.open(self.report)))

    def test_pictures_of_a_task_are_shown_to_whoever_reads_the_report(self) -> None:
        view = prepared(self.report, photos.jpeg()).files.get(role=FileRole.VIEW)
        picture = self.given(pictures=[view]).pictures.get()
        for name in ("desk:dispatch-picture", "desk:dispatch-picture-thumbnail"):
            address = reverse(name, args=[self.report.number, picture.pk])
            shown = self.client.get(address)
            self.assertEqual(shown.headers["Content-Type"], "image/jpeg")
            self.assertIn("no-store", shown.headers["Cache-Control"])
            self.assertIn(address, self.open(self.report).text)
            other = self.arrive()
            self.assertEqual(
                self.client.get(reverse(name, args=[other.number, picture.pk])).status_code, 404
            )

    def test_without_any_unit_it_costs_no_query(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.open(self.report)
        with self.assertNumQueries(23):
            self.open(self.report)

    def test_it_costs_the_same_for_one_task_and_for_three(self) -> None:
        self.given()
        self.open(self.report)
        with self.assertNumQueries(26):
            self.open(self.report)
        self.given(to=self.lantas)
        self.given(to=people.unit(self.station, "reskrim"))
        with self.assertNumQueries(26):
            self.open(self.report)


class CallingOffTests(ForwardingTestCase):
    def call_off(self, made: Assignment, **form: str) -> HttpResponse:
        address = reverse("desk:call-off", args=[self.report.number, made.pk])
        return self.client.post(address, form, headers={"HX-Request": "true"})

    def test_with_a_reason_it_is_over(self) -> None:
        made = self.given()
        self.assertEqual(self.call_off(made, reason="Sudah bubar.").status_code, 200)
        made.refresh_from_db()
        self.assertEqual(made.progress, Progress.CALLED_OFF)

    def test_without_one_the_form_is_open_again(self) -> None:
        shown = self.call_off(self.given(), reason="")
        self.assertEqual(shown.status_code, 422)
        self.assertIn("Tulis mengapa tugas satuan dibatalkan.", words(shown))

    def test_of_another_report_it_does_not_exist(self) -> None:
        made = self.given()
        self.report = self.arrive()
        self.assertEqual(self.call_off(made, reason="x").status_code, 404)


class NextStepTests(ForwardingTestCase):
    def setUp(self) -> None:
        super().setUp()
        claims.claim(self.report, by=self.rina)
        Report.objects.update(waiting_since=None)

    def step(self) -> str:
        return str(self.open(self.report).context["standing"].step)

    def test_where_somebody_has_to_go_it_is_to_forward(self) -> None:
        self.assertEqual(self.step(), "close")
        Category.objects.update(arrive_minutes=30)
        area = Area.objects.create(
            station=self.station,
            code="33.14.01",
            level="district",
            name="Gesi",
            latitude=-7,
            longitude=111,
        )
        Report.objects.update(area=area)
        self.assertEqual(self.step(), "forward")

    def test_then_to_wait_for_the_unit(self) -> None:
        self.given()
        self.assertEqual(self.step(), "units")

    def test_what_was_given_back_is_to_be_forwarded_again(self) -> None:
        assignment.give_back(self.given(), reason="Wilayah polsek.", by=self.sari)
        shown = self.open(self.report)
        self.assertEqual(shown.context["standing"].step, "forward-again")
        self.assertIn("Samapta mengembalikan tugas", words(shown))
        self.given(to=self.lantas)
        self.assertEqual(self.step(), "units")

    def test_after_the_end_the_reporter_is_told_and_the_closing_begins_with_what_was_found(
        self,
    ) -> None:
        self.given(to=self.lantas)
        made = self.given()
        lukas = people.operator(self.station, Role.UNIT, username="lukas", unit=self.lantas)
        other = Assignment.objects.get(unit=self.lantas)
        assignment.finish(other, result=Outcome.NOT_FOUND, note="Kosong.", by=lukas)
        self.assertEqual(self.step(), "units")
        assignment.finish(made, result=Outcome.ACTED, note="Dibubarkan.", by=self.sari)
        shown = self.open(self.report)
        self.assertEqual(shown.context["standing"].step, "finished")
        self.assertIn('<option value="acted" selected>', shown.text)
        self.assertIn("Dibubarkan.</textarea>", shown.text)

    def test_a_task_of_before_the_reopening_no_longer_counts(self) -> None:
        assignment.finish(self.given(), result=Outcome.ACTED, note="Aman.", by=self.sari)
        triage.close(self.now_is(), Outcome.ACTED, "Aman.", by=self.rina)
        triage.reopen(self.now_is(), reason="goes_on", by=self.rina)
        claims.claim(self.now_is(), by=self.rina)
        self.assertEqual(self.step(), "close")

    def test_the_row_of_the_queue_names_the_unit(self) -> None:
        self.given()
        self.assertIn('<span class="row-unit">Samapta</span>', self.queue().text)


class StatusTests(ForwardingTestCase):
    def test_the_desk_acts_itself_and_goes_back(self) -> None:
        self.assertEqual(self.act("status", self.report, status="acting").status_code, 200)
        self.assertEqual(self.now_is().status, Status.ACTING)
        self.assertIn("Kembali ke triase", words(self.open(self.report)))
        self.act("status", self.report, status="triage")
        self.assertEqual(self.now_is().status, Status.TRIAGE)
        self.assertEqual(Event.objects.filter(kind=EventKind.STATUS_SET).count(), 2)

    def test_no_other_status_is_written_by_hand(self) -> None:
        for status in ("done", "waiting", "verifying", "new", "x", ""):
            with self.subTest(status=status):
                self.assertEqual(self.act("status", self.report, status=status).status_code, 422)
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_the_guard_holds_here_too(self) -> None:
        CheckedFirst.objects.create(station=self.station, category=self.brong)
        self.assertEqual(self.act("status", self.report, status="acting").status_code, 409)
        reason = {"unchecked_because": "Sedang berlangsung."}
        shown = self.act("status", self.report, status="acting", **reason)
        self.assertEqual(shown.status_code, 200)
