"""What a citizen is told by itself: that the report is here, once; and the new number, once."""

from datetime import timedelta

from django.utils import timezone

from reports.models import Contact, Message, ReplyTemplate, Report, ServiceNumber
from reports.models.message import Delivery, Direction
from reports.models.reply_template import ReplyKey
from tests import people, samples
from tests.reports.cases import StationTestCase, address_of, arrive, body_of
from tests.samples import HIDDEN, JOKO, WATI

ACKNOWLEDGEMENT, NEW_NUMBER = ReplyKey.ACKNOWLEDGEMENT, ReplyKey.NEW_NUMBER


class AnswersTestCase(StationTestCase):
    def answers(self, key: ReplyKey) -> list[Message]:
        return list(Message.objects.filter(template_key=key).in_order())

    def reword(self, key: ReplyKey, text: str) -> None:
        ReplyTemplate.objects.filter(station=self.station, key=key).update(text=text)


class AcknowledgementTests(AnswersTestCase):
    def test_a_new_report_is_acknowledged_with_its_number(self) -> None:
        report = people.report()
        (answer,) = self.answers(ACKNOWLEDGEMENT)
        self.assertEqual(body_of(answer), f"Laporan {report.number} diterima Polres Contoh.")
        self.assertEqual((answer.report, answer.author), (report, None))
        self.assertEqual((answer.direction, answer.status), (Direction.OUTBOUND, Delivery.QUEUED))
        self.assertEqual(address_of(answer), WATI.phone)

    def test_its_delivery_is_rung_for_once_it_is_committed(self) -> None:
        with self.captureOnCommitCallbacks() as callbacks:
            people.report()
        self.assertEqual(self.rings, [])
        for callback in callbacks:
            callback()
        (answer,) = self.answers(ACKNOWLEDGEMENT)
        self.assertEqual(self.rings, [("reports.deliver", str(answer.pk)), ("reports.enrich",)])

    def test_a_second_message_is_not_acknowledged(self) -> None:
        people.report()
        people.report()
        self.assertEqual(len(self.answers(ACKNOWLEDGEMENT)), 1)

    def test_an_album_is_acknowledged_once(self) -> None:
        arrive(*(samples.picture() for _ in range(5)))
        self.assertEqual(len(self.answers(ACKNOWLEDGEMENT)), 1)

    def test_two_people_are_each_told_their_own_number(self) -> None:
        wati, joko = arrive(samples.text(by=WATI), samples.text(by=JOKO))
        told = {address_of(one): body_of(one) for one in self.answers(ACKNOWLEDGEMENT)}
        self.assertIn(wati.report.number, told[WATI.phone])
        self.assertIn(joko.report.number, told[JOKO.phone])

    def test_somebody_without_a_number_is_answered_by_their_id(self) -> None:
        people.report(samples.text(by=HIDDEN))
        self.assertEqual(address_of(self.answers(ACKNOWLEDGEMENT)[0]), HIDDEN.bsuid)

    def test_an_sms_is_answered_by_sms(self) -> None:
        people.report(samples.sms())
        (answer,) = self.answers(ACKNOWLEDGEMENT)
        self.assertEqual(answer.contact.service_number.channel, "sms")

    def test_the_citizen_still_waits_for_a_person(self) -> None:
        report = people.report()
        self.assertIsNotNone(report.waiting_since)
        self.assertIsNone(report.answered_at)

    def test_a_station_without_words_says_nothing(self) -> None:
        ReplyTemplate.objects.all().delete()
        people.report()
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)


class WordsInDisorderTests(AnswersTestCase):
    """Whatever an administrator wrote: what a citizen sent is taken in all the same, and nothing half-filled is sent."""

    def assertTakenInUnanswered(self) -> None:
        report = people.report()
        self.assertEqual(report.unread_count, 1)
        self.assertEqual(self.answers(ACKNOWLEDGEMENT), [])

    def test_a_variable_that_nothing_fills(self) -> None:
        self.reword(ACKNOWLEDGEMENT, "Laporan {nomor} diterima.")
        self.assertTakenInUnanswered()

    def test_a_variable_that_belongs_to_other_words(self) -> None:
        self.reword(ACKNOWLEDGEMENT, "Nomor kami {nomor_baru}.")
        self.assertTakenInUnanswered()

    def test_words_that_are_too_long_once_they_are_filled(self) -> None:
        self.reword(ACKNOWLEDGEMENT, "{polres}" + "a" * 1595)
        self.assertTakenInUnanswered()

    def test_no_words_at_all(self) -> None:
        self.reword(ACKNOWLEDGEMENT, "  ")
        self.assertTakenInUnanswered()


class LateTests(AnswersTestCase):
    """Understood long after it arrived: a worker that was away, an entry that was parked."""

    def arrive(self, hours: float, params: samples.Params) -> Report:
        return people.report(params, at=timezone.now() - timedelta(hours=hours))

    def test_after_the_window_it_is_read_without_acknowledgement(self) -> None:
        report = self.arrive(24.1, samples.text())
        self.assertEqual(report.unread_count, 1)
        self.assertEqual(self.answers(ACKNOWLEDGEMENT), [])

    def test_inside_the_window_it_is_acknowledged(self) -> None:
        self.arrive(23.9, samples.text())
        self.assertEqual(len(self.answers(ACKNOWLEDGEMENT)), 1)

    def test_an_sms_has_no_window(self) -> None:
        self.arrive(100, samples.sms())
        self.assertEqual(len(self.answers(ACKNOWLEDGEMENT)), 1)

    def test_a_later_word_keeps_the_window_open(self) -> None:
        people.report()
        old = self.arrive(30, samples.text("yang lama"))
        self.assertEqual(
            old.contact.free_text_until().date(), (timezone.now() + timedelta(1)).date()
        )


class RetiredNumberTests(AnswersTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.old = self.station.numbers.get(channel="whatsapp")
        self.new = ServiceNumber.objects.create(
            station=self.station, channel="whatsapp", address="+628877000999"
        )
        ServiceNumber.objects.filter(pk=self.old.pk).update(is_active=False, successor=self.new)

    def test_a_message_to_it_is_taken_in_all_the_same(self) -> None:
        report = people.report()
        self.assertEqual(report.contact.service_number, self.old)

    def test_the_citizen_is_told_the_new_number(self) -> None:
        people.report()
        (notice,) = self.answers(NEW_NUMBER)
        self.assertEqual(body_of(notice), "Nomor kami sekarang +628877000999.")
        self.assertEqual(len(self.answers(ACKNOWLEDGEMENT)), 1)

    def test_once_for_each_person(self) -> None:
        people.report()
        people.report()
        people.report(samples.text(by=JOKO))
        self.assertEqual(len(self.answers(NEW_NUMBER)), 2)

    def test_once_for_an_album(self) -> None:
        arrive(*(samples.picture() for _ in range(4)))
        self.assertEqual(len(self.answers(NEW_NUMBER)), 1)
        self.assertIsNotNone(Contact.objects.get().told_successor_at)

    def test_once_even_after_the_report_is_closed_long_since(self) -> None:
        people.report()
        self.travel(timedelta(days=30))
        people.report()
        self.assertEqual(len(self.answers(NEW_NUMBER)), 1)

    def test_whoever_writes_to_the_new_number_is_told_nothing(self) -> None:
        people.report(samples.text(To=f"whatsapp:{self.new.address}"))
        self.assertEqual(self.answers(NEW_NUMBER), [])

    def test_without_a_successor_there_is_nothing_to_tell(self) -> None:
        ServiceNumber.objects.update(successor=None)
        people.report()
        self.assertEqual(self.answers(NEW_NUMBER), [])

    def test_while_the_old_number_is_still_active_nothing_is_told(self) -> None:
        ServiceNumber.objects.filter(pk=self.old.pk).update(is_active=True)
        people.report()
        self.assertEqual(self.answers(NEW_NUMBER), [])

    def test_what_could_not_be_told_is_told_the_next_time(self) -> None:
        people.report(at=timezone.now() - timedelta(hours=25))
        self.assertEqual(self.answers(NEW_NUMBER), [])
        people.report()
        self.assertEqual(len(self.answers(NEW_NUMBER)), 1)

    def test_both_answers_go_out_in_the_order_they_were_written(self) -> None:
        people.report()
        now = timezone.now()
        first, second = Message.objects.filter(direction="outbound").in_order()
        self.assertEqual(list(Message.objects.ready_to_go(now)), [first])
        self.assertEqual(second.status, Delivery.QUEUED)
