"""The test case of the API: asked with a token, as programs do."""

from typing import Any

from django.http import HttpResponse

from operators.models import ApiToken, Operator
from reports.models import Message, Report
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen


class ApiTestCase(StationTestCase):
    token: str

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.token = ApiToken.objects.issue(cls.rina)

    def headers(self, who: Operator | None = None) -> dict[str, str]:
        token = ApiToken.objects.issue(who) if who else self.token
        return {"Authorization": f"Token {token}"}

    def get(self, path: str, by: Operator | None = None, **query: Any) -> HttpResponse:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers(by))

    def post(self, path: str, by: Operator | None = None, **content: Any) -> HttpResponse:
        return self.client.post(
            f"/api/v1{path}", content, content_type="application/json", headers=self.headers(by)
        )

    def report(self, params: samples.Params | None = None, **fields: Any) -> Report:
        """A report of a person of its own (or of these parameters), then changed like this."""
        by = Citizen("Warga", f"+62812{Report.objects.count():08}")
        report = people.report(params or samples.text(by=by))
        Message.objects.filter(report=report, direction="outbound").delete()
        Report.objects.filter(pk=report.pk).update(**fields)
        report.refresh_from_db()
        return report

    def numbers(
        self, path: str = "/reports/", by: Operator | None = None, **query: Any
    ) -> list[str]:
        """The numbers of the reports that a list holds, in its order."""
        response = self.get(path, by, **query)
        self.assertEqual(response.status_code, 200, response.content)
        return [report["number"] for report in response.json()["results"]]
