"""Incidents on the desk: the part on a report, the list, the page with the answer to all, two reports side by side."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from operators.desk import incident_list
from reports import (
    answering,
    claims,
    describing,
    incident_answers,
    incidents,
    jobs,
    progressing,
)
from reports.models import Incident, IncidentAnswer, Message, Report
from reports.models.event import EventKind
from reports.workflow import Outcome, Status
from tests import checks, people
from tests.operators.desk.cases import DeskTestCase, words


class IncidentTestCase(DeskTestCase):
    def linked(self, number: int = 2, **changes: Any) -> tuple[Incident, list[Report]]:
        reports = [self.arrive(minutes_ago=number - n, **changes) for n in range(number)]
        for one in reports[1:]:
            incident = incidents.link(one, reports[0], by=self.rina)
        return incident, reports

    def page(self, incident: Incident) -> HttpResponse:
        return self.client.get(incident.get_absolute_url())

    def send(self, name: str, incident: Incident, *more: Any, **form: Any) -> HttpResponse:
        return self.client.post(reverse(f"desk:{name}", args=[incident.number, *more]), form)


class CloseAlikeTests(IncidentTestCase):
    def test_an_open_report_is_offered_the_end_of_its_incident(self) -> None:
        incident, reports = self.linked()
        self.assertNotIn("Tutup seperti kejadian", words(self.open(reports[0])))
        incidents.close(incident, Outcome.ACTED, "Motor ditindak.", by=self.rina)
        page = self.open(reports[0])
        self.assertIn("Tutup seperti kejadian", words(page))
        self.assertIn('name="note" value="Motor ditindak."', page.text)
        self.act("close", reports[0], outcome="acted", note="Motor ditindak.")
        self.assertNotIn("Tutup seperti kejadian", words(self.open(reports[0])))

    def test_all_are_closed_like_it_and_each_failure_is_named(self) -> None:
        incident, reports = self.linked(3)
        claims.claim(reports[1], by=self.bambang)
        incidents.close(incident, Outcome.ACTED, "Motor ditindak.", by=self.rina)
        answer = self.send("follow-incident", incident)
        self.assertIn(f"{reports[1].number} Laporan ini dipegang {self.bambang}.", words(answer))
        states = dict(Report.objects.values_list("number", "status"))
        self.assertEqual(states[reports[1].number], Status.TRIAGE)
        self.assertEqual(
            [states[one.number] for one in (reports[0], reports[2])], [Status.DONE, Status.DONE]
        )

    def test_not_before_the_incident_is_over(self) -> None:
        incident, _ = self.linked()
        self.assertEqual(self.send("follow-incident", incident).status_code, 409)


class ActingAlikeTests(IncidentTestCase):
    def test_a_report_is_offered_what_is_done_about_its_incident(self) -> None:
        incident, reports = self.linked()
        self.assertNotIn("Ditindak seperti kejadian", words(self.open(reports[0])))
        incidents.set_status(incident, Status.ACTING, by=self.rina)
        page = self.open(reports[0])
        self.assertIn("Ditindak seperti kejadian", words(page))
        self.act("follow", reports[0])
        self.assertNotIn("Ditindak seperti kejadian", words(self.open(reports[0])))
        self.assertEqual(Report.objects.get(pk=reports[0].pk).status, Status.ACTING)

    def test_no_check_is_left_out_only_because_the_incidents_status_was_set(self) -> None:
        incident, reports = self.linked(3)
        for one in reports:
            checks.checked_first(one, slug=f"brong-{one.number[-1]}")
        incidents.set_status(incident, Status.ACTING, by=self.rina)
        self.assertEqual(self.act("follow", reports[0]).status_code, 409)
        self.assertIn("Mintalah pengecekan", words(self.send("follow-incident", incident)))
        self.assertFalse(Report.objects.filter(status=Status.ACTING).exists())
        progressing.set_status(reports[1], Status.ACTING, "Masih terjadi.", by=self.rina)
        self.act("follow", reports[0])
        self.assertEqual(Report.objects.filter(status=Status.ACTING).count(), 2)
        self.assertTrue(reports[0].events.filter(kind=EventKind.CHECK_SKIPPED).exists())

    def test_all_that_are_behind_follow_at_once_and_a_question_of_its_own_goes_on(self) -> None:
        incident, reports = self.linked(3)
        answering.ask(reports[1], "place", text="Di mana, Pak?", by=self.rina)
        incidents.set_status(incident, Status.ACTING, by=self.rina)
        self.assertIn(
            "Jadikan 2 laporan ditindak", words(self.client.get(incident.get_absolute_url()))
        )
        self.send("follow-incident", incident)
        states = dict(Report.objects.values_list("number", "status"))
        self.assertEqual(
            [states[one.number] for one in reports],
            [Status.ACTING, Status.WAITING, Status.ACTING],
        )

    def test_the_incident_is_offered_what_is_done_about_one_of_its_reports(self) -> None:
        incident, reports = self.linked()
        hint = "Salah satu laporannya sedang ditindak"
        self.assertNotIn(hint, words(self.client.get(incident.get_absolute_url())))
        progressing.set_status(reports[0], Status.ACTING, by=self.rina)
        self.assertIn(hint, words(self.client.get(incident.get_absolute_url())))


class ListTests(IncidentTestCase):
    def numbers(self, **query: Any) -> list[str]:
        answer = self.client.get(reverse("desk:incidents"), query)
        return [row.incident.number for row in answer.context["rows"]]

    def test_what_goes_on_stands_first_and_the_newest_of_it(self) -> None:
        made = []
        for minutes in (0, 1, 2):
            self.travel(timezone.now() + timedelta(minutes=minutes))
            made.append(self.linked()[0])
        incidents.close(made[2], Outcome.ACTED, "Selesai.", by=self.rina)
        self.assertEqual(self.numbers(), [one.number for one in (made[1], made[0], made[2])])

    def test_it_goes_on_where_it_ended(self) -> None:
        made = []
        for _ in range(incident_list.SHOWN + 3):
            made.append(
                Incident.objects.create(
                    number=f"CTH-K2611-{len(made):05d}",
                    station=self.station,
                    opened_at=timezone.now() + timedelta(seconds=len(made)),
                    opened_by=self.rina,
                )
            )
            self.arrive(incident=made[-1])
        Incident.objects.filter(pk__in=[one.pk for one in made[:5]]).update(
            status=Status.DONE, outcome=Outcome.ACTED, closed_at=timezone.now()
        )
        first = self.client.get(reverse("desk:incidents"))
        rows = [row.incident.number for row in first.context["rows"]]
        further = self.numbers(**{"from": first.context["rows"][-1].key})
        self.assertEqual(len(rows), incident_list.SHOWN)
        self.assertEqual(len(further), 3)
        self.assertEqual(set(rows) | set(further), {one.number for one in made})
        self.assertEqual(self.numbers(**{"from": "x"}), rows)

    def test_it_costs_the_same_for_one_and_for_ten(self) -> None:
        self.linked()
        self.numbers()
        with CaptureQueriesContext(connection) as one:
            self.numbers()
        for _ in range(9):
            self.linked()
        with self.assertNumQueries(len(one)):
            self.numbers()

    def test_what_is_reserved_for_others_is_not_there(self) -> None:
        _, reports = self.linked()
        secret = people.category("anggota-polri", reserved_for="propam")
        for one in reports:
            describing.categorise(one, secret, by=self.rina)
        self.assertEqual(self.numbers(), [])


class PageTests(IncidentTestCase):
    def test_its_reports_stand_with_their_first_words(self) -> None:
        incident, reports = self.linked(2)
        page = words(self.page(incident))
        for one in reports:
            self.assertIn(one.number, page)
        self.assertEqual(page.count("Ada balap liar"), 2)
        self.assertIn("menghubungkan", page)

    def test_an_answer_goes_to_all_after_the_moment_to_undo(self) -> None:
        self.travel(timezone.now())
        incident, reports = self.linked(3)
        claims.claim(reports[2], by=self.bambang)
        page = words(self.page(incident))
        self.assertIn("2 lewat WhatsApp", page)
        self.assertIn("1 tidak bisa dihubungi sekarang", page)
        self.assertIn(f"{reports[2].number} Dipegang {self.bambang}.", page)
        answer = self.send("answer-incident", incident, text="Tim ke sana.", standing="1")
        self.assertRedirects(answer, f"{incident.get_absolute_url()}#ledger")
        waiting = self.page(incident)
        self.assertIn("2 menunggu dikirim", words(waiting))
        self.assertIn('hx-trigger="every 2s"', waiting.text)
        self.travel(timedelta(seconds=11))
        jobs.answer_incidents(seconds=None)
        Message.objects.filter(author=self.rina).update(status="delivered")
        page = self.page(incident)
        self.assertIn("2 sampai 1 gagal", words(page))
        self.assertIn("Minta rekan itu menjawab", words(page))
        self.assertIn("berlaku terus", words(page))
        self.assertNotIn('hx-trigger="every 2s"', page.text)

    def test_it_can_be_withdrawn_meanwhile(self) -> None:
        incident, _ = self.linked()
        self.send("answer-incident", incident, text="Tim ke sana.")
        self.send("withdraw-answer", incident, IncidentAnswer.objects.get().pk)
        self.assertIn("2 ditarik", words(self.page(incident)))

    def test_who_can_be_reached_by_sms_only_is_offered_that(self) -> None:
        self.travel(timezone.now())
        incident, reports = self.linked()
        contact = reports[0].contact
        contact.last_inbound_at = timezone.now() - timedelta(hours=25)
        contact.save()
        self.assertIn("Bisa lewat SMS.", words(self.page(incident)))
        made = incident_answers.answer(incident, "Tim ke sana.", by=self.rina)
        page = words(self.page(incident))
        self.assertIn("Batas 24 jam WhatsApp sudah lewat.", page)
        row = made.deliveries.get(report=reports[0])
        self.send("deliver-again", incident, row.pk, by_sms="1")
        row.refresh_from_db()
        self.assertEqual((row.failure, row.state), ("", "queued"))

    def test_what_is_wrong_is_said_with_what_was_typed(self) -> None:
        incident, _ = self.linked()
        answer = self.send("answer-incident", incident, text="")
        self.assertEqual(answer.status_code, 422)
        answer = self.send("close-incident", incident, outcome="acted", note="")
        self.assertEqual(answer.status_code, 422)

    def test_it_is_closed_and_opened_again(self) -> None:
        incident, _ = self.linked()
        self.send("close-incident", incident, outcome="acted", note="Motor ditindak.")
        self.assertIn("Motor ditindak.", words(self.page(incident)))
        self.send("incident-status", incident, status="acting")
        incident.refresh_from_db()
        self.assertEqual((incident.status, incident.outcome), (Status.ACTING, ""))

    def test_some_reports_become_an_incident_of_their_own(self) -> None:
        incident, reports = self.linked(3)
        answer = self.send("split-incident", incident, number=[reports[2].number])
        own = Incident.objects.exclude(pk=incident.pk).get()
        self.assertRedirects(answer, own.get_absolute_url())
        self.assertEqual(self.send("split-incident", incident).status_code, 409)

    def test_some_are_taken_out(self) -> None:
        incident, reports = self.linked(3)
        self.send("split-incident", incident, number=[reports[2].number], unlink="1")
        self.assertEqual(incident.reports.count(), 2)

    def test_the_address_of_one_that_was_joined_leads_to_the_other(self) -> None:
        first, one = self.linked()
        second, other = self.linked()
        incidents.link(one[0], other[0], by=self.rina)
        self.assertRedirects(self.page(second), first.get_absolute_url())

    def test_the_ledger_alone_is_there_for_a_page_that_waits(self) -> None:
        incident, _ = self.linked()
        incident_answers.answer(incident, "Tim ke sana.", by=self.rina)
        part = self.client.get(reverse("desk:ledger", args=[incident.number]))
        self.assertIn("2 menunggu dikirim", words(part))
        self.assertNotIn("<html", part.text)

    def test_what_is_reserved_for_others_shows_in_nothing(self) -> None:
        incident, reports = self.linked(3)
        incident_answers.answer(incident, "Tim ke sana.", by=self.rina)
        secret = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(reports[2], secret, by=self.rina)
        page = self.page(incident)
        self.assertNotIn(reports[2].number, page.text)
        self.assertIn("2 laporan dari 2 orang", words(page))

    def test_it_costs_the_same_for_three_reports_and_for_thirty(self) -> None:
        costs = []
        for number in (3, 30):
            incident, _ = self.linked(number)
            incident_answers.answer(incident, "Tim ke sana.", by=self.rina)
            jobs.answer_incidents(seconds=None)
            self.page(incident)
            with CaptureQueriesContext(connection) as captured:
                self.page(incident)
            costs.append(len(captured))
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 25)
