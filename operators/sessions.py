"""Sessions whose rows are no keys: the table holds a digest of what the cookie holds, so a stolen dump logs nobody in."""

import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reports.statements import Given, Statement

SEEN_AT = "seen_at"
BEGAN_AT = "began_at"
SEEN_EVERY = 60
"""Seconds between two writes of when somebody was last seen."""
BY_ITSELF = "X-By-Itself"
DOES_NOT_COUNT = re.compile(
    r"^/desk/(feed|escalated|reports/[^/]+/conversation|incidents/[^/]+/ledger)/$"
    r"|^/unit/(feed|[^/]+/work)/$"
)
"""What a page asks by itself: an unattended desk is not kept awake by it."""
KNOWS_NO_SESSION = "/desk/alarm/"
"""What goes on after the session has ended neither reads nor ends one."""


def stored_key(session_key: str) -> str:
    return hashlib.sha256(f"session:{session_key}".encode()).hexdigest()[:40]


STILL_OPEN = Statement(
    lambda: Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    )
)


class SessionStore(DatabaseStore):
    """Django's database sessions with the key digested at the door of the table."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        if not self.session_key:
            return None
        row = STILL_OPEN.first(key=stored_key(self.session_key), now=timezone.now())
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=stored_key(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        cls.get_model_class().objects.filter(expire_date__lt=timezone.now()).delete()


def idle_session_ends(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an account not seen for SESSION_IDLE is logged out, and every one SESSION_COOKIE_AGE after it logged in.

    What a page asks by itself does not count as being seen.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(KNOWS_NO_SESSION) and request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            seen = request.session.get(SEEN_AT, now)
            began = request.session.setdefault(BEGAN_AT, now)
            is_over = now - began > settings.SESSION_COOKIE_AGE
            if is_over or now - seen > settings.SESSION_IDLE.total_seconds():
                logout(request)
            elif not _is_by_itself(request) and (
                SEEN_AT not in request.session or now - seen >= SEEN_EVERY
            ):
                request.session[SEEN_AT] = now
        return get_response(request)

    return middleware


def _is_by_itself(request: HttpRequest) -> bool:
    return BY_ITSELF in request.headers or bool(DOES_NOT_COUNT.match(request.path))
