"""Twilio's calls: is it really Twilio, is it for us, keep it, say thank you. Nothing is understood here."""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import RawPostDataException
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from reports import bell, inbox
from reports.channels.twilio.signature import is_signed
from reports.models import InboxEntry

logger = logging.getLogger(__name__)

FORM = "application/x-www-form-urlencoded"
NO_QUERY = QueryDict()
# Twilio sends plain text back to the citizen as a message: only TwiML may ever be answered.
EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


def _refused(status: int, why: str) -> HttpResponse:
    """Nothing is kept of a refused call but that there was one: a wrong token or PUBLIC_URL shows itself here."""
    logger.warning("call refused: %s", why)
    return HttpResponse(status=status)


class TwilioWebhook(View):
    """Base of Twilio's calls: checks size, form, signature and account, so that no subclass can forget to."""

    http_method_names = ["post"]
    kind: ClassVar[InboxEntry.Kind]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        # Around the view as a whole: around `dispatch` they would be put on anew for each request.
        return csrf_exempt(login_not_required(super().as_view(**initkwargs)))

    def post(self, request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.WEBHOOK_BODY_LIMIT:
            return _refused(413, "too large")
        if request.content_type != FORM:
            return _refused(403, "not a form")
        try:
            params: QueryDict = request.POST
        except (SuspiciousOperation, RawPostDataException, ValueError):
            return _refused(413, "too large or malformed")
        except BadRequest:
            # A form in another charset than its only one.
            return _refused(403, "not a form")
        if not self._is_twilios(request, params):
            return _refused(403, "not signed for this address, or not our account")
        return self._keep(request, params)

    def _is_twilios(self, request: HttpRequest, params: QueryDict) -> bool:
        return params.get("AccountSid") == settings.TWILIO_ACCOUNT_SID and is_signed(
            settings.PUBLIC_URL + request.get_full_path(),
            params,
            request.META.get("HTTP_X_TWILIO_SIGNATURE", ""),
            tokens=settings.TWILIO_AUTH_TOKENS,
        )

    def _keep(self, request: HttpRequest, params: QueryDict) -> HttpResponse:
        try:
            query = request.GET if request.META.get("QUERY_STRING") else NO_QUERY
            kept = inbox.put(self.kind, params, query, at=timezone.now())
        except inbox.NotKept:
            return HttpResponse(status=503)
        if kept is inbox.Kept.STORED:
            bell.ring("reports.drain_inbox")
        return HttpResponse(EMPTY_TWIML, content_type="text/xml")


class MessageWebhook(TwilioWebhook):
    """Incoming messages, and the same again when Twilio falls back."""

    kind = InboxEntry.Kind.MESSAGE


class StatusWebhook(TwilioWebhook):
    """Delivery receipts."""

    kind = InboxEntry.Kind.STATUS
