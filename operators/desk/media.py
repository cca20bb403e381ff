"""The files of citizens, for whoever may read the report that they came to."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from operators.permissions import OperatorRequest, requires
from reports import media_files, media_out
from reports.identity.vault import Unreadable


@require_safe
@requires("read_report")
def media(request: OperatorRequest, file_id: UUID) -> HttpResponseBase:
    file = get_object_or_404(media_files.visible_to(request.user), pk=file_id)
    try:
        return media_out.answer(request, file)
    except Unreadable:
        raise Http404 from None
