"""Is the process up, is it ready, and its figures. For machines: plain, short, never anything of a citizen."""

import hmac
import ipaddress
from collections.abc import Callable, Iterable
from functools import wraps

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from reports import inbox
from reports.identity import keyring
from reports.models import InboxEntry, Message, Report
from reports.models.message import Delivery

View = Callable[[HttpRequest], HttpResponse]

MARKS_OF_A_PROXY = (
    *("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"),
)
"""A request with one of these came from elsewhere, although the proxy itself is on this machine."""


def _for_machines_of_ours(view: View) -> View:
    """From this machine and through no proxy, or with METRICS_TOKEN as bearer token; else 403."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
        known = settings.METRICS_TOKEN.encode()
        if (known and hmac.compare_digest(given, known)) or _is_local(request):
            return view(request)
        return HttpResponse(status=403)

    return checked


def _is_local(request: HttpRequest) -> bool:
    if any(mark in request.headers for mark in MARKS_OF_A_PROXY):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return JsonResponse({"ok": True})


@login_not_required
@require_safe
@_for_machines_of_ours
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, broker, keys and the age of the inbox are in order, else 503; each by name."""
    state = {
        "database": _in_order(lambda: connection.cursor().execute("SELECT 1") or True),
        "broker": _in_order(_broker_answers),
        "keys": _in_order(lambda: bool(keyring.active())),
        "inbox": _in_order(lambda: _inbox_age() < settings.INBOX_AGE_LIMIT.total_seconds()),
    }
    return JsonResponse(state, status=200 if all(state.values()) else 503)


@login_not_required
@require_safe
@_for_machines_of_ours
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the format of Prometheus, read from the database at this moment."""
    registry = CollectorRegistry()
    registry.register(_Figures())
    return HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4")


class _Figures(Collector):
    def collect(self) -> Iterable[Metric]:
        entries, messages = InboxEntry.objects, Message.objects
        yield _gauge("inbox_unread", "Entries not understood yet", entries.unread().count())
        yield _gauge("inbox_age_seconds", "Age of the oldest of them", _inbox_age())
        yield _gauge("inbox_parked", "Entries given up", entries.parked().count())
        yield _gauge("inbox_spooled", "Entries in files, database away", inbox.spooled_count())
        yield _gauge("reports_open", "Reports not closed", Report.objects.open().count())
        for state in (Delivery.QUEUED, Delivery.SENDING, Delivery.UNKNOWN):
            count = messages.filter(status=state).count()
            yield _gauge(f"messages_{state}", f"Outgoing messages that are {state}", count)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"polreswa_{name}", words, value=value)


def _inbox_age() -> float:
    """Seconds since the oldest unread message arrived; receipts that wait for their message do not count."""
    oldest = InboxEntry.objects.oldest_unread()
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def _broker_answers() -> bool:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return True


def _in_order(question: Callable[[], object]) -> bool:
    try:
        return bool(question())
    except Exception:  # noqa: BLE001
        # Whatever is wrong with that part is the answer.
        return False
