"""Files of messages in the API: what they are, where they are, and that the provider's address is nowhere."""

from typing import Any

from operators.models import ApiToken
from reports.models import Attachment, MediaFile
from tests import files, people, samples
from tests.reports.cases import StationTestCase


class MediaTests(StationTestCase):
    def setUp(self) -> None:
        super().setUp()
        token = ApiToken.objects.issue(self.rina)
        self.headers = {"Authorization": f"Token {token}"}
        self.report = people.report(samples.picture())
        self.attachment = Attachment.objects.get()

    def here(self, **fields: object) -> MediaFile:
        values = {"state": "stored", "fetched_at": self.report.received_at, "kind": "image"}
        values |= {"media_type": "image/jpeg", "byte_size": 3} | fields
        Attachment.objects.filter(pk=self.attachment.pk).update(**values)
        self.attachment.refresh_from_db()
        return files.stored(self.attachment, b"\xff\xd8\xff")

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.headers)

    def shown(self) -> dict[str, Any]:
        page = self.get(f"/api/v1/reports/{self.report.number}/messages/").json()
        (message,) = [one for one in page["results"] if one["direction"] == "inbound"]
        (attachment,) = message["attachments"]
        return dict(attachment)

    def test_one_that_is_not_here_yet_says_so(self) -> None:
        shown = self.shown()
        self.assertEqual((shown["state"], shown["files"]), ("waiting", []))

    def test_one_that_is_here_says_what_it_is_and_where(self) -> None:
        file = self.here()
        shown = self.shown()
        self.assertEqual(
            (shown["state"], shown["kind"], shown["media_type"], shown["byte_size"]),
            ("stored", "image", "image/jpeg", 3),
        )
        (link,) = shown["files"]
        self.assertEqual((link["role"], link["url"]), ("view", f"/api/v1/media/{file.pk}/"))

    def test_the_link_gives_the_content_for_the_same_token(self) -> None:
        self.here()
        (link,) = self.shown()["files"]
        answer = self.get(link["url"])
        self.assertEqual(b"".join(answer.streaming_content), b"\xff\xd8\xff")
        self.assertEqual(self.client.get(link["url"]).status_code, 401)

    def test_one_that_is_refused_says_why(self) -> None:
        self.here(state="refused", reason="too_large")
        shown = self.shown()
        self.assertEqual(shown["reason"], "too_large")
        self.assertIn("MB", shown["reason_text"])

    def test_the_address_at_the_provider_is_nowhere(self) -> None:
        self.here()
        answer = self.get(f"/api/v1/reports/{self.report.number}/messages/")
        self.assertNotContains(answer, "twilio.com")
        self.assertNotContains(answer, "/Media/")
