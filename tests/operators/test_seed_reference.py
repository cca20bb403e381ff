"""seed_reference brings what both stations start with, and never takes back what an administrator has changed."""

from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from operators.models import Unit
from reports.models import (
    Area,
    Category,
    Landmark,
    ReplyTemplate,
    RoutingRule,
    ServiceNumber,
    Station,
)

MODELS = (Station, ServiceNumber, Area, Landmark, Category, ReplyTemplate, Unit, RoutingRule)


def seed() -> str:
    said = StringIO()
    call_command("seed_reference", stdout=said)
    return said.getvalue()


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in MODELS}


class FirstRunTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = seed()

    def test_it_says_in_one_line_how_many_it_made(self) -> None:
        self.assertEqual(
            self.said,
            "reference data made: stations 2, numbers 7, areas 289, landmarks 206, categories 56, checks 16, "
            "replies 86, units 49, routing rules 8\n",
        )

    def test_both_stations_are_there_with_the_unit_that_runs_their_desk(self) -> None:
        self.assertEqual(
            set(Station.objects.values_list("slug", "code", "name", "duty_desk")),
            {
                ("sragen", "SRG", "Polres Sragen", "spkt"),
                ("surakarta", "SKA", "Polresta Surakarta", "samapta"),
            },
        )
        for station in Station.objects.all():
            self.assertTrue(station.units.filter(slug=station.duty_desk).exists())

    def test_surakartas_old_number_names_its_successor(self) -> None:
        old = ServiceNumber.objects.get(address="+6281237700033")
        self.assertFalse(old.is_active)
        self.assertEqual(str(old.successor), "WhatsApp +628112957110")
        self.assertEqual(
            set(ServiceNumber.objects.filter(is_active=True).values_list("channel", "address")),
            {
                ("whatsapp", "+628877110110"),
                ("whatsapp", "+628112957110"),
                ("sms", "+628112957110"),
                ("voice", "+628112957110"),
                ("desk", "SRG"),
                ("desk", "SKA"),
            },
        )

    def test_every_row_is_in_order(self) -> None:
        for model in MODELS:
            for row in model.objects.all():
                with self.subTest(row=f"{model.__name__} {row}"):
                    row.full_clean()

    def test_every_kecamatan_has_its_polsek(self) -> None:
        for slug, count in (("sragen", 20), ("surakarta", 5)):
            polsek = Unit.objects.filter(station__slug=slug, slug__startswith="polsek-")
            self.assertEqual(polsek.count(), count)
            for unit in polsek.select_related("district"):
                self.assertEqual(unit.name, f"Polsek {unit.district.name}")
                self.assertEqual(unit.district.station_id, unit.station_id)

    def test_three_polsek_of_sragen_only_enquire(self) -> None:
        enquiring = Unit.objects.filter(may_investigate=False)
        self.assertEqual(
            set(enquiring.values_list("station__slug", "slug")),
            {("sragen", f"polsek-{name}") for name in ("sragen", "tangen", "jenar")},
        )

    def test_a_category_leads_to_a_unit_that_both_stations_have(self) -> None:
        named = set(Category.objects.exclude(unit_slug="").values_list("unit_slug", flat=True))
        for station in Station.objects.all():
            # "polsek" stands for the Polsek of the place.
            self.assertLessEqual(
                named - {"polsek"}, set(station.units.values_list("slug", flat=True))
            )


class LaterRunTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        seed()

    def test_a_second_run_changes_nothing(self) -> None:
        before = everything()
        self.assertEqual(
            seed(),
            "reference data made: stations 0, numbers 0, areas 0, landmarks 0, categories 0, checks 0, replies 0, "
            "units 0, routing rules 0\n",
        )
        self.assertEqual(everything(), before)

    def test_what_an_administrator_changed_stays(self) -> None:
        Station.objects.filter(slug="sragen").update(name="Polres Sragen Baru", code="SGN")
        ServiceNumber.objects.filter(channel="sms").update(is_active=False)
        Unit.objects.filter(slug="reskrim-ppa").update(name="Satres PPA dan PPO")
        Category.objects.filter(slug="judi").update(keywords=["judi"], urgency=3, parent=None)
        Area.objects.filter(code="33.14.01").update(name="Kalijambe Baru")
        ReplyTemplate.objects.filter(key="acknowledgement").update(text="Diterima.")
        before = everything()
        seed()
        self.assertEqual(everything(), before)

    def test_a_number_that_was_replaced_does_not_come_back(self) -> None:
        sragen = ServiceNumber.objects.filter(address="+628877110110")
        sragen.update(address="+628111222333")
        before = everything()
        seed()
        self.assertEqual(everything(), before)

    def test_a_retired_number_stays_retired_beside_its_successor(self) -> None:
        old = ServiceNumber.objects.get(address="+628877110110")
        new = ServiceNumber.objects.create(
            station=old.station, channel="whatsapp", address="+628111222333"
        )
        ServiceNumber.objects.filter(pk=old.pk).update(is_active=False, successor=new)
        before = everything()
        seed()
        self.assertEqual(everything(), before)

    def test_an_address_that_another_station_took_over_is_left_with_it(self) -> None:
        sragen = Station.objects.get(slug="sragen")
        ServiceNumber.objects.filter(channel="voice").update(station=sragen)
        before = everything()
        seed()
        self.assertEqual(everything(), before)

    def test_what_is_missing_comes_back(self) -> None:
        Unit.objects.filter(slug="humas", station__slug="sragen").delete()
        Category.objects.filter(slug="petasan").delete()
        ReplyTemplate.objects.filter(station__slug="surakarta").delete()
        ServiceNumber.objects.filter(channel="sms").delete()
        Area.objects.filter(code="33.14.01.2001").delete()
        self.assertEqual(
            seed(),
            "reference data made: stations 0, numbers 1, areas 1, landmarks 0, categories 1, checks 0, "
            "replies 43, units 1, routing rules 0\n",
        )
        self.assertEqual(Category.objects.get(slug="petasan").parent.slug, "kamtibmas")
        self.assertEqual(Area.objects.get(code="33.14.01.2001").parent.name, "Kalijambe")

    def test_a_rule_that_was_taken_away_does_not_come_back(self) -> None:
        RoutingRule.objects.filter(station__slug="sragen", category__slug="balap-liar").delete()
        before = everything()
        seed()
        self.assertEqual(everything(), before)

    def test_a_station_of_ones_own_gets_nothing(self) -> None:
        own = Station.objects.create(slug="lain", code="LAN", name="Polres Lain")
        seed()
        self.assertEqual(own.units.count() + own.numbers.count() + own.areas.count(), 0)

    def test_a_run_takes_few_queries(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            seed()
        # A look at each kind and at what is checked first (stations twice, as units have a file of their own, and their
        # districts; areas again for the landmarks in them; stations, units and categories again for the rules), a
        # transaction and the savepoints in it.
        self.assertLessEqual(len(asked), 23)
