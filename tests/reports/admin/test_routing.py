"""Where reports go is set up by the administrator, within one station."""

from django.urls import reverse

from operators.permissions import Role
from reports.models import Area, CheckedFirst, RoutingRule
from tests import people
from tests.cases import PolresTestCase


class RoutingAdminTests(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.station, self.away = people.station(), people.station("lain", "LLN")
        self.samapta, self.theirs = people.unit(self.station), people.unit(self.away)
        self.category = people.category("judi")
        self.client.force_login(people.operator(self.station, Role.ADMIN))

    def add(self, **changes: object) -> int:
        form = {"station": self.station.pk, "position": 10, "is_active": "on"} | changes
        answer = self.client.post(reverse("admin:reports_routingrule_add"), form)
        return int(answer.status_code)

    def test_a_rule_is_made(self) -> None:
        hours = {"from_time": "18:00", "to_time": "05:00"}
        self.assertEqual(self.add(unit=self.samapta.pk, category=self.category.pk, **hours), 302)
        self.assertEqual(RoutingRule.objects.get().unit, self.samapta)
        shown = self.client.get(reverse("admin:reports_routingrule_changelist"))
        self.assertContains(shown, "18.00–05.00")

    def test_one_that_leads_nowhere_or_elsewhere_is_not(self) -> None:
        for wrong in (
            {},
            {"unit": self.theirs.pk},
            {"unit": self.samapta.pk, "together_with": self.theirs.pk},
            {"unit": self.samapta.pk, "from_time": "18:00"},
        ):
            with self.subTest(**wrong):
                self.assertEqual(self.add(**wrong), 200)
        self.assertFalse(RoutingRule.objects.exists())

    def test_units_are_named_with_their_station_and_places_are_kecamatan(self) -> None:
        where = {"latitude": -7, "longitude": 111, "station": self.station}
        district = Area.objects.create(code="33.14.01", level="district", name="Gesi", **where)
        Area.objects.create(
            code="33.14.01.2001", level="village", name="Slendro", parent=district, **where
        )
        form = self.client.get(reverse("admin:reports_routingrule_add"))
        self.assertContains(form, "Polres Contoh: Samapta")
        self.assertContains(form, "Polres Lain: Samapta")
        self.assertContains(form, "Polres Contoh: Gesi")
        self.assertNotContains(form, "Slendro")

    def test_what_is_checked_first_stands_on_the_stations_page(self) -> None:
        CheckedFirst.objects.create(station=self.station, category=self.category)
        page = self.client.get(reverse("admin:reports_station_change", args=[self.station.pk]))
        self.assertContains(page, "checked_first-0-category")
