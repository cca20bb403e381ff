"""A key to the API. Only its digest is kept; the token itself is shown once."""

import hashlib
import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from operators.models.operator import Operator


def digest_of(token: str) -> str:
    # The token has 256 random bits: a plain digest cannot be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()


class ApiTokenManager(models.Manager["ApiToken"]):
    def issue(self, operator: Operator) -> str:
        """A new token of this account, in clear: it cannot be shown again."""
        token = secrets.token_urlsafe(32)
        self.create(operator=operator, digest=digest_of(token))
        return token


class ApiToken(models.Model):
    operator = models.ForeignKey(
        Operator, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("account")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[ApiTokenManager] = ApiTokenManager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.operator}"
