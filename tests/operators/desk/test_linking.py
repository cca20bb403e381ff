"""Linking on the desk: the part on a report, suggestions on both pages, two reports side by side, rows of the queue."""

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import describing, incidents
from reports.models import Incident, Likeness, Report
from reports.models.finding import Enricher
from tests import hints, people
from tests.operators.desk.cases import words
from tests.operators.desk.test_incidents import IncidentTestCase


class PartTests(IncidentTestCase):
    def test_it_says_which_incident_and_how_many_tell_of_it(self) -> None:
        incident, reports = self.linked(3)
        page = words(self.open(reports[0]))
        self.assertIn(f"{incident.number} 3 laporan dari 3 orang", page)

    def test_a_report_is_linked_by_the_number_of_another(self) -> None:
        first, second = self.arrive(), self.arrive()
        answer = self.act("link", second, to=f" {first.number.lower()} ")
        self.assertEqual(answer.status_code, 200)
        incident = Incident.objects.get()
        self.assertIn(incident.number, words(answer))
        self.assertEqual(incident.reports.count(), 2)

    def test_a_number_that_is_nobodys_is_said_and_kept(self) -> None:
        answer = self.act("link", self.arrive(), to="CTH-2611-09999")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Tidak ada laporan atau kejadian dengan nomor ini.", words(answer))
        self.assertIn('value="CTH-2611-09999"', answer.text)

    def test_it_is_taken_out_again(self) -> None:
        incident, reports = self.linked()
        answer = self.act("unlink", reports[0])
        self.assertNotIn("2 laporan dari", words(answer))
        self.assertIn(f"mengeluarkan laporan dari kejadian {incident.number}", words(answer))

    def test_it_costs_nothing_where_there_is_none_and_one_query_where_there_is(self) -> None:
        report = self.arrive()
        self.open(report)
        with CaptureQueriesContext(connection) as without:
            self.open(report)
        incidents.link(report, self.arrive(), by=self.rina)
        with CaptureQueriesContext(connection) as within:
            self.open(report)
        # The part, and the marks on the rows beside it.
        self.assertEqual(len(within) - len(without), 2)

    def test_rows_of_the_queue_say_how_many_tell_of_it(self) -> None:
        _, reports = self.linked(3)
        self.arrive()
        rows = self.queue()
        self.assertEqual(rows.text.count("kejadian · 3"), 3)

    def test_what_is_reserved_is_not_counted(self) -> None:
        _, reports = self.linked(3)
        secret = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(reports[2], secret, by=self.rina)
        self.assertEqual(self.queue().text.count("kejadian · 2"), 2)
        self.assertIn("2 laporan dari 2 orang", words(self.open(reports[0])))


class CompareTests(IncidentTestCase):
    def compare(self, a: Report, b: Report) -> HttpResponse:
        return self.client.get(reverse("desk:compare"), {"a": a.number, "b": b.number})

    def test_both_stand_side_by_side_with_words_place_and_times(self) -> None:
        a = self.arrive("Motor tabrakan", latitude=-7.42, longitude=111.02)
        b = self.arrive("Ada kecelakaan", latitude=-7.43, longitude=111.03)
        page = self.compare(a, b)
        self.assertIn("Motor tabrakan", words(page))
        self.assertIn("Ada kecelakaan", words(page))
        self.assertIn('data-points="-7.42000,111.02000,A;-7.43000,111.03000,B"', page.text)

    def test_one_press_links_them(self) -> None:
        a, b = self.arrive(), self.arrive()
        self.assertIn('data-shortcut="h"', self.compare(a, b).text)
        answer = self.client.post(reverse("desk:link-compared"), {"a": a.number, "b": b.number})
        self.assertRedirects(answer, Incident.objects.get().get_absolute_url())
        self.assertIn("Keduanya termasuk kejadian", words(self.compare(a, b)))

    def test_what_cannot_be_seen_cannot_be_compared(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        a, b = self.arrive(), self.arrive(category=secret)
        self.assertEqual(self.compare(a, b).status_code, 404)
        self.assertEqual(self.compare(a, a).status_code, 404)


class TwoSidedTests(IncidentTestCase):
    def test_the_earlier_report_names_the_later_one_as_well(self) -> None:
        first, later = self.arrive("Motor tabrakan"), self.arrive("Kecelakaan motor")
        hints.suggest(later, Enricher.DUPLICATE, {"report": str(first.pk), "strength": "strong"})
        for here, there in ((first, later), (later, first)):
            page = words(self.open(here))
            self.assertIn(f"7 {there.number} sangat mirip", page)

    def test_called_different_on_one_page_it_is_gone_there_alone(self) -> None:
        first, later = self.arrive(), self.arrive()
        hints.suggest(later, Enricher.DUPLICATE, {"report": str(first.pk)})
        self.act("dismiss", first, enricher="duplicate")
        self.assertNotIn("Kejadian yang sama?", words(self.open(first)))
        self.assertIn("Kejadian yang sama?", words(self.open(later)))
        self.assertTrue(Likeness.objects.get().is_dismissed)

    def test_reports_of_one_incident_stand_as_one_line(self) -> None:
        incident, reports = self.linked(3)
        late = self.arrive()
        values = [{"report": str(one.pk), "strength": "suggest"} for one in reports]
        hints.suggest(late, Enricher.DUPLICATE, *values)
        page = words(self.open(late))
        self.assertIn(f"7 {incident.number} kejadian · 3 laporan", page)
        self.assertNotIn("8 CTH", page)
        answer = self.act("link", late, to=incident.number)
        self.assertNotIn("Kejadian yang sama?", words(answer))
        self.assertEqual(incident.reports.count(), 4)

    def test_what_a_person_may_not_see_is_named_on_neither_page(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        first, later = self.arrive(), self.arrive(category=secret)
        hints.suggest(later, Enricher.DUPLICATE, {"report": str(first.pk)})
        self.assertNotIn("Kejadian yang sama?", words(self.open(first)))


class BulkTests(IncidentTestCase):
    def link(self, *reports: Report, to: str = "") -> HttpResponse:
        numbers = [one.number for one in reports]
        return self.client.post(reverse("desk:bulk"), {"verb": "link", "number": numbers, "to": to})

    def test_rows_are_linked_to_each_other(self) -> None:
        reports = [self.arrive() for _ in range(4)]
        self.assertIn("4 laporan", words(self.link(*reports)))
        self.assertEqual(Incident.objects.get().reports.count(), 4)

    def test_or_to_what_has_a_number_with_each_failure_named(self) -> None:
        incident, _ = self.linked()
        secret = people.category("anggota-polri", reserved_for="propam")
        one, hidden = self.arrive(), self.arrive(category=secret)
        answer = words(self.link(one, hidden, to=incident.number))
        self.assertIn(f"{hidden.number} ", answer)
        self.assertEqual(incident.reports.count(), 3)

    def test_one_alone_needs_a_number(self) -> None:
        answer = self.link(self.arrive())
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Pilih satu laporan lagi", words(answer))
        self.assertFalse(Incident.objects.exists())
