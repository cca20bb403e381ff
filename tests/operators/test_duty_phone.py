"""The page of my duty telephone: set, replaced, taken away; whether there is one is shown, the number never."""

from django.urls import reverse

from operators.permissions import Role
from reports import duty_phones
from reports.models import DutyPhone, Station
from tests import people
from tests.cases import PolresTestCase

NUMBER = "+6281199990077"
PAGE = reverse("duty-phone")


class DutyPhoneTests(PolresTestCase):
    station: Station

    @classmethod
    def setUpTestData(cls) -> None:
        cls.station = people.station()
        cls.chief = people.operator(cls.station, Role.CHIEF)

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.chief)

    def number(self) -> str:
        return duty_phones.number_of(DutyPhone.objects.get(operator=self.chief)).expose()

    def test_it_is_set(self) -> None:
        answer = self.client.post(PAGE, {"number": "0811 9999 0077"})
        self.assertRedirects(answer, PAGE)
        self.assertEqual(self.number(), NUMBER)

    def test_it_is_replaced(self) -> None:
        duty_phones.set_number(self.chief.pk, NUMBER)
        self.client.post(PAGE, {"number": "081199990088"})
        self.assertEqual(self.number(), "+6281199990088")

    def test_it_is_taken_away(self) -> None:
        duty_phones.set_number(self.chief.pk, NUMBER)
        for _ in range(2):
            self.assertRedirects(self.client.post(reverse("remove-duty-phone")), PAGE)
        self.assertFalse(DutyPhone.objects.exists())

    def test_what_is_no_number_is_refused_and_not_shown_again(self) -> None:
        for wrong in ("", "0811 nomor saya", "0" * 60):
            with self.subTest(wrong):
                answer = self.client.post(PAGE, {"number": wrong})
                self.assertEqual(answer.status_code, 422)
                self.assertContains(answer, 'aria-invalid="true"', status_code=422)
                self.assertNotRegex(answer.text, 'name="number"[^>]* value')
        self.assertFalse(DutyPhone.objects.exists())

    def test_the_administration_shows_only_that_there_is_one(self) -> None:
        self.client.force_login(people.operator(self.station, Role.ADMIN))
        address = reverse("admin:operators_operator_change", args=[self.chief.pk])
        without = self.client.get(address).text
        duty_phones.set_number(self.chief.pk, NUMBER)
        with_one = self.client.get(address).text
        self.assertIn("field-has_duty_phone", with_one)
        self.assertIn("icon-no", without.partition("field-has_duty_phone")[2][:400])
        self.assertIn("icon-yes", with_one.partition("field-has_duty_phone")[2][:400])
        self.assertNotIn("99990077", with_one)
