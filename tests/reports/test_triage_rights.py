"""Who may use the verbs: the desk of the same station, on what they may see; everybody else is refused alike."""

from collections.abc import Callable

from operators.models import Operator
from operators.permissions import Role
from reports import claims, reading, triage
from reports.actors import NotAllowed
from reports.models import Event, Message, Report
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import StationTestCase

Verb = Callable[[Report, Operator], object]

VERBS: dict[str, Verb] = {
    "claim": lambda report, by: claims.claim(report, by=by),
    "reply": lambda report, by: triage.reply(report, "Baik", by=by),
    "close": lambda report, by: triage.close(report, Outcome.ACTED, "Selesai.", by=by),
}


class RightsTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report()
        self.before = Report.objects.filter(pk=self.report.pk).values().get()
        self.written = (Message.objects.count(), Event.objects.count())

    def assertMayNothing(self, who: Operator) -> None:
        for name, verb in VERBS.items():
            with self.subTest(verb=name, who=who.username), self.assertRaises(NotAllowed) as caught:
                verb(self.report, who)
            self.assertEqual(caught.exception.code, "not_allowed")
        claims.mark_read(self.report, by=who)
        self.assertEqual(Report.objects.filter(pk=self.report.pk).values().get(), self.before)
        self.assertEqual((Message.objects.count(), Event.objects.count()), self.written)


class RoleTests(RightsTestCase):
    def test_the_desk_may_use_every_verb(self) -> None:
        for role in (Role.OPERATOR, Role.PAMAPTA):
            who = people.operator(self.station, role, username=f"x-{role}")
            for name, verb in VERBS.items():
                with self.subTest(role=role, verb=name):
                    verb(people.report(samples.text(by=samples.Citizen(role, self.phone()))), who)

    def test_all_others_may_use_none(self) -> None:
        for role in set(Role) - {Role.OPERATOR, Role.PAMAPTA}:
            self.assertMayNothing(people.operator(self.station, role))

    def test_an_account_that_was_switched_off_may_use_none(self) -> None:
        self.assertMayNothing(people.operator(self.station, username="bekas", is_active=False))

    def phone(self) -> str:
        return f"+62812{Report.objects.count():08}"


class StationTests(RightsTestCase):
    def test_the_desk_of_another_station_may_use_none(self) -> None:
        other = people.station("lain", "LAN")
        self.assertMayNothing(people.operator(other, Role.PAMAPTA, Role.OPERATOR))

    def test_an_account_that_moves_to_another_station_loses_sight_of_it(self) -> None:
        claims.claim(self.report, by=self.rina)
        self.rina.station = people.station("lain", "LAN")
        self.rina.save()
        with self.assertRaises(NotAllowed):
            triage.reply(self.report, "Baik", by=self.rina)


class ReservedTests(RightsTestCase):
    """A report about a police member, once it is so categorised."""

    def setUp(self) -> None:
        super().setUp()
        category = people.category("anggota-polri", reserved_for="propam")
        Report.objects.update(category=category)
        self.before = Report.objects.filter(pk=self.report.pk).values().get()

    def test_the_desk_may_use_no_verb_on_it(self) -> None:
        self.assertMayNothing(self.rina)

    def test_nor_may_the_one_who_held_it(self) -> None:
        Report.objects.update(holder=self.rina)
        self.before = Report.objects.filter(pk=self.report.pk).values().get()
        self.assertMayNothing(self.rina)

    def test_the_people_of_that_unit_at_the_desk_may(self) -> None:
        propam = people.unit(self.station, "propam")
        who = people.operator(self.station, username="dewi", unit=propam)
        self.assertEqual(claims.claim(self.report, by=who).holder, who)

    def test_the_same_unit_of_another_station_may_not(self) -> None:
        other = people.station("lain", "LAN")
        propam = people.unit(other, "propam")
        self.assertMayNothing(people.operator(other, username="dewi", unit=propam))


class ReadingTests(RightsTestCase):
    def test_whoever_may_not_read_gets_no_word(self) -> None:
        for role in set(Role) - {Role.OPERATOR, Role.PAMAPTA}:
            who = people.operator(self.station, role)
            for ask in (
                lambda who=who: reading.openings([self.report], by=who),
                lambda who=who: reading.conversation(
                    self.report, self.report.messages.all(), by=who
                ),
                lambda who=who: reading.outcome_note(self.report, by=who),
            ):
                with self.subTest(role=role), self.assertRaises(NotAllowed):
                    ask()
