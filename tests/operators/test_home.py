"""Where a login leads: to the place that the account works in."""

from operators.permissions import Role
from tests import people
from tests.cases import PolresTestCase


class HomeTests(PolresTestCase):
    def led(self, *roles: Role) -> str:
        self.client.force_login(people.operator(self.station, *roles, username="-".join(roles)))
        return self.client.get("/").headers.get("Location", "")

    def test_each_role_is_led_to_its_work(self) -> None:
        self.station = people.station()
        self.assertEqual(self.led(Role.OPERATOR), "/desk/")
        self.assertEqual(self.led(Role.UNIT), "/unit/")
        self.assertEqual(self.led(Role.KASAT), "/unit/")
        self.assertEqual(self.led(Role.ADMIN), "/admin/")

    def test_who_works_the_desk_as_well_is_led_there_and_finds_the_tasks_on_the_rail(self) -> None:
        self.station = people.station()
        self.assertEqual(self.led(Role.KASAT, Role.OPERATOR), "/desk/")
        self.assertContains(self.client.get("/desk/"), 'href="/unit/"')
        self.assertContains(self.client.get("/unit/"), 'href="/desk/"')
