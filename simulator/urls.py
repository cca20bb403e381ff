"""Everything this process answers: Twilio's API, and the telephones."""

from django.urls import include, path

urlpatterns = [
    path("", include("simulator.twilio_api.urls")),
    path("", include("simulator.phone.urls")),
]
