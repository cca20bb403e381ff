"""Sessions end by themselves, and the table of them logs nobody in."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from operators.sessions import SessionStore, stored_key
from tests import people
from tests.cases import BehindProxy, PolresTestCase
from tests.people import PASSWORD
from tests.reports.cases import StationTestCase

COOKIE = "__Host-session"
LOGIN = "/accounts/login/"
IDLE = settings.SESSION_IDLE


class SessionTestCase(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.began = self.travel(timezone.now())
        self.client.post(LOGIN, {"username": "rina", "password": PASSWORD})
        self.key = self.client.cookies[COOKIE].value

    def is_in(self, client: Any = None) -> bool:
        return bool((client or self.client).get("/desk/").status_code == 200)

    def with_cookie(self, value: str) -> BehindProxy:
        client = BehindProxy()
        client.cookies[COOKIE] = value
        return client

    def after(self, **later: float) -> None:
        self.travel(self.began + timedelta(**later))


class HashedRowTests(SessionTestCase):
    def test_the_table_holds_a_digest_of_the_cookie(self) -> None:
        row = Session.objects.get()
        self.assertNotEqual(row.session_key, self.key)
        self.assertEqual(row.session_key, stored_key(self.key))
        self.assertEqual(len(row.session_key), 40)

    def test_what_the_table_holds_is_no_key(self) -> None:
        thief = self.with_cookie(Session.objects.get().session_key)
        self.assertFalse(self.is_in(thief))
        self.assertTrue(self.is_in())

    def test_what_the_cookie_holds_is(self) -> None:
        self.assertTrue(self.is_in(self.with_cookie(self.key)))

    def test_a_made_up_cookie_opens_nothing_and_is_not_adopted(self) -> None:
        client = self.with_cookie("a" * 32)
        self.assertFalse(self.is_in(client))
        client.post(LOGIN, {"username": "rina", "password": PASSWORD})
        self.assertNotEqual(client.cookies[COOKIE].value, "a" * 32)

    def test_login_gives_a_new_key(self) -> None:
        visitor = BehindProxy()
        session = SessionStore()
        session["planted"] = True
        session.save()
        visitor.cookies[COOKIE] = session.session_key
        visitor.post(LOGIN, {"username": "rina", "password": PASSWORD})
        self.assertNotEqual(visitor.cookies[COOKIE].value, session.session_key)
        self.assertFalse(SessionStore().exists(session.session_key or ""))


class CookieTests(SessionTestCase):
    def test_it_is_for_this_host_over_https_and_not_for_scripts(self) -> None:
        cookie = self.client.cookies[COOKIE]
        self.assertTrue(cookie["secure"] and cookie["httponly"])
        self.assertEqual((cookie["path"], cookie["domain"], cookie["samesite"]), ("/", "", "Lax"))


class StoreTests(PolresTestCase):
    """Django's own promises of a session, kept with digested keys."""

    def test_it_is_saved_and_loaded(self) -> None:
        session = SessionStore()
        session["a"] = 1
        session.save()
        self.assertEqual(SessionStore(session.session_key)["a"], 1)

    def test_it_is_changed_in_place(self) -> None:
        session = SessionStore()
        session["a"] = 1
        session.save()
        again = SessionStore(session.session_key)
        again["a"] = 2
        again.save()
        self.assertEqual((Session.objects.count(), SessionStore(session.session_key)["a"]), (1, 2))

    def test_a_new_key_takes_everything_along(self) -> None:
        session = SessionStore()
        session["a"] = 1
        session.save()
        old = session.session_key
        session.cycle_key()
        self.assertNotEqual(session.session_key, old)
        self.assertFalse(session.exists(old or ""))
        self.assertEqual(SessionStore(session.session_key)["a"], 1)

    def test_flushed_it_is_gone(self) -> None:
        session = SessionStore()
        session["a"] = 1
        session.save()
        session.flush()
        self.assertEqual((Session.objects.count(), session.session_key), (0, None))

    def test_expired_ones_are_not_loaded_and_are_cleared_away(self) -> None:
        session = SessionStore()
        session["a"] = 1
        session.save()
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        late = SessionStore(session.session_key)
        self.assertNotIn("a", late)
        self.assertIsNone(late.session_key)
        SessionStore.clear_expired()
        self.assertEqual(Session.objects.count(), 0)

    def test_living_ones_are_not_cleared_away(self) -> None:
        session = SessionStore()
        session.save()
        SessionStore.clear_expired()
        self.assertTrue(SessionStore().exists(session.session_key or ""))

    def test_one_that_was_deleted_meanwhile_is_not_raised_from_the_dead(self) -> None:
        session = SessionStore()
        session["a"] = 1
        session.save()
        Session.objects.all().delete()
        with self.assertRaises(UpdateError):
            session.save()


class IdleTests(SessionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.assertTrue(self.is_in())

    def test_somebody_who_is_seen_stays(self) -> None:
        for minutes in range(20, 200, 20):
            self.after(minutes=minutes)
            self.assertTrue(self.is_in())

    def test_after_half_an_hour_unseen_one_is_logged_out(self) -> None:
        self.after(seconds=IDLE.total_seconds() + 1)
        self.assertFalse(self.is_in())
        self.assertEqual(Session.objects.count(), 0)

    def test_not_before(self) -> None:
        self.after(seconds=IDLE.total_seconds())
        self.assertTrue(self.is_in())

    def test_what_the_page_asks_by_itself_keeps_nobody_awake(self) -> None:
        number = people.report().number
        for path in ("/desk/feed/?after=0-0", f"/desk/reports/{number}/conversation/"):
            with self.subTest(path=path):
                for minutes in (10, 20, 29):
                    self.after(minutes=minutes)
                    self.assertLess(self.client.get(path).status_code, 300)
        self.after(minutes=31)
        self.assertEqual(self.client.get("/desk/feed/?after=0-0").status_code, 302)
        self.assertFalse(self.is_in())

    def test_whatever_the_page_marks_as_asked_by_itself_keeps_nobody_awake(self) -> None:
        for minutes in (10, 20, 29):
            self.after(minutes=minutes)
            response = self.client.get("/desk/", headers={"X-By-Itself": "1"})
            self.assertEqual(response.status_code, 200)
        self.after(minutes=31)
        self.assertFalse(self.is_in())

    def test_when_somebody_was_seen_is_written_at_most_once_a_minute(self) -> None:
        self.after(minutes=5)
        self.is_in()
        written = Session.objects.get().session_data
        self.after(minutes=5, seconds=59)
        self.is_in()
        self.assertEqual(Session.objects.get().session_data, written)
        self.after(minutes=6)
        self.is_in()
        self.assertNotEqual(Session.objects.get().session_data, written)

    def test_after_twelve_hours_even_the_busiest_log_in_again(self) -> None:
        for minutes in range(20, 12 * 60, 20):
            self.after(minutes=minutes)
            self.assertTrue(self.is_in())
        self.after(hours=12, seconds=1)
        self.assertFalse(self.is_in())

    def test_a_second_browser_is_a_session_of_its_own(self) -> None:
        other = BehindProxy()
        self.after(minutes=25)
        other.post(LOGIN, {"username": "rina", "password": PASSWORD})
        self.after(minutes=40)
        self.assertEqual((self.is_in(), self.is_in(other)), (False, True))


class EndedFromOutsideTests(SessionTestCase):
    def test_an_account_that_is_switched_off_is_out_at_once(self) -> None:
        self.rina.is_active = False
        self.rina.save()
        self.assertFalse(self.is_in())

    def test_a_new_password_ends_every_session(self) -> None:
        self.rina.set_password("kata-sandi-yang-baru")
        self.rina.save()
        self.assertFalse(self.is_in())

    def test_a_role_that_is_taken_away_is_gone_at_once(self) -> None:
        self.rina.roles = ["unit"]
        self.rina.save()
        self.assertEqual(self.client.get("/desk/").status_code, 403)
