"""One verb on many reports: each by itself, and each that was refused named with its reason."""

from typing import Any
from unittest import mock, skipUnless

from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import reverse

from operators.permissions import Role
from reports import claims, triage
from reports.models import Event, Message, Report
from reports.models.event import EventKind
from reports.models.message import Direction
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, citizen, words
from tests.reports.cases import CommittedTestCase, body_of


class BulkTestCase(DeskTestCase):
    def bulk(self, verb: str, reports: list[Any], **form: Any) -> HttpResponse:
        numbers = [getattr(report, "number", report) for report in reports]
        posted = {"verb": verb, "number": numbers, **form}
        return self.client.post(reverse("desk:bulk"), posted, headers={"HX-Request": "true"})

    def assert_result(
        self, answer: HttpResponse, done: list[Report], failed: dict[Report, str]
    ) -> None:
        self.assertEqual(answer.status_code, 200)
        result = answer.context["result"]
        self.assertEqual(result.done, [report.number for report in done])
        told = {failure.number: failure.reason for failure in result.failed}
        self.assertEqual(told, {report.number: reason for report, reason in failed.items()})
        for report, reason in failed.items():
            self.assertIn(f"{report.number} {reason}", words(answer))


class VerbTests(BulkTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.reports = [self.arrive() for _ in range(3)]

    def now(self) -> list[Report]:
        return list(Report.objects.filter(pk__in=[r.pk for r in self.reports]))

    def test_claim(self) -> None:
        self.assert_result(self.bulk("claim", self.reports), self.reports, {})
        self.assertEqual({report.holder for report in self.now()}, {self.rina})

    def test_categorise(self) -> None:
        noise = people.category("knalpot-brong")
        answer = self.bulk("categorise", self.reports, category="knalpot-brong")
        self.assert_result(answer, self.reports, {})
        self.assertEqual({report.category for report in self.now()}, {noise})

    def test_close(self) -> None:
        answer = self.bulk("close", self.reports, outcome="silent", note="Tanpa isi.")
        self.assert_result(answer, self.reports, {})
        self.assertEqual(
            {(report.status, report.outcome) for report in self.now()},
            {(Status.DONE, Outcome.SILENT)},
        )

    def test_reply_with_the_same_words(self) -> None:
        answer = self.bulk("reply", self.reports, text="Terima kasih, sudah kami tangani.")
        self.assert_result(answer, self.reports, {})
        for report in self.reports:
            message = Message.objects.get(
                report=report, direction=Direction.OUTBOUND, author=self.rina
            )
            self.assertEqual(body_of(message), "Terima kasih, sudah kami tangani.")

    def test_assign(self) -> None:
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        answer = self.bulk("assign", self.reports, to="bambang")
        self.assert_result(answer, self.reports, {})
        self.assertEqual({report.holder for report in self.now()}, {self.bambang})

    def test_each_has_its_line_in_the_timeline(self) -> None:
        self.bulk("claim", self.reports)
        claimed = Event.objects.filter(kind=EventKind.CLAIMED, by=self.rina)
        self.assertCountEqual([event.report for event in claimed], self.reports)


class FailureTests(BulkTestCase):
    def test_of_fifty_with_three_that_are_forbidden_forty_seven_are_done(self) -> None:
        reports = [self.arrive() for _ in range(50)]
        his, closed, gone = reports[7], reports[20], reports[41]
        claims.claim(his, by=self.bambang)
        triage.close(closed, Outcome.ANSWERED, "Dijawab.", by=self.bambang)
        secret = people.category("anggota-polri", reserved_for="propam")
        Report.objects.filter(pk=gone.pk).update(category=secret)
        answer = self.bulk("close", reports, outcome="acted", note="Sudah dibubarkan.")
        self.assert_result(
            answer,
            [report for report in reports if report not in (his, closed, gone)],
            {
                his: "Laporan ini dipegang Bambang Sutrisno.",
                closed: "Laporan ini sudah selesai.",
                gone: "Laporan ini tidak dapat dibuka dengan akun Anda.",
            },
        )
        self.assertEqual(len(answer.context["result"].done), 47)
        self.assertIn("47 laporan selesai diproses", words(answer))
        self.assertIn(f'data-failed="{his.number} {closed.number} {gone.number} "', answer.text)
        his.refresh_from_db()
        self.assertEqual((his.status, his.holder), (Status.TRIAGE, self.bambang))

    def test_a_report_of_another_station_is_no_different_from_one_that_does_not_exist(self) -> None:
        other = people.station("lain", "LAN")
        elsewhere = people.report(
            samples.text(
                by=citizen(), To=f"whatsapp:{other.numbers.get(channel='whatsapp').address}"
            )
        )
        result = self.bulk("claim", [elsewhere, "CTH-0001-99999"]).context["result"]
        reasons = {failure.reason for failure in result.failed}
        self.assertEqual(reasons, {"Laporan ini tidak dapat dibuka dengan akun Anda."})
        elsewhere.refresh_from_db()
        self.assertIsNone(elsewhere.holder)

    def test_a_right_that_is_missing_is_said_for_each(self) -> None:
        report = self.arrive()
        answer = self.bulk("assign", [report], to="bambang")
        self.assertEqual(answer.context["result"].done, [])
        report.refresh_from_db()
        self.assertIsNone(report.holder)

    def test_somebody_without_the_desk_may_not(self) -> None:
        self.client.force_login(people.operator(self.station, Role.CHIEF))
        self.assertEqual(self.bulk("claim", [self.arrive()]).status_code, 403)

    def test_a_database_that_fails_on_one_leaves_the_others(self) -> None:
        reports = [self.arrive() for _ in range(3)]
        real = claims.claim

        def fails_once(report: Report, **given: Any) -> object:
            if report.pk == reports[1].pk:
                raise OperationalError("deadlock")
            return real(report, **given)

        with (
            mock.patch.object(claims, "claim", fails_once),
            self.assertLogs("operators.desk.bulk", "WARNING") as logs,
        ):
            answer = self.bulk("claim", reports)
        self.assertEqual(answer.context["result"].done, [reports[0].number, reports[2].number])
        self.assertNotIn("deadlock", "".join(logs.output))


class ShapeTests(BulkTestCase):
    def refused(self, verb: str, reports: list[Any], **form: Any) -> str:
        answer = self.bulk(verb, reports, **form)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(Report.objects.exclude(holder=None).exists())
        return words(answer)

    def test_nothing_is_done_when_something_is_missing(self) -> None:
        reports = [self.arrive()]
        self.assertIn("Pilih laporan", self.refused("claim", []))
        self.assertIn("Pilih laporan", self.refused("erase", reports))
        self.assertIn("Pilih kategori", self.refused("categorise", reports, category="x"))
        self.assertIn("Pilih", self.refused("close", reports, note="Selesai."))
        self.assertIn("kosong", self.refused("reply", reports))

    def test_nobody_can_be_given_a_report_who_is_not_there(self) -> None:
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        people.operator(people.station("lain", "LAN"), username="dian")
        reports = [self.arrive()]
        for to in ("", "dian", "nobody"):
            self.refused("assign", reports, to=to)

    def test_at_most_a_hundred(self) -> None:
        numbers = [f"CTH-2611-{number:05d}" for number in range(101)]
        self.assertIn(
            "Paling banyak 100 laporan sekaligus; 101 dipilih", self.refused("claim", numbers)
        )

    def test_a_number_that_is_given_twice_counts_once(self) -> None:
        report = self.arrive()
        result = self.bulk("claim", [report, report]).context["result"]
        self.assertEqual((result.done, result.failed), ([report.number], []))


class BarTests(BulkTestCase):
    def test_it_offers_what_this_person_may(self) -> None:
        bar = self.client.get(reverse("desk:bulk")).text
        self.assertIn('value="claim"', bar)
        self.assertNotIn('value="assign"', bar)
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        bar = self.client.get(reverse("desk:bulk")).text
        self.assertIn('value="assign"', bar)
        self.assertIn('<option value="bambang">', bar)

    def test_every_row_can_be_chosen(self) -> None:
        report = self.arrive()
        self.assertRegex(
            self.queue().text, rf'<input [^>]*name="number" value="{report.number}" form="bulk"'
        )


@skipUnless(connection.vendor == "postgresql", "SQLite has one writer at a time")
class TransactionTests(CommittedTestCase):
    def test_what_was_done_stays_done_when_the_next_one_breaks(self) -> None:
        station = people.station()
        rina = people.operator(station, username="rina")
        self.client.force_login(rina)
        first, second = (people.report(samples.text(by=citizen())) for _ in range(2))
        real = claims.claim

        def breaks(report: Report, **given: Any) -> object:
            if report.pk == second.pk:
                raise ValueError
            return real(report, **given)

        with mock.patch.object(claims, "claim", breaks), self.assertRaises(ValueError):
            self.client.post(
                reverse("desk:bulk"), {"verb": "claim", "number": [first.number, second.number]}
            )
        first.refresh_from_db()
        self.assertEqual(first.holder, rina)
