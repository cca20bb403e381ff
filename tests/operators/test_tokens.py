"""Keys to the API: shown once, kept as a digest."""

from operators.models import ApiToken
from operators.models.token import digest_of
from tests import people
from tests.reports.cases import StationTestCase


class ApiTokenTests(StationTestCase):
    def test_a_token_is_long_and_never_the_same(self) -> None:
        tokens = {ApiToken.objects.issue(self.rina) for _ in range(20)}
        self.assertEqual(len(tokens), 20)
        self.assertTrue(all(len(token) >= 43 for token in tokens))

    def test_the_table_holds_its_digest_only(self) -> None:
        token = ApiToken.objects.issue(self.rina)
        row = ApiToken.objects.values().get()
        self.assertNotIn(token, str(row))
        self.assertEqual(row["digest"], digest_of(token))
        self.assertEqual(len(row["digest"]), 64)

    def test_it_is_shown_as_its_account(self) -> None:
        ApiToken.objects.issue(self.rina)
        self.assertEqual(str(ApiToken.objects.get()), str(self.rina))

    def test_it_goes_with_its_account(self) -> None:
        budi = people.operator(self.station, username="budi")
        ApiToken.objects.issue(budi)
        budi.delete()
        self.assertEqual(ApiToken.objects.count(), 0)

    def test_of_two_tokens_each_is_its_own_accounts(self) -> None:
        budi = people.operator(self.station, username="budi")
        one, other = ApiToken.objects.issue(self.rina), ApiToken.objects.issue(budi)
        owners = dict(ApiToken.objects.values_list("digest", "operator__username"))
        self.assertEqual((owners[digest_of(one)], owners[digest_of(other)]), ("rina", "budi"))
