"""Twilio's addresses. With or without the last slash: a redirect would lose what was posted."""

from django.urls import re_path

from reports.webhooks import MessageWebhook, StatusWebhook

urlpatterns = [
    re_path(r"^messages/?$", MessageWebhook.as_view(), name="twilio-messages"),
    re_path(r"^fallback/?$", MessageWebhook.as_view(), name="twilio-fallback"),
    re_path(r"^status/?$", StatusWebhook.as_view(), name="twilio-status"),
]
