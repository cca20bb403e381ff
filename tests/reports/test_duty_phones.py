"""A duty telephone is sealed, and its number is nowhere but on its way to the provider."""

import io
import logging
from datetime import timedelta

from django.core import serializers
from django.urls import reverse
from django.utils import timezone

from operators import jobs as clock
from operators.permissions import Role
from polreswa.logging import JsonLines
from reports import duty_phones, summoning
from reports.identity.models import DataKey
from reports.models import DutyPhone, Event, ReplyTemplate, Summons
from reports.models.reply_template import ReplyKey
from tests import people
from tests.canaries import Canary, scan
from tests.reports.cases import StationTestCase
from tests.reports.gateways import NO_ANSWER, REFUSED, Provider

NUMBER = "+6281199990077"


class DutyPhoneTests(StationTestCase):
    def test_however_it_is_written_it_is_kept_in_one_form(self) -> None:
        for written in ("0811-9999-0077", "62 811 9999 0077", NUMBER):
            duty_phones.set_number(self.rina.pk, written)
            phone = DutyPhone.objects.get()
            self.assertEqual(duty_phones.number_of(phone).expose(), NUMBER)

    def test_what_is_no_number_changes_nothing(self) -> None:
        duty_phones.set_number(self.rina.pk, NUMBER)
        for wrong in ("", "12", "nomor saya", "+62 81 abc 9999"):
            with self.subTest(wrong), self.assertRaises(duty_phones.NotANumber) as refused:
                duty_phones.set_number(self.rina.pk, wrong)
            self.assertEqual(str(refused.exception), "")
        self.assertEqual(duty_phones.number_of(DutyPhone.objects.get()).expose(), NUMBER)

    def test_taken_away_its_key_is_gone_too(self) -> None:
        duty_phones.set_number(self.rina.pk, NUMBER)
        self.assertTrue(duty_phones.remove(self.rina.pk))
        self.assertFalse(duty_phones.remove(self.rina.pk))
        self.assertEqual((DutyPhone.objects.count(), DataKey.objects.count()), (0, 0))


class CanaryTests(StationTestCase):
    """The whole life of a number: set, called with every ending, shown as set, taken away."""

    def setUp(self) -> None:
        super().setUp()
        self.written = io.StringIO()
        handler = logging.StreamHandler(self.written)
        handler.setFormatter(JsonLines())
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, level)
        self.bambang = people.operator(self.station, Role.PAMAPTA, username="bambang")
        self.client.force_login(self.bambang)

    def test_the_number_is_nowhere(self) -> None:
        pages = [self.client.post(reverse("duty-phone"), {"number": NUMBER}, follow=True)]
        pages += [self.client.post(reverse("duty-phone"), {"number": f"{NUMBER}xx"})]
        ReplyTemplate.objects.create(station=self.station, key=ReplyKey.SUMMONS, text="Buka.")
        report = people.report(at=self.travel(timezone.now()) - timedelta(hours=3))
        clock.escalate_due()
        for ending in (REFUSED, NO_ANSWER):
            Summons.objects.update(status="queued")
            summoning.summon(str(Summons.objects.get().pk), via=Provider(ending))
            pages += [self.client.get(reverse("desk:hearing"))]
        pages += [self.client.get(path) for path in (report.get_absolute_url(), "/desk/")]
        pages += [self.client.get(reverse("duty-phone"))]
        self.client.force_login(people.operator(self.station, Role.ADMIN))
        pages += [self.client.get(f"/admin/operators/operator/{self.bambang.pk}/change/")]
        rows = [*DutyPhone.objects.all(), *Summons.objects.all(), *Event.objects.all()]
        looked_at = {
            "logs": self.written.getvalue().encode(),
            "rows": serializers.serialize("json", rows).encode(),
            **{f"page {number}": page.content for number, page in enumerate(pages)},
        }
        self.assertEqual([page.status_code for page in pages], [200, 422, *[200] * 6])
        self.assertEqual(scan([Canary.phone(NUMBER)], looked_at), [])
