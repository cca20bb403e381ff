"""A citizen's file as an answer to a request: opened piece by piece as it goes out, whole or the part that was asked for.

Whether this person may see it is decided by whoever calls. Nothing is kept on the way, and nothing in it can do anything.
"""

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from reports import media_files
from reports.identity.segments import Reader
from reports.models import MediaFile
from reports.models.media_file import FileRole

HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)
NAMES = {
    FileRole.VIEW: "foto",
    FileRole.THUMBNAIL: "foto-kecil",
    FileRole.SOUND: "suara",
    FileRole.FILM: "film",
    FileRole.POSTER: "film",
    FileRole.PAGE: "halaman",
}
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "audio/ogg": ".ogg",
    "audio/amr": ".amr",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "application/pdf": ".pdf",
    "text/vcard": ".vcf",
}
"""Of what is harmless to open from a folder; everything else is saved under an ending that opens nothing."""


class _Unsatisfiable(Exception):
    """The part that was asked for lies outside the file."""


def answer(request: HttpRequest, file: MediaFile) -> HttpResponseBase:
    """The file, to be shown when we made it and only to be saved when a citizen did. Raises vault.Unreadable."""
    reader = media_files.opened(file)
    try:
        wanted = _wanted(request, reader.size)
    except _Unsatisfiable:
        reader.close()
        content_range = {"Content-Range": f"bytes */{reader.size}"}
        return HttpResponse(status=416, headers=HEADERS | content_range)
    start, stop = wanted or (0, reader.size)
    headers = HEADERS | {
        "Content-Disposition": _disposition(file),
        "Content-Length": str(stop - start),
    }
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{reader.size}"
    made: HttpResponseBase
    kind = "application/octet-stream" if file.is_original else file.media_type
    if request.method == "HEAD":
        reader.close()
        made = HttpResponse(content_type=kind)
    else:
        made = StreamingHttpResponse(_Pieces(reader, start, stop), content_type=kind)
    made.status_code = 206 if wanted else 200
    for name, value in headers.items():
        made.headers[name] = value
    patch_vary_headers(made, ["Cookie", "Authorization"])
    return made


class _Pieces:
    """What goes out. Closed with the answer, also with one that nobody ever began to read."""

    def __init__(self, reader: Reader, start: int, stop: int) -> None:
        self._pieces = reader.read(start, stop)
        self.close = reader.close

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


def _wanted(request: HttpRequest, size: int) -> tuple[int, int] | None:
    """Start and end (exclusive) of one range; None for all of it. Raises _Unsatisfiable.

    Several ranges at once, other units and nonsense are answered with all of it, as is allowed; so is what is bound to a
    version of the file that we have never named.
    """
    asked = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if asked is None or "If-Range" in request.headers or request.method == "HEAD":
        return None
    first, last = asked.groups()
    if first:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    elif last:
        start, stop = max(0, size - int(last)), size
    else:
        return None
    if start >= stop:
        raise _Unsatisfiable
    return start, stop


def _disposition(file: MediaFile) -> str:
    ending = ENDINGS.get(file.media_type, ".bin")
    if file.is_original:
        return f'attachment; filename="berkas-{file.attachment.position + 1}{ending}"'
    return f'inline; filename="{NAMES[FileRole(file.role)]}-{file.position + 1}{ending}"'
