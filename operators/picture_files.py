"""Pictures between browsers and verbs: the file of a form, and a JPEG of ours as an answer."""

from django.http import HttpRequest, HttpResponse

from reports import imaging

HEADERS = {
    "Content-Disposition": 'inline; filename="foto.jpg"',
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def posted(request: HttpRequest, name: str = "picture") -> bytes:
    """What was chosen in this field; nothing when nothing was. Raises imaging.PictureUnfit for one that is too large."""
    file = request.FILES.get(name)
    if file is None:
        return b""
    # Of one that is too large there is the size, and no content.
    imaging.refuse_size(file.size or 0)
    data: bytes = file.read()
    return data


def answer(jpeg: bytes) -> HttpResponse:
    return HttpResponse(jpeg, content_type="image/jpeg", headers=HEADERS)
