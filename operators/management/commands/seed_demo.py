"""A demo's people and its day: the simulator's citizens write through the real webhook, and the desk does some work."""

import json
import time
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operators.demo import make_accounts
from operators.models import Operator
from reports import triage
from reports.models import InboxEntry, Report
from reports.workflow import Outcome

WAIT_SECONDS = 45


class Command(BaseCommand):
    help = "Make the demo accounts and, once, let the demo day come in. Needs DEMO and a running program."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo accounts have known passwords: this works with DEMO only.")
        self.stdout.write(f"demo accounts made: {make_accounts()}")
        if not settings.SIMULATOR_URL or settings.TWILIO_API_URL != settings.SIMULATOR_URL:
            return
        accepted = _play_the_day()
        if accepted:
            _wait_until_read()
            _work_a_little(Operator.objects.get(username="operator"))
            _work_a_little(Operator.objects.get(username="operator-solo"))
        self.stdout.write(f"messages of the demo day: {accepted}")


def _play_the_day() -> int:
    """Ask the simulator to play it; the number of webhooks accepted, 0 when it was played before."""
    request = urllib.request.Request(f"{settings.SIMULATOR_URL}/demo-day", method="POST")
    for _ in range(WAIT_SECONDS):
        try:
            with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:  # noqa: S310
                return int(json.load(answer).get("accepted", 0))
        except OSError:
            time.sleep(1)
    return 0


def _wait_until_read() -> None:
    for _ in range(WAIT_SECONDS):
        if not InboxEntry.objects.unread().filter(kind=InboxEntry.Kind.MESSAGE).exists():
            return
        time.sleep(1)


def _work_a_little(operator: Operator) -> None:
    """What a shift would have done by now, so that the desk shows every state."""
    reports = list(Report.objects.visible_to(operator).open().order_by("received_at")[:5])
    for report in reports[:3]:
        triage.claim(report, by=operator)
    for report in reports[1:3]:
        triage.reply(
            report,
            "Terima kasih, laporan Anda kami terima. Petugas sedang kami hubungi. Mohon kirim lokasi bila bisa.",
            by=operator,
        )
    for report in reports[2:3]:
        triage.close(report, Outcome.ANSWERED, "Pertanyaan sudah dijawab lewat pesan.", by=operator)
