"""What follows an answer, for programs: each answer of the API, by its code."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone

from operators.models import Operator
from reports import claims, delivery, triage
from reports.models import Message, ReplyTemplate, Report
from reports.models.message import Delivery
from reports.workflow import Status
from tests import people, samples
from tests.reports.api.cases import ApiTestCase
from tests.reports.gateways import REFUSED, Provider

SID = f"HX{'a' * 32}"


class AnsweringTestCase(ApiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())
        self.one = self.report(samples.text("Ada balap liar"))
        self.path = f"/reports/{self.one.number}/"
        for key, sid in (("ask_place", ""), ("kabar", SID)):
            ReplyTemplate.objects.create(
                station=self.station, key=key, text="Tentang {nomor_laporan}.", content_sid=sid
            )

    def act(self, verb: str, by: Operator | None = None, **content: Any) -> HttpResponse:
        return self.post(f"{self.path}{verb}/", by, **content)

    def act_on(self, message: Message, verb: str, by: Operator | None = None) -> HttpResponse:
        return self.act(f"messages/{message.pk}/{verb}", by)

    def assertAnswers(self, response: HttpResponse, status: int, code: str = "") -> Any:
        self.assertEqual(response.status_code, status, response.content)
        if code:
            self.assertEqual(response.json()["code"], code)
        return response.json()


class AskTests(AnsweringTestCase):
    def test_201_with_the_message_that_goes_at_once(self) -> None:
        shown = self.assertAnswers(self.act("ask", what="place"), 201)
        self.assertEqual(shown["text"], f"Tentang {self.one.number}.")
        self.assertEqual((shown["status"], shown["template"]), ("queued", "ask_place"))
        self.assertIn(Message.objects.get(pk=shown["id"]), Message.objects.ready_to_go(self.now))
        self.assertEqual(Report.objects.get(pk=self.one.pk).status, Status.WAITING)

    def test_words_of_ones_own_and_a_later_hour(self) -> None:
        shown = self.assertAnswers(self.act("ask", what="place", text="Di mana?", in_hours=3), 201)
        message = Message.objects.get(pk=shown["id"])
        self.assertEqual(
            (shown["text"], message.due_at), ("Di mana?", self.now + timedelta(hours=3))
        )

    def test_400_for_what_cannot_be_asked(self) -> None:
        for content in ({}, {"what": "shoe-size"}, {"what": "place", "in_hours": 25}):
            with self.subTest(content=content):
                self.assertAnswers(self.act("ask", **content), 400)

    def test_409_when_another_has_it_or_the_window_is_over(self) -> None:
        self.travel(timedelta(hours=24))
        self.assertAnswers(self.act("ask", what="place"), 409, "window_closed")
        claims.claim(self.one, by=people.operator(self.station, username="budi"))
        self.assertAnswers(self.act("ask", what="place"), 409, "held_by_another")


class TemplateTests(AnsweringTestCase):
    def test_201_also_after_the_window(self) -> None:
        self.travel(timedelta(hours=25))
        shown = self.assertAnswers(self.act("send_template", template="kabar"), 201)
        self.assertEqual(Message.objects.get(pk=shown["id"]).content_sid, SID)

    def test_409_for_what_is_not_approved(self) -> None:
        self.assertAnswers(self.act("send_template", template="ask_place"), 409, "no_wording")


class WithdrawTests(AnsweringTestCase):
    def test_200_with_the_message_as_it_is_now(self) -> None:
        message = triage.reply(self.one, "Baik", by=self.rina)
        shown = self.assertAnswers(self.act_on(message, "withdraw"), 200)
        self.assertEqual((shown["id"], shown["status"]), (str(message.pk), "cancelled"))

    def test_409_when_it_has_left(self) -> None:
        message = triage.reply(self.one, "Baik", by=self.rina)
        delivery.deliver(str(message.pk), via=Provider())
        self.assertAnswers(self.act_on(message, "withdraw"), 409, "too_late")

    def test_404_for_another_reports_message(self) -> None:
        other = self.report(samples.text(by=samples.JOKO))
        message = triage.reply(other, "Baik", by=self.rina)
        self.assertAnswers(self.act_on(message, "withdraw"), 404)
        self.assertAnswers(self.act(f"messages/{uuid4()}/withdraw"), 404)
        self.assertAnswers(self.act(f"messages/{'-' * 36}/withdraw"), 404)


class SendAgainTests(AnsweringTestCase):
    def test_201_with_a_message_of_its_own(self) -> None:
        message = triage.reply(self.one, "Baik", by=self.rina)
        delivery.deliver(str(message.pk), via=Provider(REFUSED))
        shown = self.assertAnswers(self.act_on(message, "send_again"), 201)
        self.assertEqual((shown["repeats"], shown["text"]), (str(message.pk), "Baik"))
        self.assertAnswers(self.act_on(message, "send_again"), 409, "sent_again")

    def test_409_when_it_has_not_failed(self) -> None:
        message = triage.reply(self.one, "Baik", by=self.rina)
        self.assertAnswers(self.act_on(message, "send_again"), 409, "not_failed")
        self.assertEqual(Message.objects.filter(status=Delivery.QUEUED).count(), 1)


class SplitOffTests(AnsweringTestCase):
    def test_201_with_the_new_report(self) -> None:
        message = people.message(samples.text("Kemalingan"))
        shown = self.assertAnswers(self.act_on(message, "split_off"), 201)
        self.assertNotEqual(shown["number"], self.one.number)
        self.assertEqual(shown["reporter"], self.one.reporter.alias)

    def test_409_for_all_that_there_is(self) -> None:
        message = self.one.messages.get(direction="inbound")
        self.assertAnswers(self.act_on(message, "split_off"), 409, "not_splittable")
