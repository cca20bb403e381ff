"""What can be set up in the administration: stations, numbers, categories, areas, and the words to citizens."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.urls import reverse

from operators.permissions import Role
from reports.models import Area, Category, ReplyTemplate, ServiceNumber, Station
from reports.models.reply_template import ReplyKey
from tests import people, samples
from tests.cases import PolresTestCase


class ConfigurationTestCase(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.station = people.station()
        self.admin = people.operator(self.station, Role.ADMIN)
        self.client.force_login(self.admin)

    def change(self, row: Any, fields: dict[str, Any]) -> HttpResponse:
        return self.client.post(self.page_of(row), fields)

    def page_of(self, row: Any) -> str:
        return reverse(f"admin:reports_{row._meta.model_name}_change", args=[row.pk])


class StationTests(ConfigurationTestCase):
    def test_its_numbers_are_shown_beside_the_station(self) -> None:
        answer = self.client.get(self.page_of(self.station))
        for number in self.station.numbers.all():
            self.assertContains(answer, number.address)

    def test_the_name_changes_and_the_slug_stays(self) -> None:
        fields = {"name": "Polres Baru", "code": "CTH", "duty_desk": "samapta", "slug": "baru"}
        inline = {
            f"{rows}-{name}_FORMS": "0"
            for rows in ("numbers", "checked_first")
            for name in ("TOTAL", "INITIAL")
        }
        self.change(self.station, fields | inline)
        self.station.refresh_from_db()
        self.assertEqual((self.station.name, self.station.slug), ("Polres Baru", "contoh"))

    def test_a_station_can_be_added(self) -> None:
        fields = {"name": "Polres Baru", "code": "BRU", "duty_desk": "spkt", "slug": "baru"}
        self.client.post(reverse("admin:reports_station_add"), fields)
        self.assertTrue(Station.objects.filter(slug="baru").exists())


class ServiceNumberTests(ConfigurationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.number = self.station.numbers.get(channel="whatsapp")

    def filled(self, **changes: Any) -> dict[str, Any]:
        fields = {
            "station": self.station.pk,
            "channel": "whatsapp",
            "address": self.number.address,
            "successor": "",
        }
        return fields | changes

    def test_a_number_nobody_has_written_to_can_be_corrected(self) -> None:
        self.change(self.number, self.filled(address="+628111222333", is_active="on"))
        self.number.refresh_from_db()
        self.assertEqual(self.number.address, "+628111222333")

    def test_a_number_that_citizens_know_is_retired_and_not_rewritten(self) -> None:
        people.message(samples.text())
        successor = ServiceNumber.objects.create(
            station=self.station, channel="whatsapp", address="+628111222333"
        )
        known_as = self.number.address
        self.change(self.number, self.filled(address="+628999", successor=successor.pk))
        self.number.refresh_from_db()
        self.assertEqual((self.number.address, self.number.is_active), (known_as, False))
        self.assertEqual(self.number.successor, successor)

    def test_the_page_says_how_many_people_are_being_told(self) -> None:
        people.message(samples.text())
        successor = ServiceNumber.objects.create(
            station=self.station, channel="whatsapp", address="+628111222333"
        )
        changed = self.filled(successor=successor.pk)
        answer = self.client.post(self.page_of(self.number), changed, follow=True)
        self.assertContains(answer, "1 orang dengan laporan terbuka")

    def test_a_successor_of_another_station_is_refused(self) -> None:
        other = people.station("lain", "LAN").numbers.first()
        answer = self.change(self.number, self.filled(successor=other.pk))
        self.assertIn("successor", answer.context["adminform"].form.errors)

    def test_a_number_that_is_none_is_refused(self) -> None:
        answer = self.change(self.number, self.filled(address="0811222333"))
        self.assertIn("address", answer.context["adminform"].form.errors)


class CategoryTests(ConfigurationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.group = people.category("kamtibmas")
        self.category = people.category(
            "balap-liar", parent=self.group, keywords=["balapan", "trek-trekan"]
        )

    def filled(self, **changes: Any) -> dict[str, Any]:
        fields = {
            "parent": self.group.pk,
            "label": "Balap liar",
            "short_label": "Balap liar",
            "position": "1",
            "unit_slug": "samapta",
            "supporting_unit_slugs": "lantas",
            "urgency": "2",
            "keywords": "balapan",
        }
        return fields | changes

    def test_keywords_are_shown_and_taken_one_on_a_line(self) -> None:
        self.assertContains(self.client.get(self.page_of(self.category)), "balapan\ntrek-trekan")
        lines = " balapan \r\n\r\nsetingan\r\nbalapan\r\n"
        self.change(self.category, self.filled(keywords=lines, supporting_unit_slugs=""))
        self.category.refresh_from_db()
        self.assertEqual(self.category.keywords, ["balapan", "setingan"])
        self.assertEqual(self.category.supporting_unit_slugs, [])

    def test_the_slug_stays(self) -> None:
        self.change(self.category, self.filled(slug="lain"))
        self.category.refresh_from_db()
        self.assertEqual(self.category.slug, "balap-liar")

    def test_only_a_group_can_be_above_a_category(self) -> None:
        answer = self.change(self.category, self.filled(parent=self.category.pk))
        self.assertIn("parent", answer.context["adminform"].form.errors)

    def test_a_short_label_has_at_most_18_characters(self) -> None:
        answer = self.change(self.category, self.filled(short_label="x" * 19))
        self.assertIn("short_label", answer.context["adminform"].form.errors)

    def test_a_new_category_can_be_added(self) -> None:
        self.client.post(reverse("admin:reports_category_add"), self.filled(slug="petasan"))
        self.assertEqual(Category.objects.get(slug="petasan").parent, self.group)


class AreaTests(ConfigurationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.area = Area.objects.create(
            station=self.station,
            code="33.14",
            level="regency",
            name="Contoh",
            latitude=-7.4,
            longitude=111.0,
        )

    def test_an_area_can_be_corrected_but_keeps_its_code(self) -> None:
        fields = {"name": "Baru", "latitude": "-7.5", "longitude": "111.1", "code": "99.99"}
        self.change(self.area, fields)
        self.area.refresh_from_db()
        self.assertEqual((self.area.name, self.area.latitude), ("Baru", -7.5))
        self.assertEqual(self.area.code, "33.14")

    def test_an_area_is_neither_added_nor_deleted_by_hand(self) -> None:
        self.assertEqual(self.client.get(reverse("admin:reports_area_add")).status_code, 403)
        page = reverse("admin:reports_area_delete", args=[self.area.pk])
        self.assertEqual(self.client.get(page).status_code, 403)


class WordingTests(ConfigurationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.elsewhere = people.station("lain", "LAN")
        self.client.force_login(people.operator(self.station, Role.PAMAPTA))
        self.mine = self.station.reply_templates.get(key=ReplyKey.ACKNOWLEDGEMENT)
        self.theirs = self.elsewhere.reply_templates.get(key=ReplyKey.ACKNOWLEDGEMENT)

    def test_the_pamapta_words_what_their_station_says(self) -> None:
        self.change(self.mine, {"text": "Diterima, nomor {nomor_laporan}."})
        self.mine.refresh_from_db()
        self.assertEqual(self.mine.text, "Diterima, nomor {nomor_laporan}.")

    def canned(self) -> ReplyTemplate:
        return ReplyTemplate.objects.create(
            station=self.station, key="sim", title="SIM", text="Syarat SIM: KTP.", position=7
        )

    def test_what_an_answer_is_for_is_chosen_from_what_there_is(self) -> None:
        people.category("sim", parent=people.category("layanan"))
        template = self.canned()
        fields = {"title": "SIM", "text": "Syarat SIM.", "is_active": "on"}
        chosen = {"categories": ["sim"], "statuses": ["new", "triage"], "position": "3"}
        self.change(template, fields | chosen)
        template.refresh_from_db()
        self.assertEqual((template.categories, template.position), (["sim"], 3))
        self.assertEqual(template.statuses, ["new", "triage"])
        answer = self.change(template, fields | {"categories": ["nothing"], "statuses": ["x"]})
        self.assertEqual(set(answer.context["adminform"].form.errors), {"categories", "statuses"})

    def test_none_of_them_means_for_all(self) -> None:
        template = self.canned()
        self.change(template, {"title": "SIM", "text": "Syarat SIM.", "is_active": "on"})
        template.refresh_from_db()
        self.assertEqual((template.categories, template.statuses), ([], []))
        self.assertEqual((template.text, template.position), ("Syarat SIM.", 7))

    def test_of_what_the_program_says_by_itself_only_the_words_are_asked(self) -> None:
        page = self.client.get(self.page_of(self.mine))
        ((_, shown),) = page.context["adminform"].fieldsets
        self.assertEqual(set(shown["fields"]), {"station", "label_shown", "text", "is_active"})

    def test_station_and_use_stay(self) -> None:
        fields = {"text": "x", "station": self.elsewhere.pk, "key": ReplyKey.NEW_NUMBER}
        self.change(self.mine, fields)
        self.mine.refresh_from_db()
        self.assertEqual((self.mine.station, self.mine.key), (self.station, "acknowledgement"))

    def test_a_variable_that_nothing_fills_is_refused(self) -> None:
        answer = self.change(self.mine, {"text": "Halo {nama}"})
        self.assertIn("text", answer.context["adminform"].form.errors)

    def test_the_words_of_another_station_are_not_there(self) -> None:
        answer = self.client.get(reverse("admin:reports_replytemplate_changelist"))
        self.assertEqual(
            set(answer.context["cl"].result_list), set(self.station.reply_templates.all())
        )
        self.change(self.theirs, {"text": "x"})
        self.theirs.refresh_from_db()
        self.assertNotEqual(self.theirs.text, "x")

    def test_which_wordings_there_are_is_not_the_pamaptas_business(self) -> None:
        self.assertEqual(
            self.client.get(reverse("admin:reports_replytemplate_add")).status_code, 403
        )
        page = reverse("admin:reports_replytemplate_delete", args=[self.mine.pk])
        self.assertEqual(self.client.post(page, {"post": "yes"}).status_code, 403)
        self.assertTrue(ReplyTemplate.objects.filter(pk=self.mine.pk).exists())

    def test_the_administrator_words_every_stations_replies(self) -> None:
        self.client.force_login(self.admin)
        self.change(self.theirs, {"text": "Diterima."})
        self.theirs.refresh_from_db()
        self.assertEqual(self.theirs.text, "Diterima.")
        self.assertEqual(LogEntry.objects.get().object_repr, str(self.theirs))
