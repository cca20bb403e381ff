"""Notes: sealed, never sent, and whoever is called by name is told, if the report is theirs to see."""

from operators.models import Operator
from operators.permissions import Role
from reports import claims, noting, reading, triage
from reports.actors import NotAllowed
from reports.models import Change, Event, Mention, Message, Note, Report
from reports.models.event import EventKind
from reports.workflow import Outcome
from tests import people
from tests.reports.cases import StationTestCase


class NotingTestCase(StationTestCase):
    bambang: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bambang = people.operator(cls.station, username="bambang", name="Bambang Sutrisno")

    def setUp(self) -> None:
        super().setUp()
        self.report = people.report()

    def note(self, text: str, by: Operator | None = None) -> Note:
        return noting.add(self.report, text, by=by or self.rina)

    def called(self) -> list[str]:
        return sorted(Mention.objects.values_list("operator__username", flat=True))


class WritingTests(NotingTestCase):
    def test_a_note_is_kept_sealed_with_its_author_and_on_the_timeline(self) -> None:
        note = self.note("  Pelapor terdengar ketakutan.\n")
        (line,) = reading.notes([note], by=self.bambang)
        self.assertEqual(line.text, "Pelapor terdengar ketakutan.")
        self.assertNotIn(b"ketakutan", bytes(Note.objects.get().body_sealed))
        self.assertEqual(note.author_id, self.rina.pk)
        event = Event.objects.get(kind=EventKind.NOTED)
        self.assertEqual((event.by, event.data), (self.rina, {}))

    def test_a_note_is_never_sent(self) -> None:
        before = Message.objects.count()
        self.rings.clear()
        self.note("Jangan dikirim")
        self.assertEqual(Message.objects.count(), before)
        self.assertEqual(self.rings, [])

    def test_a_note_changes_nothing_of_the_report(self) -> None:
        before = Report.objects.filter(pk=self.report.pk).values().get()
        self.note("Catatan")
        self.assertEqual(Report.objects.filter(pk=self.report.pk).values().get(), before)

    def test_a_report_of_another_and_a_closed_one_can_be_noted(self) -> None:
        claims.claim(self.report, by=self.bambang)
        self.note("Saya kenal tempat itu")
        triage.close(self.report, Outcome.ACTED, "Selesai.", by=self.bambang)
        self.note("Ternyata sudah dua kali")
        self.assertEqual(self.report.notes.count(), 2)

    def test_open_desks_are_told(self) -> None:
        before = Change.objects.filter(report=self.report).count()
        self.note("Catatan")
        self.assertEqual(Change.objects.filter(report=self.report).count(), before + 1)

    def test_nothing_and_too_much_are_refused(self) -> None:
        for text in ("", " \n ", "x" * (noting.TEXT_LIMIT + 1)):
            with self.subTest(len(text)), self.assertRaises(noting.NoteUnfit) as caught:
                self.note(text)
            self.assertEqual(caught.exception.code, "note_unfit")
        self.assertEqual((Note.objects.count(), Mention.objects.count()), (0, 0))


class RightsTests(NotingTestCase):
    def test_only_the_desk_of_the_station_may_write_and_read(self) -> None:
        note = self.note("Catatan")
        strangers = [
            people.operator(self.station, role)
            for role in set(Role) - {Role.OPERATOR, Role.PAMAPTA}
        ]
        for who in strangers:
            with self.subTest(who.username), self.assertRaises(NotAllowed):
                self.note("Catatan", by=who)
            with self.subTest(who.username), self.assertRaises(NotAllowed):
                reading.notes([note], by=who)
        neighbour = people.operator(people.station("lain", "LAN"), username="tetangga")
        with self.assertRaises(NotAllowed):
            self.note("Catatan", by=neighbour)
        self.assertEqual(Note.objects.count(), 1)

    def test_what_is_reserved_cannot_be_noted(self) -> None:
        Report.objects.update(category=people.category("anggota-polri", reserved_for="propam"))
        with self.assertRaises(NotAllowed):
            self.note("Catatan")


class CallingTests(NotingTestCase):
    def test_a_colleague_is_called_by_their_user_name(self) -> None:
        for text in (
            "@bambang tolong",
            "Tolong @bambang.",
            "(@Bambang)",
            "@bambang, @bambang!",
            "cek @bambang/@rina",
        ):
            with self.subTest(text):
                Mention.objects.all().delete()
                self.note(text)
                self.assertEqual(self.called(), ["bambang"])

    def test_a_user_name_may_hold_signs(self) -> None:
        people.operator(self.station, username="siti.n-2")
        self.note("Tanya @siti.n-2.")
        self.assertEqual(self.called(), ["siti.n-2"])

    def test_what_only_looks_like_a_call_is_none(self) -> None:
        for text in ("bambang", "a@bambang", "@bambangs", "@ bambang", "@tidakada", "@rina"):
            with self.subTest(text):
                self.note(text)
                self.assertEqual(self.called(), [])

    def test_only_those_who_may_read_the_report_are_called(self) -> None:
        people.operator(people.station("lain", "LAN"), username="tetangga")
        people.operator(self.station, username="bekas", is_active=False)
        people.operator(self.station, Role.CHIEF, username="kapolres")
        self.note("@tetangga @bekas @kapolres @bambang")
        self.assertEqual(self.called(), ["bambang"])

    def test_what_is_reserved_calls_only_those_it_is_reserved_for(self) -> None:
        propam = people.unit(self.station, "propam")
        dewi = people.operator(self.station, username="dewi", unit=propam)
        people.operator(self.station, username="agus", unit=propam)
        Report.objects.update(category=people.category("anggota-polri", reserved_for="propam"))
        self.note("@agus @bambang", by=dewi)
        self.assertEqual(self.called(), ["agus"])

    def test_the_pieces_of_a_note_are_the_note(self) -> None:
        text = "Tolong @Bambang. Lalu @rina dan @orang-lain."
        pieces = list(noting.pieces(text, ["bambang", "rina"]))
        self.assertEqual("".join(words for words, _ in pieces), text)
        self.assertEqual([words for words, calls in pieces if calls], ["@Bambang", "@rina"])


class SeeingTests(NotingTestCase):
    def test_a_call_is_unseen_until_the_report_is_before_ones_eyes(self) -> None:
        self.note("@bambang satu")
        self.note("@bambang dua")
        self.assertEqual(noting.unseen(self.bambang), 1)
        noting.see(self.report, by=self.rina)
        self.assertEqual(noting.unseen(self.bambang), 1)
        noting.see(self.report, by=self.bambang)
        self.assertEqual(noting.unseen(self.bambang), 0)
        self.note("@bambang tiga")
        self.assertEqual(noting.unseen(self.bambang), 1)

    def test_when_it_was_seen_first_stays(self) -> None:
        self.note("@bambang")
        noting.see(self.report, by=self.bambang)
        first = Mention.objects.get().seen_at
        noting.see(self.report, by=self.bambang)
        self.assertEqual(Mention.objects.get().seen_at, first)

    def test_a_report_that_may_not_be_seen_any_more_is_not_counted(self) -> None:
        self.note("@bambang")
        Report.objects.update(category=people.category("anggota-polri", reserved_for="propam"))
        self.assertEqual(noting.unseen(self.bambang), 0)

    def test_nobody_called_costs_one_query(self) -> None:
        with self.assertNumQueries(1):
            noting.unseen(self.bambang)


class VisibleTests(NotingTestCase):
    def test_one_report_and_many_are_visible_by_the_same_rule(self) -> None:
        propam = people.unit(self.station, "propam")
        other = people.station("lain", "LAN")
        everybody = [
            *people.everybody(self.station).values(),
            people.operator(self.station, username="dewi", unit=propam),
            people.operator(self.station, username="bekas", is_active=False),
            people.operator(other, username="tetangga"),
        ]
        for category in (
            None,
            people.category(),
            people.category("anggota-polri", reserved_for="propam"),
        ):
            self.report.category = category
            self.report.save()
            for who in everybody:
                with self.subTest(category=str(category), who=who.username):
                    listed = Report.objects.visible_to(who).filter(pk=self.report.pk).exists()
                    self.assertEqual(self.report.is_visible_to(who), listed)
