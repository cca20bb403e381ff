"""Logging in to the API by token: `Authorization: Token ...` or `Bearer ...`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from operators.models import ApiToken, Operator
from operators.models.token import digest_of

KEYWORDS = {b"token", b"bearer"}


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Operator, ApiToken] | None:
        """None when no token is given; AuthenticationFailed for a wrong one or an account that is switched off."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() not in KEYWORDS:
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("The token is not valid."))
        token = (
            ApiToken.objects.select_related("operator__unit", "operator__station")
            .filter(digest=digest_of(parts[1].decode("latin-1")))
            .first()
        )
        if token is None or not token.operator.is_active:
            raise AuthenticationFailed(_("The token is not valid."))
        return token.operator, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token ...` or `Bearer ...`; made with `manage.py create_api_token`.",
        }
