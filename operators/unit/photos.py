"""Photographs from the field: each is taken or refused by itself, and the words say which."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from operators.permissions import OperatorRequest
from reports import dispatch_pictures, imaging
from reports.actors import Refused
from reports.models import Assignment

FIELD = "photo"


@dataclass(frozen=True)
class Photos:
    """What became of the files of one form."""

    refusals: tuple[str, ...]

    @classmethod
    def taken(cls, request: OperatorRequest, task: Assignment) -> Self:
        """Keep every one that can be kept."""
        files = request.FILES.getlist(FIELD)
        refusals = []
        # More than a task takes are not even opened.
        for place, file in enumerate(files[: settings.TASK_PICTURES_MOST], start=1):
            try:
                dispatch_pictures.add(task, _read(file), by=request.user)
            except Refused as refusal:
                named = _("Photo %(place)d: %(why)s") % {"place": place, "why": refusal}
                refusals.append(named if len(files) > 1 else str(refusal))
        if len(files) > settings.TASK_PICTURES_MOST:
            refusals.append(dispatch_pictures.too_many())
        return cls(tuple(refusals))


def _read(file: UploadedFile) -> bytes:  # type: ignore[type-arg]
    size = file.size or 0
    imaging.refuse_size(size)
    data: bytes = file.read()
    if not data:
        # Of a form that is too large in all there are the sizes of its files, and no content.
        raise imaging.PictureUnfit(
            _("Together the photos are too large for one message. Send them one after the other."),
            "too_large_together",
        )
    return data
