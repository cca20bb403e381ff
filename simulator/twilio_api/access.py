"""Who may call the API: HTTP Basic with the account's token or an API key."""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest

from django.http import HttpRequest, HttpResponseBase

from simulator.configuration import Configuration, configuration
from simulator.twilio_api.errors import ApiError

View = Callable[..., HttpResponseBase]


def api(*methods: str) -> Callable[[View], View]:
    """A view of the API: credentials first, then the account in the path, then the method.

    ApiError becomes Twilio's JSON. The account is taken out of the view's arguments.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: str) -> HttpResponseBase:
            config = configuration()
            try:
                if not is_authorised(request, config):
                    raise ApiError(20003)
                if named.pop("account", config.account_sid) != config.account_sid:
                    raise ApiError(20404)
                if request.method not in methods:
                    raise ApiError(20004)
                return view(request, **named)
            except ApiError as problem:
                return problem.response()

        return guarded

    return decorate


def is_authorised(request: HttpRequest, config: Configuration) -> bool:
    """Whether the request carries credentials of this account."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return False
    accepted = [f"{config.account_sid}:{token}" for token in config.auth_tokens]
    if config.api_key:
        accepted.append(":".join(config.api_key))
    # Compare with all of them: how long it takes must not tell which one was nearly right.
    matches = [compare_digest(given, pair.encode()) for pair in accepted]
    return any(matches)
