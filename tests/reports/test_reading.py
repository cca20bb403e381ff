"""What is sealed becomes words for a person in one place; what does not open is shown as unreadable and nothing else."""

from reports import jobs, reading, triage
from reports.identity.models import DataKey
from reports.models import InboxEntry, Message, Report
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import StationTestCase, put_away
from tests.samples import JOKO, WATI


class ReadingTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.report = people.report(samples.text("Ada balap liar", by=WATI))
        self.other = people.report(samples.text("Ada tawuran", by=JOKO))
        Message.objects.filter(direction="outbound").delete()

    def texts(self, report: Report) -> list[str | None]:
        lines = reading.conversation(report, report.messages.in_order(), by=self.rina)
        return [line.text for line in lines]

    def openings(self) -> list[str | None]:
        shown = reading.openings([self.report, self.other], by=self.rina)
        return [shown[self.report.pk], shown[self.other.pk]]


class WordsTests(ReadingTestCase):
    def test_a_conversation_is_shown_in_the_order_given(self) -> None:
        people.message(samples.text("Masih ramai"))
        self.assertEqual(self.texts(self.report), ["Ada balap liar", "Masih ramai"])

    def test_what_was_not_words_is_shown_by_its_details(self) -> None:
        message = people.message(samples.named_place())
        (line,) = reading.conversation(message.report, [message], by=self.rina)
        self.assertEqual(line.text, "")
        self.assertEqual(line.details["place"]["label"], "Pasar Bunder")

    def test_first_words_of_many_reports(self) -> None:
        self.assertEqual(self.openings(), ["Ada balap liar", "Ada tawuran"])

    def test_a_report_without_words_has_empty_first_words(self) -> None:
        Report.objects.filter(pk=self.other.pk).update(opening_sealed=b"")
        self.other.refresh_from_db()
        self.assertEqual(self.openings(), ["Ada balap liar", ""])

    def test_the_closing_sentence(self) -> None:
        self.assertEqual(reading.outcome_note(self.report, by=self.rina), "")
        closed = triage.close(self.report, Outcome.ACTED, "Sudah dibubarkan.", by=self.rina)
        self.assertEqual(reading.outcome_note(closed, by=self.rina), "Sudah dibubarkan.")

    def test_it_costs_one_query_however_much_is_read(self) -> None:
        for _ in range(10):
            people.message(samples.text())
        messages = list(self.report.messages.in_order())
        with self.assertNumQueries(1):
            reading.conversation(self.report, messages, by=self.rina)
        with self.assertNumQueries(1):
            reading.openings([self.report, self.other] * 10, by=self.rina)


class UnreadableTests(ReadingTestCase):
    """Somebody changed the database by hand, or a key is gone."""

    def assertUnreadable(self, *texts: str | None) -> None:
        with self.assertLogs("reports.reading", "ERROR") as logs:
            self.assertEqual(self.texts(self.report), list(texts))
        self.assertNotIn("balap", "".join(logs.output))

    def exchange(self) -> None:
        """Write each report's words into the other's row."""
        mine, theirs = self.report.messages.get(), self.other.messages.get()
        Message.objects.filter(pk=mine.pk).update(body_sealed=bytes(theirs.body_sealed))
        Message.objects.filter(pk=theirs.pk).update(body_sealed=bytes(mine.body_sealed))

    def test_words_moved_to_another_row_are_never_shown_there(self) -> None:
        self.exchange()
        self.assertUnreadable(None)

    def test_words_moved_inside_one_report_are_not_shown_either(self) -> None:
        second = people.message(samples.text("Masih ramai"))
        first = self.report.messages.in_order()[0]
        Message.objects.filter(pk=second.pk).update(body_sealed=bytes(first.body_sealed))
        self.assertUnreadable("Ada balap liar", None)

    def test_words_moved_to_another_column(self) -> None:
        message = self.report.messages.get()
        Message.objects.update(body_sealed=bytes(message.raw_sealed))
        self.assertUnreadable(None)

    def test_one_bit_changed(self) -> None:
        message = self.report.messages.get()
        changed = bytearray(message.body_sealed)
        changed[40] ^= 1
        Message.objects.filter(pk=message.pk).update(body_sealed=bytes(changed))
        self.assertUnreadable(None)

    def test_plain_words_in_a_sealed_column_are_not_echoed(self) -> None:
        Message.objects.filter(report=self.report).update(body_sealed=b"Ada balap liar")
        self.assertUnreadable(None)

    def test_without_its_key_a_report_is_unreadable_and_the_others_are_not(self) -> None:
        DataKey.objects.filter(owner=self.report.pk).delete()
        self.assertUnreadable(None)
        self.assertEqual(self.texts(self.other), ["Ada tawuran"])
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertEqual(self.openings(), [None, "Ada tawuran"])

    def test_with_another_reports_key_too(self) -> None:
        theirs = DataKey.objects.get(owner=self.other.pk)
        DataKey.objects.filter(owner=self.report.pk).update(wrapped=bytes(theirs.wrapped))
        self.assertUnreadable(None)

    def test_exchanged_first_words_are_not_shown(self) -> None:
        sealed = bytes(self.other.opening_sealed)
        Report.objects.filter(pk=self.report.pk).update(opening_sealed=sealed)
        self.report.refresh_from_db()
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertEqual(self.openings(), [None, "Ada tawuran"])

    def test_a_broken_closing_sentence_is_not_shown(self) -> None:
        report = triage.close(self.report, Outcome.ACTED, "Selesai.", by=self.rina)
        report.outcome_note_sealed = bytes(report.opening_sealed)
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertIsNone(reading.outcome_note(report, by=self.rina))

    def test_it_is_said_in_words_that_tell_whom_to_ask(self) -> None:
        self.assertTrue(reading.unreadable())

    def test_a_new_message_to_a_report_without_key_is_kept_and_tried_again(self) -> None:
        DataKey.objects.filter(owner=self.report.pk).delete()
        put_away(samples.text("Masih ramai", by=WATI))
        put_away(samples.text("Masih ramai", by=JOKO))
        self.assertEqual(jobs.drain_inbox(seconds=None), {"message": 1, "failed": 1})
        self.assertEqual(InboxEntry.objects.unread().get().reason, "Unreadable")
