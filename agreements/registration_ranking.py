"""What the selection tells the ground floor: who reads a call's files, and the minutes as a kind of document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.actions.selection_committee import ORDER_KIND
from agreements.documents.minutes import minutes_pdf
from agreements.models import Call, Resolution
from agreements.permissions.judging import ranking_reader
from core.files import register_access
from core.registry import register_document_kind


def may_read_call_file(file: Any, actor: Any) -> bool:
    """Whoever may read the call; the order that names the committee, only those who judge and decide."""
    call = Call.objects.visible_to(actor).filter(pk=file.root_id).first()
    return call is not None and (file.kind != ORDER_KIND or ranking_reader(call, actor))


def find_resolution(reference: str) -> Resolution:
    """The resolution on the call with this reference."""
    return Resolution.objects.select_related("call__agency", "recorded_by", "presided_by").get(
        call__reference=reference
    )


def resolution_references() -> Iterable[str]:
    return Resolution.objects.order_by("pk").values_list("call__reference", flat=True)


register_access("agreements.call", may_read_call_file)
register_document_kind(
    "minutes",
    _("Minutes of the selection committee"),
    find=find_resolution,
    references=resolution_references,
    render=minutes_pdf,
)
