"""create_operator and create_api_token: what they make, and how they refuse."""

import hashlib
from io import StringIO
from typing import Any
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from operators.management.commands import create_operator
from operators.models import ApiToken, Operator
from tests import people

STRONG = "empat-kuda-besi"


class CreateOperatorTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.station = people.station("sragen", "SRG")
        cls.unit = people.unit(cls.station, "spkt")

    def create(
        self,
        username: str = "sari",
        *roles: str,
        password: str | None = STRONG,
        station: str = "sragen",
        **options: str,
    ) -> str:
        said = StringIO()
        arguments = [word for role in roles or ("operator",) for word in ("--role", role)]
        if password is not None:
            arguments += ["--password", password]
        arguments += [word for name, value in options.items() for word in (f"--{name}", value)]
        call_command("create_operator", username, "--station", station, *arguments, stdout=said)
        return said.getvalue()

    def refusal(self, *roles: str, **options: Any) -> str:
        with self.assertRaises(CommandError) as raised:
            self.create("sari", *roles, **options)
        self.assertFalse(Operator.objects.filter(username="sari").exists())
        return str(raised.exception)

    def test_an_account_is_made_as_it_was_described(self) -> None:
        described = {"unit": "spkt", "name": "Sari Contoh", "nrp": "80010203", "rank": "Aipda"}
        said = self.create("sari", "operator", "pamapta", **described)
        made = Operator.objects.get(username="sari")
        self.assertEqual(made.roles, ["operator", "pamapta"])
        self.assertEqual((made.station, made.unit), (self.station, self.unit))
        self.assertEqual((made.name, made.nrp, made.rank), ("Sari Contoh", "80010203", "Aipda"))
        self.assertTrue(made.check_password(STRONG))
        self.assertNotIn(STRONG, said)

    def test_without_a_name_the_account_bears_its_user_name(self) -> None:
        self.create()
        self.assertEqual(Operator.objects.get(username="sari").name, "sari")

    def test_a_role_given_twice_counts_once(self) -> None:
        self.create("sari", "operator", "operator")
        self.assertEqual(Operator.objects.get(username="sari").roles, ["operator"])

    def test_an_unknown_role_is_named_with_those_that_exist(self) -> None:
        refusal = self.refusal("operator", "boss")
        self.assertIn("boss", refusal)
        self.assertIn("pamapta", refusal)

    def test_an_unknown_station_is_named_with_those_that_exist(self) -> None:
        refusal = self.refusal(station="klaten")
        self.assertIn("klaten", refusal)
        self.assertIn("sragen", refusal)

    def test_an_unknown_unit_is_named_with_those_that_exist(self) -> None:
        people.unit(people.station("lain", "LAN"), "lantas")
        refusal = self.refusal(unit="lantas")
        self.assertIn("lantas", refusal)
        self.assertIn("spkt", refusal)

    def test_a_user_name_that_is_taken_is_refused_and_the_account_kept(self) -> None:
        self.create("budi")
        with self.assertRaisesMessage(CommandError, "budi"):
            self.create("budi", password="lain-sama-sekali")
        self.assertTrue(Operator.objects.get(username="budi").check_password(STRONG))

    def test_a_field_that_is_not_in_order_is_named(self) -> None:
        self.assertIn("rank", self.refusal(rank="Jenderal"))

    def test_a_weak_password_is_refused(self) -> None:
        self.assertTrue(self.refusal(password="password"))

    def test_an_empty_password_is_always_refused(self) -> None:
        with override_settings(DEMO=True):
            self.assertTrue(self.refusal(password=""))

    @override_settings(DEMO=True)
    def test_a_demo_takes_any_password(self) -> None:
        self.create(password="sari")
        self.assertTrue(Operator.objects.get(username="sari").check_password("sari"))

    def test_without_a_terminal_a_strong_password_is_made_and_shown_once(self) -> None:
        with mock.patch.object(create_operator.sys.stdin, "isatty", lambda: False):
            said = self.create(password=None)
        password = said.rpartition("password: ")[2].strip()
        self.assertGreaterEqual(len(password), 20)
        self.assertTrue(Operator.objects.get(username="sari").check_password(password))

    def test_on_a_terminal_the_password_is_asked_for_twice(self) -> None:
        said = self.at_a_terminal(STRONG, STRONG)
        self.assertTrue(Operator.objects.get(username="sari").check_password(STRONG))
        self.assertNotIn(STRONG, said)

    def test_two_different_passwords_make_no_account(self) -> None:
        with self.assertRaises(CommandError):
            self.at_a_terminal(STRONG, "lain-sama-sekali")
        self.assertFalse(Operator.objects.exists())

    def test_a_weak_password_typed_at_a_terminal_is_refused(self) -> None:
        with self.assertRaises(CommandError):
            self.at_a_terminal("password", "password")
        self.assertFalse(Operator.objects.exists())

    def at_a_terminal(self, *typed: str) -> str:
        with (
            mock.patch.object(create_operator.sys, "stdin", mock.Mock(isatty=lambda: True)),
            mock.patch.object(create_operator.getpass, "getpass", side_effect=typed),
        ):
            return self.create(password=None)


class CreateApiTokenTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.operator = people.operator(people.station(), username="budi")

    def create(self, username: str) -> str:
        said = StringIO()
        call_command("create_api_token", username, stdout=said)
        return said.getvalue()

    def test_nothing_but_the_token_is_printed_and_only_its_digest_is_kept(self) -> None:
        printed = self.create("budi")
        token = printed.removesuffix("\n")
        self.assertRegex(token, r"^[A-Za-z0-9_-]{43}$")
        kept = ApiToken.objects.get()
        self.assertEqual(kept.operator, self.operator)
        self.assertEqual(kept.digest, hashlib.sha256(token.encode()).hexdigest())

    def test_every_token_is_another_and_the_earlier_ones_stay(self) -> None:
        self.assertNotEqual(self.create("budi"), self.create("budi"))
        self.assertEqual(self.operator.api_tokens.count(), 2)

    def test_an_account_that_does_not_exist_is_named(self) -> None:
        with self.assertRaisesMessage(CommandError, "siapa"):
            self.create("siapa")

    def test_an_account_that_is_switched_off_gets_none(self) -> None:
        Operator.objects.update(is_active=False)
        with self.assertRaisesMessage(CommandError, "budi"):
            self.create("budi")
        self.assertFalse(ApiToken.objects.exists())
