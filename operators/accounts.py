"""Who is behind a session."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import IntegerField

from operators.models import Operator
from reports.statements import Given, Statement

ACCOUNT = Statement(
    lambda: Operator.objects.select_related("station", "unit").filter(
        pk=Given("operator", IntegerField())
    )
)


class AccountBackend(ModelBackend):
    """Django's own check of the password; an account comes with its station and unit, which every page asks for."""

    def get_user(self, user_id: int) -> Operator | None:
        operator = ACCOUNT.first(operator=user_id)
        return operator if operator and self.user_can_authenticate(operator) else None
