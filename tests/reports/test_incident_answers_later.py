"""What follows an answer to all: who joins later, who is tried again, and that a crash costs nobody anything."""

from datetime import timedelta
from typing import Any
from unittest import mock

from reports import (
    answering,
    claims,
    describing,
    incident_answers,
    incidents,
    jobs,
    replies,
    triage,
)
from reports.actors import NotAllowed
from reports.models import (
    IncidentDelivery,
    Message,
    Report,
)
from reports.models.message import Delivery
from tests import people
from tests.reports.test_incident_answers import WORDS, AnswerTestCase


class UndoTests(AnswerTestCase):
    def test_until_its_time_comes_it_can_be_withdrawn(self) -> None:
        incident, reports = self.linked()
        made = self.answer(incident, held=timedelta(seconds=10), standing=True)
        self.assertEqual(self.told(reports[0]), 0)
        self.assertEqual(incident_answers.withdraw(made, by=self.rina), 2)
        self.travel(timedelta(seconds=11))
        jobs.answer_incidents(seconds=None)
        self.assertEqual([self.told(one) for one in reports], [0, 0])
        made.refresh_from_db()
        self.assertFalse(made.is_standing)
        self.assertEqual(set(self.ledger(made).values()), {"withdrawn"})

    def test_afterwards_it_is_too_late(self) -> None:
        incident, _ = self.linked()
        made = self.answer(incident)
        with self.assertRaises(answering.TooLate):
            incident_answers.withdraw(made, by=self.rina)


class CrashTests(AnswerTestCase):
    def test_whoever_dies_half_way_loses_nothing_and_doubles_nothing(self) -> None:
        incident, reports = self.linked(4)
        made = incident_answers.answer(incident, WORDS, by=self.rina)
        real, calls = triage.reply, []

        def dies(report: Report, *args: Any, **given: Any) -> Message:
            message = real(report, *args, **given)
            calls.append(report)
            if len(calls) == 3:
                raise KeyboardInterrupt
            return message

        with mock.patch.object(triage, "reply", dies), self.assertRaises(KeyboardInterrupt):
            jobs.answer_incidents(seconds=None)
        self.assertEqual(sum(map(self.told, reports)), 2)
        jobs.answer_incidents(seconds=None)
        self.assertEqual([self.told(one) for one in reports], [1, 1, 1, 1])
        self.assertEqual(set(self.ledger(made).values()), {"queued"})
        jobs.answer_incidents(seconds=None)
        self.assertEqual(sum(map(self.told, reports)), 4)

    def test_one_that_breaks_holds_up_nobody(self) -> None:
        incident, reports = self.linked(3)
        made = incident_answers.answer(incident, WORDS, by=self.rina)
        real = triage.reply

        def breaks(report: Report, *args: Any, **given: Any) -> Message:
            if report.pk == reports[0].pk:
                raise ValueError
            return real(report, *args, **given)

        with mock.patch.object(triage, "reply", breaks), self.assertLogs("reports", "ERROR"):
            jobs.answer_incidents(seconds=None)
        came = [self.ledger(made)[one.number] for one in reports]
        self.assertEqual(came, ["stuck", "queued", "queued"])

    def test_the_clock_finds_what_nobody_rang_for(self) -> None:
        incident, reports = self.linked(2)
        incident_answers.answer(incident, WORDS, by=self.rina, held=timedelta(seconds=10))
        jobs.tick()
        self.assertEqual(self.told(reports[0]), 0)
        self.travel(timedelta(minutes=1))
        self.rings.clear()
        jobs.tick()
        self.assertIn(("reports.answer_incidents",), self.rings)
        self.assertEqual([self.told(one) for one in reports], [1, 1])


class LateTests(AnswerTestCase):
    def test_whoever_joins_later_is_told_what_stands(self) -> None:
        incident, _ = self.linked()
        self.answer(incident, standing=True)
        late, budi = self.report(), people.operator(self.station, username="budi")
        claims.claim(late, by=budi)
        incidents.link(late, incident, by=budi)
        jobs.answer_incidents(seconds=None)
        self.assertEqual(self.told(late), 1)
        self.assertEqual(Message.objects.get(report=late, author=budi).author, budi)

    def test_what_does_not_stand_is_for_those_of_then(self) -> None:
        incident, _ = self.linked()
        self.answer(incident)
        late = self.report()
        incidents.link(late, incident, by=self.rina)
        jobs.answer_incidents(seconds=None)
        self.assertEqual(self.told(late), 0)

    def test_the_newest_that_stands_is_told_and_only_that(self) -> None:
        incident, _ = self.linked()
        self.answer(incident, "Lama", standing=True)
        self.answer(incident, "Baru", standing=True)
        late = self.report()
        incidents.link(late, incident, by=self.rina)
        jobs.answer_incidents(seconds=None)
        self.assertEqual((self.told(late, "Lama"), self.told(late, "Baru")), (0, 1))

    def test_nothing_stands_any_more_when_somebody_says_so(self) -> None:
        incident, _ = self.linked()
        incident_answers.stop_standing(self.answer(incident, standing=True), by=self.rina)
        late = self.report()
        incidents.link(late, incident, by=self.rina)
        jobs.answer_incidents(seconds=None)
        self.assertEqual(self.told(late), 0)

    def test_the_station_next_door_stops_nothing_and_takes_nothing_back(self) -> None:
        incident, _ = self.linked()
        made = self.answer(incident, held=timedelta(minutes=1), standing=True)
        other = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        with self.assertRaises(NotAllowed):
            incident_answers.stop_standing(made, by=other)
        with self.assertRaises(answering.TooLate):
            incident_answers.withdraw(made, by=other)
        self.assertTrue(incident.answers.get().is_standing)

    def test_out_and_in_again_tells_nothing_twice(self) -> None:
        incident, reports = self.linked(3)
        self.answer(incident, standing=True)
        incidents.unlink(reports[2], by=self.rina)
        incidents.link(reports[2], incident, by=self.rina)
        jobs.answer_incidents(seconds=None)
        self.assertEqual(self.told(reports[2]), 1)

    def test_an_incident_that_joins_is_told_what_stands(self) -> None:
        incident, reports = self.linked()
        self.answer(incident, standing=True)
        _, others = self.linked()
        incidents.link(others[0], reports[0], by=self.rina)
        jobs.answer_incidents(seconds=None)
        self.assertEqual([self.told(one) for one in others], [1, 1])


class AgainTests(AnswerTestCase):
    def failed(self) -> tuple[IncidentDelivery, Report]:
        incident, reports = self.linked()
        self.shut_window(reports[0])
        made = self.answer(incident)
        return made.deliveries.get(report=reports[0]), reports[0]

    def test_what_failed_can_go_by_sms(self) -> None:
        row, report = self.failed()
        again = incident_answers.again(row, by=self.rina, by_sms=True)
        self.assertEqual(again.state, "queued")
        message = Message.objects.get(report=report, author=self.rina)
        self.assertEqual(message.contact.service_number.channel, "sms")

    def test_tried_again_as_it_was_it_says_why_not(self) -> None:
        row, _ = self.failed()
        with self.assertRaises(replies.WindowClosed):
            incident_answers.again(row, by=self.rina)
        row.refresh_from_db()
        self.assertEqual(row.failure, "window_closed")

    def test_what_went_out_is_not_sent_again(self) -> None:
        incident, _ = self.linked()
        row = self.answer(incident).deliveries.first()
        assert row is not None
        with self.assertRaises(answering.NotFailed):
            incident_answers.again(row, by=self.rina)

    def test_what_was_not_delivered_goes_once_more(self) -> None:
        incident, (first, _) = self.linked()
        made = self.answer(incident)
        Message.objects.filter(report=first, author=self.rina).update(status=Delivery.FAILED)
        again = incident_answers.again(made.deliveries.get(report=first), by=self.rina)
        self.assertIsNotNone(again.message)
        self.assertEqual((again.state, self.told(first)), ("queued", 2))

    def test_out_of_sight_is_out_of_reach(self) -> None:
        row, report = self.failed()
        secret = people.category("anggota-polri", reserved_for="propam")
        describing.categorise(report, secret, by=self.rina)
        with self.assertRaises(NotAllowed):
            incident_answers.again(row, by=self.rina, by_sms=True)
