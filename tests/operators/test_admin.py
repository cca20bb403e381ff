"""Who gets into the administration, and what can be done there with accounts, units and tokens."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from operators.models import ApiToken, Operator, Regu, ShiftPattern, Unit
from operators.permissions import Role
from reports.models import (
    Area,
    Category,
    Landmark,
    ReplyTemplate,
    Report,
    RoutingRule,
    ServiceNumber,
    Station,
)
from tests import people
from tests.cases import PolresTestCase

CONFIGURED = {
    Station,
    ServiceNumber,
    Category,
    Area,
    Landmark,
    RoutingRule,
    Unit,
    Operator,
    ApiToken,
    Regu,
    ShiftPattern,
}
PASSWORD = "empat-kuda-besi"


class DoorTests(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.accounts = people.everybody(people.station())

    def test_nothing_that_a_citizen_wrote_and_nobody_is_registered(self) -> None:
        expected = CONFIGURED | {ReplyTemplate, Report}
        self.assertEqual(set(admin.site._registry), expected)

    def test_only_the_administrator_and_the_pamapta_get_in(self) -> None:
        inside = set()
        for role, account in self.accounts.items():
            self.client.force_login(account)
            answer = self.client.get(reverse("admin:index"))
            if answer.status_code == 200:
                inside.add(role)
            else:
                self.assertRedirects(
                    answer, "/admin/login/?next=/admin/", fetch_redirect_response=False
                )
        self.assertEqual(inside, {Role.ADMIN, Role.PAMAPTA})

    def test_whoever_is_logged_in_and_may_not_enter_is_told_so(self) -> None:
        self.client.force_login(self.accounts[Role.OPERATOR])
        self.assertEqual(self.client.get(reverse("admin:login")).status_code, 403)

    def test_an_account_that_is_switched_off_is_outside(self) -> None:
        account = self.accounts[Role.ADMIN]
        self.client.force_login(account)
        Operator.objects.filter(pk=account.pk).update(is_active=False)
        self.assertEqual(self.client.get(reverse("admin:index")).status_code, 302)

    def test_the_pamapta_finds_reports_and_wordings_and_nothing_else(self) -> None:
        self.client.force_login(self.accounts[Role.PAMAPTA])
        shown = self.client.get(reverse("admin:index")).context["app_list"]
        found = {model["model"] for app in shown for model in app["models"]}
        self.assertEqual(found, {Report, ReplyTemplate})

    def test_the_pamapta_is_refused_every_page_of_configuration(self) -> None:
        self.client.force_login(self.accounts[Role.PAMAPTA])
        for model in CONFIGURED:
            name = f"{model._meta.app_label}_{model._meta.model_name}"
            for page in ("changelist", "add"):
                with self.subTest(model=name, page=page):
                    answer = self.client.get(reverse(f"admin:{name}_{page}"))
                    self.assertEqual(answer.status_code, 403)

    def test_the_pages_obey_the_policy_against_foreign_content(self) -> None:
        self.client.force_login(self.accounts[Role.ADMIN])
        pages = [reverse("admin:index")]
        for model in (*CONFIGURED, Report):
            name = f"{model._meta.app_label}_{model._meta.model_name}"
            pages.append(reverse(f"admin:{name}_changelist"))
        pages += [reverse("admin:reports_category_add"), reverse("admin:operators_operator_add")]
        for page in pages:
            with self.subTest(page=page):
                answer = self.client.get(page)
                self.assertEqual(answer.status_code, 200)
                self.assertNotContains(answer, "<style")
                self.assertNotContains(answer, " style=")
                self.assertNotContains(answer, "<script>")
                self.assertNotContains(answer, " onclick=")

    def test_the_administration_bears_our_name(self) -> None:
        self.client.force_login(self.accounts[Role.ADMIN])
        self.assertContains(self.client.get(reverse("admin:index")), "polreswa")


class AccountTests(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.station = people.station()
        self.unit = people.unit(self.station)
        self.admin = people.operator(self.station, Role.ADMIN)
        self.client.force_login(self.admin)

    def fill(self, **changes: object) -> dict[str, object]:
        return {
            "username": "sari",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "name": "Sari Contoh",
            "rank": "Aipda",
            "nrp": "80010203",
            "station": self.station.pk,
            "unit": self.unit.pk,
            "roles": ["operator", "kasat"],
            "is_active": "on",
            **changes,
        }

    def add(self, **changes: object) -> object:
        return self.client.post(reverse("admin:operators_operator_add"), self.fill(**changes))

    def page_of(self, operator: Operator) -> str:
        return reverse("admin:operators_operator_change", args=[operator.pk])

    def test_an_account_is_made_with_its_roles_and_a_password_that_works(self) -> None:
        self.add()
        made = Operator.objects.get(username="sari")
        self.assertEqual(made.roles, ["operator", "kasat"])
        self.assertEqual((made.unit, made.rank, made.nrp), (self.unit, "Aipda", "80010203"))
        self.assertTrue(made.check_password(PASSWORD))

    def test_an_account_without_a_role_is_not_made(self) -> None:
        answer = self.add(roles=[])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("roles", answer.context["adminform"].form.errors)
        self.assertFalse(Operator.objects.filter(username="sari").exists())

    def test_an_account_with_an_unknown_role_is_not_made(self) -> None:
        self.add(roles=["superuser"])
        self.assertFalse(Operator.objects.filter(username="sari").exists())

    def test_a_weak_password_is_refused(self) -> None:
        self.add(password1="12345678", password2="12345678")
        self.assertFalse(Operator.objects.filter(username="sari").exists())

    def test_a_unit_of_another_station_is_refused(self) -> None:
        elsewhere = people.unit(people.station("lain", "LAN"))
        answer = self.add(unit=elsewhere.pk)
        self.assertIn("unit", answer.context["adminform"].form.errors)

    def test_units_are_named_with_their_station(self) -> None:
        answer = self.client.get(reverse("admin:operators_operator_add"))
        self.assertContains(answer, f"{self.station}: {self.unit}")

    def test_roles_and_unit_of_somebody_else_can_be_changed(self) -> None:
        other = people.operator(self.station, Role.OPERATOR)
        self.client.post(self.page_of(other), self.fill(username="operator", roles=["pamapta"]))
        other.refresh_from_db()
        self.assertEqual((other.roles, other.unit), (["pamapta"], self.unit))
        self.assertTrue(other.check_password(people.PASSWORD))

    def test_an_account_is_switched_off_by_its_box(self) -> None:
        other = people.operator(self.station, Role.OPERATOR)
        fields = self.fill(username="operator")
        del fields["is_active"]
        self.client.post(self.page_of(other), fields)
        other.refresh_from_db()
        self.assertFalse(other.is_active)

    def test_nobody_changes_their_own_roles_or_switches_themselves_off(self) -> None:
        fields = self.fill(username="admin", name="Nama Baru", roles=["admin", "operator"])
        del fields["is_active"]
        self.client.post(self.page_of(self.admin), fields)
        self.admin.refresh_from_db()
        self.assertEqual(self.admin.name, "Nama Baru")
        self.assertEqual((self.admin.roles, self.admin.is_active), (["admin"], True))

    def test_a_new_password_can_be_given(self) -> None:
        other = people.operator(self.station, Role.OPERATOR)
        page = reverse("admin:auth_user_password_change", args=[other.pk])
        self.assertEqual(self.client.get(page).status_code, 200)
        self.client.post(page, {"password1": PASSWORD, "password2": PASSWORD})
        other.refresh_from_db()
        self.assertTrue(other.check_password(PASSWORD))

    def test_a_password_cannot_be_taken_away(self) -> None:
        other = people.operator(self.station, Role.OPERATOR)
        page = reverse("admin:auth_user_password_change", args=[other.pk])
        self.client.post(page, {"usable_password": "false", "unset-password": "1"})
        other.refresh_from_db()
        self.assertTrue(other.check_password(people.PASSWORD))

    def test_no_account_can_be_deleted(self) -> None:
        other = people.operator(self.station, Role.OPERATOR)
        page = reverse("admin:operators_operator_delete", args=[other.pk])
        self.assertEqual(self.client.post(page, {"post": "yes"}).status_code, 403)

    def test_roles_are_shown_in_words(self) -> None:
        answer = self.client.get(reverse("admin:operators_operator_changelist"))
        self.assertContains(answer, str(Role.ADMIN.label))
        self.assertNotContains(answer, "[&quot;")

    def test_the_log_names_the_account_and_what_was_changed_but_no_value(self) -> None:
        self.add()
        entry = LogEntry.objects.get()
        self.assertEqual(entry.object_repr, "Aipda Sari Contoh")
        self.assertNotIn(PASSWORD, entry.change_message)


class TokenTests(PolresTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.admin = people.operator(people.station(), Role.ADMIN)
        self.token = ApiToken.objects.issue(self.admin)
        self.client.force_login(self.admin)

    def test_the_list_says_where_a_token_is_made_and_shows_none(self) -> None:
        answer = self.client.get(reverse("admin:operators_apitoken_changelist"))
        self.assertContains(answer, "create_api_token")
        self.assertNotContains(answer, self.token)
        self.assertNotContains(answer, ApiToken.objects.get().digest)

    def test_a_token_cannot_be_made_or_changed_in_the_browser(self) -> None:
        self.assertEqual(self.client.get(reverse("admin:operators_apitoken_add")).status_code, 403)
        page = reverse("admin:operators_apitoken_change", args=[ApiToken.objects.get().pk])
        self.assertNotContains(self.client.get(page), ApiToken.objects.get().digest)
        self.assertEqual(self.client.post(page, {}).status_code, 403)

    def test_a_token_can_be_taken_away(self) -> None:
        page = reverse("admin:operators_apitoken_delete", args=[ApiToken.objects.get().pk])
        self.client.post(page, {"post": "yes"})
        self.assertFalse(ApiToken.objects.exists())
