"""A urlconf whose webhook breaks, for the test of what is shown then."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rahasia")


urlpatterns = [path("twilio/fails/", fails)]
