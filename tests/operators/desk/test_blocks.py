"""The pages of blocks: to confirm, in force with objections first, ended; one with its evidence and what is kept."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.utils import timezone

from operators.desk import blocks
from operators.models import Operator
from operators.permissions import Role
from reports import blocking
from reports.models import Block, KeptMessage, Report
from tests import people, samples
from tests.reports.blocking.cases import BECAUSE, PRANK, LadderTestCase
from tests.samples import JOKO, Citizen

WHY = "Pelapor sudah menjelaskan."
PAGE = "/desk/blocks/"


class BlocksTestCase(LadderTestCase):
    def get(self, path: str = PAGE, *, by: Operator | None = None) -> str:
        self.client.force_login(by or self.pamapta)
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def post(self, path: str, *, by: Operator | None = None, **given: object) -> int:
        self.client.force_login(by or self.pamapta)
        self.answer = self.client.post(path, given)
        return self.answer.status_code

    def of(self, block: Block, verb: str = "") -> str:
        return f"{PAGE}{block.pk}/{verb}"

    def blocked_too(self, by: Citizen) -> Block:
        """Another one, in the same way."""
        first = self.warn(self.prank(by=by))
        self.later()
        self.reaches(first.warning)
        self.later()
        second = self.prank("haha iseng aja pak gabut", by=by)
        self.warn(second)
        asked = blocking.ask_block(second, BECAUSE, by=self.rina)
        return blocking.confirm(asked, 90, by=self.pamapta)


class ListTests(BlocksTestCase):
    def test_empty_it_says_so(self) -> None:
        page = self.get()
        for words in ("Tidak ada yang menunggu keputusan", "Tidak ada yang diblokir"):
            self.assertIn(words, page)

    def test_what_is_asked_for_is_to_confirm(self) -> None:
        block = self.asked()
        page = self.get()
        self.assertIn(self.of(block), page)
        self.assertIn(block.reporter.alias, page)

    def test_who_objects_stands_first(self) -> None:
        quiet, loud = self.blocked(days=90), self.blocked_too(JOKO)
        Block.objects.filter(pk=quiet.pk).update(appealed_at=timezone.now())
        page = self.get()
        self.assertLess(page.index(self.of(quiet)), page.index(self.of(loud)))
        Block.objects.update(appealed_at=None)
        page = self.get()
        self.assertLess(page.index(self.of(loud)), page.index(self.of(quiet)))

    def test_unread_ones_are_counted(self) -> None:
        block = self.blocked()
        self.writes(samples.text("halo"))
        self.writes(samples.text("halo lagi"))
        self.assertIn("2 belum dibaca", self.get())
        self.get(self.of(block))
        self.assertNotIn("belum dibaca", self.get())

    def test_what_has_ended_by_itself_is_ended(self) -> None:
        self.blocked(days=7)
        self.later(days=8)
        page = self.get()
        self.assertIn("Tidak ada yang diblokir", page)
        self.assertIn("selesai sejak", page)

    def test_the_month_counts_blocks_objections_and_wrong_ones(self) -> None:
        block = self.blocked()
        self.writes(samples.text("KEBERATAN"))
        blocking.lift(block, True, WHY, by=self.pamapta)
        self.blocked_too(JOKO)
        months = blocks._months(self.pamapta)
        self.assertEqual(sum(m.number for m in months), 2)
        (of_wrong,) = [m for m in months if m.wrong]
        self.assertEqual((of_wrong.appeals, of_wrong.lifted, of_wrong.wrong), (1, 1, 1))
        self.assertIn("keliru", self.get())

    def test_the_neighbours_are_not_among_them(self) -> None:
        block = self.blocked()
        other = people.operator(people.station("lain", "LAN"), Role.PAMAPTA, username="jauh")
        page = self.get(by=other)
        self.assertNotIn(str(block.pk), page)
        self.assertNotIn(block.reporter.alias, page)

    def test_more_of_them_cost_no_more_queries(self) -> None:
        self.blocked(days=90)
        self.client.force_login(self.pamapta)
        self.client.get(PAGE)
        with self.assertNumQueries(QUERIES):
            self.client.get(PAGE)
        self.blocked_too(JOKO)
        # The first session is over by now.
        self.client.force_login(self.pamapta)
        self.client.get(PAGE)
        with self.assertNumQueries(QUERIES):
            self.client.get(PAGE)


QUERIES = 11
"""Session and account, three lists, the months, and the frame of every page."""


class RailTests(BlocksTestCase):
    def waiting(self, by: Operator) -> int:
        return blocks.waiting(by)

    def test_it_counts_what_the_pamapta_is_asked_for(self) -> None:
        self.asked()
        self.assertEqual((self.waiting(self.pamapta), self.waiting(self.rina)), (1, 0))

    def test_it_counts_blocks_under_which_something_is_unread(self) -> None:
        block = self.blocked()
        self.assertEqual(self.waiting(self.rina), 0)
        self.writes(samples.text("halo"))
        self.writes(samples.text("halo lagi"))
        self.assertEqual((self.waiting(self.pamapta), self.waiting(self.rina)), (1, 1))
        self.get(self.of(block))
        self.assertEqual(self.waiting(self.rina), 0)

    def test_it_stands_on_every_page_of_the_desk(self) -> None:
        self.asked()
        self.assertInHTML(
            '<span class="rail-count" data-count="blocks">1</span>', self.get("/desk/")
        )


class DetailTests(BlocksTestCase):
    def test_it_shows_reports_reminders_and_words(self) -> None:
        block = self.asked()
        page = self.get(self.of(block))
        for words in (block.report.number, BECAUSE, "Pengingat sampai", "Mengaku hanya iseng."):
            self.assertIn(words, page)

    def test_what_is_kept_stands_there_and_counts_as_read_then(self) -> None:
        block = self.blocked()
        self.writes(samples.text("halo <b>pak</b>"))
        page = self.get(self.of(block), by=self.rina)
        self.assertIn("halo &lt;b&gt;pak&lt;/b&gt;", page)
        self.assertIn("Baru", page)
        self.assertIsNotNone(KeptMessage.objects.get().seen_at)

    def test_whoever_asked_is_offered_no_confirmation(self) -> None:
        block = blocking.ask_block(self.again(), BECAUSE, by=self.pamapta)
        page = self.get(self.of(block))
        self.assertNotIn(self.of(block, "confirm/"), page)
        self.assertIn(self.of(block, "refuse/"), page)

    def test_an_operator_decides_nothing(self) -> None:
        page = self.get(self.of(self.asked()), by=self.rina)
        for verb in ("confirm/", "refuse/", "lift/"):
            self.assertNotIn(verb, page)

    def test_what_is_still_open_is_named(self) -> None:
        block = self.blocked()
        self.writes(samples.place())
        report = Report.objects.get(is_life_line=True)
        self.assertIn(report.number, self.get(self.of(block)))

    def test_another_stations_is_not_there(self) -> None:
        block = self.asked()
        other = people.operator(people.station("lain", "LAN"), Role.PAMAPTA, username="jauh")
        self.client.force_login(other)
        self.assertEqual(self.client.get(self.of(block)).status_code, 404)
        for verb in ("confirm/", "refuse/", "lift/"):
            given = {"days": 7, "note": WHY}
            self.assertEqual(self.client.post(self.of(block, verb), given).status_code, 404)


class DecideTests(BlocksTestCase):
    def test_confirming_blocks_and_says_that_the_reporter_is_told(self) -> None:
        block = self.asked()
        self.assertEqual(self.post(self.of(block, "confirm/"), days=30), 302)
        self.assertTrue(Block.objects.in_force(timezone.now()).exists())
        (told,) = get_messages(self.answer.wsgi_request)
        self.assertIn("diberi tahu", str(told))

    def test_without_a_length_the_page_comes_again(self) -> None:
        block = self.asked()
        for days in ("", "8", "satu"):
            with self.subTest(days=days):
                self.assertEqual(self.post(self.of(block, "confirm/"), days=days), 422)
                self.assertIn("Pilih lamanya", self.answer.content.decode())

    def test_a_refusal_of_the_verb_is_said_in_words(self) -> None:
        block = blocking.ask_block(self.again(), BECAUSE, by=self.pamapta)
        self.assertEqual(self.post(self.of(block, "confirm/"), days=7), 409)
        self.assertIn("orang lain", self.answer.content.decode())

    def test_refusing_needs_a_sentence_and_keeps_it(self) -> None:
        block = self.asked()
        self.assertEqual(self.post(self.of(block, "refuse/"), note=""), 422)
        self.assertEqual(self.post(self.of(block, "refuse/"), note=WHY), 302)
        self.assertIn(WHY, self.get(self.of(block)))

    def test_lifting_as_wrong(self) -> None:
        block = self.blocked()
        self.assertEqual(self.post(self.of(block, "lift/"), note="", was_wrong="on"), 422)
        self.assertEqual(self.post(self.of(block, "lift/"), note=WHY, was_wrong="on"), 302)
        self.assertTrue(Block.objects.get().was_wrong)
        self.assertEqual(self.post(self.of(block, "lift/"), note=WHY), 409)

    def test_one_that_has_ended_can_still_be_called_wrong(self) -> None:
        block = self.blocked(days=7)
        self.travel(timedelta(days=8))
        self.assertIn(self.of(block, "lift/"), self.get(self.of(block)))
        self.assertEqual(self.post(self.of(block, "lift/"), note=WHY, was_wrong="on"), 302)

    def test_a_kept_message_becomes_a_report_and_is_opened(self) -> None:
        self.blocked()
        kept = self.writes(samples.text("motor saya hilang"))
        path = f"{PAGE}kept/{kept.pk}/take_in/"
        self.assertEqual(self.post(path, by=self.rina), 302)
        report = Report.objects.open().get()
        self.assertEqual(self.answer["Location"], report.get_absolute_url())
        self.assertEqual(self.post(path, by=self.rina), 409)
        self.assertIn("sudah dijadikan laporan", self.answer.content.decode())


class LifeLineViewTests(BlocksTestCase):
    def test_it_has_a_view_of_its_own_and_a_mark_on_its_row(self) -> None:
        self.blocked()
        people.report(samples.text("ada tawuran", by=JOKO))
        self.writes(samples.place())
        page = self.get("/desk/?view=life_line", by=self.rina)
        (report,) = Report.objects.filter(is_life_line=True)
        self.assertIn(report.number, page)
        self.assertEqual(page.count('class="row-life-line"'), 1)
        self.assertEqual(page.count('data-key="'), 1)

    def test_others_have_no_mark(self) -> None:
        people.report(samples.text(PRANK, by=JOKO))
        self.assertNotIn("row-life-line", self.get("/desk/", by=self.rina))
