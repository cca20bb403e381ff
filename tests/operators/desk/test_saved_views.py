"""Looks at the queue that somebody keeps: theirs alone, and counted."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse

from operators.models import SavedView
from reports import claims
from reports.workflow import Urgency
from tests import people
from tests.operators.desk.cases import DeskTestCase, words


class SavedViewTestCase(DeskTestCase):
    def keep(self, name: str = "Darurat", query: str = "view=new&urgency=darurat") -> HttpResponse:
        return self.client.post(reverse("desk:saved-views"), {"name": name, "query": query})

    def menu(self, **query: Any) -> HttpResponse:
        return self.client.get(reverse("desk:saved-views"), query, headers={"HX-Request": "true"})

    def change(self, verb: str, saved: SavedView, **form: Any) -> HttpResponse:
        return self.client.post(reverse(f"desk:{verb}-view", args=[saved.pk]), form)

    def said(self, answer: HttpResponse) -> str:
        return " ".join(str(message) for message in get_messages(answer.wsgi_request))


class KeepingTests(SavedViewTestCase):
    def test_what_is_shown_is_kept_under_a_name_and_opened_again(self) -> None:
        danger = self.arrive(urgency=Urgency.EMERGENCY)
        self.arrive()
        answer = self.keep()
        self.assertRedirects(answer, "/desk/?view=new&urgency=darurat")
        self.assertIn("Disimpan sebagai “Darurat”", self.said(answer))
        (kept,) = self.menu().context["kept"]
        self.assertEqual((kept.saved.name, kept.number), ("Darurat", 1))
        opened = self.client.get(kept.url)
        self.assertEqual([r.report for r in opened.context["queue"].rows], [danger])

    def test_only_what_narrows_is_kept_in_one_way_of_writing(self) -> None:
        self.keep(query="urgency=darurat&view=new&phone=0812&from=x&urgency=")
        self.assertEqual(SavedView.objects.get().query, "view=new&urgency=darurat")

    def test_a_name_is_given_once(self) -> None:
        self.keep()
        self.assertIn("sudah punya tampilan bernama “Darurat”", self.said(self.keep()))
        self.assertEqual(SavedView.objects.count(), 1)

    def test_a_name_is_needed_and_short(self) -> None:
        for name in ("", "   ", "x" * 31):
            self.keep(name)
        self.assertFalse(SavedView.objects.exists())

    def test_filters_that_are_wrong_are_not_kept(self) -> None:
        self.keep(query="view=new&urgency=penting")
        self.assertFalse(SavedView.objects.exists())

    def test_there_is_room_for_so_many(self) -> None:
        for number in range(settings.SAVED_VIEWS_MOST + 1):
            answer = self.keep(f"Tampilan {number}")
        self.assertEqual(SavedView.objects.count(), settings.SAVED_VIEWS_MOST)
        self.assertIn("penuh", self.said(answer))

    def test_they_stand_in_the_order_in_which_they_were_kept(self) -> None:
        for name in ("Satu", "Dua", "Tiga"):
            self.keep(name)
        self.assertEqual(
            [k.saved.name for k in self.menu().context["kept"]], ["Satu", "Dua", "Tiga"]
        )


class MenuTests(SavedViewTestCase):
    def test_the_one_that_is_shown_is_marked(self) -> None:
        self.keep()
        self.keep("Semua", "view=station")
        kept = self.menu(urgency="darurat", view="new").context["kept"]
        self.assertEqual([view.is_shown for view in kept], [True, False])

    def test_it_counts_what_this_person_may_see(self) -> None:
        self.keep("Semua", "view=station")
        self.keep("Saya", "view=mine")
        self.arrive(category=people.category("anggota-polri", reserved_for="propam"))
        claims.claim(self.arrive(), by=self.rina)
        self.arrive()
        self.assertEqual([view.number for view in self.menu().context["kept"]], [2, 1])

    def test_a_filter_that_holds_no_more_is_said(self) -> None:
        unit = people.unit(self.station)
        self.keep("Samapta", "view=station&unit=samapta")
        unit.delete()
        (kept,) = self.menu().context["kept"]
        self.assertIsNone(kept.number)
        self.assertIn("tidak dikenal", words(self.client.get(kept.url)))

    def test_many_are_counted_in_one_query(self) -> None:
        self.keep()
        self.menu()
        with self.assertNumQueries(4):
            self.menu()
        for number in range(5):
            self.keep(f"Tampilan {number}", f"view=station&status={['new', 'triage'][number % 2]}")
        with self.assertNumQueries(4):
            self.assertEqual(len(self.menu().context["kept"]), 6)

    def test_without_a_script_it_is_a_page(self) -> None:
        self.assertIn("<main", self.client.get(reverse("desk:saved-views")).text)


class ChangingTests(SavedViewTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.keep()
        self.saved = SavedView.objects.get()

    def test_it_gets_another_name(self) -> None:
        self.change("rename", self.saved, name="Bahaya")
        self.saved.refresh_from_db()
        self.assertEqual(self.saved.name, "Bahaya")

    def test_not_one_that_is_taken(self) -> None:
        self.keep("Lain")
        answer = self.change("rename", self.saved, name="Lain")
        self.assertIn("sudah punya", self.said(answer))
        self.saved.refresh_from_db()
        self.assertEqual(self.saved.name, "Darurat")

    def test_it_is_forgotten(self) -> None:
        self.change("delete", self.saved)
        self.assertFalse(SavedView.objects.exists())

    def test_it_is_theirs_alone(self) -> None:
        self.client.force_login(self.bambang)
        self.assertEqual(self.menu().context["kept"], [])
        self.assertEqual(self.change("rename", self.saved, name="x").status_code, 404)
        self.assertEqual(self.change("delete", self.saved).status_code, 404)
        self.saved.refresh_from_db()
        self.assertEqual(self.saved.name, "Darurat")
        self.keep()
        self.assertEqual(SavedView.objects.filter(operator=self.bambang).count(), 1)
