"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polreswa.settings")
application = get_wsgi_application()

from polreswa.checks import refuse_if_unsafe  # noqa: E402

# A server started by another command than ours runs no system checks: refuse here as well.
refuse_if_unsafe()
