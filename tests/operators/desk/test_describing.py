"""The facts of a report on its page: what the forms do and refuse, what the page says next, and what it costs."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from operators.desk import facts
from reports import claims, describing, triage
from reports.models import Area, Landmark, Report
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, citizen
from tests.operators.desk.test_feed import FeedTestCase


class CategoryTests(DeskTestCase):
    def test_it_is_chosen_on_the_page(self) -> None:
        report = self.arrive()
        category = people.category("balap-liar", label="Balap liar")
        answer = self.act("categorise", report, category="balap-liar")
        self.assertEqual(answer.status_code, 200)
        report.refresh_from_db()
        self.assertEqual((report.category, report.holder), (category, None))
        self.assertIn("<strong>Balap liar</strong>", answer.text)

    def test_what_is_no_category_is_refused_and_the_editor_stays_open(self) -> None:
        report = self.arrive()
        for form in ({}, {"category": ""}, {"category": "nonsense"}):
            with self.subTest(form):
                answer = self.act("categorise", report, **form)
                self.assertEqual(answer.status_code, 422)
                self.assertIn('id="category-editor" open', answer.text)

    def test_a_group_is_refused(self) -> None:
        group = people.category("kamtibmas")
        people.category("balap-liar", parent=group)
        self.assertEqual(
            self.act("categorise", self.arrive(), category="kamtibmas").status_code, 409
        )

    def test_it_works_without_a_script_as_a_list_in_groups(self) -> None:
        group = people.category("kamtibmas", label="Kamtibmas")
        people.category("balap-liar", parent=group, label="Balap liar")
        page = self.open(self.arrive())
        self.assertIn('<optgroup label="Kamtibmas">', page.text)
        self.assertNotIn('<option value="kamtibmas"', page.text)

    def test_what_the_station_has_most_comes_first(self) -> None:
        rare, usual = people.category("rare"), people.category("usual")
        secret = people.category("anggota-polri", reserved_for="propam")
        for category in (rare, usual, usual, secret, secret, secret):
            report = self.arrive(category=category)
        first, *_ = facts.choices(report.station_id)
        self.assertEqual([category.slug for category in first.categories], ["usual", "rare"])


class ReservedTests(FeedTestCase):
    def setUp(self) -> None:
        super().setUp()
        people.category("anggota-polri", reserved_for="propam")
        self.report = self.arrive()

    def test_the_one_who_says_so_is_led_back_to_the_queue(self) -> None:
        answer = self.act("categorise", self.report, category="anggota-polri")
        self.assertEqual(answer.headers["HX-Redirect"], f"{reverse('desk:queue')}?view=station")
        plain = self.act("categorise", self.arrive(), htmx=False, category="anggota-polri")
        self.assertEqual(plain.status_code, 302)
        self.assertTrue(plain.headers["Location"].startswith(reverse("desk:queue")))

    def test_it_is_gone_from_queue_feed_and_page_at_once(self) -> None:
        told = self.cursor()
        self.client.force_login(self.bambang)
        self.assertEqual(self.rows(), [self.report.number])
        self.client.force_login(self.rina)
        self.act("categorise", self.report, category="anggota-polri")
        self.client.force_login(self.bambang)
        self.assertEqual(self.rows(), [])
        self.assertEqual(self.feed(told).status_code, 205)
        self.assertEqual(self.open(self.report).status_code, 404)
        live = reverse("desk:conversation", args=[self.report.number])
        self.assertEqual(self.client.get(live).status_code, 404)

    def test_what_happens_on_it_later_is_nobody_elses_business(self) -> None:
        siti = people.operator(
            self.station, username="siti", unit=people.unit(self.station, "propam")
        )
        self.act("categorise", self.report, category="anggota-polri")
        told = self.cursor()
        describing.summarise(self.report, "Contoh", by=siti)
        answer = self.feed(told)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn(self.report.number, answer.text)


class UrgencyTests(DeskTestCase):
    def test_one_press_sets_it(self) -> None:
        report = self.arrive()
        answer = self.act("urgency", report, urgency="darurat")
        self.assertEqual(answer.status_code, 200)
        report.refresh_from_db()
        self.assertEqual(report.urgency, Urgency.EMERGENCY)
        self.assertIn('name="urgency" value="darurat" aria-pressed="true"', answer.text)

    def test_nonsense_is_refused(self) -> None:
        self.assertEqual(self.act("urgency", self.arrive(), urgency="gawat").status_code, 422)

    def test_on_a_closed_report_it_is_a_word_only(self) -> None:
        report = self.arrive()
        triage.close(report, Outcome.ACTED, "Sudah.", by=self.rina)
        self.assertNotIn("urgency-choice", self.open(report).text)
        self.assertEqual(self.act("urgency", report, urgency="segera").status_code, 409)


class SummaryTests(DeskTestCase):
    def test_it_stands_on_the_page_and_in_the_editor(self) -> None:
        report = self.arrive()
        answer = self.act("summarise", report, summary="Balap liar <jam> 1\r\ndi ring road")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.text.count("Balap liar &lt;jam&gt; 1\ndi ring road"), 2)

    def test_one_that_is_too_long_is_kept_and_refused(self) -> None:
        answer = self.act("summarise", self.arrive(), summary="a" * 1001)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("a" * 1001, answer.text)
        self.assertIn('id="summary-editor" open', answer.text)


class ReopeningTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = self.arrive()
        triage.close(self.report, Outcome.NOT_FOUND, "Nihil.", by=self.rina)

    def test_it_is_offered_on_a_closed_report_only(self) -> None:
        self.assertIn('data-shortcut="o"', self.open(self.report).text)
        self.assertNotIn('data-shortcut="o"', self.open(self.arrive()).text)

    def test_with_a_reason_it_is_open_again(self) -> None:
        answer = self.act("reopen", self.report, reason="goes_on")
        self.assertEqual(answer.status_code, 200)
        self.report.refresh_from_db()
        self.assertEqual(self.report.status, Status.TRIAGE)
        self.assertIn(self.report.number, self.rows())

    def test_without_one_it_stays_closed(self) -> None:
        for form in ({}, {"reason": "danger_words"}):
            answer = self.act("reopen", self.report, **form)
            self.assertEqual(answer.status_code, 422)
            self.assertIn('id="reopening" open', answer.text)

    def test_what_is_open_already_is_refused(self) -> None:
        self.act("reopen", self.report, reason="goes_on")
        self.assertEqual(self.act("reopen", self.report, reason="goes_on").status_code, 409)


class NextStepTests(DeskTestCase):
    def step(self, report: Report) -> str:
        step: str = self.open(report).context["standing"].step
        return step

    def test_it_follows_the_report(self) -> None:
        report = self.arrive()
        self.assertEqual(self.step(report), "claim")
        claims.claim(report, by=self.bambang)
        self.assertEqual(self.step(report), "leave")
        self.client.force_login(self.bambang)
        self.assertEqual(self.step(report), "answer")
        triage.reply(report, "Baik", by=self.bambang)
        self.assertEqual(self.step(report), "categorise")
        fire = people.category("kebakaran", arrive_minutes=15)
        describing.categorise(report, fire, by=self.bambang)
        self.assertEqual(self.step(report), "place")
        area = Area.objects.create(
            station=self.station, code="33", level="village", name="X", latitude=-7, longitude=111
        )
        describing.place(report, area=area, by=self.bambang)
        self.assertEqual(self.step(report), "forward")
        triage.close(report, Outcome.ACTED, "Padam.", by=self.bambang)
        self.assertEqual(self.step(report), "reopen")

    def test_an_answer_that_failed_comes_before_everything_else(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.rina)
        Report.objects.filter(pk=report.pk).update(failed_at=report.received_at)
        self.assertEqual(self.step(report), "mend")

    def test_a_question_needs_no_place(self) -> None:
        report = self.arrive()
        triage.reply(report, "Baik", by=self.rina)
        describing.categorise(report, people.category("skck"), by=self.rina)
        self.assertEqual(self.step(report), "close")


class ClockTests(DeskTestCase):
    def kinds(self, report: Report) -> list[tuple[str, bool]]:
        return [(clock.kind, clock.is_over) for clock in self.open(report).context["clocks"]]

    def test_the_answer_and_the_settling_run_until_they_are_missed(self) -> None:
        category = people.category(respond_minutes=10, complete_minutes=60)
        report = self.arrive(minutes_ago=20, category=category)
        self.assertEqual(self.kinds(report), [("respond", True), ("complete", False)])

    def test_an_answer_stops_the_first_one(self) -> None:
        report = self.arrive()
        triage.reply(report, "Baik", by=self.rina)
        self.assertEqual(self.kinds(report), [])

    def test_while_we_wait_for_the_reporter_they_stand_still_in_words(self) -> None:
        category = people.category(complete_minutes=60)
        report = self.arrive(category=category)
        Report.objects.filter(pk=report.pk).update(
            status=Status.WAITING, paused_at=report.received_at, waiting_since=None
        )
        page = self.open(report)
        self.assertEqual(page.context["clocks"], [])
        self.assertIn("menunggu pelapor", page.text)


class CostTests(DeskTestCase):
    def asked(self, report: Report) -> int:
        self.open(report)
        with CaptureQueriesContext(connection) as asked:
            self.open(report)
        return len(asked)

    def test_neither_a_long_history_nor_a_long_timeline_costs_more(self) -> None:
        people.category("balap-liar")
        writer = citizen()
        for _ in range(2):
            report = people.report(samples.text(by=writer))
            triage.close(report, Outcome.PRANK, "Iseng.", by=self.bambang)
            Report.objects.filter(pk=report.pk).update(closed_at="2026-01-01T00:00:00Z")
        report = people.report(samples.text(by=writer))
        self.all_kinds(report)
        few = self.asked(report)
        for _ in range(8):
            other = people.report(samples.text(by=writer))
            if other.is_open and other.pk != report.pk:
                triage.close(other, Outcome.PRANK, "Iseng.", by=self.bambang)
            self.all_kinds(report)
        Landmark.objects.bulk_create(
            Landmark(station=self.station, name=f"P{n}", latitude=-7, longitude=111)
            for n in range(20)
        )
        self.assertEqual(self.asked(report), few)

    def all_kinds(self, report: Report) -> None:
        """One more of each happening that the facts tell."""
        category = people.category(f"c-{report.events.count()}")
        describing.categorise(report, category, by=self.rina)
        for urgency in (Urgency.EMERGENCY, Urgency.ROUTINE):
            describing.set_urgency(report, urgency, by=self.bambang)
        describing.place(report, latitude=-7.4, longitude=111.0, by=self.rina)
        describing.summarise(report, "Contoh", by=self.rina)
