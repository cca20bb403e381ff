"""The ladder for tests: Wati writes what is closed as a prank, and receipts say whether the reminder reached her."""

from datetime import datetime, timedelta

from django.utils import timezone

from operators.models import Operator
from operators.permissions import Role
from reports import blocking, triage
from reports.enrichment import surroundings
from reports.models import Block, Category, KeptMessage, Message, ReplyTemplate, Report, Strike
from reports.models.block import StrikeReason
from reports.models.event import EventKind
from reports.models.message import Delivery
from reports.models.reply_template import ReplyKey
from reports.reference.creation import read
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.cases import StationTestCase
from tests.samples import WATI, Citizen

NOTE = "Mengaku hanya iseng."
BECAUSE = "Sudah diingatkan, diulangi."
PRANK = "pak polisi ganteng boleh kenalan gak"
WORDS = {
    ReplyKey.WARNING: "Laporan {nomor_laporan} bukan laporan sungguhan. Mohon tidak diulangi.",
    ReplyKey.BLOCKED: "Pesan Anda kami batasi sampai {sampai}. Bila keliru, balas KEBERATAN.",
    ReplyKey.UNBLOCKED: "Pembatasan pesan Anda sudah dicabut.",
    ReplyKey.APPEAL: "Keberatan Anda kami terima.",
}


def words(station: object) -> None:
    for key, text in WORDS.items():
        ReplyTemplate.objects.create(station=station, key=key, text=text)


def categories() -> None:
    """The seeded ones: what kind of message it is, is read by their words."""
    for group in read("categories.json"):
        parent = Category.objects.create(
            **{key: group[key] for key in ("slug", "label")}, short_label=group["label"][:18]
        )
        Category.objects.bulk_create(Category(parent=parent, **row) for row in group["categories"])
    surroundings.forget()


class LadderTestCase(StationTestCase):
    """Rina works the desk, Pak Joko leads the shift. The clock stands still and is moved on by hand."""

    pamapta: Operator

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.pamapta = people.operator(cls.station, Role.PAMAPTA, username="pamapta")
        words(cls.station)
        categories()

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        surroundings.forget()

    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now().replace(microsecond=0))

    def later(self, **length: float) -> datetime:
        return self.travel(timedelta(**(length or {"minutes": 5})))

    def prank(
        self, body: str = PRANK, *, by: Citizen = WATI, outcome: Outcome = Outcome.PRANK
    ) -> Report:
        """A report of its own, closed. What was closed before is longer ago than a follow-up."""
        if Report.objects.filter(closed_at__gt=timezone.now() - timedelta(hours=25)).exists():
            self.later(hours=25)
        report = people.report(samples.text(body, by=by))
        self.later(minutes=1)
        return triage.close(report, outcome, NOTE, by=self.rina)

    def warn(self, report: Report, **given: object) -> Strike:
        return blocking.warn(report, StrikeReason.PRANK, NOTE, by=self.rina, **given)  # type: ignore[arg-type]

    def reaches(self, message: Message | None, status: Delivery = Delivery.DELIVERED) -> None:
        """The provider tells that it has been delivered, or read, now."""
        assert message is not None
        stamp = {Delivery.DELIVERED: "delivered_at", Delivery.READ: "read_at"}.get(status)
        changed = {stamp: timezone.now()} if stamp else {}
        Message.objects.filter(pk=message.pk).update(status=status, **changed)

    def reminded(self) -> Strike:
        """Somebody who has been reminded, and whom the reminder has reached."""
        strike = self.warn(self.prank())
        self.later()
        self.reaches(strike.warning)
        return strike

    def again(self) -> Report:
        """The second time, after the reminder: what a block can be asked for on."""
        self.reminded()
        self.later()
        report = self.prank("haha iseng aja pak gabut")
        self.warn(report)
        return report

    def asked(self) -> Block:
        return blocking.ask_block(self.again(), BECAUSE, by=self.rina)

    def blocked(self, days: int = 7) -> Block:
        block = blocking.confirm(self.asked(), days, by=self.pamapta)
        self.later()
        return block

    def writes(self, params: samples.Params) -> Report | KeptMessage:
        """What becomes of a message: it is part of a report, or is kept."""
        people_said = {"provider_sid": params["MessageSid"]}
        people.put_away(params)
        message = Message.objects.filter(**people_said).first()
        return message.report if message else KeptMessage.objects.get(**people_said)

    def words_to_reporter(self) -> list[str]:
        outbound = Message.objects.filter(direction="outbound").exclude(template_key="")
        return list(outbound.order_by("at", "pk").values_list("template_key", flat=True))

    def kinds(self, report: Report) -> list[str]:
        ours = {
            EventKind.WARNED, EventKind.STRIKE_LIFTED, EventKind.BLOCK_ASKED, EventKind.BLOCKED,
            EventKind.BLOCK_REFUSED, EventKind.UNBLOCKED, EventKind.LIFE_LINE,
        }  # fmt: skip
        happened = report.events.filter(kind__in=ours).order_by("at", "pk")
        return list(happened.values_list("kind", flat=True))
