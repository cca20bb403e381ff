"""Surakarta's night: thirty people report the same loud exhausts within an hour. One incident, one answer to all; two of
them cannot be reached and stand in the ledger, and somebody who reports afterwards is told as well."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import delivery, jobs
from reports.models import Incident, IncidentDelivery, Message, Report
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words
from tests.reports.cases import body_of
from tests.reports.gateways import REFUSED, Provider
from tests.samples import Citizen

NIGHT = datetime(2026, 11, 28, 22, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
PEOPLE = 30
ANSWER = "Laporan {nomor_laporan}: knalpot brong sudah ditindak. Terima kasih."


class ThirtyTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.citizens = [Citizen(f"Warga {n}", f"+62815444{n:05d}") for n in range(PEOPLE)]
        self.reports = []
        for minute, citizen in enumerate(self.citizens):
            at = NIGHT + timedelta(minutes=2 * minute)
            self.reports.append(people.report(samples.text("Brong di Manahan", by=citizen), at=at))
        self.travel(NIGHT + timedelta(hours=1))

    def link_all(self) -> Incident:
        first, second, *rest = self.reports
        self.act("link", second, to=first.number)
        incident = Incident.objects.get()
        for one in rest[:8]:
            self.act("link", one, to=incident.number)
        numbers = [one.number for one in rest[8:]]
        given = {"verb": "link", "number": numbers, "to": incident.number}
        self.client.post(reverse("desk:bulk"), given)
        return incident

    def answer_all(self, incident: Incident) -> None:
        address = reverse("desk:answer-incident", args=[incident.number])
        self.client.post(address, {"text": ANSWER, "standing": "1"})
        self.travel(settings.UNDO_WITHIN + timedelta(seconds=1))
        self.assertEqual(jobs.answer_incidents(seconds=None), PEOPLE - 1)

    def send(self, *endings: object) -> None:
        """The sender gives everything that is due to the provider."""
        provider = Provider(*endings)  # type: ignore[arg-type]
        for pk in Message.objects.filter(author=self.rina, status="queued").values_list("pk"):
            delivery.deliver(str(pk[0]), via=provider)

    def page(self, incident: Incident) -> HttpResponse:
        return self.client.get(incident.get_absolute_url())

    def told(self, report: Report) -> list[str]:
        return [body_of(one) for one in report.messages.filter(author=self.rina)]

    def test_one_incident_one_answer_two_named_failures_and_a_late_joiner(self) -> None:
        Message.objects.filter(direction="outbound").update(status="delivered")
        incident = self.link_all()
        self.assertEqual(incident.reports.count(), PEOPLE)
        self.assertIn("kejadian · 30", self.queue().text)

        # The one has no address any more, of the other the network knows nothing.
        lost = self.reports[7].contact
        lost.handle = None
        lost.save()
        self.answer_all(incident)
        self.send(REFUSED)
        rows = IncidentDelivery.objects.select_related("message", "report")
        failed = {row.report.number for row in rows if row.state == "failed"}
        self.assertEqual(len(failed), 2)
        self.assertIn(self.reports[7].number, failed)
        page = words(self.page(incident))
        self.assertIn("28 terkirim 2 gagal", page)
        self.assertIn("Pelapor tidak punya alamat di saluran ini.", page)
        for number in failed:
            self.assertIn(number, page)
        for one in self.reports:
            mine = [] if one == self.reports[7] else [ANSWER.format(nomor_laporan=one.number)]
            self.assertEqual(self.told(one), mine)

        late = self.arrive("Masih brong pak")
        self.act("link", late, to=incident.number)
        self.travel(timedelta(minutes=1))
        jobs.tick()
        self.assertEqual(self.told(late), [ANSWER.format(nomor_laporan=late.number)])

    def test_it_ends_and_its_reports_with_it_by_one_press(self) -> None:
        incident = self.link_all()
        close = reverse("desk:close-incident", args=[incident.number])
        self.client.post(close, {"outcome": "acted", "note": "Dua motor ditilang."})
        self.client.post(reverse("desk:follow-incident", args=[incident.number]))
        self.assertEqual(
            set(Report.objects.values_list("status", "outcome")), {(Status.DONE, Outcome.ACTED)}
        )

    def test_the_page_of_thirty_costs_what_the_page_of_three_does(self) -> None:
        first, second, third, *rest = self.reports
        self.act("link", second, to=first.number)
        incident = Incident.objects.get()
        self.act("link", third, to=incident.number)
        self.page(incident)
        with CaptureQueriesContext(connection) as three:
            self.page(incident)
        cost = len(three)
        for one in rest:
            self.act("link", one, to=incident.number)
        with self.assertNumQueries(cost):
            self.page(incident)
