"""What narrows the queue: it lives in the address, says what it does, and a value that is wrong narrows nothing."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from operators.desk import filters
from reports import claims
from reports.models import Area
from reports.workflow import Status, Urgency
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, citizen, words


def area(station: Any, code: str, name: str, parent: Area | None = None) -> Area:
    level = Area.Level.VILLAGE if parent else Area.Level.DISTRICT
    return Area.objects.create(
        station=station,
        code=code,
        name=name,
        level=level,
        parent=parent,
        latitude=-7,
        longitude=111,
    )


class NarrowingTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        group = people.category("kamtibmas", short_label="Kamtibmas")
        noise = people.category("knalpot-brong", short_label="Knalpot brong", parent=group)
        self.gemolong = area(self.station, "33.14.15", "Gemolong")
        village = area(self.station, "33.14.15.2001", "Kwangen", self.gemolong)
        now = timezone.now()
        self.noise = self.arrive(category=noise, area=village, urgency=Urgency.SOON)
        self.waiting = self.arrive(status=Status.WAITING, unit=people.unit(self.station))
        self.old = self.arrive(minutes_ago=3 * 24 * 60, area=self.gemolong)
        claims.claim(self.old, by=self.bambang)
        self.sms = people.report(samples.sms(by=citizen()), at=now)
        self.all = [self.noise, self.waiting, self.old, self.sms]

    def shown(self, **query: Any) -> list[str]:
        return [row.report.number for row in self.queue(**query).context["queue"].rows]

    def test_each_of_them(self) -> None:
        yesterday = (timezone.localtime() - timedelta(days=1)).date()
        for query, expected in (
            ({"category": "knalpot-brong"}, [self.noise]),
            ({"category": "kamtibmas"}, [self.noise]),
            ({"urgency": "segera"}, [self.noise]),
            ({"status": "waiting"}, [self.waiting]),
            ({"status": ["waiting", "triage"]}, [self.waiting, self.old]),
            ({"unit": "samapta"}, [self.waiting]),
            ({"channel": "sms"}, [self.sms]),
            ({"place": "33.14.15.2001"}, [self.noise]),
            ({"place": "33.14.15"}, [self.noise, self.old]),
            ({"holder": self.bambang.pk}, [self.old]),
            ({"received_after": yesterday}, [self.noise, self.waiting, self.sms]),
            ({"received_before": yesterday}, [self.old]),
            ({"place": "33.14.15", "holder": self.bambang.pk}, [self.old]),
            ({"category": "", "urgency": ""}, self.all),
            ({"something-else": "1"}, self.all),
        ):
            with self.subTest(query=query):
                self.assertCountEqual(self.shown(**query), [report.number for report in expected])

    def test_a_view_is_narrowed_too(self) -> None:
        self.assertEqual(self.shown(view="new", place="33.14.15"), [self.noise.number])

    def test_the_counts_on_the_rail_are_those_of_the_views(self) -> None:
        tabs = self.queue(urgency="segera").context["tabs"]
        self.assertEqual({tab.name: tab.number for tab in tabs}["station"], 4)

    def test_what_is_wrong_narrows_nothing_and_is_named(self) -> None:
        elsewhere = people.station("lain", "LAN")
        stranger = people.operator(elsewhere, username="dian")
        area(elsewhere, "33.72.01", "Laweyan")
        for query, name in (
            ({"category": "tidak-ada"}, "kategori"),
            ({"urgency": "penting"}, "urgensi"),
            ({"urgency": "segera", "status": "done"}, "status"),
            ({"unit": "x" * 500}, "satuan"),
            ({"channel": "telegram"}, "saluran"),
            ({"place": "33.72.01"}, "lokasi"),
            ({"place": "Gemolong"}, "lokasi"),
            ({"holder": stranger.pk}, "dipegang"),
            ({"holder": "9" * 40}, "dipegang"),
            ({"holder": "rina"}, "dipegang"),
            ({"received_after": "kemarin"}, "masuk"),
            ({"category": "a\0b"}, "kategori"),
        ):
            with self.subTest(query=query):
                page = self.queue(**query)
                self.assertEqual(page.status_code, 200)
                self.assertEqual(len(page.context["queue"].rows), 4)
                self.assertEqual(page.context["queue"].look.wrong, [name])
                self.assertIn(f"Saringan ini tidak dikenal: {name}.", words(page))

    def test_rows_that_follow_are_narrowed_alike(self) -> None:
        page = self.client.get(reverse("desk:rows"), {"urgency": "segera"})
        self.assertEqual([row.report for row in page.context["rows"]], [self.noise])


class ChipTests(DeskTestCase):
    def chips(self, **query: Any) -> list[tuple[str, str, str]]:
        look = self.queue(**query).context["queue"].look
        return [(str(chip.label), chip.value, chip.without) for chip in look.chips]

    def test_what_narrows_is_shown_in_words_with_the_way_out(self) -> None:
        people.category("knalpot-brong", label="Knalpot bising", short_label="Knalpot brong")
        chips = self.chips(category="knalpot-brong", urgency="darurat", status=["new", "waiting"])
        self.assertEqual(
            chips,
            [
                (
                    "kategori",
                    "Knalpot brong",
                    "view=station&urgency=darurat&status=new&status=waiting",
                ),
                (
                    "urgensi",
                    "Darurat",
                    "view=station&category=knalpot-brong&status=new&status=waiting",
                ),
                (
                    "status",
                    "Baru",
                    "view=station&category=knalpot-brong&urgency=darurat&status=waiting",
                ),
                (
                    "status",
                    "Menunggu pelapor",
                    "view=station&category=knalpot-brong&urgency=darurat&status=new",
                ),
            ],
        )

    def test_days_and_people_are_named(self) -> None:
        chips = self.chips(
            holder=self.bambang.pk, received_after="2026-11-02", received_before="2026-11-05"
        )
        self.assertEqual(
            [value for _, value, _ in chips], ["Bambang Sutrisno", "sejak 2 Nov", "sampai 5 Nov"]
        )

    def test_the_same_look_has_the_same_address(self) -> None:
        one = self.client.get("/desk/?urgency=segera&view=new&x=1&unit=&channel=sms&channel=sms")
        other = self.client.get("/desk/?channel=sms&view=new&urgency=segera")
        address = "view=new&urgency=segera&channel=sms"
        self.assertEqual(one.context["queue"].look.address, address)
        self.assertEqual(other.context["queue"].look.address, address)

    def test_nothing_but_what_narrows_is_carried_along(self) -> None:
        page = self.client.get("/desk/?view=new&phone=%2B6281234567890&q=rahasia")
        self.assertNotIn("rahasia", page.text)
        self.assertNotIn("6281234567890", page.text)


class FormTests(DeskTestCase):
    def form(self, *, htmx: bool = True, **query: Any) -> HttpResponse:
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.get(reverse("desk:filters"), query, headers=headers)

    def test_it_offers_what_the_station_has_and_shows_what_is_chosen(self) -> None:
        people.unit(self.station)
        people.unit(people.station("lain", "LAN"), "propam-lain")
        district = area(self.station, "33.14.15", "Gemolong")
        area(self.station, "33.14.15.2001", "Kwangen", district)
        page = self.form(view="new", place="33.14.15.2001", urgency="darurat", status="waiting")
        self.assertIn('<option value="33.14.15.2001" selected>', page.text)
        self.assertIn('<option value="darurat" selected>', page.text)
        self.assertRegex(page.text, r'value="waiting"[^>]* checked')
        self.assertIn('<option value="samapta">', page.text)
        self.assertNotIn("propam-lain", page.text)
        self.assertIn('<input type="hidden" name="view" value="new">', page.text)

    def test_without_a_script_it_is_a_page(self) -> None:
        page = self.form(htmx=False)
        self.assertIn("<h1>", page.text)
        self.assertIn('action="/desk/"', page.text)

    def test_a_wrong_value_does_not_break_it(self) -> None:
        self.assertEqual(self.form(place="x", holder="y", received_after="<b>").status_code, 200)

    def test_every_field_of_the_form_is_a_name_of_the_address(self) -> None:
        page = self.form().text
        for name in filters.NAMES:
            self.assertIn(f'name="{name}"', page)


class CostTests(DeskTestCase):
    def cost(self, **query: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(len(self.queue(**query).context["queue"].rows), 1)
        return len(queries)

    def test_narrowing_costs_one_query_for_each_thing_that_is_looked_up(self) -> None:
        self.arrive(category=people.category("knalpot-brong"))
        self.queue()
        without = self.cost()
        self.assertEqual(self.cost(urgency="biasa", channel="whatsapp", status="new"), without)
        self.assertEqual(self.cost(urgency="biasa", category="knalpot-brong"), without + 1)
