"""Units and a report, for programs: by the same verbs and the same guard as the desk."""

from operators.permissions import Role
from reports import assignment
from reports.models import Assignment, CheckedFirst, Report, RoutingRule
from reports.models.assignment import Progress
from reports.models.media_file import FileRole
from reports.workflow import Outcome, Status
from tests import people, photos
from tests.reports.api.cases import ApiTestCase
from tests.shown_files import prepared


class DispatchTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.samapta = people.unit(cls.station)
        cls.sari = people.operator(cls.station, Role.UNIT, username="sari", unit=cls.samapta)
        cls.category = people.category("keributan", label="Keributan", unit_slug="samapta")

    def setUp(self) -> None:
        super().setUp()
        self.one = self.report(category=self.category)
        self.path = f"/reports/{self.one.number}"

    def dispatch(self, **changes: object) -> object:
        given: dict[str, object] = {"unit": "samapta", "brief": "Ribut di lapangan."}
        return self.post(f"{self.path}/dispatch/", **(given | changes))

    def given(self) -> Assignment:
        return assignment.assign(self.one, to=self.samapta, brief="Ribut.", by=self.rina)

    def test_the_unit_has_it_then(self) -> None:
        answer = self.dispatch()
        self.assertEqual(answer.status_code, 201, answer.content)
        made = answer.json()
        self.assertEqual((made["unit"], made["progress"]), ("samapta", "sent"))
        self.assertEqual(made["brief"], "Ribut di lapangan.")
        self.assertEqual(self.get(f"{self.path}/assignments/").json(), [made])
        self.assertEqual(self.numbers(unit="samapta"), [self.one.number])
        self.assertEqual(self.numbers(unit="lantas"), [])

    def test_what_may_tell_who_has_reported_is_named_and_stays_here(self) -> None:
        answer = self.dispatch(brief="Depan rumah saya ribut")
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "gives_away"))
        (doubt,) = answer.json()["doubts"]
        self.assertEqual(doubt["words"], "Depan rumah saya")
        self.assertFalse(Assignment.objects.exists())
        answer = self.dispatch(brief="Depan rumah saya ribut", confirmed=["Depan rumah saya"])
        self.assertEqual(answer.status_code, 201)

    def test_pictures_go_along_once_somebody_has_looked(self) -> None:
        view = prepared(self.one, photos.jpeg()).files.get(role=FileRole.VIEW)
        self.assertEqual(self.dispatch(pictures=[str(view.pk)]).status_code, 400)
        looked = {"pictures": [str(view.pk)], "pictures_show_no_reporter": True}
        self.assertEqual(self.dispatch(**looked).status_code, 201)
        self.assertEqual(Assignment.objects.get().pictures.count(), 1)

    def test_an_unknown_unit_is_a_wrong_word(self) -> None:
        self.assertEqual(self.dispatch(unit="tidak-ada").status_code, 400)

    def test_the_guard_holds_here_too(self) -> None:
        CheckedFirst.objects.create(station=self.station, category=self.category)
        self.assertEqual(self.dispatch().json()["code"], "not_verified")
        answer = self.post(f"{self.path}/status/", status="acting")
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "not_verified"))
        self.assertEqual(self.dispatch(unchecked_because="Berlangsung.").status_code, 201)

    def test_it_is_called_off(self) -> None:
        path = f"{self.path}/assignments/{self.given().pk}/call_off/"
        self.assertEqual(self.post(path).status_code, 400)
        self.assertEqual(self.post(path, reason="Bubar.").json()["progress"], Progress.CALLED_OFF)
        self.assertEqual(self.post(path, reason="Bubar.").json()["code"], "ended")
        self.assertEqual(
            self.post(path.replace(self.one.number, self.report().number), reason="x").status_code,
            404,
        )

    def test_the_unit_and_its_words(self) -> None:
        assignment.finish(self.given(), result=Outcome.ACTED, note="Aman.", by=self.sari)
        (one,) = self.get(f"{self.path}/assignments/").json()
        self.assertEqual((one["result"], one["closing_note"]), ("acted", "Aman."))

    def test_where_it_would_go_and_why(self) -> None:
        lantas = people.unit(self.station, "lantas")
        RoutingRule.objects.create(
            station=self.station, category=self.category, unit=self.samapta, together_with=lantas
        )
        self.assertEqual(
            self.get(f"{self.path}/routing/").json(),
            {
                "unit": "samapta",
                "second": "lantas",
                "is_together": True,
                "why": "Keributan: Samapta, bersama Lantas.",
            },
        )
        question = people.category("skck", unit_slug="spkt")
        other = self.report(category=question)
        self.assertEqual(self.get(f"/reports/{other.number}/routing/").status_code, 204)

    def test_the_status_by_hand(self) -> None:
        path = f"{self.path}/status/"
        self.assertEqual(self.post(path, status="acting").json()["status"], "acting")
        self.assertEqual(self.post(path, status="triage").json()["status"], "triage")
        for status in ("done", "waiting", "verifying", "new", ""):
            self.assertEqual(self.post(path, status=status).status_code, 400)
        self.assertEqual(Report.objects.get(pk=self.one.pk).status, Status.TRIAGE)

    def test_a_unit_and_another_station_come_nowhere_near(self) -> None:
        away = people.operator(people.station("lain", "LLN"), username="jauh")
        for who, status in ((self.sari, 403), (away, 404)):
            for path in ("assignments", "routing"):
                self.assertEqual(self.get(f"{self.path}/{path}/", who).status_code, status)
            for path in ("dispatch", "status"):
                self.assertEqual(self.post(f"{self.path}/{path}/", who).status_code, status)
