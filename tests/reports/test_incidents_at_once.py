"""Twenty people link at the same moment, each over a connection of their own, while more messages come in."""

import threading
from collections.abc import Callable
from unittest import skipUnless

from django.db import connection

from operators.models import Operator
from reports import incident_answers, incidents, jobs
from reports.models import Incident, IncidentDelivery, Message, Report
from tests import people, samples
from tests.reports.cases import CommittedTestCase, put_away
from tests.samples import Citizen

MANY = 20


@skipUnless(connection.vendor == "postgresql", "needs several writers")
class AtOnceTests(CommittedTestCase):
    def setUp(self) -> None:
        super().setUp()
        station = people.station()
        self.operators = [people.operator(station, username=f"op{n}") for n in range(MANY)]
        self.citizens = [Citizen(f"Warga {n}", f"+62813666{n:05d}") for n in range(MANY + 1)]
        self.reports = [people.report(samples.text(by=one)) for one in self.citizens]

    def together(self, *todo: Callable[[], object]) -> list[Exception]:
        """Run all of them at once; what went wrong."""
        wrong: list[Exception] = []
        ready = threading.Barrier(len(todo))

        def run(one: Callable[[], object]) -> None:
            ready.wait(60)
            try:
                one()
            except Exception as error:  # noqa: BLE001
                wrong.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(one,)) for one in todo]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return wrong

    def link(self, report: Report, to: Report, by: Operator) -> Callable[[], object]:
        return lambda: incidents.link(report, to, by=by)

    def assertOneIncident(self) -> None:
        ids = set(Report.objects.values_list("incident", flat=True))
        self.assertEqual(len(ids), 1)
        self.assertNotIn(None, ids)
        self.assertEqual(Incident.objects.filter(joined_into=None).count(), 1)

    def test_of_twenty_links_to_one_report_one_incident_comes(self) -> None:
        first, *rest = self.reports
        pairs = zip(rest, self.operators, strict=True)
        self.assertEqual(self.together(*(self.link(r, first, by) for r, by in pairs)), [])
        self.assertOneIncident()
        self.assertEqual(Incident.objects.count(), 1)

    def test_of_twenty_links_in_a_chain_one_incident_comes_as_well(self) -> None:
        pairs = zip(self.reports, self.reports[1:], self.operators, strict=False)
        self.assertEqual(self.together(*(self.link(a, b, by) for a, b, by in pairs)), [])
        self.assertOneIncident()

    def test_while_everybody_writes_again_nobody_waits_in_a_circle(self) -> None:
        first, *rest = self.reports
        for again in range(3):
            for one in self.citizens:
                put_away(samples.text(f"Masih ada {again}", by=one))
        links = [self.link(r, first, by) for r, by in zip(rest, self.operators, strict=True)]
        drains = [lambda: jobs.drain_inbox(seconds=None)] * 3
        self.assertEqual(self.together(*links, *drains), [])
        jobs.drain_inbox(seconds=None)
        self.assertOneIncident()
        self.assertEqual(Message.objects.filter(direction="inbound").count(), 4 * (MANY + 1))

    def test_several_workers_answer_everybody_once(self) -> None:
        first, *rest = self.reports
        for one in rest:
            incident = incidents.link(one, first, by=self.operators[0])
        incident_answers.answer(incident, "Selesai.", by=self.operators[0])
        self.assertEqual(self.together(*[lambda: jobs.answer_incidents(seconds=None)] * 8), [])
        self.assertFalse(IncidentDelivery.objects.queued().exists())
        told = Message.objects.filter(author=self.operators[0])
        self.assertEqual(told.count(), MANY + 1)
        self.assertEqual(told.values("reporter").distinct().count(), MANY + 1)
