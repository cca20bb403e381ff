"""Reminding and asking for a block, for programs; and the list of blocks, which names nobody."""

from typing import Any

from operators.models import ApiToken, Operator
from operators.permissions import Role
from reports import blocking
from reports.models import Block, Report, Strike
from tests import people, samples
from tests.reports.blocking.cases import BECAUSE, NOTE, LadderTestCase
from tests.samples import WATI


class BlockingTests(LadderTestCase):
    def ask(self, path: str, by: Operator | None = None, **content: Any) -> Any:
        headers = {"Authorization": f"Token {ApiToken.objects.issue(by or self.rina)}"}
        if content:
            return self.client.post(
                f"/api/v1{path}", content, content_type="application/json", headers=headers
            )
        return self.client.get(f"/api/v1{path}", headers=headers)

    def verb(self, report: Report, verb: str, **content: Any) -> Any:
        return self.ask(f"/reports/{report.number}/{verb}/", **content)

    def test_it_reminds(self) -> None:
        report = self.prank()
        proof = report.messages.get(direction="inbound")
        answer = self.verb(report, "warn", reason="prank", note=NOTE, evidence=str(proof.pk))
        self.assertEqual(answer.status_code, 201, answer.content)
        strike = Strike.objects.get()
        self.assertEqual(answer.json()["warning"], str(strike.warning_id))
        self.assertEqual(strike.evidence, proof)

    def test_a_refusal_has_a_code_and_words(self) -> None:
        answer = self.verb(self.prank("tes"), "warn", reason="prank", note=NOTE)
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "never_strike"))
        self.assertIn("mencoba nomor", answer.json()["detail"])

    def test_what_is_missing_is_400(self) -> None:
        report = self.prank()
        for content in ({"note": NOTE}, {"reason": "marah", "note": NOTE}, {"reason": "prank"}):
            with self.subTest(content):
                self.assertEqual(self.verb(report, "warn", **content).status_code, 400)
        self.assertEqual(self.verb(report, "ask_block", note="").status_code, 400)

    def test_a_block_is_asked_for_when_the_ladder_stands(self) -> None:
        first = self.prank()
        answer = self.verb(first, "ask_block", note=BECAUSE)
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "too_early"))
        self.reaches(self.warn(first).warning)
        self.later()
        report = self.prank()
        self.warn(report)
        answer = self.verb(report, "ask_block", note=BECAUSE)
        self.assertEqual(answer.status_code, 201, answer.content)
        self.assertEqual(answer.json()["report"], report.number)
        self.assertEqual(Block.objects.get().asked_by, self.rina)

    def test_the_list_names_nobody_and_counts_what_is_unread(self) -> None:
        block = self.blocked()
        self.writes(samples.text("rahasia"))
        answer = self.ask("/blocks/")
        (one,) = answer.json()["results"]
        self.assertEqual((one["id"], one["unread"]), (str(block.pk), 1))
        for secret in (WATI.phone, WATI.name, "rahasia", BECAUSE):
            self.assertNotIn(secret, answer.content.decode())
        blocking.see(block, by=self.rina)
        self.assertEqual(self.ask("/blocks/").json()["results"][0]["unread"], 0)

    def test_the_list_is_one_stations_and_the_desks(self) -> None:
        self.blocked()
        neighbour = people.operator(people.station("lain", "LAN"), username="tetangga")
        self.assertEqual(self.ask("/blocks/", neighbour).json()["results"], [])
        chief = people.operator(self.station, Role.CHIEF)
        self.assertEqual(self.ask("/blocks/", chief).status_code, 403)
