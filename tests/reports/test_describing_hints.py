"""Suggestions accepted and corrected: the verb of the field does it, and notes what was chosen beside what was suggested."""

import json
from typing import Any
from uuid import uuid4

from operators.permissions import Role
from reports import claims, describing, findings, triage
from reports.actors import NotAllowed
from reports.models import Finding, Landmark, Report
from reports.models.finding import Decision, Enricher
from reports.workflow import Outcome, Urgency
from tests import hints, people, samples
from tests.reports.test_describing import DescribingTestCase, village

CENTRE = (-7.43, 111.02)


class HintsTestCase(DescribingTestCase):
    def suggest(self, enricher: Enricher, *values: dict[str, Any], **more: Any) -> Finding:
        return hints.suggest(self.report, enricher, *values, **more)

    def accept(self, finding: Finding, candidate: int = 0) -> Report:
        return describing.accept(self.report, finding.pk, candidate, by=self.rina)

    def decision(self, finding: Finding) -> str:
        return Finding.objects.get(pk=finding.pk).decision


class AcceptTests(HintsTestCase):
    def test_a_category_is_set_and_claims_nothing(self) -> None:
        people.category("balap-liar")
        finding = self.suggest(Enricher.CATEGORY, {"slug": "balap-liar", "label": "Balap liar"})
        self.accept(finding)
        report = self.now_is()
        assert report.category
        self.assertEqual((report.category.slug, report.holder), ("balap-liar", None))
        finding.refresh_from_db()
        self.assertEqual((finding.decision, finding.decided_by), (Decision.ACCEPTED, self.rina))
        self.assertIsNotNone(finding.decided_at)
        self.assertEqual(json.loads(hints.chosen(finding)), {"slug": "balap-liar"})
        self.assertNotIn(b"balap-liar", bytes(finding.chosen_sealed))

    def test_the_timeline_says_that_it_was_suggested(self) -> None:
        people.category("balap-liar")
        self.accept(self.suggest(Enricher.CATEGORY, {"slug": "balap-liar"}))
        self.assertEqual(self.last_event().data["hint"], "accepted")

    def test_the_second_of_the_suggestions_is_a_correction_of_the_first(self) -> None:
        people.category("balap-liar")
        people.category("konvoi")
        finding = self.suggest(Enricher.CATEGORY, {"slug": "balap-liar"}, {"slug": "konvoi"})
        self.accept(finding, 1)
        self.assertEqual(self.decision(finding), Decision.CORRECTED)
        self.assertEqual(json.loads(hints.chosen(finding)), {"slug": "konvoi"})
        self.assertEqual(self.last_event().data["hint"], "corrected")

    def test_an_urgency_is_set(self) -> None:
        finding = self.suggest(Enricher.URGENCY, {"urgency": "darurat"})
        self.assertEqual(self.accept(finding).urgency, Urgency.EMERGENCY)
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_a_village_is_set_without_a_point_that_nobody_gave(self) -> None:
        area = village(self.station, "33.14.10.1002", "Sragen Kulon", CENTRE)
        value = {"area": area.code, "latitude": -7.43, "longitude": 111.02, "precision_km": 1.5}
        finding = self.suggest(Enricher.PLACE, value)
        report = self.accept(finding)
        self.assertEqual((report.area, report.latitude), (area, None))
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_a_landmark_is_set_with_its_point(self) -> None:
        area = village(self.station, "33.14.10.1002", "Sragen Kulon", CENTRE)
        landmark = Landmark.objects.create(
            station=self.station, name="Stasiun", area=area, latitude=-7.429, longitude=111.018
        )
        report = self.accept(self.suggest(Enricher.PLACE, {"landmark": landmark.pk}))
        self.assertEqual((report.landmark, report.area), (landmark, area))
        self.assertEqual((report.latitude, report.longitude), (-7.429, 111.018))

    def test_an_exact_point_is_set_with_the_village_it_lies_in(self) -> None:
        area = village(self.station, "33.14.10.1002", "Sragen Kulon", CENTRE)
        value = {"area": area.code, "latitude": -7.431, "longitude": 111.021, "precision_km": 0.01}
        report = self.accept(self.suggest(Enricher.PLACE, value, source="link"))
        self.assertEqual((report.area, report.latitude), (area, -7.431))

    def test_a_point_of_another_station_lies_outside(self) -> None:
        elsewhere = people.station("lain", "LAN")
        area = village(elsewhere, "33.72.01.1001", "Kemlayan", (-7.57, 110.82))
        value = {"area": area.code, "latitude": -7.57, "longitude": 110.82, "precision_km": 1.0}
        report = self.accept(self.suggest(Enricher.PLACE, value))
        self.assertEqual((report.area, report.latitude), (None, -7.57))

    def test_where_the_picture_was_taken_may_become_the_place(self) -> None:
        finding = self.suggest(
            Enricher.CAMERA, {"latitude": -7.43, "longitude": 111.02}, source="exif"
        )
        self.assertEqual(self.accept(finding).latitude, -7.43)
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_the_kind_is_only_noted(self) -> None:
        finding = self.suggest(Enricher.KIND, {"kind": "iseng"})
        before = self.now_is()
        self.accept(finding)
        after = self.now_is()
        self.assertEqual(
            (after.status, after.outcome, after.version),
            (before.status, before.outcome, before.version),
        )
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_what_is_not_there_is_refused(self) -> None:
        people.category("balap-liar")
        finding = self.suggest(Enricher.CATEGORY, {"slug": "balap-liar"}, {"slug": "forgotten"})
        other = people.report(samples.text(by=samples.JOKO))
        for report, pk, candidate in (
            (self.report, uuid4(), 0),
            (self.report, finding.pk, 2),
            (self.report, finding.pk, -1),
            (self.report, finding.pk, 1),
            (other, finding.pk, 0),
        ):
            with self.subTest(candidate=candidate), self.assertRaises(findings.SuggestionGone):
                describing.accept(report, pk, candidate, by=self.rina)
        self.accept(finding)
        with self.assertRaises(findings.SuggestionGone):
            self.accept(finding)

    def test_whoever_may_not_describe_may_not_accept(self) -> None:
        finding = self.suggest(Enricher.URGENCY, {"urgency": "darurat"})
        for role in (Role.CHIEF, Role.UNIT, Role.AUDITOR, Role.ADMIN):
            with self.assertRaises(NotAllowed):
                describing.accept(self.report, finding.pk, by=people.operator(self.station, role))
        self.assertEqual(self.decision(finding), Decision.OPEN)

    def test_a_colleague_may_accept_what_another_holds(self) -> None:
        claims.claim(self.report, by=people.operator(self.station, username="bambang"))
        people.category("balap-liar")
        report = self.accept(self.suggest(Enricher.CATEGORY, {"slug": "balap-liar"}))
        self.assertIsNotNone(report.category)


class CorrectTests(HintsTestCase):
    def test_another_category_by_hand_corrects_what_was_suggested(self) -> None:
        finding = self.suggest(Enricher.CATEGORY, {"slug": "balap-liar"})
        describing.categorise(self.report, people.category("konvoi"), by=self.rina)
        self.assertEqual(self.decision(finding), Decision.CORRECTED)
        self.assertEqual(json.loads(hints.chosen(finding)), {"slug": "konvoi"})

    def test_the_same_by_hand_accepts_it(self) -> None:
        finding = self.suggest(Enricher.CATEGORY, {"slug": "konvoi"})
        describing.categorise(self.report, people.category("konvoi"), by=self.rina)
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_the_last_word_counts(self) -> None:
        finding = self.suggest(Enricher.CATEGORY, {"slug": "konvoi"})
        convoy, race = people.category("konvoi"), people.category("balap-liar")
        describing.categorise(self.report, convoy, by=self.rina)
        describing.categorise(self.report, race, by=self.rina)
        self.assertEqual(self.decision(finding), Decision.CORRECTED)

    def test_the_category_that_is_set_already_decides_what_came_later(self) -> None:
        convoy = people.category("konvoi")
        describing.categorise(self.report, convoy, by=self.rina)
        finding = self.suggest(Enricher.CATEGORY, {"slug": "konvoi"})
        events = self.report.events.count()
        describing.categorise(self.report, convoy, by=self.rina)
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)
        self.assertEqual(self.report.events.count(), events)

    def test_setting_a_raised_urgency_back_corrects_the_rule(self) -> None:
        finding = self.suggest(Enricher.URGENCY, {"urgency": "darurat"})
        describing.raise_urgency(self.report, Urgency.EMERGENCY, reason="rules")
        describing.set_urgency(self.report, Urgency.ROUTINE, by=self.rina)
        self.assertEqual(self.decision(finding), Decision.CORRECTED)

    def test_saying_that_a_raised_urgency_is_right_accepts_it(self) -> None:
        finding = self.suggest(Enricher.URGENCY, {"urgency": "darurat"})
        describing.raise_urgency(self.report, Urgency.EMERGENCY, reason="rules")
        describing.set_urgency(self.report, Urgency.EMERGENCY, by=self.rina)
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_a_place_close_by_is_the_same_place(self) -> None:
        near = self.suggest(Enricher.PLACE, {"latitude": -7.43, "longitude": 111.02})
        describing.place(self.report, latitude=-7.4302, longitude=111.0201, by=self.rina)
        self.assertEqual(self.decision(near), Decision.ACCEPTED)
        describing.place(self.report, latitude=-7.5, longitude=111.0, by=self.rina)
        self.assertEqual(self.decision(near), Decision.CORRECTED)

    def test_what_abstained_learns_what_was_right_and_is_no_mistake(self) -> None:
        finding = self.suggest(Enricher.CATEGORY)
        describing.categorise(self.report, people.category("konvoi"), by=self.rina)
        self.assertEqual(json.loads(hints.chosen(finding)), {"slug": "konvoi"})
        self.assertNotIn("hint", self.last_event().data)

    def test_the_outcome_says_which_kind_of_message_it_was(self) -> None:
        finding = self.suggest(Enricher.KIND, {"kind": "pertanyaan"})
        triage.close(self.report, Outcome.ANSWERED, "Sudah dijawab.", by=self.rina)
        self.assertEqual(self.decision(finding), Decision.ACCEPTED)

    def test_an_outcome_that_says_nothing_of_it_leaves_the_kind_open(self) -> None:
        finding = self.suggest(Enricher.KIND, {"kind": "curhat"})
        triage.close(self.report, Outcome.REFERRED, "Diteruskan.", by=self.rina)
        self.assertEqual(self.decision(finding), Decision.OPEN)


class DismissTests(HintsTestCase):
    def test_it_is_wrong_and_nothing_is_chosen(self) -> None:
        finding = self.suggest(Enricher.DUPLICATE, {"report": str(uuid4()), "strength": "strong"})
        kind = self.suggest(Enricher.KIND, {"kind": "iseng"})
        describing.dismiss(self.report, Enricher.DUPLICATE, by=self.rina)
        finding.refresh_from_db()
        self.assertEqual((finding.decision, finding.decided_by), (Decision.DISMISSED, self.rina))
        self.assertEqual(bytes(finding.chosen_sealed), b"")
        self.assertEqual(self.decision(kind), Decision.OPEN)

    def test_it_stays_dismissed(self) -> None:
        finding = self.suggest(Enricher.KIND, {"kind": "pertanyaan"})
        describing.dismiss(self.report, Enricher.KIND, by=self.rina)
        triage.close(self.report, Outcome.ANSWERED, "Sudah dijawab.", by=self.rina)
        self.assertEqual(self.decision(finding), Decision.DISMISSED)

    def test_whoever_may_not_describe_may_not_dismiss(self) -> None:
        self.suggest(Enricher.KIND, {"kind": "iseng"})
        with self.assertRaises(NotAllowed):
            describing.dismiss(
                self.report, Enricher.KIND, by=people.operator(self.station, Role.CHIEF)
            )
