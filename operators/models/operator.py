"""An account: one person, one station, one or more roles."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from operators.models.unit import Unit
from operators.permissions import ALLOWED, DESK, Role
from reports.models import Station

RANKS = (
    "Bripda", "Briptu", "Brigpol", "Bripka", "Aipda", "Aiptu",
    "Ipda", "Iptu", "AKP", "Kompol", "AKBP", "Kombes Pol",
)  # fmt: skip


def are_roles(value: object) -> None:
    """Raises ValidationError unless it is a list of known roles, each once."""
    if not isinstance(value, list) or not value or len(set(value)) != len(value):
        raise ValidationError(_("Choose at least one role."))
    if set(value) - set(Role.values):
        raise ValidationError(_("Unknown role."))


class OperatorManager(BaseUserManager["Operator"]):
    def create_operator(
        self, username: str, *, password: str, station: Station, roles: list[str], **fields: Any
    ) -> "Operator":
        """A new account; ValidationError when a field is not in order. The password is hashed with Argon2."""
        operator = self.model(username=username, station=station, roles=roles, **fields)
        operator.set_password(password)
        operator.full_clean(exclude=["password"])
        operator.save(using=self._db)
        return operator


class Operator(AbstractBaseUser):
    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=80)
    nrp = models.CharField(_("NRP"), max_length=12, blank=True)
    rank = models.CharField(
        _("rank"), max_length=20, blank=True, choices=[(rank, rank) for rank in RANKS]
    )
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="operators", verbose_name=_("station")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    roles = models.JSONField(_("roles"), default=list, validators=[are_roles])
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[OperatorManager] = OperatorManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["station", "name"]

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()

    def clean(self) -> None:
        super().clean()
        if self.unit and self.unit.station_id != self.station_id:
            raise ValidationError({"unit": _("The unit belongs to another station.")})

    def may(self, verb: str) -> bool:
        """Whether one of the account's roles holds this right. A right that is not in the table is nobody's."""
        return self.is_active and not ALLOWED.get(verb, frozenset()).isdisjoint(self.roles)

    @property
    def unit_slug(self) -> str:
        return self.unit.slug if self.unit else ""

    @property
    def works_the_desk(self) -> bool:
        return not DESK.isdisjoint(self.roles)

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split()[:2]).upper()

    # What Django's administration asks of an account. No groups, no permission rows, no superuser: one table decides.
    @property
    def is_staff(self) -> bool:
        return self.may("configure") or self.may("list_reports")

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.may("configure")

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff
