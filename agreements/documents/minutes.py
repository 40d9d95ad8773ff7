"""The minutes of the selection committee's meeting (รายงานการประชุม) as PDF, in the form that offices use.

Read only, always Thai, out of the resolution's own record: order and members are what they were on the day. Until the
selection is decided every page is marked ร่าง.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate

from agreements.documents.build import FICTITIOUS, lines
from agreements.enums import CallState, MemberRole, Outcome
from agreements.models import Call, PresentationScore, Proposal, Resolution, ResolutionOutcome, Review
from agreements.ranking import Entry, Scored, final_score
from core import clock, thai
from core.pdf import render_pdf

WORDS = {Outcome.SELECTED: "ได้รับการคัดเลือก", Outcome.RESERVE: "สำรอง", Outcome.NOT_SELECTED: "ไม่ได้รับการคัดเลือก"}
ROLES = {MemberRole.CHAIR: "ประธานกรรมการ", MemberRole.MEMBER: "กรรมการ", MemberRole.SECRETARY: "กรรมการและเลขานุการ"}


@dataclass(frozen=True)
class Row:
    """What was resolved on one proposal."""

    organisation: str
    title: str
    score: str
    budget: str
    verdict: str
    reason: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Minutes:
    body: str
    agency: str
    number: str
    day: dt.date
    began_at: str
    ended_at: str
    order: str
    present: tuple[tuple[str, ...], ...]  # name, position, role
    absent: tuple[tuple[str, ...], ...]
    subject: str
    background: tuple[str, ...]
    said: tuple[str, ...]
    rows: tuple[Row, ...]
    resolved: tuple[str, ...]
    above_ceiling: tuple[str, ...]
    taken_by: str
    presided_by: str
    reference: str
    note: str = ""


def build_minutes(resolution: Resolution) -> Minutes:
    """The minutes as the records stand now (six queries)."""
    call = resolution.call
    present = [tuple(line.split(" · ")) for line in lines(resolution.members)]
    outcomes = _outcomes(resolution)
    chair = resolution.presided_by
    return Minutes(
        body="คณะกรรมการพิจารณาคัดเลือกข้อเสนอโครงการ",
        agency=call.agency.name_th,
        number=resolution.meeting_number,
        day=resolution.held_on,
        began_at=_clock(resolution.began_at),
        ended_at=_clock(resolution.ended_at),
        order=resolution.appointment_order,
        present=tuple(present),
        absent=_absent(resolution, {row[0] for row in present}),
        subject=" ".join(call.title.split()),
        background=_background(call, len(outcomes)),
        said=lines(resolution.minutes),
        rows=tuple(_row(outcome, call.presentation_weight) for outcome in outcomes),
        resolved=_resolved(outcomes, call),
        above_ceiling=lines(resolution.over_ceiling_reason),
        taken_by=resolution.recorded_by.full_name_th,
        presided_by=chair.name if chair else _presided(present),
        reference=call.reference,
        note=FICTITIOUS if clock.is_acting() else "",
    )


def _presided(present: list[tuple[str, ...]]) -> str:
    """Who presided as the record says it in words, where the member's own row is gone."""
    return next((row[0] for row in present if "ประธาน" in row[-1]), present[0][0] if present else "")


def _clock(at: dt.time | None) -> str:
    return f"{at:%H.%M} น." if at else ""


def minutes_pdf(resolution: Resolution) -> bytes:
    """The minutes as PDF; ร่าง over every page until the selection is decided."""
    minutes = build_minutes(resolution)
    with translation.override("th"):
        html = render_to_string("documents/minutes.html", {"doc": minutes})
    title = f"รายงานการประชุม{minutes.body} ครั้งที่ {minutes.number}"
    return render_pdf(html, title=title, draft=resolution.call.state != CallState.DECIDED)


def _outcomes(resolution: Resolution) -> list[ResolutionOutcome]:
    """Selected first, then the reserve by rank, then the others."""
    order = list(Outcome)
    counting = Prefetch("proposal__reviews", queryset=Review.objects.counting())
    rows = resolution.outcomes.select_related("proposal__organisation").prefetch_related(
        counting, Prefetch("proposal__presentation__scores", queryset=PresentationScore.objects.unbiased())
    )
    return sorted(rows, key=lambda row: (order.index(Outcome(row.outcome)), row.reserve_rank or 0, row.proposal_id))


def _absent(resolution: Resolution, present: set[str]) -> tuple[tuple[str, ...], ...]:
    """Members who were not there; nobody is named once the committee has changed, for those sat on another one."""
    committee = getattr(resolution.call, "selection_committee", None)
    same = committee is not None and committee.recorded_at <= resolution.recorded_at
    rows = committee.members.all() if same else ()
    return tuple(
        tuple(part for part in (row.name, row.title, ROLES[MemberRole(row.role)]) if part)
        for row in rows
        if row.name not in present
    )


def _background(call: Call, judged: int) -> tuple[str, ...]:
    closed = f" ปิดรับข้อเสนอเมื่อ{thai.official_date(localdate(call.closes_at))}"
    number = f" ที่ {call.number}" if call.number else ""
    return (
        f"{call.agency.name_th}ได้ประกาศเปิดรับข้อเสนอ{number} เรื่อง {' '.join(call.title.split())} "
        f"วงเงินไม่เกิน {_sum(call.budget_ceiling)}{closed} มีข้อเสนอโครงการที่ผ่านการตรวจคุณสมบัติ"
        f"และเข้าสู่การพิจารณาคัดเลือกจำนวน {judged} ข้อเสนอ",
    )


def _row(outcome: ResolutionOutcome, presentation_weight: int) -> Row:
    proposal = outcome.proposal
    verdict = WORDS[Outcome(outcome.outcome)]
    score = _score(proposal, presentation_weight)
    return Row(
        organisation=proposal.organisation.name_th,
        title=" ".join(proposal.title.split()),
        score="ไม่มีคะแนน" if score is None else f"{score:.2f}",
        budget=thai.baht(proposal.budget) if proposal.budget is not None else "ไม่ได้ระบุ",
        verdict=f"{verdict} ลำดับที่ {outcome.reserve_rank}" if outcome.reserve_rank else verdict,
        reason=lines(outcome.reason),
        left=lines(outcome.stepped_out),
    )


def _score(proposal: Proposal, presentation_weight: int) -> Decimal | None:
    """The final score as the ranking has it, over the reviews that count."""
    reviews = tuple(Scored(review.reviewer_id, review.total) for review in proposal.reviews.all())
    presentation = getattr(proposal, "presentation", None)
    presented = {score.reviewer_id: score.points for score in presentation.scores.all()} if presentation else {}
    if presentation and not presentation.attended:
        presented = {0: 0}  # who did not come has no points for it, as in the ranking
    return final_score(Entry(proposal.pk, reviews, len(reviews), presented), presentation_weight)


def _resolved(outcomes: list[ResolutionOutcome], call: Call) -> tuple[str, ...]:
    """มติที่ประชุม in sentences: whom, for how much in all, who stands in reserve."""
    selected = [row for row in outcomes if row.outcome == Outcome.SELECTED]
    reserve = [row for row in outcomes if row.outcome == Outcome.RESERVE]
    total = sum((row.proposal.budget or Decimal(0) for row in selected), Decimal(0))
    told = ["ไม่มีข้อเสนอโครงการที่ได้รับการคัดเลือก"]
    if selected:
        names = " ".join(f"({n}) {row.proposal.organisation.name_th}" for n, row in enumerate(selected, start=1))
        told = [
            f"คัดเลือก {len(selected)} ข้อเสนอโครงการ ได้แก่ {names} วงเงินรวม {_sum(total)} จากวงเงินของประกาศ {_sum(call.budget_ceiling)}"
        ]
    if reserve:
        names = " ".join(f"ลำดับที่ {row.reserve_rank} {row.proposal.organisation.name_th}" for row in reserve)
        told.append(f"ขึ้นบัญชีสำรอง {len(reserve)} ข้อเสนอโครงการ ได้แก่ {names}")
    return tuple(told)


def _sum(amount: Any) -> str:
    return f"{thai.baht(amount)} บาท ({thai.baht_words(amount)})"
