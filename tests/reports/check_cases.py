"""A report at the desk, and officers who may be asked to check it in plain clothes."""

from typing import Any

from operators.models import Operator
from reports import (
    compartment,
    verification,
)
from reports.actors import Refused
from reports.compartment import Inside
from reports.models import Verification
from reports.models.verification import Result
from tests import checks, people
from tests.reports.cases import StationTestCase


class CheckTestCase(StationTestCase):
    satu: Operator
    dua: Operator
    bambang: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.satu, cls.dua = checks.officers(cls.station)
        cls.bambang = people.operator(cls.station, username="bambang")

    def setUp(self) -> None:
        super().setUp()
        self.report = people.report()

    def ask(self, *named: Operator, by: Operator | None = None, **given: Any) -> Verification:
        return checks.asked(self.report, named or (self.satu,), by=by or self.rina, **given)

    def finish(self, check: Verification, result: Result, by: Operator | None = None) -> None:
        verification.finish(check, result=result, note="Sudah dilihat.", by=by or self.satu)

    def inside(self, check: Verification, by: Operator) -> Inside:
        opened = compartment.opened(check.pk, by=by)
        if opened is None:
            raise AssertionError(f"{by} is not named")
        return opened

    def status(self) -> str:
        self.report.refresh_from_db()
        return self.report.status

    def refuse(self, refusal: type[Refused], **given: Any) -> None:
        ask: dict[str, Any] = {"officers": [self.satu.pk], "brief": "Cek", "by": self.rina}
        with self.assertRaises(refusal):
            verification.ask(self.report, **(ask | given))
