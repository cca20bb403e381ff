"""One report, its conversation and its verbs: each answer of the API, by its code."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operators.permissions import Role
from reports import claims, replies, triage
from reports.identity.models import DataKey
from reports.models import Message, Report
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.reports.api.cases import ApiTestCase
from tests.samples import JOKO

NOTE = "Sudah dibubarkan patroli."


class VerbsTestCase(ApiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.one = self.report(samples.text("Ada balap liar"))
        self.path = f"/reports/{self.one.number}/"
        self.budi = people.operator(self.station, username="budi")

    def now_is(self) -> Report:
        return Report.objects.get(pk=self.one.pk)

    def assertAnswers(self, response: Any, status: int, code: str = "") -> Any:
        self.assertEqual(response.status_code, status, response.content)
        self.assertEqual(response.headers["Content-Type"], "application/json")
        content = response.json()
        if code:
            self.assertEqual(content["code"], code)
            self.assertTrue(content["detail"])
        return content


class RetrieveTests(VerbsTestCase):
    def test_a_report_by_its_number(self) -> None:
        shown = self.assertAnswers(self.get(self.path), 200)
        self.assertEqual((shown["number"], shown["status"]), (self.one.number, "new"))

    def test_what_may_not_be_seen_is_as_if_it_did_not_exist(self) -> None:
        stranger = people.operator(people.station("lain", "LAN"), username="lain")
        missing = self.get("/reports/CTH-2611-99999/")
        hidden = self.get(self.path, by=stranger)
        self.assertEqual((missing.status_code, hidden.status_code), (404, 404))
        self.assertEqual(missing.json(), hidden.json())

    def test_for_all_verbs_too(self) -> None:
        stranger = people.operator(people.station("lain", "LAN"), username="lain")
        self.assertEqual(self.get(f"{self.path}messages/", by=stranger).status_code, 404)
        for verb, content in (
            ("claim", {}),
            ("reply", {"text": "Baik"}),
            ("close", {"outcome": "acted", "note": NOTE}),
        ):
            with self.subTest(verb=verb):
                response = self.post(f"{self.path}{verb}/", by=stranger, **content)
                self.assertEqual(response.status_code, 404)
        self.assertEqual(self.now_is().status, Status.NEW)


class MessagesTests(VerbsTestCase):
    def messages(self, **query: Any) -> list[dict[str, Any]]:
        content = self.assertAnswers(self.get(f"{self.path}messages/", **query), 200)
        return content["results"]  # type: ignore[no-any-return]

    def test_the_conversation_oldest_first(self) -> None:
        self.travel(timedelta(minutes=1))
        triage.reply(self.one, "Petugas menuju lokasi", by=self.rina)
        first, second = self.messages()
        self.assertEqual((first["direction"], first["text"]), ("inbound", "Ada balap liar"))
        self.assertEqual((second["direction"], second["author"]), ("outbound", "rina"))
        self.assertEqual((second["text"], second["status"]), ("Petugas menuju lokasi", "queued"))

    def test_a_message_shows_its_place_files_and_provider_id(self) -> None:
        params = samples.picture("Ini fotonya", by=JOKO)
        one = self.report(params)
        content = self.get(f"/reports/{one.number}/messages/").json()["results"][0]
        self.assertEqual(
            (content["provider_sid"], content["kind"]), (params["MessageSid"], "image")
        )
        (file,) = content["attachments"]
        self.assertEqual(
            (file["position"], file["declared_type"], file["state"]), (0, "image/jpeg", "waiting")
        )

    def test_a_place_is_shown_and_unknown_parameters_are_not(self) -> None:
        one = self.report(samples.named_place(by=JOKO, NewIn2027="burung-kenari-7731"))
        (shown,) = self.get(f"/reports/{one.number}/messages/").json()["results"]
        self.assertEqual(shown["details"]["place"]["label"], "Pasar Bunder")
        self.assertNotIn("extra", shown["details"])

    def test_words_that_do_not_open_are_null(self) -> None:
        DataKey.objects.filter(owner=self.one.pk).delete()
        with self.assertLogs("reports.reading", "ERROR"):
            (shown,) = self.messages()
        self.assertIsNone(shown["text"])

    def test_reading_by_program_is_not_reading_by_the_holder(self) -> None:
        claims.claim(self.one, by=self.rina)
        self.messages()
        self.assertEqual(self.now_is().unread_count, 1)

    def test_page_by_page(self) -> None:
        for n in range(4):
            self.travel(timedelta(minutes=1))
            triage.reply(self.one, f"jawaban {n}", by=self.rina)
        content = self.get(f"{self.path}messages/", page_size=2).json()
        self.assertEqual([m["text"] for m in content["results"]], ["Ada balap liar", "jawaban 0"])
        following = self.get(content["next"].partition("/api/v1")[2]).json()
        self.assertEqual([m["text"] for m in following["results"]], ["jawaban 1", "jawaban 2"])

    def test_it_costs_the_same_one_or_many(self) -> None:
        counts = []
        for size in (1, 6):
            with CaptureQueriesContext(connection) as asked:
                self.assertEqual(len(self.messages(page_size=size)), size)
            counts.append(len(asked))
            for n in range(5):
                triage.reply(self.one, f"jawaban {n}", by=self.rina)
        self.assertEqual(counts[0], counts[1])


class ClaimTests(VerbsTestCase):
    def test_200_with_the_report_as_it_is_now(self) -> None:
        shown = self.assertAnswers(self.post(f"{self.path}claim/"), 200)
        self.assertEqual((shown["holder"], shown["status"]), ("rina", "triage"))

    def test_again_it_is_200(self) -> None:
        self.post(f"{self.path}claim/")
        self.assertAnswers(self.post(f"{self.path}claim/"), 200)

    def test_409_when_another_has_it(self) -> None:
        claims.claim(self.one, by=self.budi)
        content = self.assertAnswers(self.post(f"{self.path}claim/"), 409, "held_by_another")
        self.assertIn("Contoh Budi", content["detail"])

    def test_409_when_it_is_closed(self) -> None:
        triage.close(self.one, Outcome.ACTED, NOTE, by=self.rina)
        self.assertAnswers(self.post(f"{self.path}claim/"), 409, "already_closed")


class ReplyTests(VerbsTestCase):
    def reply(self, by: Any = None, **content: Any) -> Any:
        return self.post(f"{self.path}reply/", by, **content)

    def test_201_with_the_message(self) -> None:
        shown = self.assertAnswers(self.reply(text="  Petugas\nmenuju lokasi "), 201)
        self.assertEqual((shown["status"], shown["author"]), ("queued", "rina"))
        self.assertEqual(shown["text"], "  Petugas\nmenuju lokasi ")
        self.assertEqual(str(Message.objects.get(direction="outbound").pk), shown["id"])

    def test_400_for_nothing_or_too_much(self) -> None:
        for content in ({}, {"text": ""}, {"text": None}, {"text": ["a"]}, {"text": "a" * 1601}):
            with self.subTest(content=str(content)[:20]):
                self.assertIn("text", self.assertAnswers(self.reply(**content), 400))
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)

    def test_409_for_blanks(self) -> None:
        self.assertAnswers(self.reply(text="  \n"), 409, "text_unfit")

    def test_409_when_another_has_it(self) -> None:
        claims.claim(self.one, by=self.budi)
        self.assertAnswers(self.reply(text="Baik"), 409, "held_by_another")

    def test_409_when_the_window_is_closed(self) -> None:
        self.travel(timezone.now() + replies_window())
        self.assertAnswers(self.reply(text="Baik"), 409, "window_closed")
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)

    def test_as_much_as_fits(self) -> None:
        self.assertAnswers(self.reply(text="a" * replies.TEXT_LIMIT), 201)


class CloseTests(VerbsTestCase):
    def close(self, **content: Any) -> Any:
        return self.post(f"{self.path}close/", **content)

    def test_200_with_the_report_as_it_is_now(self) -> None:
        shown = self.assertAnswers(self.close(outcome="not_found", note=NOTE), 200)
        self.assertEqual((shown["status"], shown["outcome"]), ("done", "not_found"))
        self.assertIsNotNone(shown["closed_at"])
        self.assertNotIn(NOTE, str(shown))

    def test_400_without_outcome_or_sentence(self) -> None:
        for content, field in (
            ({}, "outcome"),
            ({"outcome": "acted"}, "note"),
            ({"outcome": "acted", "note": "  "}, "note"),
            ({"outcome": "acted", "note": "a" * 501}, "note"),
            ({"outcome": "forgotten", "note": NOTE}, "outcome"),
            ({"outcome": "", "note": NOTE}, "outcome"),
        ):
            with self.subTest(content=str(content)[:40]):
                self.assertIn(field, self.assertAnswers(self.close(**content), 400))
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_409_when_it_is_closed_or_anothers(self) -> None:
        claims.claim(self.one, by=self.budi)
        content = {"outcome": "acted", "note": NOTE}
        self.assertAnswers(self.close(**content), 409, "held_by_another")
        triage.close(self.one, Outcome.PRANK, NOTE, by=self.budi)
        self.assertAnswers(self.close(**content), 409, "already_closed")


class FormTests(VerbsTestCase):
    def test_a_form_will_do_as_well(self) -> None:
        response = self.client.post(
            f"/api/v1{self.path}reply/", {"text": "Baik"}, headers=self.headers()
        )
        self.assertEqual(response.status_code, 415)
        response = self.client.post(
            f"/api/v1{self.path}reply/",
            "text=Baik",
            content_type="application/x-www-form-urlencoded",
            headers=self.headers(),
        )
        self.assertEqual(response.status_code, 201)

    def test_400_for_json_that_is_none(self) -> None:
        for body in ("{", "[]", '"x"', "\x00"):
            with self.subTest(body=body):
                response = self.client.post(
                    f"/api/v1{self.path}reply/",
                    body,
                    content_type="application/json",
                    headers=self.headers(),
                )
                self.assertEqual(response.status_code, 400)


class RightsTests(VerbsTestCase):
    def test_403_for_roles_without_the_right(self) -> None:
        for role in set(Role) - {Role.OPERATOR, Role.PAMAPTA}:
            who = people.operator(self.station, role)
            with self.subTest(role=role):
                for path in ("/reports/", "/categories/", self.path, f"{self.path}messages/"):
                    self.assertEqual(self.get(path, by=who).status_code, 403)
                for verb in ("claim", "reply", "close"):
                    response = self.post(f"{self.path}{verb}/", by=who, text="x", note="x")
                    self.assertEqual(response.status_code, 403)
        self.assertEqual(self.now_is().status, Status.NEW)

    def test_there_is_no_way_to_write_or_delete_a_report_directly(self) -> None:
        headers = self.headers()
        for method in ("put", "patch", "delete"):
            response = getattr(self.client, method)(f"/api/v1{self.path}", headers=headers)
            self.assertIn(response.status_code, (403, 405))
        # What is posted to the list is a call taken down by the desk: a number of one's own choosing is no part of it.
        self.assertEqual(self.post("/reports/", number="x").status_code, 400)
        self.assertEqual(Report.objects.count(), 1)


def replies_window() -> timedelta:
    """A little longer than WhatsApp takes free text."""
    return timedelta(hours=24, minutes=1)
