"""Notes on the page of a report, and the list of those that call somebody."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports import claims, noting, triage
from reports.models import Mention, Message, Note, Report
from reports.workflow import Outcome
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, committed_at_once, words


class WritingTests(DeskTestCase):
    def test_a_note_stands_in_the_conversation_as_what_it_is(self) -> None:
        report = self.arrive()
        response = self.act("note", report, note="Pelapor ketakutan.")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, 'class="note"', count=1)
        shown = words(response)
        self.assertIn(f"Catatan internal {self.rina}", shown)
        self.assertIn("Pelapor ketakutan.", shown)
        self.assertEqual(Message.objects.filter(author=self.rina).count(), 0)

    def test_the_form_says_that_nothing_is_sent(self) -> None:
        page = self.open(self.arrive())
        self.assertContains(page, "Catatan internal – tidak dikirim ke pelapor")
        self.assertContains(page, 'id="write-answer" value="answer" checked')

    def test_notes_and_messages_stand_in_the_order_of_time(self) -> None:
        who = samples.Citizen("Warga", "+6281277000001")
        start = timezone.now() - timedelta(hours=2)
        report = people.report(samples.text("Pertama", by=who), at=start)
        note = noting.add(report, "Kedua", by=self.rina)
        Note.objects.filter(pk=note.pk).update(at=start + timedelta(minutes=5))
        people.message(samples.text("Ketiga", by=who), at=start + timedelta(minutes=10))
        page = self.open(report)
        entries = page.context["conversation"].entries
        kinds = [entry.kind for entry in entries if entry.kind in {"message", "note"}]
        self.assertEqual([kind for kind in kinds if kind == "note"], ["note"])
        text = page.text
        at = [text.index(f">{said}<") for said in ("Pertama", "Kedua", "Ketiga")]
        self.assertEqual(at, sorted(at))

    def test_what_is_said_beside_the_conversation_is_not_said_in_it_too(self) -> None:
        report = self.arrive()
        noting.add(report, "Catatan", by=self.rina)
        page = self.open(report)
        wrote = f"{self.rina} menulis catatan"
        self.assertIn(wrote, [happening.words for happening in page.context["timeline"]])
        conversation = page.text.split('id="conversation"')[1].split("</ol>")[0]
        self.assertNotIn(wrote, conversation)

    def test_a_report_of_another_and_a_closed_one_can_be_noted(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        self.assertEqual(self.act("note", report, note="Satu").status_code, 200)
        triage.close(report, Outcome.ACTED, "Selesai.", by=self.bambang)
        self.assertEqual(self.act("note", report, note="Dua").status_code, 200)
        self.assertEqual(report.notes.count(), 2)

    def test_an_empty_or_endless_note_is_shown_again_with_the_reason(self) -> None:
        report = self.arrive()
        empty = self.act("note", report, note="  ")
        self.assertContains(empty, "Catatan masih kosong.", status_code=422)
        self.assertContains(empty, 'id="write-note" value="note" checked', status_code=422)
        long = self.act("note", report, note="x" * (noting.TEXT_LIMIT + 1))
        self.assertContains(long, "x" * (noting.TEXT_LIMIT + 1), status_code=422)

    def test_without_scripts_it_leads_back_to_the_report(self) -> None:
        report = self.arrive()
        response = self.act("note", report, htmx=False, note="Catatan")
        self.assertRedirects(response, f"{report.get_absolute_url()}?view=station")

    def test_a_note_is_no_markup(self) -> None:
        report = self.arrive()
        noting.add(report, "<b>@bambang</b> & <script>", by=self.rina)
        page = self.open(report)
        self.assertContains(
            page, '&lt;b&gt;<b class="call">@bambang</b>&lt;/b&gt; &amp; &lt;script'
        )

    def test_words_that_do_not_open_are_said_to_be_unreadable(self) -> None:
        report = self.arrive()
        noting.add(report, "Catatan", by=self.rina)
        Note.objects.update(body_sealed=b"\x00\x01broken")
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertContains(self.open(report), 'class="note-text is-missing"')


class CallingTests(DeskTestCase):
    def mentions(self) -> str:
        return words(self.client.get(reverse("desk:mentions")))

    def test_those_who_may_be_called_come_with_the_page(self) -> None:
        people.operator(people.station("lain", "LAN"), username="tetangga")
        page = self.open(self.arrive())
        self.assertContains(page, 'data-username="bambang"', count=1)
        self.assertNotContains(page, 'data-username="tetangga"')
        self.assertNotContains(page, 'data-username="rina"')

    def test_a_call_is_counted_on_the_rail_and_listed_until_the_report_is_opened(self) -> None:
        report = self.arrive()
        noting.add(report, "@rina tolong cek", by=self.bambang)
        self.assertContains(self.queue(), 'data-count="mentions">1<')
        self.assertIn(f"Baru {report.number}", self.mentions())
        self.assertIn("@rina tolong cek", self.mentions())
        self.assertIn(str(self.bambang), self.mentions())
        self.open(report)
        self.assertContains(self.queue(), 'data-count="mentions">0<')
        self.assertNotIn(f"Baru {report.number}", self.mentions())
        self.assertIn(report.number, self.mentions())

    def test_the_feed_tells_the_count(self) -> None:
        with committed_at_once():
            report, before = self.arrive(), self.cursor()
            noting.add(report, "@rina", by=self.bambang)
            self.assertContains(self.feed(before), '<li data-tab="mentions">1</li>')

    def test_the_unseen_stand_first_and_then_the_latest(self) -> None:
        old, middle, new = (self.arrive() for _ in range(3))
        for hours, report in ((3, old), (2, middle), (1, new)):
            note = noting.add(report, "@rina", by=self.bambang)
            Note.objects.filter(pk=note.pk).update(at=timezone.now() - timedelta(hours=hours))
        for report in (middle, new):
            noting.see(report, by=self.rina)
        response = self.client.get(reverse("desk:mentions"))
        listed = [call.report for call in response.context["calls"]]
        self.assertEqual(listed, [old, new, middle])

    def test_nobody_called_says_why_it_is_empty(self) -> None:
        self.assertIn("Belum ada yang menyebut Anda", self.mentions())

    def test_a_report_that_may_not_be_seen_any_more_is_not_listed(self) -> None:
        report = self.arrive()
        noting.add(report, "@rina rahasia", by=self.bambang)
        Report.objects.update(category=people.category("anggota-polri", reserved_for="propam"))
        self.assertNotIn(report.number, self.mentions())
        self.assertNotIn("rahasia", self.mentions())
        self.assertContains(self.queue(), 'data-count="mentions">0<')

    def test_opening_by_another_leaves_it_unseen(self) -> None:
        report = self.arrive()
        noting.add(report, "@bambang", by=self.rina)
        self.open(report)
        self.assertIsNone(Mention.objects.get().seen_at)

    def test_twenty_calls_cost_no_more_queries_than_one(self) -> None:
        noting.add(self.arrive(), "@rina", by=self.bambang)
        costs = self.cost_of(reverse("desk:mentions"))
        for _ in range(19):
            noting.add(self.arrive(), "@rina", by=self.bambang)
        with self.assertNumQueries(costs):
            self.client.get(reverse("desk:mentions"))

    def test_twenty_notes_cost_no_more_queries_than_one(self) -> None:
        report = self.arrive()
        noting.add(report, "Tanya @bambang", by=self.rina)
        costs = self.cost_of(report.get_absolute_url())
        for _ in range(19):
            noting.add(report, "Tanya @bambang", by=self.rina)
        with self.assertNumQueries(costs):
            self.open(report)

    def cost_of(self, path: str) -> int:
        self.client.get(path)
        with CaptureQueriesContext(connection) as asked:
            self.client.get(path)
        return len(asked)
