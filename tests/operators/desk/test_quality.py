"""The page on the quality of hints: what it says with nothing, with decisions, and with a model that was learned."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.permissions import Role
from reports import describing
from reports.models import CategoryModel
from reports.models.finding import Enricher
from tests import hints, people
from tests.operators.desk.cases import DeskTestCase, words


class QualityTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))

    def page(self) -> HttpResponse:
        return self.client.get(reverse("desk:quality"))

    def decide(self, chosen: str, suggested: str) -> None:
        report = self.arrive()
        hints.suggest(report, Enricher.CATEGORY, {"slug": suggested})
        category = people.Category.objects.filter(slug=chosen).first() or people.category(chosen)
        describing.categorise(report, category, by=self.rina)

    def learned(self, **changes: Any) -> None:
        values = {
            "at": timezone.now(), "train_count": 400, "held_back_count": 100,
            "top1": 0.8, "top3": 0.9, "keywords_top1": 0.7, "keywords_top3": 0.85,
            "confusion": {"laka": {"laka": 8, "macet": 2}}, "is_used": True,
        }  # fmt: skip
        CategoryModel.objects.create(**(values | changes))

    def test_with_nothing_it_says_why_and_what_comes_next(self) -> None:
        page = words(self.page())
        self.assertIn("Belum ada yang dihitung.", page)
        self.assertIn("Belum ada usulan yang diterima atau dikoreksi.", page)
        self.assertIn("Kata kunci yang dipakai. Belajar membutuhkan 200 keputusan", page)

    def test_the_answer_comes_first_and_the_table_behind_it(self) -> None:
        self.decide("laka", "laka")
        self.decide("laka", "macet")
        page = words(self.page())
        self.assertIn("50 % dari 2 laporan mendapat kategori yang benar", page)
        self.assertIn("1× diusulkan macet, diputuskan Laka", page)
        self.assertIn("Kategori 50 % 2 1 1 0 0", page)

    def test_a_model_that_is_better_is_used_and_said_so(self) -> None:
        self.learned()
        page = words(self.page())
        self.assertIn(
            "Model belajar yang dipakai: pada 100 keputusan yang ditahan ia benar 80 %, kata kunci 70 %.",
            page,
        )
        self.assertIn("Kata kunci 70 % 85 % – Model belajar 80 % 90 % dipakai", page)
        self.assertIn("2× diusulkan macet, diputuskan laka", page)

    def test_a_model_that_is_worse_is_not_used_and_said_so(self) -> None:
        self.learned(top1=0.6, is_used=False)
        page = words(self.page())
        self.assertIn("Kata kunci yang dipakai: pada 100 keputusan yang ditahan benar 70 %", page)

    def test_the_rail_leads_there_for_whoever_may_see_it(self) -> None:
        address = reverse("desk:quality")
        self.assertIn(f'href="{address}"', self.queue().text)
        self.client.force_login(self.rina)
        self.assertNotIn(f'href="{address}"', self.queue().text)
        self.assertEqual(self.page().status_code, 403)
