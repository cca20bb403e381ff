"""The WSGI application; starts the exchange with the worker, so that work left over is resumed."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simulator.settings")

application = get_wsgi_application()

from simulator.exchange import exchange  # noqa: E402 - needs the settings above

exchange().start()
