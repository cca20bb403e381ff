"""What the desk sees of the units that have a report, what comes next, and the status by hand."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.permissions import Role
from reports import assignment, claims, triage
from reports.models import Area, Assignment, Category, CheckedFirst, Event, Report
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.models.media_file import FileRole
from reports.workflow import Outcome, Status
from tests import people, photos
from tests.operators.desk.cases import words
from tests.operators.desk.test_forwarding import ForwardingTestCase
from tests.shown_files import prepared


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
        with self.assertNumQueries(27):
            self.open(self.report)

    def test_it_costs_the_same_for_one_task_and_for_three(self) -> None:
        self.given()
        self.open(self.report)
        with self.assertNumQueries(30):
            self.open(self.report)
        self.given(to=self.lantas)
        self.given(to=people.unit(self.station, "reskrim"))
        with self.assertNumQueries(30):
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
