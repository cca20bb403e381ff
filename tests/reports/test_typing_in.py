"""A call or a walk-in becomes a report like any other, and whoever calls is known again by nobody but the system."""

import threading
from datetime import timedelta
from unittest import skipUnless
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from operators.models import Operator
from reports import replies, triage, typing_in
from reports.actors import NotAllowed
from reports.identity.models import AuditEntry, Handle, Identity
from reports.identity.people import address_of
from reports.models import Area, Category, Change, Message, Report, ServiceNumber
from reports.models.service_number import Channel
from reports.typing_in import Told, take_down
from reports.workflow import Status, Urgency
from tests import people, samples
from tests.reports.cases import CommittedTestCase, StationTestCase, body_of, opening_of
from tests.samples import WATI

SAID = "Ada tabrakan di depan pasar"


def told(words: str = SAID, **more: object) -> Told:
    return Told(**({"channel": Channel.VOICE, "words": words} | more))  # type: ignore[arg-type]


class TakenDownTests(StationTestCase):
    def test_it_is_a_report_like_any_other(self) -> None:
        now = self.travel(timezone.now())
        report = take_down(told(), by=self.rina)
        self.assertRegex(report.number, r"^CTH-\d{4}-00001$")
        self.assertEqual((report.channel, report.received_at), (Channel.VOICE, now))
        message = report.messages.get()
        self.assertEqual((message.direction, message.status), ("inbound", "received"))
        self.assertEqual((message.provider_sid, message.author), (None, self.rina))
        self.assertEqual((body_of(message), opening_of(report)), (SAID, SAID))

    def test_it_belongs_to_whoever_took_it_down(self) -> None:
        report = take_down(told(), by=self.rina)
        self.assertEqual((report.holder, report.status), (self.rina, Status.TRIAGE))
        events = report.events.order_by("pk").values_list("kind", "by__username")
        self.assertEqual(list(events), [("typed_in", "rina"), ("claimed", "rina")])
        self.assertTrue(Change.objects.filter(report=report).exists())

    def test_nothing_is_sent_by_itself(self) -> None:
        take_down(told(number=WATI.phone), by=self.rina)
        self.assertEqual(Message.objects.filter(direction="outbound").count(), 0)
        self.assertEqual(self.rings, [])

    def test_nobody_waits_for_a_first_answer(self) -> None:
        report = take_down(told(), by=self.rina)
        self.assertIsNone(report.waiting_since)
        self.assertEqual(report.answered_at, report.received_at)
        self.assertEqual(report.unread_count, 0)

    def test_category_urgency_and_place_are_kept(self) -> None:
        group = people.category("kamtibmas")
        category = people.category("tawuran", parent=group, urgency=Urgency.SOON)
        area = Area.objects.create(
            station=self.station, code="33.14.01", level="district", name="Contoh",
            latitude=-7, longitude=111,
        )  # fmt: skip
        report = take_down(told(category=category, area=area), by=self.rina)
        self.assertEqual((report.category, report.area), (category, area))
        self.assertEqual(report.urgency, Urgency.SOON)
        calm = take_down(told(category=category, urgency=Urgency.ROUTINE), by=self.rina)
        self.assertEqual(calm.urgency, Urgency.ROUTINE)

    def test_what_is_settled_by_a_time_is_due_then(self) -> None:
        now = self.travel(timezone.now())
        group = people.category("kamtibmas")
        category = people.category("tawuran", parent=group, complete_minutes=60)
        report = take_down(told(category=category), by=self.rina)
        self.assertEqual(report.due_at, now + timedelta(minutes=60))

    def test_a_reserved_category_takes_it_from_every_desk(self) -> None:
        group = people.category("internal")
        category = people.category("anggota-polri", parent=group, reserved_for="propam")
        report = take_down(told(category=category), by=self.rina)
        self.assertIsNone(report.holder)
        self.assertFalse(Report.objects.visible_to(self.rina).filter(pk=report.pk).exists())

    def test_the_same_form_sent_again_is_the_same_report(self) -> None:
        key = uuid4()
        first = take_down(told(number=WATI.phone), by=self.rina, key=key)
        second = take_down(told(number=WATI.phone), by=self.rina, key=key)
        self.assertEqual(first, second)
        self.assertEqual(Report.objects.count(), 1)
        self.assertEqual(AuditEntry.objects.count(), 1)

    def test_text_cannot_reach_whoever_called(self) -> None:
        report = take_down(told(number=WATI.phone), by=self.rina)
        with self.assertRaises(replies.NoWay):
            triage.reply(report, "Terima kasih", by=self.rina)
        self.assertEqual(report.messages.count(), 1)


class WhoTests(StationTestCase):
    def test_every_spelling_of_a_number_is_the_same_person(self) -> None:
        spellings = ("081299900001", "+6281299900001", "62812-9990-0001", "0812 9990 0001")
        reports = [take_down(told(number=given), by=self.rina) for given in spellings]
        self.assertEqual(len({report.reporter_id for report in reports}), 1)
        kind, address = address_of(reports[0].contact.handle_id)
        self.assertEqual((kind, address.expose()), ("phone", WATI.phone))

    def test_who_wrote_before_is_the_same_person_on_the_telephone(self) -> None:
        wrote = people.report(samples.text(by=WATI))
        called = take_down(told(number="0812-9990-0001"), by=self.rina)
        self.assertEqual(called.reporter, wrote.reporter)
        self.assertNotEqual(called.contact, wrote.contact)
        self.assertNotEqual(called, wrote)

    def test_who_called_is_the_same_person_when_they_write(self) -> None:
        called = take_down(told(number="081299900001"), by=self.rina)
        wrote = people.report(samples.text("Saya yang tadi menelepon", by=WATI))
        self.assertEqual(wrote, called)
        self.assertEqual(wrote.contact.service_number.channel, Channel.WHATSAPP)
        triage.reply(wrote, "Terima kasih", by=self.rina)

    def test_without_a_number_nobody_can_be_known_again(self) -> None:
        first, second = take_down(told(), by=self.rina), take_down(told(), by=self.rina)
        self.assertNotEqual(first.reporter, second.reporter)
        self.assertIsNone(first.contact.handle)
        self.assertEqual(Handle.objects.count(), 0)
        self.assertRegex(first.reporter.alias, r"^[A-Z]\w+-\d+$")

    def test_the_name_is_sealed_with_the_identity(self) -> None:
        report = take_down(told(name=" Bu Tini "), by=self.rina)
        identity = Identity.objects.get(pk=report.reporter.identity_id)
        self.assertTrue(identity.profile_name_sealed)
        self.assertNotIn(b"Tini", bytes(identity.profile_name_sealed))

    def test_a_call_comes_to_the_stations_telephone_where_it_has_one(self) -> None:
        at_desk = take_down(told(), by=self.rina).contact.service_number
        self.assertEqual((at_desk.channel, at_desk.address), (Channel.DESK, "CTH"))
        phone = ServiceNumber.objects.create(
            station=self.station, channel=Channel.VOICE, address="+62271891234"
        )
        self.assertEqual(take_down(told(), by=self.rina).contact.service_number, phone)
        walked_in = take_down(told(channel=Channel.DESK), by=self.rina)
        self.assertEqual(walked_in.contact.service_number, at_desk)


class RefusedTests(StationTestCase):
    def assertRefused(self, error: type[Exception], what: Told, by: Operator | None = None) -> None:
        with self.assertRaises(error) as caught:
            take_down(what, by=by or self.rina)
        self.assertNotIn("0812", str(caught.exception).replace("0812 3456 7890", ""))
        self.assertEqual((Report.objects.count(), Identity.objects.count()), (0, 0))

    def test_what_is_no_number_is_refused_before_anything_is_looked_up(self) -> None:
        for wrong in ("0812", "110", "nol delapan", "0812999000011111", "+62+812"):
            with self.subTest(wrong):
                self.assertRefused(typing_in.WrongNumber, told(number=wrong))
        self.assertEqual(AuditEntry.objects.count(), 0)

    def test_without_words_there_is_no_report(self) -> None:
        self.assertRefused(typing_in.WordsMissing, told("  \n"))

    def test_a_group_is_no_category(self) -> None:
        self.assertRefused(typing_in.Unfit, told(category=people.category("kamtibmas")))

    def test_the_place_is_one_of_the_stations(self) -> None:
        other = people.station("tetangga", "TTG")
        area = Area.objects.create(
            station=other,
            code="33.72.01",
            level="district",
            name="Lain",
            latitude=-7,
            longitude=110,
        )
        self.assertRefused(typing_in.Unfit, told(area=area))

    def test_nothing_is_typed_in_from_whatsapp(self) -> None:
        self.assertRefused(typing_in.Unfit, told(channel=Channel.WHATSAPP))

    def test_who_may_not_is_refused(self) -> None:
        self.assertRefused(NotAllowed, told(), by=people.operator(self.station, "chief"))


class LookUpTests(StationTestCase):
    def test_each_is_in_the_audit_chain_without_the_number(self) -> None:
        report = take_down(told(number=WATI.phone), by=self.rina)
        entry = AuditEntry.objects.get()
        self.assertEqual((entry.kind, entry.actor), ("lookup", self.rina.pk))
        self.assertEqual(entry.data, {"report": str(report.pk)})

    def test_without_a_number_nothing_is_looked_up(self) -> None:
        take_down(told(), by=self.rina)
        self.assertEqual(AuditEntry.objects.count(), 0)

    def test_it_is_written_down_even_when_saving_fails_afterwards(self) -> None:
        Category.objects.all().delete()
        with self.assertRaises(ValueError):
            take_down(told(number=WATI.phone, urgency="darurat"), by=self.rina)
        self.assertEqual((AuditEntry.objects.count(), Report.objects.count()), (1, 0))

    @override_settings(LOOKUPS_AN_HOUR=2)
    def test_more_than_so_many_an_hour_are_refused(self) -> None:
        self.travel(timezone.now())
        for _ in range(2):
            take_down(told(number=WATI.phone), by=self.rina)
        with self.assertRaises(typing_in.TooManyLookUps):
            take_down(told(number=WATI.phone), by=self.rina)
        self.assertEqual(Report.objects.count(), 2)
        take_down(told(), by=self.rina)
        take_down(told(number=WATI.phone), by=people.operator(self.station, username="budi"))
        kinds = AuditEntry.objects.order_by("sequence").values_list("kind", flat=True)
        self.assertEqual(list(kinds), ["lookup", "lookup", "lookup-refused", "lookup"])
        self.travel(timedelta(hours=1, seconds=1))
        take_down(told(number=WATI.phone), by=self.rina)

    def test_the_cap_is_thirty(self) -> None:
        self.assertEqual(settings.LOOKUPS_AN_HOUR, 30)


@skipUnless(connection.vendor == "postgresql", "needs several writers")
class AtOnceTests(CommittedTestCase):
    def test_a_form_sent_twice_at_the_same_moment_makes_one_report(self) -> None:
        rina = people.operator(people.station(), username="rina")
        key, made, gate = uuid4(), [], threading.Barrier(4)

        def send() -> None:
            gate.wait()
            try:
                made.append(take_down(told(number=WATI.phone), by=rina, key=key).number)
            finally:
                connection.close()

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(made), len(set(made))), (4, 1))
        self.assertEqual(Report.objects.count(), 1)
