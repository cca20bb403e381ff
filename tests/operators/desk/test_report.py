"""The page of one report: what it shows, and what the desk's forms do and refuse."""

from datetime import timedelta
from unittest import mock

from operators.desk import facts
from reports import claims, triage
from reports.models import Message, Report
from reports.workflow import Outcome, Status
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words


class ReadingTests(DeskTestCase):
    def test_another_stations_report_does_not_exist(self) -> None:
        report = self.arrive()
        self.client.force_login(people.operator(people.station("lain", "LAN"), username="dian"))
        self.assertEqual(self.open(report).status_code, 404)
        self.assertEqual(
            self.client.get(f"{report.get_absolute_url()}conversation/").status_code, 404
        )
        for verb in ("claim", "reply", "close"):
            with self.subTest(verb):
                self.assertEqual(self.act(verb, report).status_code, 404)

    def test_a_reserved_report_does_not_exist(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        self.assertEqual(self.open(self.arrive(category=secret)).status_code, 404)

    def test_nothing_on_the_page_tells_who_the_reporter_is(self) -> None:
        report = people.report(samples.text(by=samples.WATI))
        for page in (self.open(report), self.queue()):
            self.assertNotIn("Wati", page.text)
            self.assertNotIn(samples.WATI.phone[3:], page.text)
        self.assertIn(report.reporter.alias, self.open(report).text)

    def test_the_title_names_the_number_only(self) -> None:
        report = self.arrive()
        self.assertIn(f"<title>{report.number} · polreswa</title>", self.open(report).text)

    def test_the_queue_stands_beside_it(self) -> None:
        report, other = self.arrive(), self.arrive()
        page = self.open(report, view="new")
        self.assertEqual([row.report for row in page.context["queue"].rows], [report, other])
        self.assertIn('aria-current="true"', page.text)

    def test_the_page_can_ask_for_the_report_alone(self) -> None:
        report = self.arrive()
        part = self.client.get(report.get_absolute_url(), headers={"HX-Request": "true"})
        self.assertIn('id="work"', part.text)
        self.assertNotIn('id="queue"', part.text)

    def test_going_back_in_the_browser_gets_the_whole_page(self) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        page = self.client.get(self.arrive().get_absolute_url(), headers=headers)
        self.assertIn('id="queue"', page.text)

    def test_opening_it_reads_it_for_its_holder(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.rina)
        self.open(report)
        report.refresh_from_db()
        self.assertEqual(report.unread_count, 0)

    def test_opening_it_leaves_it_unread_for_its_holder(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        self.open(report)
        report.refresh_from_db()
        self.assertEqual(report.unread_count, 1)

    def test_the_reporters_earlier_reports_are_counted_by_outcome(self) -> None:
        for outcome in (Outcome.NOT_FOUND, Outcome.NOT_FOUND, Outcome.PRANK):
            triage.close(people.report(samples.text()), outcome, "Selesai.", by=self.rina)
            self.travel(timedelta(days=2))
        self.client.force_login(self.rina)
        report = people.report(samples.text())
        # One who writes often is counted by the database, and the page says the same.
        for counted_one_by_one in (facts.EARLIER, 1):
            with mock.patch.object(facts, "EARLIER", counted_one_by_one):
                shown = words(self.open(report))
            self.assertIn("3 laporan lain: 2 zonk: tidak ditemukan, 1 iseng", shown)

    def test_the_page_costs_the_same_for_one_message_and_for_fifty(self) -> None:
        report = people.report(samples.picture("Lihat"))
        claims.claim(report, by=self.rina)
        self.open(report)
        with self.assertNumQueries(27):
            self.open(report)
        for _ in range(49):
            people.message(samples.picture("Lagi"))
        self.open(report)
        with self.assertNumQueries(27):
            self.open(report)


class ClaimTests(DeskTestCase):
    def test_it_is_mine_then(self) -> None:
        report = self.arrive()
        answer = self.act("claim", report)
        self.assertEqual(answer.status_code, 200)
        report.refresh_from_db()
        self.assertEqual((report.holder, report.status), (self.rina, Status.TRIAGE))
        self.assertIn("Anda pegang", words(answer))

    def test_the_second_is_told_who_won(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        answer = self.act("claim", report)
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Laporan ini dipegang Bambang Sutrisno.", words(answer))

    def test_without_scripts_the_page_comes_again(self) -> None:
        report = self.arrive()
        answer = self.client.post(f"{report.get_absolute_url()}claim/?view=new")
        self.assertRedirects(answer, f"{report.get_absolute_url()}?view=new")

    def test_without_scripts_a_refusal_is_a_whole_page(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        answer = self.act("claim", report, htmx=False)
        self.assertEqual(answer.status_code, 409)
        self.assertIn('id="queue"', answer.text)
        self.assertIn("Bambang Sutrisno", answer.text)


class ReplyTests(DeskTestCase):
    def answers(self, report: Report) -> list[Message]:
        return list(report.messages.filter(author__isnull=False))

    def test_it_is_queued_and_claims_the_report(self) -> None:
        report = self.arrive()
        answer = self.act("reply", report, text="Petugas menuju lokasi.")
        self.assertEqual(answer.status_code, 200)
        report.refresh_from_db()
        self.assertEqual(report.holder, self.rina)
        self.assertEqual([message.status for message in self.answers(report)], ["queued"])
        self.assertIn("Petugas menuju lokasi.", words(answer))
        self.assertIn("antre", words(answer))

    def test_an_empty_answer_is_refused(self) -> None:
        report = self.arrive()
        for nothing in ("", "   \n "):
            with self.subTest(nothing):
                answer = self.act("reply", report, text=nothing)
                self.assertIn(answer.status_code, (409, 422))
                self.assertIn("Balasan masih kosong.", words(answer))
        self.assertEqual(self.answers(report), [])

    def test_one_that_is_too_long_is_refused_and_kept(self) -> None:
        report = self.arrive()
        answer = self.act("reply", report, text="a" * 1601)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Balasan berisi 1601 huruf", words(answer))
        self.assertIn("a" * 1601, answer.text)

    def test_the_end_of_a_line_counts_as_one_character(self) -> None:
        report = self.arrive()
        text = "a" * 799 + "\r\n" + "b" * 800
        self.assertEqual(self.act("reply", report, text=text).status_code, 200)
        self.assertIn("a" * 799 + "\n" + "b" * 800, self.open(report).text)

    def test_a_refused_answer_is_kept(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        answer = self.act("reply", report, text="Kami <segera> ke sana\n\nTunggu ya")
        self.assertEqual(answer.status_code, 409)
        shown = words(answer)
        self.assertIn("Laporan ini dipegang Bambang Sutrisno.", shown)
        self.assertIn("Tulisan Anda masih ada.", shown)
        self.assertIn("Kami &lt;segera&gt; ke sana\n\nTunggu ya</textarea>", answer.text)
        self.assertEqual(self.answers(report), [])

    def test_outside_the_24_hours_nothing_is_sent_and_the_words_are_kept(self) -> None:
        report = self.arrive(minutes_ago=24 * 60 + 1)
        answer = self.act("reply", report, text="Terlambat")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("WhatsApp tidak menerima teks bebas lagi", words(answer))
        self.assertIn("Terlambat</textarea>", answer.text)
        self.assertEqual(self.answers(report), [])


class ComposerTests(DeskTestCase):
    def test_it_says_where_the_words_go(self) -> None:
        shown = words(self.open(self.arrive()))
        self.assertIn("Dikirim ke pelapor lewat WhatsApp", shown)
        self.assertIn("sisa 23 j 59 mnt", shown)

    def test_an_sms_has_no_end_of_time(self) -> None:
        page = self.open(people.report(samples.sms()))
        self.assertIn("Dikirim ke pelapor lewat SMS", words(page))
        self.assertNotIn("window-left", page.text)

    def test_it_is_shut_with_the_reason_when_the_window_is_over(self) -> None:
        self.station.numbers.filter(channel="sms").update(is_active=False)
        page = self.open(self.arrive(minutes_ago=24 * 60 + 1))
        self.assertIn("Begitu pelapor menulis lagi, Anda dapat membalas.", words(page))
        self.assertIn('data-may-reply="no"', page.text)

    def test_it_is_shut_with_the_reason_when_another_holds_the_report(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        page = self.open(report)
        self.assertIn("Laporan ini dipegang dan dibalas oleh Bambang Sutrisno.", words(page))
        self.assertIn('data-may-reply="no"', page.text)


class CloseTests(DeskTestCase):
    def test_it_needs_an_outcome_and_a_sentence(self) -> None:
        report = self.arrive()
        for form, missing in (
            ({"note": "Sudah dicek."}, "Pilih hasilnya."),
            ({"outcome": "answered"}, "Tulis satu kalimat"),
            ({"outcome": "answered", "note": "  "}, "Tulis satu kalimat"),
            ({"outcome": "won", "note": "x"}, "Pilih hasilnya."),
        ):
            with self.subTest(form):
                answer = self.act("close", report, **form)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(missing, words(answer))
                self.assertIn('<details class="closing" id="closing" open>', answer.text)
        report.refresh_from_db()
        self.assertTrue(report.is_open)

    def test_what_was_filled_in_is_kept(self) -> None:
        answer = self.act("close", self.arrive(), outcome="", note="Nihil, sudah dicek")
        self.assertIn("Nihil, sudah dicek</textarea>", answer.text)

    def test_the_outcome_and_the_sentence_stand_on_the_page(self) -> None:
        report = self.arrive()
        answer = self.act("close", report, outcome="not_found", note="Patroli: nihil.")
        shown = words(answer)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Selesai: zonk: tidak ditemukan.", shown)
        self.assertIn("Patroli: nihil.", shown)
        self.assertNotIn(report.number, self.rows())

    def test_another_holders_report_is_refused_and_the_sentence_kept(self) -> None:
        report = self.arrive()
        claims.claim(report, by=self.bambang)
        answer = self.act("close", report, outcome="prank", note="Bercanda.")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Bercanda.</textarea>", answer.text)
        self.assertIn('value="prank" selected', answer.text)

    def test_twice_is_refused_in_words(self) -> None:
        report = self.arrive()
        self.act("close", report, outcome="prank", note="Bercanda.")
        answer = self.act("close", report, outcome="prank", note="Bercanda.")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Laporan ini sudah selesai.", words(answer))

    def test_a_closed_report_can_still_be_answered(self) -> None:
        report = self.arrive()
        triage.close(report, Outcome.ANSWERED, "Dijawab.", by=self.bambang)
        page = self.open(report)
        self.assertIn("laporan tetap selesai", words(page))
        self.assertEqual(self.act("reply", report, text="Sama-sama").status_code, 200)
