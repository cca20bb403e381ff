"""What is lost next: the rule as a table, and the order of the queue that follows from it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from reports import claims, targets, triage
from reports.models import Category, Report
from reports.models.service_number import Channel
from reports.workflow import Outcome, Status, Urgency
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import Citizen

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def ago(minutes: float) -> timedelta:
    return -minutes * MINUTE


@dataclass(frozen=True)
class Case:
    """`lost` is when something is lost, seen from now; times of the report are too. None: nothing is."""

    says: str
    lost: timedelta | None
    waiting: timedelta | None = None
    received: timedelta = -1 * HOUR
    last_word: timedelta | None = None
    channel: Channel = Channel.WHATSAPP
    category: str = ""
    changes: dict[str, Any] = field(default_factory=dict)


DANGER = {"urgency": Urgency.EMERGENCY}
SOON = {"urgency": Urgency.SOON}
CATEGORIES: dict[str, dict[str, Any]] = {
    "fast": {"respond_minutes": 3, "urgency": Urgency.EMERGENCY},
    "slow": {"respond_minutes": 240, "urgency": Urgency.ROUTINE},
    "settled-in-two-hours": {"complete_minutes": 120, "urgency": Urgency.ROUTINE},
    "settled-in-two-days": {"complete_minutes": 2 * 24 * 60, "urgency": Urgency.ROUTINE},
}

CASES = (
    # Somebody waits for an answer: the response target, and nothing else.
    Case("danger is answered within five minutes", 3 * MINUTE, ago(2), changes=DANGER),
    Case("what is urgent within fifteen", 13 * MINUTE, ago(2), changes=SOON),
    Case("anything else within the hour", 58 * MINUTE, ago(2)),
    Case("a category's own target counts", 1 * MINUTE, ago(2), category="fast", changes=DANGER),
    Case("also where it is longer", 238 * MINUTE, ago(2), category="slow"),
    Case("unless danger was seen", 3 * MINUTE, ago(2), category="slow", changes=DANGER),
    Case("a missed answer is still owed", -3 * HOUR, ago(240)),
    Case("an answer comes before a settling", 30 * MINUTE, ago(30), category="settled-in-two-days"),
    Case("a second message does not reset it", 10 * MINUTE, ago(50), last_word=ago(1)),
    Case("SMS is answered as soon", 58 * MINUTE, ago(2), channel=Channel.SMS),
    # Nobody waits: the settling, or the closing of the window.
    Case("answered: the window closes a day after the last word", 23 * HOUR, last_word=-HOUR),
    Case("the later the last word, the later", 24 * HOUR - MINUTE, last_word=ago(1)),
    Case("a settling that is sooner", HOUR, category="settled-in-two-hours"),
    Case("a window that is sooner", 23 * HOUR, category="settled-in-two-days"),
    Case(
        "a missed settling is still owed",
        -HOUR,
        received=-3 * HOUR,
        category="settled-in-two-hours",
    ),
    Case("a closed window is nothing to lose", None, received=-25 * HOUR),
    Case(
        "after it the settling is left",
        23 * HOUR,
        received=-25 * HOUR,
        category="settled-in-two-days",
    ),
    Case("SMS has no window", None, channel=Channel.SMS),
    Case("but settling", HOUR, channel=Channel.SMS, category="settled-in-two-hours"),
    # The clocks stand still while we wait for the reporter; the window does not.
    Case(
        "paused: the settling stands still",
        23 * HOUR,
        category="settled-in-two-hours",
        changes={"status": Status.WAITING},
    ),
    Case(
        "paused, by SMS",
        None,
        channel=Channel.SMS,
        category="settled-in-two-hours",
        changes={"status": Status.WAITING},
    ),
    Case(
        "going on: the pause is added",
        HOUR + 20 * MINUTE,
        category="settled-in-two-hours",
        changes={"paused_seconds": 20 * 60},
    ),
    # The end.
    Case("closed", None, changes={"status": Status.DONE}),
    Case("closed while somebody waited", None, ago(2), changes={"status": Status.DONE}),
)


class NextLossTests(StationTestCase):
    def test_the_table(self) -> None:
        now = timezone.now()
        categories = {slug: Category(slug=slug, **given) for slug, given in CATEGORIES.items()}
        whatsapp = people.report(samples.text())
        sms = people.report(samples.sms(by=samples.JOKO))
        for case in CASES:
            with self.subTest(case.says):
                report = sms if case.channel == Channel.SMS else whatsapp
                report = Report.objects.select_related("contact__service_number").get(pk=report.pk)
                report.received_at = now + case.received
                report.waiting_since = now + case.waiting if case.waiting is not None else None
                report.contact.last_inbound_at = now + (case.last_word or case.received)
                report.category = categories.get(case.category)
                for column, value in case.changes.items():
                    setattr(report, column, value)
                lost = targets.next_loss(report, at=now)
                self.assertEqual(lost and lost - now, case.lost)

    def test_every_message_is_due_from_its_arrival(self) -> None:
        at = timezone.now() - 10 * MINUTE
        report = people.report(samples.text("Halo"), at=at)
        self.assertEqual(report.due_at, at + settings.RESPOND_WITHIN["biasa"])

    def test_a_second_message_never_resets_the_clock(self) -> None:
        first = people.report(samples.text("Halo"), at=timezone.now() - 10 * MINUTE)
        again = people.report(samples.text("Halo?"))
        self.assertEqual((again.pk, again.due_at), (first.pk, first.due_at))

    def test_an_answer_hands_the_clock_to_the_window(self) -> None:
        report = people.report(samples.text("Halo"))
        triage.reply(report, "Baik.", by=self.rina)
        report.refresh_from_db()
        self.assertEqual(report.due_at, report.contact.free_text_until())
        triage.close(report, Outcome.ANSWERED, "Dijawab.", by=self.rina)
        report.refresh_from_db()
        self.assertIsNone(report.due_at)


class OrderTests(StationTestCase):
    def arrive(self, minutes_ago: float, **changes: Any) -> Report:
        by = Citizen("Warga", f"+62812666{Report.objects.count():05d}")
        report = people.report(samples.text(by=by), at=timezone.now() + ago(minutes_ago))
        for column, value in changes.items():
            setattr(report, column, value)
        targets.renew(report)
        report.save()
        return report

    def test_what_is_lost_first_is_first(self) -> None:
        slow = people.category("slow", **CATEGORIES["slow"])
        expected = [
            self.arrive(1, urgency=Urgency.EMERGENCY),
            self.arrive(1, urgency=Urgency.SOON),
            # Routine: a missed answer, one that is due, a window that closes, a later answer; without a clock by age.
            self.arrive(90),
            self.arrive(30),
            self.arrive(60 * 23, waiting_since=None),
            self.arrive(31, category=slow),
            self.arrive(60, waiting_since=None),
            self.arrive(60 * 30, waiting_since=None),
            self.arrive(60 * 26, waiting_since=None),
        ]
        self.assertEqual(list(Report.objects.lost_first()), expected)


class LetGoTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text("Halo"))
        claims.claim(self.report, by=self.rina)

    def let_go(self, later: timedelta) -> list[Report]:
        let_go = targets.let_go_of_windows(at=timezone.now() + later)
        self.report.refresh_from_db()
        return let_go

    def test_a_window_that_has_closed_is_not_due_any_more(self) -> None:
        triage.reply(self.report, "Baik.", by=self.rina)
        self.assertEqual(self.let_go(23 * HOUR), [])
        self.assertIsNotNone(self.report.due_at)
        self.assertEqual(self.let_go(25 * HOUR), [self.report])
        self.assertIsNone(self.report.due_at)
        self.assertEqual(self.let_go(26 * HOUR), [])

    def test_an_answer_that_was_owed_is_still_owed(self) -> None:
        due_at = self.report.due_at
        self.assertEqual(self.let_go(25 * HOUR), [])
        self.assertEqual(self.report.due_at, due_at)

    def test_a_settling_that_was_missed_is_still_owed(self) -> None:
        triage.reply(self.report, "Baik.", by=self.rina)
        self.report.refresh_from_db()
        self.report.category = people.category("settled", **CATEGORIES["settled-in-two-hours"])
        targets.renew(self.report)
        self.report.save()
        self.assertEqual(self.let_go(25 * HOUR), [])
        self.assertIsNotNone(self.report.due_at)
