"""Handing out stored files. A file one may not read is answered like one that is not there."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core import files
from core.models import ScanState, StoredFile


@require_safe
def file_download(request: HttpRequest, pk: int) -> FileResponse:
    """A file for someone whom the record it belongs to lets read it; 404 for everybody else."""
    file = get_object_or_404(StoredFile, pk=pk)
    actor = getattr(request, "actor", None)
    if not files.can_read(file, actor):
        raise Http404
    return _attachment(file, name=files.name_for(file, actor), cache="private, no-store")


@require_safe
def public_file_download(request: HttpRequest, pk: int) -> FileResponse:
    """A file that was made public, without log-in; 404 for every other."""
    file = get_object_or_404(StoredFile, pk=pk, public=True)
    return _attachment(file, name=file.name, cache="public, max-age=300")


def _attachment(file: StoredFile, *, name: str, cache: str) -> FileResponse:
    """The file to be saved, never shown by the browser in the site's own name."""
    if file.scan_state == ScanState.INFECTED:
        raise PermissionDenied(str(ScanState.INFECTED.label))
    try:
        content = files.open_file(file)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type=file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = cache
    return response
