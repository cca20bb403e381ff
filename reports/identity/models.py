"""Who somebody is. Only `reports.identity` reads or writes these rows; other models may point at them."""

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q


class Identity(models.Model):
    """One person as one station knows them: a pseudonym's other side."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField(max_length=40)
    profile_name_sealed = models.BinaryField(default=bytes)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"identity {self.pk}"


class Handle(models.Model):
    """An address somebody writes from: blind index to find it, sealed value to answer it."""

    class Kind(models.TextChoices):
        PHONE = "phone"
        BSUID = "bsuid"
        SENDER = "sender"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="handles")
    kind = models.CharField(max_length=10, choices=Kind)
    index = models.BinaryField(max_length=16)
    value_sealed = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # One owner at a time; a retired handle stays as history (the SIM's former owner).
            models.UniqueConstraint(
                "index", condition=Q(retired_at=None), name="handle_has_one_current_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"handle {self.pk}"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("the audit chain is only ever added to")

    def delete(self) -> NoReturn:
        raise TypeError("the audit chain is only ever added to")


class AuditEntry(models.Model):
    """One look behind the wall. Each row holds the hash of the one before it: none can be changed or taken out unseen."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField()
    """The account's primary key: the wall knows no people."""
    station = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    """Small and plain; never an address or a name."""
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [
            # How often somebody has looked somebody up in the last hour.
            models.Index(fields=["actor", "kind", "at"], name="audit_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the audit chain is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the audit chain is only ever added to")


class DataKey(models.Model):
    """The key of one identity or one report, wrapped. A table of its own: destroying a row destroys what it opens."""

    owner = models.UUIDField(primary_key=True, editable=False)
    purpose = models.CharField(max_length=10)
    epoch = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"data key of {self.owner}"
