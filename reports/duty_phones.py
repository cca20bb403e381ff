"""The telephone of somebody on duty: set, opened to send to, taken away. Nobody ever sees the number again."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from reports.identity import telephone, vault
from reports.identity.vault import Sensitive
from reports.models import DutyPhone


class NotANumber(ValueError):
    """What was given is no telephone number. The error holds nothing of it."""


@transaction.atomic
def set_number(operator_id: int, text: str) -> None:
    """Make this the duty telephone of the account, in place of the one before. Raises NotANumber."""
    number = telephone.normalised(text)
    if number is None:
        raise NotANumber
    phone = DutyPhone.objects.select_for_update().filter(operator_id=operator_id).first()
    if phone is None:
        phone = DutyPhone(pk=uuid4(), operator_id=operator_id)
        box = vault.new_boxes("identity", [phone.pk])[phone.pk]
    else:
        box = vault.box_of("identity", phone.pk)
    phone.changed_at = timezone.now()
    phone.number_sealed = box.seal("duty_phone.number", phone.pk, number)
    phone.save()


@transaction.atomic
def remove(operator_id: int) -> bool:
    """Take the number away, and the key that opens it; whether there was one."""
    ids: list[UUID] = list(
        DutyPhone.objects.filter(operator_id=operator_id).values_list("pk", flat=True)
    )
    DutyPhone.objects.filter(pk__in=ids).delete()
    vault.destroy(ids)
    return bool(ids)


def number_of(phone: DutyPhone) -> Sensitive:
    """Raises vault.Unreadable."""
    box = vault.box_of("identity", phone.pk)
    return box.open("duty_phone.number", phone.pk, phone.number_sealed)
