"""What stands beside a suggestion: the answer to a question, reports of the same incident; what it all costs."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import claims, triage
from reports.models import Area, ReplyTemplate
from reports.models.finding import Enricher
from reports.workflow import Outcome
from tests import people, samples
from tests.operators.desk.cases import words
from tests.operators.desk.test_hints import HintsTestCase
from tests.reports.test_describing import village


class AnswerTests(HintsTestCase):
    def setUp(self) -> None:
        super().setUp()
        for position, (key, title) in enumerate((("sim", "Syarat SIM"), ("skck", "Syarat SKCK"))):
            ReplyTemplate.objects.create(
                station=self.station, key=key, title=title, text=f"{title}: KTP.", position=position
            )

    def test_a_question_has_its_answer_before_the_composer_and_first_in_the_list(self) -> None:
        self.suggest(Enricher.KIND, {"kind": "pertanyaan", "template_key": "skck"})
        page = self.open(self.report)
        self.assertIn('data-answers="Syarat SKCK: KTP."', page.text)
        self.assertIn('data-shortcut="Shift+E"', page.text)
        listed = self.client.get(reverse("desk:words", args=[self.report.number]))
        self.assertLess(listed.text.index("Syarat SKCK"), listed.text.index("Syarat SIM"))

    def test_once_answered_nothing_is_suggested(self) -> None:
        self.suggest(Enricher.KIND, {"kind": "pertanyaan", "template_key": "skck"})
        triage.reply(self.report, "Silakan datang.", by=self.rina)
        self.assertNotIn("data-answers", self.open(self.report).text)

    def test_an_answer_that_the_station_has_put_away_is_not_suggested(self) -> None:
        ReplyTemplate.objects.update(is_active=False)
        self.suggest(Enricher.KIND, {"kind": "pertanyaan", "template_key": "skck"})
        self.assertNotIn("data-answers", self.open(self.report).text)

    def test_who_may_not_answer_now_is_offered_none(self) -> None:
        claims.claim(self.report, by=self.bambang)
        self.suggest(Enricher.KIND, {"kind": "pertanyaan", "template_key": "skck"})
        self.assertNotIn("data-answers", self.open(self.report).text)


class AlikeTests(HintsTestCase):
    def test_others_stand_with_number_facts_and_first_words(self) -> None:
        laka = people.category("laka", label="Laka lantas")
        area = village(self.station, "33.14.10.1002", "Sragen Kulon", (-7.43, 111.02))
        other = self.arrive("Mobil box tabrakan", minutes_ago=12, category=laka, area=area)
        self.suggest(Enricher.DUPLICATE, {"report": str(other.pk), "strength": "strong"})
        page = self.open(self.report)
        self.assertIn(
            f"7 {other.number} sangat mirip Laka lantas · Sragen Kulon · 12 mnt · Baru "
            "Mobil box tabrakan Alasan 1.",
            words(page),
        )
        beside = f"{reverse('desk:compare')}?a={self.report.number}&amp;b={other.number}"
        self.assertIn(f'href="{beside}" target="_blank"', page.text)

    def test_nothing_is_linked_or_hidden(self) -> None:
        other = self.arrive("Mobil box tabrakan")
        self.suggest(Enricher.DUPLICATE, {"report": str(other.pk), "strength": "strong"})
        self.open(self.report)
        self.assertEqual(set(self.rows()), {self.report.number, other.number})

    def test_what_a_person_may_not_see_is_not_there(self) -> None:
        secret = people.category("anggota-polri", reserved_for="propam")
        other = self.arrive("Rahasia besar", category=secret)
        self.suggest(Enricher.DUPLICATE, {"report": str(other.pk), "strength": "strong"})
        page = self.open(self.report).text
        self.assertNotIn(other.number, page)
        self.assertNotIn("Kejadian yang sama?", page)

    def test_all_can_be_called_different(self) -> None:
        other = self.arrive("Mobil box tabrakan")
        self.suggest(Enricher.DUPLICATE, {"report": str(other.pk), "strength": "suggest"})
        answer = self.act("dismiss", self.report, enricher="duplicate")
        self.assertNotIn("Kejadian yang sama?", words(answer))


class CostTests(HintsTestCase):
    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.open(self.report)
        return len(captured)

    def test_fifty_findings_cost_what_one_does(self) -> None:
        laka = people.category("laka")
        area = village(self.station, "33.14.10.1002", "Sragen Kulon", (-7.43, 111.02))
        self.open(self.report)
        before = self.queries()
        self.suggest(Enricher.CATEGORY, {"slug": laka.slug})
        self.suggest(Enricher.PLACE, {"area": area.code, "name": "Sragen Kulon"})
        other = str(self.arrive().pk)
        self.suggest(Enricher.DUPLICATE, {"report": other})
        # The categories that are suggested; the reports that are alike, and their keys.
        with_hints = self.queries()
        self.assertLessEqual(with_hints - before, 3)
        for message in self._more(49):
            self.suggest(Enricher.CATEGORY, {"slug": laka.slug}, message=message)
            self.suggest(Enricher.DUPLICATE, {"report": other}, message=message)
        self.assertEqual(self.queries(), with_hints)

    def _more(self, number: int) -> list[Any]:
        first = self.report.messages.filter(direction="inbound").earliest("at")
        made = []
        for _ in range(number):
            first.pk, first.provider_sid = None, samples.sid()
            first._state.adding = True
            first.id = type(first)._meta.pk.get_default()
            first.save(force_insert=True)
            made.append(type(first).objects.get(pk=first.pk))
        return made


class FeedTests(HintsTestCase):
    def test_a_page_that_is_open_gets_what_was_found_since(self) -> None:
        people.category("laka", label="Laka lantas")
        live = reverse("desk:conversation", args=[self.report.number])
        self.assertNotIn("Laka lantas cukup yakin", words(self.client.get(live)))
        self.suggest(Enricher.CATEGORY, {"slug": "laka"})
        self.assertIn("1 Laka lantas cukup yakin", words(self.client.get(live)))

    def test_a_closed_report_may_still_be_put_right(self) -> None:
        people.category("laka", label="Laka lantas")
        finding = self.suggest(Enricher.CATEGORY, {"slug": "laka"})
        triage.close(self.report, Outcome.ACTED, "Sudah.", by=self.rina)
        answer = self.act("accept", self.report, suggestion=f"{finding.pk} 0")
        self.assertEqual(answer.status_code, 200)
        self.report.refresh_from_db()
        self.assertIsNotNone(self.report.category)
        self.assertEqual(Area.objects.count(), 0)
