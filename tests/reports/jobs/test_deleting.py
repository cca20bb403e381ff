"""Once a file is safely here, it goes at the provider, and there is a receipt for that."""

from unittest import mock

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from reports import jobs
from reports.identity import audit
from reports.models import Attachment, AuditEntry
from tests import hostile
from tests.reports.jobs.fetching_cases import FetchingCase


class DeletingTests(FetchingCase):
    def setUp(self) -> None:
        super().setUp()
        self.travel(timezone.now())

    def receipts(self) -> list[AuditEntry]:
        return list(AuditEntry.objects.filter(kind="media-deleted"))

    def test_what_is_here_is_deleted_there(self) -> None:
        attachment = self.fetched()
        (path,) = self.server.deleted
        self.assertEqual(path, f"{self.server.asked[0]}.json")
        self.assertEqual(attachment.deleted_at_provider_at, timezone.now())
        self.assertIsNone(attachment.delete_due_at)

    def test_the_audit_chain_holds_a_receipt(self) -> None:
        attachment = self.fetched()
        (receipt,) = self.receipts()
        report = attachment.message.report
        self.assertEqual(receipt.data, {"report": report.number, "attachment": str(attachment.pk)})
        self.assertEqual((receipt.actor, receipt.station), (0, report.station_id))
        self.assertIsNone(audit.verify().broken)

    def test_what_cannot_be_shown_and_is_kept_is_deleted_too(self) -> None:
        attachment = self.fetched(hostile.giving(b"<svg/>"))
        self.assertEqual(attachment.state, "refused")
        self.assertIsNotNone(attachment.deleted_at_provider_at)

    def test_what_is_not_here_stays_there(self) -> None:
        for answer in (hostile.of_size(21 * hostile.MEGABYTE), hostile.status(500)):
            attachment = self.fetched(answer)
            self.assertIsNone(attachment.delete_due_at)
            self.assertEqual(self.server.deleted, [])

    def test_it_is_on_disk_before_it_goes_there(self) -> None:
        order: list[str] = []
        real = jobs.fetching.media_files.blobs.os.fsync

        def fsync(descriptor: int) -> None:
            order.append("on disk")
            real(descriptor)

        with (
            mock.patch("reports.identity.blobs.os.fsync", fsync),
            mock.patch(
                "reports.jobs.deleting.gateway",
                return_value=mock.Mock(delete_file=lambda source: order.append("deleted")),
            ),
        ):
            self.fetched()
        self.assertEqual(order[0], "on disk")
        self.assertEqual(order[-1], "deleted")

    @override_settings(DELETE_MEDIA_AT_PROVIDER=False)
    def test_it_can_be_left_there(self) -> None:
        attachment = self.fetched()
        self.assertEqual((self.server.deleted, attachment.delete_due_at), ([], None))

    def test_one_that_is_gone_already_is_as_good(self) -> None:
        self.provider().of_deleting = 404
        attachment = self.sent()
        jobs.fetch()
        self.assertIsNotNone(self.now_is(attachment).deleted_at_provider_at)
        self.assertEqual(len(self.receipts()), 1)

    def test_what_fails_is_tried_again(self) -> None:
        self.provider().of_deleting = 500
        attachment = self.sent()
        with self.assertLogs("reports.jobs", "WARNING"):
            jobs.fetch()
        attachment = self.now_is(attachment)
        self.assertEqual((attachment.state, attachment.delete_tries), ("stored", 1))
        self.assertIsNone(attachment.deleted_at_provider_at)
        self.assertEqual(self.receipts(), [])
        self.server.of_deleting = 204
        self.assertEqual(jobs.fetch(), 0)
        self.travel(settings.MEDIA_DELETE_LONGEST)
        jobs.fetch()
        self.assertIsNotNone(self.now_is(attachment).deleted_at_provider_at)

    @override_settings(MEDIA_DELETE_TRIES=2)
    def test_in_the_end_that_is_said_and_left(self) -> None:
        self.provider().of_deleting = 500
        attachment = self.sent()
        with self.assertLogs("reports.jobs", "ERROR"):
            jobs.fetch()
            self.travel(settings.MEDIA_DELETE_LONGEST)
            jobs.fetch()
        self.assertIsNone(self.now_is(attachment).delete_due_at)
        self.assertFalse(Attachment.objects.to_delete_at_provider(timezone.now()).exists())
