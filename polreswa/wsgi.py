"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polreswa.settings")
application = get_wsgi_application()

from polreswa.checks import refuse_if_unsafe  # noqa: E402

# A server started by another command than ours runs no system checks: refuse here as well.
refuse_if_unsafe()

# What is loaded stays: the collector need not go through all of it again while somebody waits for a page, and a page
# makes some ten thousand objects, nearly all of which go by themselves.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
