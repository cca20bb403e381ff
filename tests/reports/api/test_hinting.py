"""Hints by program: read without the citizen's words, taken over, called wrong."""

from typing import Any
from uuid import uuid4

from reports.models import Finding
from reports.models.finding import Decision, Enricher
from tests import hints, people
from tests.reports.api.cases import ApiTestCase


class HintTests(ApiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.one = ApiTestCase.report(self)
        self.path = f"/reports/{self.one.number}/"

    def found(self) -> list[dict[str, Any]]:
        answer = self.get(f"{self.path}findings/")
        self.assertEqual(answer.status_code, 200, answer.content)
        found: list[dict[str, Any]] = answer.json()
        return found

    def test_what_was_found_is_read_without_reasons(self) -> None:
        finding = hints.suggest(self.one, Enricher.CATEGORY, {"slug": "konvoi"}, {"slug": "macet"})
        (shown,) = self.found()
        self.assertEqual(
            (shown["id"], shown["enricher"], shown["decision"]), (str(finding.pk), "category", "")
        )
        self.assertEqual(
            shown["candidates"],
            [
                {"value": {"slug": "konvoi"}, "confidence": 0.9, "source": "keywords"},
                {"value": {"slug": "macet"}, "confidence": 0.6, "source": "keywords"},
            ],
        )

    def test_a_duplicate_is_named_by_its_number_to_whoever_may_see_it(self) -> None:
        other = ApiTestCase.report(self)
        secret = people.category("anggota-polri", reserved_for="propam")
        hidden = ApiTestCase.report(self, category=secret)
        hints.suggest(
            self.one, Enricher.DUPLICATE, {"report": str(other.pk)}, {"report": str(hidden.pk)}
        )
        (shown,) = self.found()
        self.assertEqual([c["value"] for c in shown["candidates"]], [{"report": other.number}])

    def test_it_is_taken_over_once(self) -> None:
        people.category("konvoi")
        finding = hints.suggest(self.one, Enricher.CATEGORY, {"slug": "konvoi"})
        answer = self.post(f"{self.path}accept/", finding=str(finding.pk))
        self.assertEqual((answer.status_code, answer.json()["category"]), (200, "konvoi"))
        again = self.post(f"{self.path}accept/", finding=str(finding.pk), candidate=0)
        self.assertEqual((again.status_code, again.json()["code"]), (409, "suggestion_gone"))
        self.assertEqual(self.found()[0]["decision"], "accepted")

    def test_what_takes_the_report_out_of_sight_leaves_nothing_to_show(self) -> None:
        people.category("anggota-polri", reserved_for="propam")
        finding = hints.suggest(self.one, Enricher.CATEGORY, {"slug": "anggota-polri"})
        answer = self.post(f"{self.path}accept/", finding=str(finding.pk))
        self.assertEqual((answer.status_code, answer.content), (204, b""))

    def test_it_is_called_wrong(self) -> None:
        finding = hints.suggest(self.one, Enricher.KIND, {"kind": "iseng"})
        self.assertEqual(self.post(f"{self.path}dismiss/", enricher="kind").status_code, 200)
        self.assertEqual(Finding.objects.get(pk=finding.pk).decision, Decision.DISMISSED)

    def test_what_makes_no_sense_is_refused(self) -> None:
        for given in ({}, {"finding": "x"}, {"finding": str(uuid4()), "candidate": -1}):
            self.assertEqual(self.post(f"{self.path}accept/", **given).status_code, 400)
        self.assertEqual(self.post(f"{self.path}accept/", finding=str(uuid4())).status_code, 409)
        self.assertEqual(self.post(f"{self.path}dismiss/", enricher="x").status_code, 400)
