"""Reports that tell of the same become an incident by hand, and can be taken apart again."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from operators.permissions import Role
from reports import claims, describing, incident_answers, incidents, reading
from reports.actors import NotAllowed
from reports.models import Event, Incident, Report
from reports.models.event import EventKind
from reports.models.finding import Decision, Enricher
from reports.triage import OutcomeIncomplete
from reports.workflow import Outcome, Status
from tests import hints, people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen


class IncidentTestCase(StationTestCase):
    made = 0

    def report(self, body: str = "Ada knalpot brong", **changes: Any) -> Report:
        """Of somebody new."""
        IncidentTestCase.made += 1
        citizen = Citizen(f"Warga {self.made}", f"+62813777{self.made:05d}")
        report = people.report(samples.text(body, by=citizen))
        if changes:
            Report.objects.filter(pk=report.pk).update(**changes)
            report.refresh_from_db()
        return report

    def linked(self, number: int = 2) -> tuple[Incident, list[Report]]:
        """An incident with so many reports."""
        reports = [self.report() for _ in range(number)]
        for one in reports[1:]:
            incident = incidents.link(one, reports[0], by=self.rina)
        return incident, reports

    def of(self, incident: Incident) -> set[str]:
        return set(incident.reports.values_list("number", flat=True))


class LinkTests(IncidentTestCase):
    def test_two_reports_open_an_incident_with_a_number_of_its_own(self) -> None:
        self.travel(timezone.now())
        first, second = self.report(), self.report()
        incident = incidents.link(second, first, by=self.rina)
        self.assertRegex(incident.number, r"^CTH-K\d{4}-00001$")
        self.assertEqual(self.of(incident), {first.number, second.number})
        self.assertEqual((incident.opened_by, incident.status), (self.rina, Status.TRIAGE))

    def test_the_numbers_of_reports_go_on_as_if_nothing_had_happened(self) -> None:
        _, reports = self.linked()
        after = self.report()
        self.assertEqual(int(after.number[-5:]), int(reports[-1].number[-5:]) + 1)

    def test_a_third_joins_by_any_of_its_reports_or_by_the_incident(self) -> None:
        incident, reports = self.linked()
        third, fourth = self.report(), self.report()
        self.assertEqual(incidents.link(third, reports[1], by=self.rina), incident)
        self.assertEqual(incidents.link(fourth, incident, by=self.rina), incident)
        self.assertEqual(Incident.objects.count(), 1)
        self.assertEqual(incident.reports.count(), 4)

    def test_again_changes_nothing(self) -> None:
        incident, reports = self.linked()
        before = Event.objects.count()
        self.assertEqual(incidents.link(reports[0], reports[1], by=self.rina), incident)
        self.assertEqual(incidents.link(reports[0], incident, by=self.rina), incident)
        self.assertEqual(Event.objects.count(), before)

    def test_it_stands_on_the_timeline_of_each(self) -> None:
        incident, reports = self.linked()
        events = Event.objects.filter(kind=EventKind.LINKED)
        self.assertEqual({event.report for event in events}, set(reports))
        self.assertEqual([event.data for event in events], [{"incident": incident.number}] * 2)
        self.assertEqual({event.by for event in events}, {self.rina})

    def test_a_report_is_not_linked_to_itself(self) -> None:
        report = self.report()
        with self.assertRaises(incidents.SameReport):
            incidents.link(report, report, by=self.rina)
        self.assertFalse(Incident.objects.exists())

    def test_two_incidents_become_the_older_one(self) -> None:
        older, first = self.linked()
        newer, second = self.linked()
        joined = incidents.link(first[0], second[0], by=self.rina)
        self.assertEqual(joined, older)
        self.assertEqual(older.reports.count(), 4)
        newer.refresh_from_db()
        self.assertEqual(newer.joined_into, older)
        moved = Event.objects.filter(report=second[1], kind=EventKind.LINKED).latest("id")
        self.assertEqual(moved.data, {"incident": older.number, "was": newer.number})

    def test_the_number_of_one_that_was_joined_leads_to_the_other(self) -> None:
        older, first = self.linked()
        newer, second = self.linked()
        incidents.link(first[0], second[0], by=self.rina)
        self.assertEqual(incidents.named(newer.number.lower(), by=self.rina), older)
        self.assertEqual(incidents.link(self.report(), newer, by=self.rina), older)

    def test_one_that_goes_on_survives_one_that_is_over(self) -> None:
        older, first = self.linked()
        newer, second = self.linked()
        incidents.close(older, Outcome.ACTED, "Sudah ditindak.", by=self.rina)
        self.assertEqual(incidents.link(first[0], second[0], by=self.rina), newer)

    def test_what_both_were_told_stays_readable_and_one_answer_stands(self) -> None:
        older, first = self.linked()
        newer, second = self.linked()
        for incident, words in ((older, "Kami ke sana."), (newer, "Tim berangkat.")):
            incident_answers.answer(incident, words, by=self.rina, standing=True)
        incidents.link(first[0], second[0], by=self.rina)
        answers = list(older.answers.order_by("at"))
        self.assertEqual([answer.is_standing for answer in answers], [True, False])
        texts = reading.answers_to_all(answers, by=self.rina)
        self.assertEqual([texts[a.pk] for a in answers], ["Kami ke sana.", "Tim berangkat."])

    def test_it_has_category_and_place_of_the_first_that_says_them(self) -> None:
        brong = people.category("knalpot-brong")
        first, second = self.report(), self.report(category=brong)
        incident = incidents.link(second, first, by=self.rina)
        self.assertEqual(incident.category, brong)

    def test_linking_claims_nothing_and_counts_no_version_up(self) -> None:
        first, second = self.report(), self.report()
        claims.claim(first, by=people.operator(self.station, username="budi"))
        versions = dict(Report.objects.values_list("pk", "version"))
        incidents.link(second, first, by=self.rina)
        self.assertEqual(dict(Report.objects.values_list("pk", "version")), versions)
        second.refresh_from_db()
        self.assertIsNone(second.holder)


class FoundAlikeTests(IncidentTestCase):
    def test_what_was_suggested_counts_as_accepted(self) -> None:
        first, second = self.report(), self.report()
        found = hints.suggest(second, Enricher.DUPLICATE, {"report": str(first.pk)})
        incidents.link(second, first, by=self.rina)
        found.refresh_from_db()
        self.assertEqual((found.decision, found.decided_by), (Decision.ACCEPTED, self.rina))

    def test_also_when_it_is_linked_from_the_earlier_one(self) -> None:
        first, second = self.report(), self.report()
        found = hints.suggest(second, Enricher.DUPLICATE, {"report": str(first.pk)})
        incidents.link(first, second, by=self.rina)
        found.refresh_from_db()
        self.assertEqual(found.decision, Decision.ACCEPTED)

    def test_another_one_than_suggested_leaves_the_suggestion(self) -> None:
        first, second, third = self.report(), self.report(), self.report()
        found = hints.suggest(second, Enricher.DUPLICATE, {"report": str(third.pk)})
        incidents.link(second, first, by=self.rina)
        found.refresh_from_db()
        self.assertEqual(found.decision, Decision.OPEN)


class UnlinkTests(IncidentTestCase):
    def test_a_report_leaves_and_the_others_stay(self) -> None:
        incident, reports = self.linked(3)
        incidents.unlink(reports[2], by=self.rina)
        self.assertEqual(self.of(incident), {reports[0].number, reports[1].number})
        event = Event.objects.get(kind=EventKind.UNLINKED)
        self.assertEqual((event.report, event.data), (reports[2], {"incident": incident.number}))

    def test_what_is_in_none_cannot_leave_one(self) -> None:
        with self.assertRaises(incidents.NotLinked):
            incidents.unlink(self.report(), by=self.rina)


class SplitTests(IncidentTestCase):
    def test_some_become_an_incident_of_their_own(self) -> None:
        incident, reports = self.linked(4)
        own = incidents.split(incident, reports[2:], by=self.rina)
        self.assertEqual(self.of(own), {one.number for one in reports[2:]})
        self.assertEqual(self.of(incident), {one.number for one in reports[:2]})
        event = Event.objects.filter(report=reports[3], kind=EventKind.LINKED).latest("id")
        self.assertEqual(event.data, {"incident": own.number, "was": incident.number})

    def test_not_all_of_them_and_not_none(self) -> None:
        incident, reports = self.linked(2)
        for chosen in ([], reports, [self.report()]):
            with self.subTest(number=len(chosen)), self.assertRaises(incidents.NothingToSplit):
                incidents.split(incident, chosen, by=self.rina)


class StateTests(IncidentTestCase):
    def test_closing_leaves_the_reports_to_people(self) -> None:
        incident, reports = self.linked()
        closed = incidents.close(incident, Outcome.ACTED, "Ditilang.", by=self.rina)
        self.assertEqual((closed.status, closed.outcome), (Status.DONE, Outcome.ACTED))
        self.assertEqual(
            (closed.closed_by, reading.incident_note(closed, by=self.rina)),
            (self.rina, "Ditilang."),
        )
        self.assertEqual(set(Report.objects.values_list("status", flat=True)), {Status.NEW})

    def test_closing_needs_an_outcome_and_a_sentence(self) -> None:
        incident, _ = self.linked()
        for outcome, note in ((Outcome.ACTED, " "), ("besok", "Ditilang.")):
            with self.subTest(outcome=outcome), self.assertRaises(OutcomeIncomplete):
                incidents.close(incident, outcome, note, by=self.rina)

    def test_it_can_be_opened_again(self) -> None:
        incident, _ = self.linked()
        incidents.close(incident, Outcome.ACTED, "Ditilang.", by=self.rina)
        again = incidents.set_status(incident, Status.ACTING, by=self.rina)
        self.assertEqual((again.status, again.outcome, again.closed_at), (Status.ACTING, "", None))

    def test_done_is_reached_by_closing_alone(self) -> None:
        incident, _ = self.linked()
        with self.assertRaises(incidents.StatusUnfit):
            incidents.set_status(incident, Status.DONE, by=self.rina)


class RightsTests(IncidentTestCase):
    def test_who_may_not_link_links_nothing(self) -> None:
        chief = people.operator(self.station, Role.CHIEF)
        incident, reports = self.linked()
        other = self.report()
        attempts = {
            "link": lambda: incidents.link(other, reports[0], by=chief),
            "unlink": lambda: incidents.unlink(reports[0], by=chief),
            "split": lambda: incidents.split(incident, reports[:1], by=chief),
            "close": lambda: incidents.close(incident, Outcome.ACTED, "Ditilang.", by=chief),
            "status": lambda: incidents.set_status(incident, Status.ACTING, by=chief),
        }
        for name, attempt in attempts.items():
            with self.subTest(verb=name), self.assertRaises(NotAllowed):
                attempt()

    def test_what_is_reserved_for_others_cannot_be_linked_to(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        hidden, report = self.report(category=secret), self.report()
        with self.assertRaises(NotAllowed):
            incidents.link(report, hidden, by=self.rina)
        self.assertIsNone(incidents.named(hidden.number, by=self.rina))

    def test_an_incident_of_which_all_is_reserved_is_nobody_elses_to_know(self) -> None:
        incident, reports = self.linked()
        secret = people.category("anggota-polri", reserved_for="propam")
        for report in reports:
            describing.categorise(report, secret, by=self.rina)
        self.assertIsNone(incidents.named(incident.number, by=self.rina))
        self.assertFalse(Incident.objects.visible_to(self.rina).exists())
        with self.assertRaises(NotAllowed):
            incidents.link(self.report(), incident, by=self.rina)

    def test_what_a_reserved_report_is_about_is_not_told_by_its_incident(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        propam = people.operator(
            self.station, username="propam", unit=people.unit(self.station, "propam")
        )
        first, hidden = self.report(), self.report(category=secret)
        self.assertIsNone(incidents.link(first, hidden, by=propam).category)

    def test_the_station_next_door_links_nothing_of_ours(self) -> None:
        neighbour = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        incident, reports = self.linked()
        with self.assertRaises(NotAllowed):
            incidents.link(reports[0], incident, by=neighbour)
        self.assertIsNone(incidents.named(incident.number, by=neighbour))


COST = 14
"""Savepoints, the station, the reports, their locks, what is written, what was found alike, the answer that stands."""


class CostTests(IncidentTestCase):
    def test_joining_a_large_incident_costs_what_joining_a_small_one_does(self) -> None:
        small, (first, *_) = self.linked(2)
        late = self.report()
        with self.assertNumQueries(COST):
            incidents.link(late, first, by=self.rina)
        large, (first, *_) = self.linked(20)
        late = self.report()
        with self.assertNumQueries(COST):
            incidents.link(late, first, by=self.rina)
        self.assertEqual((small.reports.count(), large.reports.count()), (3, 21))

    def test_the_clock_is_stopped(self) -> None:
        at = self.travel(timedelta(minutes=5))
        incident, _ = self.linked()
        self.assertEqual(incident.opened_at, at)
