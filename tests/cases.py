"""The test case of pages and verbs: requests come over https through the proxy, and what is rung is remembered."""

from typing import Any, ClassVar
from unittest import mock

from django.test import Client, TestCase

from reports import bell


class BehindProxy(Client):
    """A browser in front of the proxy, which says that it spoke https with it."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**{"HTTP_X_FORWARDED_PROTO": "https", **defaults})


class PolresTestCase(TestCase):
    """`self.rings` holds what was rung and in which order, as (task, *ids); no broker is asked."""

    client_class: ClassVar = BehindProxy

    def setUp(self) -> None:
        super().setUp()
        self.rings: list[tuple[str, ...]] = []
        patched = mock.patch.object(bell, "ring", lambda *ring: self.rings.append(ring))
        patched.start()
        self.addCleanup(patched.stop)
