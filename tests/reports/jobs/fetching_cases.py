"""The case of files that are fetched: a provider on loopback, and a folder for what is sealed."""

import tempfile
from pathlib import Path
from typing import Any

from django.test import override_settings

from reports import jobs, media_files
from reports.channels.twilio.client import gateway
from reports.enrichment.fetching import reasons
from reports.models import Attachment, MediaFile, Message
from tests import hostile, people, photos, samples
from tests.hostile import FileServer
from tests.reports.cases import StationTestCase

PICTURE = photos.telltale()


class FetchingCase(StationTestCase):
    """`self.server` is the provider; `self.folder` holds the sealed files."""

    server: FileServer

    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(override_settings(MEDIA_DIR=self.folder))

    def provider(self, *answers: hostile.Answer) -> FileServer:
        """It answers so from now on."""
        self.server = self.enterContext(FileServer(*(answers or (hostile.giving(PICTURE),))))
        hosts = ["localhost"]
        self.enterContext(override_settings(TWILIO_API_URL=self.server.url, MEDIA_URL_HOSTS=hosts))
        gateway.cache_clear()
        self.addCleanup(gateway.cache_clear)
        return self.server

    def sent(self, **changes: Any) -> Attachment:
        """A picture that somebody has sent and nobody has fetched yet."""
        message = people.message(samples.picture(**changes))
        return Attachment.objects.get(message=message)

    def fetched(self, *answers: hostile.Answer, **changes: Any) -> Attachment:
        """The same after one run, from a provider that answers so."""
        self.provider(*answers)
        attachment = self.sent(**changes)
        jobs.fetch()
        return self.now_is(attachment)

    def now_is(self, attachment: Attachment) -> Attachment:
        return Attachment.objects.select_related("message__report").get(pk=attachment.pk)

    def content(self, attachment: Attachment, role: str = "original") -> bytes:
        query = MediaFile.objects.select_related("attachment__message")
        return media_files.read(query.get(attachment=attachment, role=role))

    def roles(self, attachment: Attachment) -> set[str]:
        return set(attachment.files.values_list("role", flat=True))

    def on_disk(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def assert_state(self, attachment: Attachment, state: str, reason: str = "") -> None:
        self.assertEqual((attachment.state, attachment.reason), (state, reason))
        if reason:
            self.assertTrue(reasons.sentence(reason))


def message_of(attachment: Attachment) -> Message:
    return Message.objects.get(pk=attachment.message_id)
