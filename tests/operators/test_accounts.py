"""The way in and out: logging in, being locked out after wrong passwords, logging out, and what an account is."""

from datetime import timedelta
from typing import Any
from unittest import mock

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports.models import Station
from tests import people
from tests.cases import BehindProxy, PolresTestCase
from tests.people import PASSWORD
from tests.reports.cases import StationTestCase

LOGIN = "/accounts/login/"
COOKIE = "__Host-session"


class AccountsTestCase(StationTestCase):
    def log_in(
        self, username: str = "rina", password: str = PASSWORD, client: Any = None, **more: str
    ) -> HttpResponse:
        content = {"username": username, "password": password} | more
        return (client or self.client).post(LOGIN, content)  # type: ignore[no-any-return]

    def fail(self, times: int, username: str = "rina", **environ: str) -> HttpResponse:  # type: ignore[override]
        """Wrong passwords, so many times; the last answer."""
        for _ in range(times):
            response = BehindProxy(**environ).post(
                LOGIN, {"username": username, "password": "salah-semua"}
            )
        return response  # type: ignore[no-any-return]

    def assertIsIn(self, client: Any = None) -> None:
        response = (client or self.client).get("/")
        self.assertRedirects(response, "/desk/", fetch_redirect_response=False)

    def assertIsOut(self, client: Any = None) -> None:
        response = (client or self.client).get("/desk/")
        self.assertRedirects(response, f"{LOGIN}?next=/desk/", fetch_redirect_response=False)


class LoginTests(AccountsTestCase):
    def test_without_an_account_there_is_only_the_login(self) -> None:
        for path in (
            "/",
            "/desk/",
            "/desk/feed/",
            "/desk/parked/",
            "/desk/reports/CTH-2611-00001/",
        ):
            with self.subTest(path=path):
                response = self.client.get(path)
                self.assertRedirects(
                    response, f"{LOGIN}?next={path}", fetch_redirect_response=False
                )

    def test_with_name_and_password_one_gets_in(self) -> None:
        self.assertRedirects(self.log_in(), "/", fetch_redirect_response=False)
        self.assertIsIn()

    def test_to_where_one_wanted_to_go(self) -> None:
        response = self.log_in(next="/desk/parked/")
        self.assertRedirects(response, "/desk/parked/", fetch_redirect_response=False)

    def test_never_to_another_host(self) -> None:
        for next_page in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            with self.subTest(next=next_page):
                client = BehindProxy()
                response = self.log_in(client=client, next=next_page)
                self.assertRedirects(response, "/", fetch_redirect_response=False)

    def test_whoever_is_in_is_not_asked_again(self) -> None:
        self.log_in()
        self.assertRedirects(self.client.get(LOGIN), "/", fetch_redirect_response=False)

    def test_a_login_without_its_csrf_token_is_refused(self) -> None:
        client = BehindProxy(enforce_csrf_checks=True)
        self.assertEqual(self.log_in(client=client).status_code, 403)
        self.assertIsOut(client)

    def test_the_time_of_the_last_login_is_noted(self) -> None:
        now = self.travel(timezone.now())
        self.log_in()
        self.assertEqual(Operator.objects.get().last_login, now)


class WrongPasswordTests(AccountsTestCase):
    def test_one_stays_out(self) -> None:
        response = self.log_in(password="salah")
        self.assertEqual(response.status_code, 200)
        self.assertIsOut()

    def test_the_answer_does_not_tell_whether_the_account_exists(self) -> None:
        people.operator(self.station, username="bekas", is_active=False)
        wrong, unknown, inactive = (
            self.log_in(name, "salah", client=BehindProxy()) for name in ("rina", "siapa", "bekas")
        )
        right_but_inactive = self.log_in("bekas", client=BehindProxy())
        pages = {
            self.page(response, name)
            for response, name in (
                (wrong, "rina"),
                (unknown, "siapa"),
                (inactive, "bekas"),
                (right_but_inactive, "bekas"),
            )
        }
        self.assertEqual(len(pages), 1)

    def page(self, response: HttpResponse, name: str) -> str:
        """What is the same for everybody: without the name that was typed and the token of the form."""
        self.assertEqual(response.status_code, 200)
        token = response.context["csrf_token"]
        return response.content.decode().replace(str(token), "").replace(name, "")

    def test_as_much_work_is_done_for_an_unknown_account(self) -> None:
        with mock.patch.object(Operator, "set_password", autospec=True) as set_password:
            self.log_in("siapa", "salah")
        set_password.assert_called_once()

    def test_nothing_of_the_password_comes_back_or_is_kept(self) -> None:
        response = self.log_in(password="rahasia-sekali-7731")
        self.assertNotIn(b"rahasia-sekali", response.content)
        self.assertNotIn("rahasia-sekali", str(list(AccessAttempt.objects.values())))


class LockoutTests(AccountsTestCase):
    LIMIT = settings.AXES_FAILURE_LIMIT

    def test_before_the_limit_the_right_password_still_opens(self) -> None:
        self.fail(self.LIMIT - 1)
        self.log_in()
        self.assertIsIn()

    def test_at_the_limit_the_door_is_locked_even_for_the_right_password(self) -> None:
        self.assertEqual(self.fail(self.LIMIT).status_code, 429)
        response = self.log_in()
        self.assertEqual(response.status_code, 429)
        self.assertTemplateUsed(response, "accounts/locked.html")
        self.assertIsOut()

    def test_it_stays_locked_for_a_quarter_of_an_hour(self) -> None:
        self.fail(self.LIMIT)
        self.travel(settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
        self.assertEqual(self.log_in().status_code, 429)

    def test_after_that_the_right_password_opens(self) -> None:
        self.fail(self.LIMIT)
        self.travel(settings.AXES_COOLOFF_TIME + timedelta(seconds=1))
        self.log_in()
        self.assertIsIn()

    def test_a_colleague_at_the_same_desk_is_not_locked_out(self) -> None:
        people.operator(self.station, username="budi")
        self.fail(self.LIMIT)
        self.log_in("budi")
        self.assertIsIn()

    def test_nor_is_the_same_person_elsewhere(self) -> None:
        self.fail(self.LIMIT, REMOTE_ADDR="203.0.113.7")
        self.log_in()
        self.assertIsIn()

    def test_behind_the_proxy_it_is_the_visitor_who_is_locked_out(self) -> None:
        self.fail(self.LIMIT, HTTP_X_FORWARDED_FOR="203.0.113.7")
        there = BehindProxy(HTTP_X_FORWARDED_FOR="203.0.113.7")
        self.assertEqual(self.log_in(client=there).status_code, 429)
        here = BehindProxy(HTTP_X_FORWARDED_FOR="198.51.100.9")
        self.log_in(client=here)
        self.assertIsIn(here)

    def test_a_visitor_who_claims_to_be_others_is_locked_out_all_the_same(self) -> None:
        for n in range(self.LIMIT):
            self.fail(1, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.7")
        there = BehindProxy(HTTP_X_FORWARDED_FOR="203.0.113.7")
        self.assertEqual(self.log_in(client=there).status_code, 429)

    def test_whoever_comes_past_the_proxy_is_believed_nothing(self) -> None:
        for n in range(self.LIMIT):
            self.fail(1, REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
        there = BehindProxy(REMOTE_ADDR="203.0.113.7")
        self.assertEqual(self.log_in(client=there).status_code, 429)

    def test_a_login_wipes_the_slate(self) -> None:
        self.fail(self.LIMIT - 1)
        self.log_in()
        self.client.post("/accounts/logout/")
        self.fail(self.LIMIT - 1)
        self.log_in()
        self.assertIsIn()

    def test_an_unknown_account_is_locked_the_same_way(self) -> None:
        self.assertEqual(self.fail(self.LIMIT, username="siapa").status_code, 429)

    def test_the_administration_has_no_login_of_its_own(self) -> None:
        people.operator(self.station, Role.ADMIN)
        content = {"username": "admin", "password": PASSWORD}
        answer = self.client.post(reverse("admin:login"), content)
        self.assertEqual((answer.status_code, answer.url), (302, "/accounts/login/?next=/admin/"))
        self.assertIsOut()


class LogoutTests(AccountsTestCase):
    def test_afterwards_one_is_out_and_the_session_is_gone(self) -> None:
        self.log_in()
        self.assertRedirects(
            self.client.post("/accounts/logout/"), LOGIN, fetch_redirect_response=False
        )
        self.assertIsOut()
        self.assertEqual(Session.objects.count(), 0)

    def test_the_old_cookie_opens_nothing_any_more(self) -> None:
        self.log_in()
        thief = BehindProxy()
        thief.cookies[COOKIE] = self.client.cookies[COOKIE].value
        self.assertIsIn(thief)
        self.client.post("/accounts/logout/")
        self.assertIsOut(thief)

    def test_a_link_cannot_log_anybody_out(self) -> None:
        self.log_in()
        self.assertEqual(self.client.get("/accounts/logout/").status_code, 405)
        self.assertIsIn()


class OperatorTests(PolresTestCase):
    station: Station

    @classmethod
    def setUpTestData(cls) -> None:
        cls.station = people.station()

    def refused(self, *fields: str, **changes: Any) -> None:
        given = {"username": "x", "password": PASSWORD, "station": self.station, "name": "X"}
        given |= {"roles": ["operator"]} | changes
        with self.assertRaises(ValidationError) as caught:
            Operator.objects.create_operator(**given)
        self.assertEqual(set(caught.exception.message_dict), set(fields))

    def test_an_account_has_known_roles_each_once(self) -> None:
        for roles in ([], ["chef"], ["operator", "operator"], "operator", None, {"operator": 1}):
            with self.subTest(roles=roles):
                self.refused("roles", roles=roles)

    def test_a_name_is_taken_once(self) -> None:
        people.operator(self.station, username="x")
        self.refused("username")

    def test_a_unit_is_of_the_same_station(self) -> None:
        self.refused("unit", unit=people.unit(people.station("lain", "LAN")))

    def test_a_rank_is_one_of_the_polices(self) -> None:
        self.refused("rank", rank="Jenderal")

    def test_the_password_is_not_kept(self) -> None:
        self.assertNotIn(PASSWORD, people.operator(self.station).password)

    def test_it_is_shown_with_rank_name_and_initials(self) -> None:
        rina = Operator(name="Rina Wulandari Putri", rank="Briptu")
        self.assertEqual((str(rina), rina.initials), ("Briptu Rina Wulandari Putri", "RW"))
        self.assertEqual(str(Operator(name="Rina")), "Rina")
