"""What rings until somebody claims: two figures for whoever holds a ticket, and who is called when nobody does."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators import jobs as clock
from operators.desk import alarm
from operators.models import Operator
from operators.permissions import Role
from operators.sessions import SEEN_AT
from reports import claims, triage
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.cases import BehindProxy
from tests.operators.desk.cases import DeskTestCase, words

HOUR = timedelta(hours=1)


class AlarmTestCase(DeskTestCase):
    def ask(self, ticket: str = "") -> HttpResponse:
        """As the page's worker does: with the ticket and without any cookie."""
        return BehindProxy().get(self.address(ticket))

    def address(self, ticket: str = "") -> str:
        return reverse("desk:alarm", args=[ticket or alarm.ticket_for(self.rina)])

    def ringing(self) -> tuple[int, int]:
        """How many wait to be claimed, and how many of them are emergencies."""
        figures = self.ask().json()
        self.assertEqual(set(figures), {"waiting", "urgent"})
        return figures["waiting"], figures["urgent"]


class RingingTests(AlarmTestCase):
    def test_nothing_rings_while_nobody_waits(self) -> None:
        self.assertEqual(self.ringing(), (0, 0))

    def test_what_arrives_rings_until_it_is_claimed(self) -> None:
        report = self.arrive()
        self.arrive(urgency=Urgency.EMERGENCY)
        self.assertEqual(self.ringing(), (2, 1))
        claims.claim(report, by=self.bambang)
        self.assertEqual(self.ringing(), (1, 1))

    def test_given_back_it_rings_again(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.rina)
        claims.release(report, by=self.rina)
        self.assertEqual(self.ringing(), (1, 0))

    def test_what_was_answered_and_given_back_does_not(self) -> None:
        report = self.arrive()
        triage.reply(report, "Petugas menuju lokasi", by=self.rina)
        claims.release(report, by=self.rina)
        self.assertEqual(self.ringing(), (0, 0))

    def test_danger_words_after_the_end_ring(self) -> None:
        report = people.report(samples.text("Terima kasih"))
        triage.close(report, Outcome.ANSWERED, "Dijawab.", by=self.rina)
        people.message(samples.text("Terima kasih"))
        self.assertEqual(self.ringing(), (0, 0))
        people.message(samples.text("Tolong, ada kebakaran"))
        report.refresh_from_db()
        self.assertEqual(report.status, Status.TRIAGE)
        self.assertEqual(self.ringing()[0], 1)

    def test_what_waits_for_the_reporter_is_silent(self) -> None:
        self.arrive(status=Status.WAITING)
        self.assertEqual(self.ringing(), (0, 0))

    def test_the_station_next_door_rings_there_only(self) -> None:
        neighbour = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        self.arrive()
        figures = self.ask(alarm.ticket_for(neighbour)).json()
        self.assertEqual(figures, {"waiting": 0, "urgent": 0})

    def test_what_is_reserved_for_others_does_not_ring_here(self) -> None:
        self.arrive(category=people.category("anggota-polri", reserved_for="propam"))
        self.assertEqual(self.ringing(), (0, 0))

    def test_it_costs_two_queries_however_many_ring(self) -> None:
        for _ in range(5):
            self.arrive()
        with self.assertNumQueries(2):
            self.ask()


class TicketTests(AlarmTestCase):
    def test_a_page_of_the_desk_is_drawn_with_one(self) -> None:
        self.arrive()
        page = self.queue()
        address = page.text.partition('data-address="')[2].partition('"')[0]
        self.assertEqual(BehindProxy().get(address).json(), {"waiting": 1, "urgent": 0})

    def test_it_outlives_the_session_and_ends_after_the_shift(self) -> None:
        ticket = alarm.ticket_for(self.rina)
        self.travel(timezone.now() + settings.ALARM_LASTS - timedelta(minutes=1))
        self.assertEqual(self.ask(ticket).status_code, 200)
        self.travel(timedelta(minutes=2))
        self.assertEqual(self.ask(ticket).status_code, 403)

    def test_what_is_not_ours_is_refused(self) -> None:
        good = alarm.ticket_for(self.rina)
        for ticket in ("x", f"{good}x", good[1:], good.replace(":", "")):
            with self.subTest(ticket):
                self.assertEqual(self.ask(ticket).status_code, 403)

    def test_it_ends_with_the_account(self) -> None:
        ticket = alarm.ticket_for(self.rina)
        Operator.objects.filter(pk=self.rina.pk).update(is_active=False)
        self.assertEqual(self.ask(ticket).status_code, 403)
        chief = people.operator(self.station, Role.CHIEF)
        self.assertEqual(self.ask(alarm.ticket_for(chief)).status_code, 403)

    def test_it_leaves_the_session_alone(self) -> None:
        self.queue()
        seen = self.client.session[SEEN_AT]
        self.travel(settings.SESSION_IDLE - timedelta(minutes=1))
        answer = self.client.get(self.address())
        self.assertEqual(self.client.session[SEEN_AT], seen)
        self.travel(timedelta(minutes=2))
        answer = self.client.get(self.address())
        self.assertEqual((answer.status_code, dict(answer.cookies)), (200, {}))
        self.assertEqual(self.queue().status_code, 302)


class EscalatedTests(AlarmTestCase):
    def called(self, role: Role) -> str:
        """What the line says to somebody of this role."""
        self.client.force_login(Operator.objects.get(username=str(role)))
        return words(self.client.get(reverse("desk:escalated")))

    def setUp(self) -> None:
        super().setUp()
        self.pamapta = people.operator(self.station, Role.PAMAPTA)
        self.chief = people.operator(self.station, Role.CHIEF)
        self.report = self.arrive()
        self.began = self.report.received_at

    def tick(self, length: timedelta) -> None:
        self.travel(self.began + length)
        clock.escalate_due()

    def test_nobody_is_told_while_all_is_well(self) -> None:
        self.tick(HOUR / 2)
        self.assertEqual((self.called(Role.PAMAPTA), self.called(Role.CHIEF)), ("", ""))

    def test_the_pamapta_is_told_first_and_then_the_chief_too(self) -> None:
        self.tick(HOUR)
        self.assertIn("1 ", self.called(Role.PAMAPTA))
        self.assertEqual(self.called(Role.CHIEF), "")
        self.tick(2 * HOUR)
        self.assertIn("1 ", self.called(Role.CHIEF))

    def test_the_chief_sees_it_at_the_start_and_nothing_of_the_report(self) -> None:
        self.tick(2 * HOUR)
        self.client.force_login(self.chief)
        page = self.client.get("/")
        self.assertContains(page, 'id="escalated"')
        self.assertNotContains(page, self.report.number)
        self.assertNotContains(page, "/desk/reports/")
        self.assertNotContains(page, "data-address")

    def test_claimed_it_is_no_longer_said(self) -> None:
        self.tick(2 * HOUR)
        claims.claim(self.report, by=self.rina)
        self.assertEqual((self.called(Role.PAMAPTA), self.called(Role.CHIEF)), ("", ""))

    def test_asking_does_not_keep_a_session_awake(self) -> None:
        self.client.force_login(self.chief)
        self.client.get("/")
        for _ in range(3):
            self.travel(settings.SESSION_IDLE / 2)
            answer = self.client.get(reverse("desk:escalated"))
        self.assertEqual(answer.status_code, 302)

    def test_an_operator_is_not_called(self) -> None:
        self.client.force_login(self.rina)
        self.assertEqual(self.client.get(reverse("desk:escalated")).status_code, 403)
        self.assertNotContains(self.queue(), 'id="escalated"')
