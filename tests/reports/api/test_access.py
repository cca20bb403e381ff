"""Who gets into the API, and what never gets out of it."""

from typing import Any

from django.core.management import call_command
from django.test import Client

from operators.models import ApiToken
from reports import triage
from reports.models import Message
from reports.workflow import Outcome
from tests import people, samples
from tests.canaries import Canary, scan
from tests.cases import BehindProxy
from tests.reports.api.cases import ApiTestCase
from tests.samples import HIDDEN, WATI

PATHS = ("/reports/", "/categories/")


class TokenTests(ApiTestCase):
    def ask(self, authorization: str | None, path: str = "/reports/") -> Any:
        headers = {} if authorization is None else {"Authorization": authorization}
        return BehindProxy().get(f"/api/v1{path}", headers=headers)

    def test_either_word_before_the_token_will_do(self) -> None:
        for word in ("Token", "Bearer", "token", "BEARER"):
            with self.subTest(word=word):
                self.assertEqual(self.ask(f"{word} {self.token}").status_code, 200)

    def test_without_a_token_nobody_gets_in(self) -> None:
        for path in PATHS:
            for nothing in (None, "", "Basic cmluYTp4"):
                with self.subTest(path=path, authorization=nothing):
                    response = self.ask(nothing, path)
                    self.assertEqual(response.status_code, 401)
                    self.assertEqual(response.headers["WWW-Authenticate"], "Token")

    def test_nor_with_a_wrong_one(self) -> None:
        digest = ApiToken.objects.get().digest
        wrong = ("Token", "Token  ", "Token x", f"Token {self.token} x", f"Token {self.token}x")
        for given in (*wrong, f"Bearer {digest}", "Token é", f"Token {self.token[:-1]}"):
            with self.subTest(authorization=given):
                self.assertEqual(self.ask(given).status_code, 401)

    def test_nor_with_that_of_an_account_that_was_switched_off(self) -> None:
        self.rina.is_active = False
        self.rina.save()
        self.assertEqual(self.ask(f"Token {self.token}").status_code, 401)

    def test_nor_with_one_that_was_taken_back(self) -> None:
        ApiToken.objects.all().delete()
        self.assertEqual(self.ask(f"Token {self.token}").status_code, 401)

    def test_a_wrong_token_is_not_forgiven_for_a_session(self) -> None:
        client = BehindProxy()
        client.force_login(self.rina)
        response = client.get("/api/v1/reports/", headers={"Authorization": "Token x"})
        self.assertEqual(response.status_code, 401)

    def test_a_verb_without_a_token_changes_nothing(self) -> None:
        report = self.report()
        response = BehindProxy().post(f"/api/v1/reports/{report.number}/claim/")
        self.assertEqual(response.status_code, 401)
        report.refresh_from_db()
        self.assertIsNone(report.holder)


class SessionTests(ApiTestCase):
    def test_a_session_will_do_as_well(self) -> None:
        self.client.force_login(self.rina)
        self.assertEqual(self.client.get("/api/v1/reports/").status_code, 200)

    def test_but_not_for_a_verb_without_its_csrf_token(self) -> None:
        report = self.report()
        client = Client(enforce_csrf_checks=True, HTTP_X_FORWARDED_PROTO="https")
        client.force_login(self.rina)
        response = client.post(f"/api/v1/reports/{report.number}/claim/")
        self.assertEqual(response.status_code, 403)
        report.refresh_from_db()
        self.assertIsNone(report.holder)

    def test_a_token_needs_none(self) -> None:
        report = self.report()
        client = Client(enforce_csrf_checks=True, HTTP_X_FORWARDED_PROTO="https")
        path = f"/api/v1/reports/{report.number}/claim/"
        self.assertEqual(client.post(path, headers=self.headers()).status_code, 200)


class NothingOfAPersonTests(ApiTestCase):
    """No answer holds a telephone number, a business-scoped id or a profile name, whatever was sent."""

    CANARIES = [
        Canary.phone(WATI.phone),
        Canary.words(WATI.name),
        Canary.words(WATI.bsuid),
        Canary.words(HIDDEN.bsuid),
        Canary.words(HIDDEN.name),
    ]

    def test_in_no_answer_of_any_kind(self) -> None:
        for sample in samples.SAMPLES.values():
            people.message(sample())
        people.message(samples.text("Saya mau lapor", by=HIDDEN, NewParameter=WATI.phone))
        for message in Message.objects.filter(direction="outbound"):
            Message.objects.filter(pk=message.pk).update(status="failed", error_code="63016")
        answers: dict[str, bytes] = {}

        def ask(name: str, response: Any) -> None:
            self.assertLess(response.status_code, 500)
            answers[name] = response.content + str(dict(response.headers)).encode()

        for number in self.numbers():
            path = f"/reports/{number}/"
            ask(f"{number} report", self.get(path))
            ask(f"{number} messages", self.get(f"{path}messages/", page_size=200))
            ask(f"{number} claim", self.post(f"{path}claim/"))
            ask(f"{number} reply", self.post(f"{path}reply/", text="Baik"))
            ask(f"{number} close", self.post(f"{path}close/", outcome="acted", note="Selesai."))
            ask(f"{number} refused", self.post(f"{path}close/", outcome="acted", note="Lagi."))
        ask("list", self.get("/reports/", page_size=200))
        ask("wrong filter", self.get("/reports/", status="x"))
        ask("schema", self.client.get("/api/schema/", headers=self.headers()))
        self.assertGreater(len(answers), 10)
        self.assertEqual(scan(self.CANARIES, answers), [])

    def test_what_a_citizen_wrote_is_their_message_and_nowhere_else(self) -> None:
        report = self.report(samples.text("burung-kenari-7731"))
        triage.close(report, Outcome.ACTED, "kutilang-hitam-4410", by=self.rina)
        secrets = [Canary.words("burung-kenari-7731"), Canary.words("kutilang-hitam-4410")]
        shown = self.get("/reports/").content + self.get(f"/reports/{report.number}/").content
        self.assertEqual(scan(secrets, shown), [])

    def test_answers_are_kept_in_no_cache(self) -> None:
        self.assertIn("no-store", self.get("/reports/").headers["Cache-Control"])


class SchemaTests(ApiTestCase):
    def schema(self, **given: Any) -> Any:
        query = {"format": "json"}
        return self.client.get("/api/schema/", query, **given)

    def test_it_is_complete_and_valid(self) -> None:
        call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")

    def test_it_describes_every_way_in(self) -> None:
        paths = self.schema(headers=self.headers()).json()["paths"]
        self.assertEqual(
            {path: set(ways) for path, ways in paths.items()},
            {
                "/api/v1/blocks/": {"get"},
                "/api/v1/categories/": {"get"},
                "/api/v1/incidents/": {"get"},
                "/api/v1/incidents/{number}/": {"get"},
                "/api/v1/media/{id}/": {"get"},
                "/api/v1/reports/": {"get", "post"},
                "/api/v1/reports/{number}/": {"get"},
                "/api/v1/reports/{number}/accept/": {"post"},
                "/api/v1/reports/{number}/ask/": {"post"},
                "/api/v1/reports/{number}/ask_check/": {"post"},
                "/api/v1/reports/{number}/assignments/": {"get"},
                "/api/v1/reports/{number}/assignments/{assignment_id}/call_off/": {"post"},
                "/api/v1/reports/{number}/check/": {"get"},
                "/api/v1/reports/{number}/dispatch/": {"post"},
                "/api/v1/reports/{number}/proof/": {"post"},
                "/api/v1/reports/{number}/proofs/": {"get"},
                "/api/v1/reports/{number}/routing/": {"get"},
                "/api/v1/reports/{number}/settled/": {"post"},
                "/api/v1/reports/{number}/status/": {"post"},
                "/api/v1/reports/{number}/ask_block/": {"post"},
                "/api/v1/reports/{number}/assign/": {"post"},
                "/api/v1/reports/{number}/categorise/": {"post"},
                "/api/v1/reports/{number}/claim/": {"post"},
                "/api/v1/reports/{number}/close/": {"post"},
                "/api/v1/reports/{number}/dismiss/": {"post"},
                "/api/v1/reports/{number}/findings/": {"get"},
                "/api/v1/reports/{number}/link/": {"post"},
                "/api/v1/reports/{number}/messages/": {"get"},
                "/api/v1/reports/{number}/messages/{message_id}/send_again/": {"post"},
                "/api/v1/reports/{number}/messages/{message_id}/split_off/": {"post"},
                "/api/v1/reports/{number}/messages/{message_id}/withdraw/": {"post"},
                "/api/v1/reports/{number}/note/": {"post"},
                "/api/v1/reports/{number}/notes/": {"get"},
                "/api/v1/reports/{number}/place/": {"post"},
                "/api/v1/reports/{number}/release/": {"post"},
                "/api/v1/reports/{number}/reopen/": {"post"},
                "/api/v1/reports/{number}/reply/": {"post"},
                "/api/v1/reports/{number}/send_template/": {"post"},
                "/api/v1/reports/{number}/summarise/": {"post"},
                "/api/v1/reports/{number}/take_over/": {"post"},
                "/api/v1/reports/{number}/unlink/": {"post"},
                "/api/v1/reports/{number}/follow/": {"post"},
                "/api/v1/reports/{number}/urgency/": {"post"},
                "/api/v1/reports/{number}/warn/": {"post"},
            },
        )

    def test_it_is_for_people_with_an_account(self) -> None:
        self.assertIn(self.schema().status_code, (401, 403))
        self.assertEqual(self.schema(headers=self.headers()).status_code, 200)
