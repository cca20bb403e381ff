"""Checks in plain clothes by the API: asked for by the desk, read by those named, and by nobody else."""

from operators.permissions import Role
from reports import verification
from reports.models import Verification
from reports.models.verification import Result
from tests import checks, people, photos
from tests.reports.check_cases import CheckTestCase


class ApiTests(CheckTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.rina)

    def post(self, **given: object):
        asked = {"officers": ["satu"], "brief": checks.BRIEF} | given
        path = f"/api/v1/reports/{self.report.number}/ask_check/"
        return self.client.post(path, asked, content_type="application/json")

    def get(self):
        return self.client.get(f"/api/v1/reports/{self.report.number}/check/")

    def test_it_is_asked_for_and_read_by_whoever_asked(self) -> None:
        answer = self.post(place_note="Utara pasar")
        self.assertEqual(answer.status_code, 201)
        check = Verification.objects.get()
        verification.note(check, "Tiga motor", by=self.satu)
        verification.photo(check, photos.telltale(), by=self.satu)
        self.finish(check, Result.CONFIRMED)
        shown = self.get().json()
        self.assertEqual(
            (shown["officers"], shown["brief"], shown["place_note"], shown["result"]),
            (["satu"], checks.BRIEF, "Utara pasar", "confirmed"),
        )
        self.assertEqual(shown["notes"][0]["text"], "Tiga motor")
        self.assertEqual(shown["photos"][0]["latitude"], -7.425)

    def test_for_others_there_is_none(self) -> None:
        missing = self.get()
        self.post()
        for who in (self.bambang, people.operator(self.station, Role.PAMAPTA)):
            self.client.force_login(who)
            answer = self.get()
            self.assertEqual((answer.status_code, answer.content), (404, missing.content))

    def test_a_report_shows_its_status_and_nothing_of_the_check(self) -> None:
        self.post()
        shown = self.client.get(f"/api/v1/reports/{self.report.number}/")
        self.assertEqual(shown.json()["status"], "verifying")
        for hidden in (checks.BRIEF, "satu", str(Verification.objects.get().pk)):
            self.assertNotContains(shown, hidden)

    def test_what_could_tell_who_has_reported_is_named(self) -> None:
        answer = self.post(brief="Depan rumah saya ribut")
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "gives_away"))
        self.assertEqual([one["words"] for one in answer.json()["doubts"]], ["Depan rumah saya"])
        answer = self.post(brief="Depan rumah saya ribut", confirmed=["Depan rumah saya"])
        self.assertEqual(answer.status_code, 201)

    def test_who_cannot_be_asked_is_refused(self) -> None:
        for officers in (["satu", "tidak-ada"], ["chief"]):
            answer = self.post(officers=officers)
            self.assertEqual((answer.status_code, answer.json()["code"]), (409, "officer_unfit"))
        self.assertEqual(self.post(officers=[]).status_code, 400)
        self.assertEqual(self.post(brief="").status_code, 400)
        self.assertFalse(Verification.objects.exists())
