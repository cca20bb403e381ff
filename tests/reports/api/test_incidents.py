"""Incidents by program: linked, taken out, listed with what the account may see."""

from reports import describing, incidents
from reports.models import Incident
from reports.workflow import Outcome, Status
from tests import people
from tests.reports.api.cases import ApiTestCase


class IncidentTests(ApiTestCase):
    def test_a_report_is_linked_and_taken_out_again(self) -> None:
        first, second = self.report(), self.report()
        answer = self.post(f"/reports/{second.number}/link/", to=first.number)
        self.assertEqual(answer.status_code, 200, answer.content)
        number = answer.json()["incident"]
        self.assertRegex(number, r"^CTH-K\d{4}-\d{5}$")
        shown = self.get(f"/incidents/{number}/").json()
        self.assertEqual(shown["reports"], [first.number, second.number])
        self.assertEqual((shown["report_count"], shown["reporter_count"]), (2, 2))
        self.assertEqual((shown["status"], shown["outcome"]), ("triage", ""))
        answer = self.post(f"/reports/{second.number}/unlink/")
        self.assertEqual((answer.status_code, answer.json()["incident"]), (200, None))
        again = self.post(f"/reports/{second.number}/unlink/")
        self.assertEqual((again.status_code, again.json()["code"]), (409, "not_linked"))

    def test_a_report_follows_its_incident(self) -> None:
        first, second = self.report(), self.report()
        incident = incidents.link(second, first, by=self.rina)
        behind = self.post(f"/reports/{first.number}/follow/")
        self.assertEqual((behind.status_code, behind.json()["code"]), (409, "nothing_to_follow"))
        incidents.set_status(incident, Status.ACTING, by=self.rina)
        answer = self.post(f"/reports/{first.number}/follow/")
        self.assertEqual((answer.status_code, answer.json()["status"]), (200, "acting"))
        incidents.close(incident, Outcome.ACTED, "Motor ditindak.", by=self.rina)
        answer = self.post(f"/reports/{second.number}/follow/")
        self.assertEqual((answer.json()["status"], answer.json()["outcome"]), ("done", "acted"))

    def test_a_number_that_is_nobodys_is_not_found(self) -> None:
        report = self.report()
        for number in ("CTH-2611-09999", "CTH-K2611-00001", "x"):
            with self.subTest(number=number):
                answer = self.post(f"/reports/{report.number}/link/", to=number)
                self.assertEqual(answer.status_code, 404)

    def test_to_itself_it_is_refused(self) -> None:
        report = self.report()
        answer = self.post(f"/reports/{report.number}/link/", to=report.number)
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "same_report"))

    def test_what_is_reserved_is_not_even_counted(self) -> None:
        first, second, third = self.report(), self.report(), self.report()
        for one in (second, third):
            incident = incidents.link(one, first, by=self.rina)
        secret = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(third, secret, by=self.rina)
        shown = self.get(f"/incidents/{incident.number}/").json()
        self.assertEqual(shown["reports"], [first.number, second.number])
        self.assertEqual((shown["report_count"], shown["reporter_count"]), (2, 2))
        for one in (first, second):
            describing.categorise(one, secret, by=self.rina)
        self.assertEqual(self.get(f"/incidents/{incident.number}/").status_code, 404)
        self.assertEqual(self.numbers("/incidents/"), [])

    def test_no_number_and_name_of_a_citizen_stands_in_it(self) -> None:
        first, second = self.report(), self.report()
        incident = incidents.link(second, first, by=self.rina)
        page = self.get(f"/incidents/{incident.number}/").text
        self.assertNotIn("62812", page)
        self.assertNotIn("Warga", page)

    def test_the_list_costs_the_same_for_two_and_for_ten(self) -> None:
        self.pair()
        self.get("/incidents/")
        with self.assertNumQueries(3):
            self.get("/incidents/")
        for _ in range(9):
            self.pair()
        with self.assertNumQueries(3):
            answer = self.get("/incidents/")
        self.assertEqual(len(answer.json()["results"]), 10)

    def pair(self) -> Incident:
        return incidents.link(self.report(), self.report(), by=self.rina)
