"""Every address of the program."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from polreswa import probes
from reports.pictures_out import picture_out

handler400 = "polreswa.errors.bad_request"
handler403 = "polreswa.errors.forbidden"
handler404 = "polreswa.errors.not_found"
handler500 = "polreswa.errors.server_error"

urlpatterns = [
    path("twilio/", include("reports.urls")),
    path("m/<str:token>/", picture_out, name="picture-out"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("api/v1/", include("reports.api.urls")),
    path("api/schema/", login_not_required(SpectacularAPIView.as_view()), name="api-schema"),
    path("admin/", admin.site.urls),
    path("", include("operators.urls")),
]
