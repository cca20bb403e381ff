"""The desk knows that it hears: what arrives, what is read, who of the program is alive, what could not be sent."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from operators import jobs as clock
from operators.desk.hearing import WRONG_NUMBER, Hearing
from operators.permissions import Role
from reports import claims, duty_phones, heartbeats, jobs
from reports.models import Heartbeat, Report, Summons
from reports.models.message import Delivery
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words
from tests.reports.cases import put_away

A_MOMENT = timedelta(seconds=1)


class HearingTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now())

    def everybody_is_alive(self) -> None:
        for part in heartbeats.PARTS:
            heartbeats.beat(part)

    def troubles(self) -> list[tuple[str, str]]:
        """The level of each trouble on the rail, and its name on the page."""
        return [(sign.level, str(sign.name)) for sign in Hearing(self.rina).troubles]

    def levels(self) -> list[str]:
        return [level for level, _ in self.troubles()]

    def on_the_rail(self) -> str:
        """As an open desk is told with its feed."""
        answer = self.feed(self.cursor(), hearing="1")
        return answer.text.partition('id="hearing"')[2]

    def page(self) -> str:
        return self.client.get(reverse("desk:hearing")).text


class CalmTests(HearingTestCase):
    def test_a_program_that_has_only_just_been_set_up_is_calm(self) -> None:
        self.assertEqual(self.troubles(), [])
        self.assertEqual(self.client.get(reverse("desk:hearing")).status_code, 200)

    def test_it_says_when_the_last_message_came(self) -> None:
        self.everybody_is_alive()
        self.arrive(minutes_ago=4)
        self.assertIn("4 mnt", self.on_the_rail())
        self.assertIn("4 mnt", self.page())

    def test_a_second_message_counts_as_well(self) -> None:
        report = people.report(at=self.began - timedelta(hours=20))
        people.message(at=self.began - timedelta(minutes=7))
        self.assertEqual(Report.objects.get(), report)
        self.assertIn("7 mnt", self.on_the_rail())

    def test_what_the_desk_takes_down_itself_is_no_message(self) -> None:
        self.arrive(minutes_ago=4, channel="desk")
        self.assertIsNone(Hearing(self.rina).last_message)

    def test_a_quiet_night_is_normal_half_a_day_is_worth_a_look(self) -> None:
        self.arrive()
        self.travel(settings.QUIET_AFTER - A_MOMENT)
        self.assertEqual(self.troubles(), [])
        self.travel(2 * A_MOMENT)
        self.assertEqual(self.levels(), ["warning"])

    def test_the_station_next_door_hears_for_itself(self) -> None:
        self.arrive()
        neighbour = people.operator(people.station("tetangga", "TTG"), username="tetangga")
        self.assertIsNone(Hearing(neighbour).last_message)


class TroubleTests(HearingTestCase):
    def test_a_part_that_stands_still_is_said_within_a_minute(self) -> None:
        for part in heartbeats.PARTS:
            with self.subTest(part):
                self.everybody_is_alive()
                self.travel(timedelta(seconds=45))
                for other in set(heartbeats.PARTS) - {part}:
                    heartbeats.beat(other)
                self.assertEqual(self.levels(), ["alarm"])
                self.assertIn("is-alarm", self.on_the_rail())

    def test_a_part_that_never_came_up_is_said(self) -> None:
        heartbeats.beat(heartbeats.CLOCK)
        self.assertEqual(self.levels(), ["alarm"] * 3)

    def test_messages_that_nobody_reads_are_said_after_a_minute(self) -> None:
        put_away(samples.text())
        self.travel(settings.UNREAD_AFTER - A_MOMENT)
        self.assertEqual(self.troubles(), [])
        self.travel(2 * A_MOMENT)
        self.assertEqual(self.levels(), ["alarm"])

    def test_the_worst_stands_first_and_the_rail_is_not_flooded(self) -> None:
        people.parked_entry()
        Heartbeat.objects.create(name="clock", at=self.began - timedelta(hours=1))
        self.assertEqual(self.levels(), ["alarm", "alarm", "alarm"])
        self.everybody_is_alive()
        self.assertEqual(self.levels(), ["warning"])

    def test_answers_that_did_not_arrive_stand_on_the_page_with_their_view(self) -> None:
        self.assertNotIn("view=failed", self.page().partition('id="heard"')[2])
        self.arrive(failed_at=self.began)
        self.assertIn("view=failed", self.page().partition('id="heard"')[2])

    def test_a_call_to_a_duty_telephone_that_failed_is_said_with_its_reason(self) -> None:
        bambang = people.operator(self.station, Role.PAMAPTA, name="Bambang Sutrisno")
        duty_phones.set_number(bambang.pk, "+6281199990077")
        self.arrive(minutes_ago=60)
        clock.escalate_due()
        self.assertEqual(self.troubles(), [])
        Summons.objects.update(status=Delivery.FAILED, error_code="21211")
        self.assertEqual(self.levels(), ["alarm"])
        shown = words(self.client.get(reverse("desk:hearing")))
        self.assertIn("Bambang Sutrisno", shown)
        self.assertIn(str(WRONG_NUMBER), shown)
        self.travel(settings.SUMMONS_SHOWN + A_MOMENT)
        self.assertNotIn("alarm", self.levels())


class CostTests(HearingTestCase):
    def test_the_rail_costs_one_query(self) -> None:
        self.everybody_is_alive()
        for _ in range(3):
            claims.claim(self.arrive(), by=self.rina)
        with self.assertNumQueries(1):
            Hearing(self.rina).troubles  # noqa: B018


class SignsOfLifeTests(HearingTestCase):
    def test_the_clock_marks_that_it_goes_and_rings_for_the_others(self) -> None:
        jobs.beat()
        self.assertEqual(heartbeats.seen(), {"clock": self.began})
        self.assertEqual(
            self.rings, [(f"reports.{part}_beats",) for part in ("worker", "sender", "enricher")]
        )

    def test_not_at_every_tick(self) -> None:
        jobs.beat()
        self.rings.clear()
        self.travel(settings.CLOCK_BEATS_EVERY - A_MOMENT)
        jobs.beat()
        self.assertEqual((heartbeats.seen(), self.rings), ({"clock": self.began}, []))

    def test_whoever_has_just_shown_a_sign_is_not_asked(self) -> None:
        self.everybody_is_alive()
        self.travel(settings.SIGN_OF_LIFE_EVERY - A_MOMENT)
        heartbeats.beat(heartbeats.WORKER)
        heartbeats.beat(heartbeats.ENRICHER)
        self.travel(A_MOMENT)
        jobs.beat()
        self.assertEqual(self.rings, [("reports.sender_beats",)])

    def test_a_clock_that_was_set_back_goes_on(self) -> None:
        Heartbeat.objects.create(name="clock", at=self.began + timedelta(hours=1))
        jobs.beat()
        self.assertEqual(heartbeats.seen()["clock"], self.began)

    def test_much_work_is_a_sign_of_life_given_seldom(self) -> None:
        for _ in range(5):
            heartbeats.beat_now_and_then("worker", every=3600)
        self.travel(timedelta(minutes=1))
        heartbeats.beat_now_and_then("worker", every=3600)
        self.assertEqual(heartbeats.seen()["worker"], self.began)
