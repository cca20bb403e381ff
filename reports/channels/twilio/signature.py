"""Whether a request was signed by Twilio for this address (HMAC-SHA1 over URL and sorted parameters)."""

from collections.abc import Iterable
from functools import cache

from django.http import QueryDict
from twilio.request_validator import RequestValidator, compare


@cache
def _validator(token: str) -> RequestValidator:
    return RequestValidator(token)


def is_signed(url: str, params: QueryDict, signature: str, *, tokens: Iterable[str]) -> bool:
    """`url` as Twilio knows it, with its query; any of `tokens` will do, so that one can be replaced by another.

    An empty signature is never right (the SDK would raise on a missing one).
    """
    return bool(signature) and any(_is_by(token, url, params, signature) for token in tokens)


def _is_by(token: str, url: str, params: QueryDict, signature: str) -> bool:
    validator = _validator(token)
    # The address as it stands is nearly always right; `validate` would work out two signatures every time.
    at_once = compare(validator.compute_signature(url, params), signature)
    return at_once or bool(validator.validate(url, params, signature))
