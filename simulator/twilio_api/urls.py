"""Paths as Twilio has them; the hosts api.twilio.com and content.twilio.com are one here."""

from django.urls import path

from simulator.parameters import API_VERSION
from simulator.twilio_api import contents, media, messages

ACCOUNT = f"{API_VERSION}/Accounts/<str:account>"

urlpatterns = [
    path(f"{ACCOUNT}/Messages.json", messages.collection),
    path(f"{ACCOUNT}/Messages/<str:sid>.json", messages.resource),
    path(f"{ACCOUNT}/Messages/<str:sid>/Media.json", media.collection),
    path(f"{ACCOUNT}/Messages/<str:sid>/Media/<str:media_sid>.json", media.resource),
    path(f"{ACCOUNT}/Messages/<str:sid>/Media/<str:media_sid>", media.content),
    path("v1/Content", contents.collection),
    path("v1/Content/<str:sid>", contents.resource),
    path("AC<str:account>/<str:sid>/<str:media_sid>", media.signed),
]
