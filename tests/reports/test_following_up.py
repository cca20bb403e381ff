"""A message is read for hints, once; what is urgent stands higher, unless a person has said otherwise."""

from datetime import timedelta
from unittest import mock

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import describing, findings, jobs, triage
from reports.enrichment import enriching
from reports.models import Finding, Message, Report
from reports.models.event import EventKind
from reports.models.finding import Enricher
from reports.workflow import Outcome, Urgency
from tests import people, samples
from tests.reports.cases import StationTestCase

FIRE = "Tolong, kebakaran di pasar, ada orang terjebak"


class ReadingForHintsTests(StationTestCase):
    def report(self, body: str) -> Report:
        report = people.report(samples.text(body))
        jobs.enrich()
        report.refresh_from_db()
        return report

    def test_each_message_is_read_once(self) -> None:
        people.report(samples.text(FIRE))
        self.assertEqual([jobs.enrich(), jobs.enrich()], [1, 0])
        made = Finding.objects.filter(enricher=Enricher.URGENCY)
        self.assertEqual(made.count(), 1)

    def test_read_again_by_force_it_leaves_what_was_found(self) -> None:
        self.report(FIRE)
        before = set(Finding.objects.values_list("pk", flat=True))
        Message.objects.filter(direction="inbound").update(enrich_due_at=timezone.now())
        jobs.enrich()
        self.assertEqual(set(Finding.objects.values_list("pk", flat=True)), before)

    def test_nothing_of_it_lies_in_clear(self) -> None:
        report = self.report(FIRE)
        (found,) = [f for f in findings.of(report, by=self.rina) if f.finding.enricher == "urgency"]
        self.assertEqual(found.candidates[0].value, {"urgency": "darurat"})
        self.assertNotIn(b"darurat", bytes(found.finding.candidates_sealed))

    def test_danger_raises_the_urgency_and_the_timeline_says_why(self) -> None:
        report = self.report(FIRE)
        self.assertEqual(report.urgency, Urgency.EMERGENCY)
        event = report.events.get(kind=EventKind.URGENCY_SET)
        self.assertIsNone(event.by)
        self.assertEqual(event.data["was"], "biasa")

    def test_what_a_person_has_set_stays(self) -> None:
        report = self.report(FIRE)
        describing.set_urgency(report, Urgency.SOON, by=self.rina)
        people.report(samples.text("Api makin besar, tolong"))
        jobs.enrich()
        report.refresh_from_db()
        self.assertEqual(report.urgency, Urgency.SOON)

    def test_a_closed_report_stays_as_it_is(self) -> None:
        report = people.report(samples.text(FIRE))
        triage.close(report, outcome=Outcome.ACTED, note="Api sudah padam", by=self.rina)
        jobs.enrich()
        report.refresh_from_db()
        self.assertEqual(report.urgency, Urgency.ROUTINE)

    def test_a_message_that_breaks_an_enricher_steps_aside_and_the_rest_are_read(self) -> None:
        people.report(samples.text("pecah"))
        people.report(samples.text("Ada balap liar", by=samples.JOKO))
        real = enriching.read

        def read(words, surroundings):  # type: ignore[no-untyped-def]
            if words.text == "pecah":
                raise ValueError(words.text)
            return real(words, surroundings)

        with (
            mock.patch.object(enriching, "read", read),
            self.assertLogs("reports.jobs") as logs,
        ):
            jobs.enrich()
        self.assertNotIn("pecah", "".join(logs.output))
        waiting = Message.objects.filter(enrich_due_at__isnull=False)
        self.assertEqual([message.enrich_tries for message in waiting], [1])

    @override_settings(ENRICH_TRIES=1)
    def test_what_breaks_every_time_is_given_up_and_stays_on_the_desk(self) -> None:
        report = people.report(samples.text("pecah"))
        with (
            mock.patch.object(enriching, "read", side_effect=ValueError),
            self.assertLogs("reports.jobs"),
        ):
            jobs.enrich()
        self.assertEqual(settings.ENRICH_TRIES, 1)
        self.assertFalse(Message.objects.filter(enrich_due_at__isnull=False).exists())
        self.assertTrue(Report.objects.visible_to(self.rina).filter(pk=report.pk).exists())

    def test_what_a_killed_worker_had_is_read_again_after_its_lease(self) -> None:
        self.travel(timezone.now())
        people.report(samples.text(FIRE))
        with (
            mock.patch.object(enriching, "read", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            jobs.enrich()
        self.assertEqual(jobs.enrich(), 0)
        self.travel(settings.ENRICH_LEASE + timedelta(seconds=1))
        self.assertEqual(jobs.enrich(), 1)

    def test_whose_lease_has_passed_to_somebody_else_writes_nothing(self) -> None:
        report = people.report(samples.text(FIRE))
        real = enriching.read

        def read(words, surroundings):  # type: ignore[no-untyped-def]
            Message.objects.filter(report=report, direction="inbound").update(
                enrich_due_at=timezone.now() + 2 * settings.ENRICH_LEASE
            )
            return real(words, surroundings)

        with mock.patch.object(enriching, "read", read):
            jobs.enrich()
        report.refresh_from_db()
        self.assertFalse(Finding.objects.filter(report=report).exists())
        self.assertEqual(report.urgency, Urgency.ROUTINE)

    def test_words_are_read_outside_of_any_transaction(self) -> None:
        people.report(samples.text(FIRE))
        real, inside = enriching.read, []
        outer = len(connection.savepoint_ids)

        def read(words, surroundings):  # type: ignore[no-untyped-def]
            inside.append(len(connection.savepoint_ids) - outer)
            return real(words, surroundings)

        with mock.patch.object(enriching, "read", read):
            jobs.enrich()
        self.assertEqual(inside, [0])

    def test_reading_a_batch_costs_the_same_number_of_questions(self) -> None:
        people.report(samples.text("nol"))
        jobs.enrich()
        counts = []
        for bodies in (["satu"], ["dua", "tiga", "empat"]):
            for number, body in enumerate(bodies):
                people.report(samples.text(body, by=samples.Citizen(body, f"+62811{number:07d}")))
            with CaptureQueriesContext(connection) as counted:
                jobs.enrich()
            counts.append(len(counted))
        self.assertEqual(counts[0], counts[1])
