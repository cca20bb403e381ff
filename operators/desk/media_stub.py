from django.http import Http404, HttpResponse


def media(request, file_id) -> HttpResponse:
    raise Http404
