"""Who is behind a session."""

from django.contrib.auth.backends import ModelBackend

from operators.models import Operator


class AccountBackend(ModelBackend):
    """Django's own check of the password; an account comes with its station and unit, which every page asks for."""

    def get_user(self, user_id: int) -> Operator | None:
        operator = Operator.objects.select_related("station", "unit").filter(pk=user_id).first()
        return operator if operator and self.user_can_authenticate(operator) else None
