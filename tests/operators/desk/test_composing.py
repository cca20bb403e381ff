"""Writing to the reporter: canned replies, questions, the seconds to think again, templates and SMS, failures."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from reports import delivery, drafts, jobs
from reports.enrichment import surroundings
from reports.models import Draft, Message, ReplyTemplate, Report
from reports.models.message import Delivery
from reports.workflow import Status
from tests import people
from tests.operators.desk.cases import DeskTestCase, words
from tests.reports.cases import body_of
from tests.reports.gateways import Provider

DAY = 24 * 60
SID = f"HX{'a' * 32}"


class ComposingTestCase(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.now = self.travel(timezone.now())

    def add(self, key: str, text: str, **fields: object) -> ReplyTemplate:
        return ReplyTemplate.objects.create(station=self.station, key=key, text=text, **fields)

    def answers(self, report: Report) -> list[Message]:
        return list(report.messages.filter(author__isnull=False).order_by("at"))

    def act_on(self, verb: str, message: Message, htmx: bool = True) -> HttpResponse:
        path = reverse(f"desk:{verb}", args=[message.report.number, message.pk])
        headers = {"HX-Request": "true", "HX-Target": "work"} if htmx else {}
        return self.client.post(path, headers=headers)


class CannedTests(ComposingTestCase):
    def words_of(self, report: Report, **query: str) -> HttpResponse:
        return self.client.get(reverse("desk:words", args=[report.number]), query)

    def test_they_come_filled_in_for_this_report(self) -> None:
        report = self.arrive()
        self.add("diteruskan", "Laporan {nomor_laporan} diteruskan {nama_petugas}.", title="Lanjut")
        shown = words(self.words_of(report))
        self.assertIn(f"Lanjut Laporan {report.number} diteruskan Contoh Rina.", shown)

    def test_what_is_missing_is_marked(self) -> None:
        self.add("menuju", "Petugas ke {tempat}.", title="Menuju")
        page = self.words_of(self.arrive())
        self.assertIn('data-text="Petugas ke {tempat}."', page.text)
        self.assertIn("canned-missing", page.text)

    def test_a_question_says_what_it_asks(self) -> None:
        self.add("ask_place", "Di mana?")
        self.assertIn('data-asks="place"', self.words_of(self.arrive()).text)

    def test_they_can_be_sought(self) -> None:
        self.add("satu", "Petugas menuju lokasi.", title="Menuju")
        self.add("dua", "Terima kasih.", title="Selesai")
        report = self.arrive()
        for sought, found in (("MENUJU", "satu"), ("terima", "dua")):
            shown = self.words_of(report, q=sought).context["words"]
            self.assertEqual([each.template.key for each in shown], [found])

    def test_another_stations_report_has_none(self) -> None:
        report = self.arrive()
        self.client.force_login(people.operator(people.station("lain", "LAN"), username="dian"))
        self.assertEqual(self.words_of(report).status_code, 404)

    def test_the_answer_to_a_question_stands_first(self) -> None:
        group = people.category("layanan")
        people.category("skck", parent=group, keywords=["skck"])
        surroundings.forget()
        self.addCleanup(surroundings.forget)
        self.add("a", "Baik.", position=0)
        self.add("skck", "Bawa KTP dan KK.", categories=["skck"], position=9)
        report = self.arrive("syarat bikin skck apa saja pak")
        jobs.enrich()
        shown = self.words_of(report).context["words"]
        self.assertEqual([each.template.key for each in shown], ["skck", "a"])

    def test_any_number_of_them_costs_the_same(self) -> None:
        report = self.arrive()
        self.words_of(report)
        counts = []
        for number in (1, 9):
            for n in range(number):
                self.add(f"k{number}-{n}", "Baik.")
            with self.assertNumQueries(5):
                counts.append(len(self.words_of(report).context["words"]))
        self.assertEqual(counts, [1, 10])

    def test_a_variable_that_is_not_filled_in_stops_the_sending_and_is_kept(self) -> None:
        report = self.arrive()
        answer = self.act("reply", report, text="Petugas ke {tempat}.")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("“{tempat}” belum diisi", words(answer))
        self.assertIn("Petugas ke {tempat}.</textarea>", answer.text)
        self.assertEqual(self.answers(report), [])

    def test_a_question_that_was_chosen_stops_the_clocks(self) -> None:
        report = self.arrive()
        self.act("reply", report, text="Di mana, Bu?", asks="place")
        report.refresh_from_db()
        self.assertEqual(report.status, Status.WAITING)
        self.assertEqual(body_of(self.answers(report)[0]), "Di mana, Bu?")


class UndoTests(ComposingTestCase):
    def replied(self, text: str = "Petugas menuju lokasi.") -> tuple[Report, HttpResponse]:
        report = self.arrive()
        return report, self.act("reply", report, text=text)

    def test_an_answer_waits_and_says_for_how_long(self) -> None:
        report, page = self.replied()
        (message,) = self.answers(report)
        self.assertEqual(message.due_at, self.now + settings.UNDO_WITHIN)
        self.assertIn("Terkirim dalam 10 dtk", words(page))
        self.assertIn(reverse("desk:withdraw", args=[report.number, message.pk]), page.text)

    def test_once_it_is_due_it_can_no_longer_be_withdrawn(self) -> None:
        report, _ = self.replied()
        self.travel(settings.UNDO_WITHIN)
        self.assertNotIn("/withdraw/", self.open(report).text)

    def test_withdrawn_the_words_lie_in_the_composer_again(self) -> None:
        report, _ = self.replied("Petugas <menuju> lokasi.")
        page = self.act_on("withdraw", self.answers(report)[0])
        self.assertEqual(page.status_code, 200)
        self.assertIn("Petugas &lt;menuju&gt; lokasi.</textarea>", page.text)
        self.assertIn("is-withdrawn", page.text)
        self.assertEqual(self.answers(report)[0].status, Delivery.CANCELLED)
        self.assertIn("Petugas &lt;menuju&gt; lokasi.</textarea>", self.open(report).text)

    def test_what_was_begun_since_stays_behind_them(self) -> None:
        report, _ = self.replied("Satu.")
        drafts.keep(report, Draft.Kind.ANSWER, "Dua.", by=self.rina)
        page = self.act_on("withdraw", self.answers(report)[0])
        self.assertIn("Satu.\n\nDua.</textarea>", page.text)

    def test_without_scripts_too(self) -> None:
        report, _ = self.replied("Satu.")
        self.act_on("withdraw", self.answers(report)[0], htmx=False)
        self.assertIn("Satu.</textarea>", self.open(report).text)

    def test_too_late_it_says_so(self) -> None:
        report, _ = self.replied()
        self.travel(settings.UNDO_WITHIN)
        (message,) = self.answers(report)
        # What was said by itself at the same instant has gone.
        report.messages.filter(author=None, direction="outbound").delete()
        delivery.deliver(str(message.pk), via=Provider())
        page = self.act_on("withdraw", message)
        self.assertEqual(page.status_code, 409)
        self.assertIn("Pesan sudah telanjur berangkat", words(page))

    def test_another_reports_message_is_not_there(self) -> None:
        report, _ = self.replied()
        message = self.answers(report)[0]
        other = self.arrive()
        path = reverse("desk:withdraw", args=[other.number, message.pk])
        self.assertEqual(self.client.post(path).status_code, 404)


class AskTests(ComposingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.add("ask_place", "Mohon kirim lokasi.")
        self.report = self.arrive()

    def test_one_press_asks_for_the_place(self) -> None:
        page = self.act("ask", self.report, ask="place")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Mohon kirim lokasi.", words(page))
        self.report.refresh_from_db()
        self.assertEqual(self.report.status, Status.WAITING)

    def test_it_can_be_withdrawn_like_an_answer(self) -> None:
        self.act("ask", self.report, ask="place")
        (message,) = self.answers(self.report)
        self.assertEqual(message.due_at, self.now + settings.UNDO_WITHIN)

    def test_in_some_hours_it_stands_where_it_will_go_out(self) -> None:
        page = self.act("ask", self.report, ask="place 3")
        (message,) = self.answers(self.report)
        self.assertEqual(message.at, self.now + timedelta(hours=3))
        self.assertIn("is-planned", page.text)
        self.assertIn("kecuali pelapor menulis lebih dulu", words(page))

    def test_what_would_be_after_the_window_is_not_offered(self) -> None:
        page = self.open(self.arrive(minutes_ago=20 * 60))
        later = [each.is_open for each in page.context["ways"].asking.questions[0].later]
        self.assertEqual(later, [True, True, False])

    def test_nonsense_is_refused_and_sends_nothing(self) -> None:
        for ask in ("", "shoe-size", "place 99", "place -1"):
            with self.subTest(ask=ask):
                self.assertEqual(self.act("ask", self.report, ask=ask).status_code, 422)
        self.assertEqual(self.answers(self.report), [])

    def test_what_has_changed_since_is_read_first(self) -> None:
        page = self.act("ask", self.report, ask="place", seen=self.report.version)
        self.assertEqual(page.status_code, 200)
        page = self.act("ask", self.report, ask="place", seen=self.report.version)
        self.assertEqual(page.status_code, 409)
