from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class OperatorsConfig(AppConfig):
    name = "operators"
    verbose_name = _("People at the desk")


class AdministrationConfig(admin.AdminConfig):
    """Django's administration, with a site of our own."""

    default = False
    default_site = "operators.administration.Administration"
