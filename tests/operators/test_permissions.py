"""Who may do what: the table once more, written out, and that nothing outside it is anybody's."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, SimpleTestCase

from operators.models import Operator, Unit
from operators.permissions import ALLOWED, Role, requires

WORK = {
    *("read_report", "search", "claim", "release", "reply", "ask", "close", "reopen", "note"),
    *("categorise", "set_urgency", "place", "summarise", "split_off", "type_in", "accept"),
    *(
        "dispatch",
        "set_status",
        "ask_check",
        "check",
        "link",
        "follow",
        "answer_incident",
        "send_proof",
        "warn",
    ),
    *("ask_block", "see_blocks", "see_duty"),
}
RIGHTS = {
    Role.OPERATOR: WORK,
    Role.PAMAPTA: WORK
    | {"be_called", "take_over", "assign", "retry_parked", "list_reports", "word_replies"}
    | {"see_hint_quality", "confirm_block", "start_shift"},
    Role.UNIT: {"check", "work_assignment"},
    Role.KASAT: {"check", "work_assignment", "lead_unit", "see_duty"},
    Role.CHIEF: {"be_called", "see_duty"},
    Role.AUDITOR: set(),
    Role.ADMIN: {"configure", "list_reports", "word_replies"},
}


def account(*roles: str, **fields: object) -> Operator:
    return Operator(username="x", name="X", roles=list(roles), **fields)


class RightsTests(SimpleTestCase):
    def test_each_role_has_its_rights_and_no_other(self) -> None:
        for role in Role:
            held = {right for right in ALLOWED if account(role).may(right)}
            with self.subTest(role=role):
                self.assertEqual(held, RIGHTS[role])

    def test_several_roles_have_the_rights_of_all(self) -> None:
        both = account(Role.KASAT, Role.OPERATOR)
        self.assertTrue(both.may("claim") and both.works_the_desk)
        self.assertFalse(both.may("configure"))

    def test_a_right_outside_the_table_is_nobodys(self) -> None:
        everything = account(*Role.values)
        for unknown in ("", "reveal", "READ_REPORT", "read_report ", "__all__"):
            with self.subTest(right=unknown):
                self.assertFalse(everything.may(unknown))

    def test_an_account_without_roles_or_switched_off_has_none(self) -> None:
        for right in ALLOWED:
            self.assertFalse(account().may(right))
            self.assertFalse(account("no-such-role").may(right))
            self.assertFalse(account(*Role.values, is_active=False).may(right))

    def test_an_administrator_reads_no_report(self) -> None:
        admin = account(Role.ADMIN)
        self.assertFalse(
            any(admin.may(right) for right in ("read_report", "claim", "reply", "close"))
        )


class ReservedTests(SimpleTestCase):
    def test_what_is_reserved_for_a_unit_is_its_members(self) -> None:
        propam = account(Role.OPERATOR, unit=Unit(slug="propam"))
        self.assertEqual(propam.unit_slug, "propam")
        self.assertEqual(account(*Role.values).unit_slug, "")


class AdministrationTests(SimpleTestCase):
    def test_who_enters_it(self) -> None:
        entering = {role for role in Role if account(role).is_staff}
        self.assertEqual(entering, {Role.ADMIN, Role.PAMAPTA})

    def test_what_django_asks_is_answered_from_the_same_table(self) -> None:
        self.assertTrue(account(Role.ADMIN).has_perm("reports.change_station"))
        self.assertFalse(account(Role.PAMAPTA).has_perm("reports.change_station"))
        self.assertFalse(account(Role.ADMIN, is_active=False).has_perm("reports.change_station"))
        self.assertTrue(account(Role.PAMAPTA).has_module_perms("reports"))
        self.assertFalse(account(Role.OPERATOR).has_module_perms("reports"))

    def test_there_is_no_superuser(self) -> None:
        self.assertFalse(hasattr(Operator, "is_superuser"))


class RequiresTests(SimpleTestCase):
    def ask(self, who: Operator) -> HttpResponse:
        @requires("claim")
        def view(request: HttpRequest, number: str) -> HttpResponse:
            return HttpResponse(number)

        request = RequestFactory().get("/")
        request.user = who
        return view(request, number="CTH-2611-00001")

    def test_somebody_with_the_right_gets_the_page(self) -> None:
        self.assertEqual(self.ask(account(Role.OPERATOR)).content, b"CTH-2611-00001")

    def test_somebody_without_it_does_not(self) -> None:
        for role in set(Role) - {Role.OPERATOR, Role.PAMAPTA}:
            with self.subTest(role=role), self.assertRaises(PermissionDenied):
                self.ask(account(role))

    def test_a_right_that_is_not_in_the_table_is_a_mistake_at_once(self) -> None:
        with self.assertRaisesMessage(ValueError, "fly is not in the table"):
            requires("fly")
