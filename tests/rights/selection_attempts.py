"""How committee, resolution, reopening and promotion are tried."""

from __future__ import annotations

from collections.abc import Callable

from agreements.actions.promotion import propose_promotion
from agreements.actions.resolutions import Verdict, record_resolution
from agreements.actions.reviews import reopen_review
from agreements.actions.selection_committee import Member, appoint_committee
from core import clock
from core.workflow import pass_door

MEMBERS = [Member("ประธาน", role="chair"), Member("กรรมการ"), Member("เลขานุการ", role="secretary")]


def _promote(call, by) -> None:
    with pass_door(_last(call), "promote", by=by):
        pass


def _last(call):
    return call.proposals.order_by("-pk").first()


SELECTING: dict[str, Callable] = {
    "appoint_committee": lambda call, by: appoint_committee(
        call=call, order_number="1/2569", order_on=clock.today(), members=MEMBERS, by=by
    ),
    "record_resolution": lambda call, by: record_resolution(
        call=call,
        meeting_number="1",
        held_on=clock.today(),
        minutes="มีมติ",
        attended=[],
        outcomes={pk: Verdict("selected", "ดี") for pk in call.proposals.values_list("pk", flat=True)},
        by=by,
    ),
    "propose_promotion": lambda call, by: propose_promotion(call=call, proposal=_last(call), by=by),
    "promote": _promote,
}
REVIEW: dict[str, Callable] = {"reopen": lambda review, by: reopen_review(review=review, reason="เหตุผล", by=by)}
