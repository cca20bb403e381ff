"""Who has a report, for programs; and the version that an answer rests on."""

from typing import Any

from operators.models import Operator
from operators.permissions import Role
from reports import claims, triage
from reports.models import Message, Note
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.api.cases import ApiTestCase

REASON = "Rina mengantar pelapor ke rumah sakit."


class ClaimingTests(ApiTestCase):
    budi: Operator
    wawan: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budi = people.operator(cls.station, username="budi")
        cls.wawan = people.operator(cls.station, Role.PAMAPTA, username="wawan")

    def setUp(self) -> None:
        super().setUp()
        self.one = self.report(samples.text("Ada balap liar"))

    def do(self, verb: str, by: Operator | None = None, **content: Any) -> Any:
        return self.post(f"/reports/{self.one.number}/{verb}/", by, **content)

    def assertAnswers(self, response: Any, status: int, **content: Any) -> None:
        self.assertEqual(response.status_code, status, response.content)
        for name, value in content.items():
            self.assertEqual(response.json()[name], value)

    def test_given_back(self) -> None:
        claims.claim(self.one, by=self.rina)
        self.assertAnswers(self.do("release"), 200, holder=None, claimed_at=None)

    def test_what_another_has_is_not_given_back(self) -> None:
        claims.claim(self.one, by=self.budi)
        self.assertAnswers(self.do("release"), 409, code="held_by_another")

    def test_taken_over(self) -> None:
        claims.claim(self.one, by=self.rina)
        self.assertAnswers(self.do("take_over", self.wawan, reason=REASON), 200, holder="wawan")
        self.assertEqual(Note.objects.get().author, self.wawan)

    def test_not_without_a_reason(self) -> None:
        for content in ({}, {"reason": ""}, {"reason": "  "}, {"reason": "a" * 501}):
            with self.subTest(content=str(content)[:20]):
                self.assertEqual(self.do("take_over", self.wawan, **content).status_code, 400)

    def test_assigned(self) -> None:
        self.assertAnswers(self.do("assign", self.wawan, to="budi"), 200, holder="budi")

    def test_to_nobody_of_here_or_to_whom_it_cannot_be(self) -> None:
        people.operator(people.station("lain", "LAN"), username="dian")
        people.operator(self.station, Role.AUDITOR)
        for to in ("", "dian", "siapa"):
            with self.subTest(to):
                self.assertEqual(self.do("assign", self.wawan, to=to).status_code, 400)
        self.assertAnswers(self.do("assign", self.wawan, to="auditor"), 409, code="cannot_hold")

    def test_operators_neither_take_over_nor_assign(self) -> None:
        self.assertEqual(self.do("take_over", reason=REASON).status_code, 403)
        self.assertEqual(self.do("assign", to="budi").status_code, 403)

    def test_an_answer_may_name_the_version_it_rests_on(self) -> None:
        seen = self.get(f"/reports/{self.one.number}/").json()["version"]
        triage.reply(self.one, "Siap", by=self.rina)
        self.assertAnswers(self.do("reply", text="Baik", seen=seen), 409, code="stale")
        seen = self.get(f"/reports/{self.one.number}/").json()["version"]
        self.assertAnswers(self.do("reply", text="Baik", seen=seen), 201, text="Baik")
        self.assertEqual(Message.objects.filter(author=self.rina).count(), 2)

    def test_an_end_too(self) -> None:
        content = {"outcome": "acted", "note": "Selesai."}
        seen = self.one.version
        claims.claim(self.one, by=self.rina)
        self.assertAnswers(self.do("close", **content, seen=seen), 409, code="stale")
        self.assertAnswers(self.do("close", **content, seen=seen + 1), 200, outcome=Outcome.ACTED)

    def test_400_for_what_is_no_version(self) -> None:
        for broken in ("x", -1, 2**31, 1.5, [], ""):
            with self.subTest(broken=broken):
                self.assertEqual(self.do("reply", text="Baik", seen=broken).status_code, 400)
