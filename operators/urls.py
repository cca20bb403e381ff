"""The pages of the people at the desk, and their way in and out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from operators import duty_phone
from operators.home import home

urlpatterns = [
    path("", home, name="home"),
    path(
        "accounts/login/",
        LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/duty-phone/", duty_phone.duty_phone, name="duty-phone"),
    path("accounts/duty-phone/remove/", duty_phone.remove, name="remove-duty-phone"),
    path("desk/", include("operators.desk.urls")),
    path("unit/checks/", include("operators.checks.urls")),
    path("unit/", include("operators.unit.urls")),
]
