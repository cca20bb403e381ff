"""The least that a Django view can do for a webhook: no middleware, check the signature, insert one row in autocommit.

A project of its own in one file, served by the same command as the program, on the same database server.
"""

import os

import dj_database_url
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from twilio.request_validator import RequestValidator

from bench.account import AUTH_TOKEN, PUBLIC_URL, SECRET_KEY

settings.configure(
    SECRET_KEY=SECRET_KEY,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=None)},
    USE_TZ=True,
)

_validator = RequestValidator(AUTH_TOKEN)


def receive(request: HttpRequest) -> HttpResponse:
    signature = request.headers.get("X-Twilio-Signature", "")
    if not _validator.validate(PUBLIC_URL + request.get_full_path(), request.POST, signature):
        return HttpResponse(status=403)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO message (sid, body) VALUES (%s, %s)",
            [request.POST["MessageSid"], request.body],
        )
    return HttpResponse("<Response/>", content_type="text/xml")


urlpatterns = [path("twilio/messages/", receive)]
application = get_wsgi_application()
