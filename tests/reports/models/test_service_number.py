"""A station's numbers: written in one way, and retired in favour of a living one of the same station."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reports.models import ServiceNumber
from tests import people
from tests.reports.cases import StationTestCase


class ServiceNumberTests(StationTestCase):
    def number(self, **fields: Any) -> ServiceNumber:
        given = {"station": self.station, "channel": "whatsapp", "address": "+628877000333"}
        return ServiceNumber(**(given | fields))

    def refused(self, field: str, **fields: Any) -> None:
        with self.assertRaises(ValidationError) as caught:
            self.number(**fields).full_clean()
        self.assertEqual(set(caught.exception.message_dict), {field})

    def test_a_number_is_written_with_its_country(self) -> None:
        self.number().full_clean()
        for wrong in ("08877000333", "whatsapp:+628877000333", "+62 887", "628877000333", "+6288a"):
            with self.subTest(address=wrong):
                self.refused("address", address=wrong)

    def test_the_desk_itself_has_a_code_that_nobody_can_dial(self) -> None:
        self.number(channel="desk", address="CTH").full_clean()
        self.refused("address", channel="desk")
        self.refused("address", address="CTH")

    def test_a_station_has_one_desk(self) -> None:
        self.assertEqual(ServiceNumber.of_desk(self.station), ServiceNumber.of_desk(self.station))
        self.assertEqual(self.station.numbers.get(channel="desk").address, "CTH")

    def test_the_successor_is_of_the_same_station(self) -> None:
        other = people.station("lain", "LAN").numbers.get(channel="whatsapp")
        self.refused("successor", successor=other)

    def test_the_successor_is_not_itself_retired(self) -> None:
        retired = self.number(address="+628877000444", is_active=False)
        retired.save()
        self.refused("successor", successor=retired)

    def test_no_number_is_its_own_successor(self) -> None:
        number = self.number()
        number.save()
        with self.assertRaises(IntegrityError), transaction.atomic():
            ServiceNumber.objects.filter(pk=number.pk).update(successor=number)

    def test_a_number_is_one_stations_on_each_channel(self) -> None:
        taken = self.station.numbers.get(channel="whatsapp")
        other = people.station("lain", "LAN")
        self.number(station=other, channel="sms", address=taken.address).full_clean()
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.number(station=other, address=taken.address).save()
