"""What the pages of the administration share: who asks, and what stays as it was made."""

from typing import Any, cast

from django.http import HttpRequest

from reports.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks. The administration lets in accounts only."""
    return cast(Actor, request.user)


class FixedOnceThere:
    """Fields in `fixed` are chosen when a row is made and stay: other rows and the program know it by them."""

    fixed: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        given = tuple(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        return given if obj is None else (*given, *self.fixed)
