"""A number is given up: what led to it leads on, people with open reports are told once, and their threads live on."""

from datetime import timedelta

from django.utils import timezone

from operators.permissions import Role
from reports import numbers, triage
from reports.actors import NotAllowed
from reports.identity import vault
from reports.models import Contact, Message, ReplyTemplate, Report, ServiceNumber
from reports.models.message import Direction
from reports.models.reply_template import ReplyKey
from reports.workflow import Outcome
from tests import people, samples
from tests.cases import PolresTestCase
from tests.reports.cases import body_of

JOKO = samples.JOKO
SID = "HX" + "0" * 31 + "7"


class NumbersTestCase(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.station = people.station()
        self.admin = people.operator(self.station, Role.ADMIN)
        self.old = self.station.numbers.get(channel="whatsapp")
        self.new = self.number("+628877000999")

    def number(self, address: str, channel: str = "whatsapp") -> ServiceNumber:
        return ServiceNumber.objects.create(station=self.station, channel=channel, address=address)

    def retire(self, successor: ServiceNumber | None = None) -> None:
        numbers.retire(self.old, successor or self.new, by=self.admin)

    def tell(self, later: timedelta = timedelta(0)) -> int:
        return numbers.tell_due(timezone.now() + later)

    def notices(self) -> list[Message]:
        said = Message.objects.filter(direction=Direction.OUTBOUND)
        return list(said.filter(template_key=ReplyKey.NEW_NUMBER).order_by("at"))


class RetireTests(NumbersTestCase):
    def test_the_number_is_given_up_and_names_its_successor(self) -> None:
        self.retire()
        self.old.refresh_from_db()
        self.assertEqual((self.old.is_active, self.old.successor), (False, self.new))

    def test_only_an_administrator_gives_one_up(self) -> None:
        for role in (Role.OPERATOR, Role.PAMAPTA, Role.CHIEF):
            with self.subTest(role=role), self.assertRaises(NotAllowed):
                numbers.retire(self.old, self.new, by=people.operator(self.station, role))

    def test_a_successor_that_cannot_be_written_to_is_refused(self) -> None:
        other = people.station("lain", "LAN").numbers.first()
        given_up = self.number("+628877000111")
        ServiceNumber.objects.filter(pk=given_up.pk).update(is_active=False)
        for successor in (self.old, other, ServiceNumber.objects.get(pk=given_up.pk)):
            with self.subTest(successor=str(successor)), self.assertRaises(numbers.SuccessorUnfit):
                numbers.retire(self.old, successor, by=self.admin)
        self.old.refresh_from_db()
        self.assertTrue(self.old.is_active)

    def test_what_led_to_it_leads_to_its_successor(self) -> None:
        self.retire()
        newest = self.number("+628877000555")
        numbers.retire(self.new, newest, by=self.admin)
        self.old.refresh_from_db()
        self.assertEqual(self.old.successor, newest)

    def test_whoever_was_told_a_number_that_is_given_up_too_is_told_anew(self) -> None:
        people.report()
        self.retire()
        self.assertEqual(self.tell(), 1)
        numbers.retire(self.new, self.number("+628877000555"), by=self.admin)
        self.assertEqual(self.tell(), 1)
        self.assertEqual(body_of(self.notices()[-1]), "Nomor kami sekarang +628877000555.")


class TellTests(NumbersTestCase):
    def test_people_with_open_reports_are_told_once(self) -> None:
        first, second = people.report(), people.report(samples.text(by=JOKO))
        self.retire()
        self.assertEqual(self.tell(), 2)
        self.assertEqual(self.tell(), 0)
        told = {notice.report_id for notice in self.notices()}
        self.assertEqual(told, {first.pk, second.pk})
        self.assertEqual(body_of(self.notices()[0]), "Nomor kami sekarang +628877000999.")

    def test_it_is_noted_on_the_report_and_rung_for(self) -> None:
        report = people.report()
        self.retire()
        with self.captureOnCommitCallbacks(execute=True):
            self.tell()
        self.assertEqual(report.events.filter(kind="number_changed").count(), 1)
        self.assertIn(("reports.deliver", str(self.notices()[0].pk)), self.rings)

    def test_whose_report_is_closed_is_not_bothered(self) -> None:
        report = people.report()
        triage.close(report, Outcome.ACTED, "Beres.", by=people.operator(self.station))
        self.retire()
        self.assertEqual(self.tell(), 0)

    def test_nobody_is_told_while_the_number_is_in_use(self) -> None:
        people.report()
        self.assertEqual(self.tell(), 0)

    def test_whoever_writes_to_the_old_number_afterwards_is_not_told_again(self) -> None:
        people.report()
        self.retire()
        self.tell()
        people.message(samples.text("Masih ada?"))
        self.assertEqual(len(self.notices()), 1)

    def test_within_the_24_hours_the_number_that_they_know_writes(self) -> None:
        report = people.report()
        self.retire()
        self.tell()
        report.refresh_from_db()
        self.assertEqual(report.contact.service_number, self.old)

    def test_after_them_only_approved_words_go_out_and_from_the_new_number(self) -> None:
        long_ago = timezone.now() - timedelta(days=2)
        report = people.report(at=long_ago)
        self.retire()
        self.assertEqual(self.tell(), 0)
        ReplyTemplate.objects.filter(key=ReplyKey.NEW_NUMBER).update(content_sid=SID)
        self.assertEqual(self.tell(), 1)
        (notice,) = self.notices()
        report.refresh_from_db()
        self.assertEqual((notice.content_sid, notice.author_id), (SID, None))
        self.assertEqual(report.contact.service_number, self.new)
        self.assertEqual(notice.contact, report.contact)
        box = vault.box_of("content", report.pk)
        variables = box.open("message.variables", notice.pk, notice.variables_sealed).expose()
        self.assertEqual(variables, '{"1": "+628877000999"}')

    def test_by_sms_the_new_number_writes_and_goes_on(self) -> None:
        self.old = self.station.numbers.get(channel="sms")
        self.new = self.number("+628877000333", "sms")
        report = people.report(samples.sms())
        self.retire()
        self.assertEqual(self.tell(), 1)
        report.refresh_from_db()
        self.assertEqual(report.contact.service_number, self.new)

    def test_a_wording_that_cannot_be_sent_leaves_everything_as_it_was(self) -> None:
        people.report()
        ReplyTemplate.objects.filter(key=ReplyKey.NEW_NUMBER).update(text="{apa_ini}")
        self.retire()
        self.assertEqual(self.tell(), 0)
        self.assertEqual((self.notices(), Contact.objects.get().told_successor_at), ([], None))

    def test_looking_for_whom_to_tell_is_one_query(self) -> None:
        with self.assertNumQueries(1):
            self.tell()


class ThreadTests(NumbersTestCase):
    def test_what_somebody_writes_to_the_new_number_joins_their_open_report(self) -> None:
        report = people.report()
        self.retire()
        self.tell()
        people.message(samples.text("Ini saya", To=f"whatsapp:{self.new.address}"))
        (only,) = Report.objects.all()
        self.assertEqual((only.pk, only.contact.service_number), (report.pk, self.new))
        self.assertEqual(len(self.notices()), 1)
