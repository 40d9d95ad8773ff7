"""The evaluation report out of its records: read only, always Thai (§4 step 8)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.timezone import localdate

from agreements.documents.build import FICTITIOUS, called
from agreements.documents.payload import (
    EvaluationDocument,
    Finding,
    IndicatorResult,
    Lessons,
    MoneySummary,
    PartyBlock,
    RoundBlock,
    SignatureBlock,
    SiteVisit,
)
from agreements.enums import Side, Verdict
from agreements.models import Account, Agreement, Party
from core import clock
from evaluations.enums import LessonKind, Perspective, RoundKind, RoundState
from evaluations.models import Round
from evaluations.progress import progress_of
from partnerships.enums import Form

FORMS = {
    Form.GRANT: "การให้เงินอุดหนุน (Grant)",
    Form.PBC: "การทำสัญญาข้อตกลง (Performance-based Contracting)",
    Form.COMMISSIONING: "กลไกขับเคลื่อนงานภายใต้สัญญาร่วม (Commissioning)",
}
VERDICTS = {
    Verdict.PASS: "ผ่าน",
    Verdict.FAIL: "ไม่ผ่าน",
    Verdict.IMPROVE: "ปรับปรุงการจัดบริการ",
    Verdict.WIDEN: "ขยายผลสู่ภารกิจอื่น",
    Verdict.CONCLUDE: "สิ้นสุดความร่วมมือ",
}
PERSPECTIVES = {Perspective.INTERNAL: "ภายใน", Perspective.EXTERNAL: "ภายนอก"}
CENT = Decimal("0.01")


def build_evaluation_document(subject: Agreement | Round) -> EvaluationDocument:
    """The report on an agreement up to today or, of a round, up to that round."""
    agreement, rounds = _rounds(subject)
    parties = agreement.party_list
    return EvaluationDocument(
        form_title=FORMS[Form(agreement.form)],
        subject=agreement.title,
        reference=agreement.reference,
        number=agreement.number,
        parties=tuple(_party(party) for party in parties),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        drawn_up_on=_drawn_up_on(rounds),
        rounds=tuple(_round(each) for each in rounds),
        money=_money(agreement),
        lessons=_lessons(agreement),
        recommendations=_lesson_texts(agreement, LessonKind.RECOMMENDATION),
        summary=rounds[-1].summary if rounds else "",
        signatures=tuple(
            SignatureBlock(party=party.organisation.name_th, called=role, witnesses=())
            for side, role in ((Side.GIVER, "ผู้จัดทำรายงาน"), (Side.RECEIVER, "ผู้รับทราบรายงาน"))
            for party in parties
            if party.side == side and party.is_lead
        ),
        note=FICTITIOUS if agreement.is_demonstration else "",
    )


def is_draft(subject: Agreement | Round) -> bool:
    """Until the round in question, or the agreement's last one, is accepted."""
    rounds = _rounds(subject)[1]
    return not rounds or rounds[-1].state != RoundState.ACCEPTED


def _rounds(subject: Agreement | Round) -> tuple[Agreement, list[Round]]:
    agreement = subject if isinstance(subject, Agreement) else subject.agreement
    rounds = list(Round.objects.filter(agreement=agreement).order_by("opened_at", "pk"))
    if isinstance(subject, Round):
        rounds = rounds[: [each.pk for each in rounds].index(subject.pk) + 1]
    return agreement, rounds


def _drawn_up_on(rounds: list[Round]) -> dt.date:
    accepted = rounds[-1].accepted_at if rounds else None
    return localdate(accepted) if accepted else clock.today()


def _party(party: Party) -> PartyBlock:
    word = called(party.side, party.agreement.form)
    return PartyBlock(side=party.side, name=party.organisation.name_th, called=word)


def _title(evaluation_round: Round) -> str:
    ordinal = evaluation_round.ordinal
    return {
        RoundKind.MIDTERM: f"การประเมินผลระยะกลาง ก่อนการจัดสรรงบประมาณงวดที่ {ordinal}",
        RoundKind.FINAL: "การประเมินผลหลังสิ้นสุดการดำเนินงาน",
        RoundKind.CYCLE: f"การติดตามและประเมินผล รอบที่ {ordinal}",
    }[RoundKind(evaluation_round.kind)]


def _round(evaluation_round: Round) -> RoundBlock:
    accepted = evaluation_round.state == RoundState.ACCEPTED
    verdict = VERDICTS[Verdict(evaluation_round.verdict)] if accepted else "อยู่ระหว่างการประเมิน"
    findings = list(evaluation_round.findings.all())
    advice = [finding.recommendation for finding in findings if finding.recommendation]
    return RoundBlock(
        title=_title(evaluation_round),
        verdict=verdict,
        held_on=localdate(evaluation_round.accepted_at) if evaluation_round.accepted_at else None,
        frame=evaluation_round.frame,
        findings=tuple(
            Finding(
                kind=PERSPECTIVES[Perspective(each.perspective)],
                assessor=each.evaluator_name,
                summary=each.text,
                assessed_on=localdate(each.recorded_at),
            )
            for each in findings
        ),
        visits=tuple(
            SiteVisit(each.visited_on, each.place, each.participants, each.observations)
            for each in evaluation_round.site_visits.all()
        ),
        indicators=_results(evaluation_round),
        recommendation=" ".join(advice),
    )


def _results(evaluation_round: Round) -> tuple[IndicatorResult, ...]:
    """Every indicator as agreed beside what this round reports of it; not reported stays None."""
    actuals = dict(evaluation_round.results.values_list("indicator_id", "actual"))
    rows = []
    for number, agreed in enumerate(evaluation_round.agreement.indicators.all(), 1):
        actual = actuals.get(agreed.pk)
        progress = progress_of(actual, baseline=agreed.baseline, target=agreed.target)
        rows.append(
            IndicatorResult(
                code=str(number),
                statement=agreed.statement,
                unit=agreed.unit,
                baseline=agreed.baseline,
                target=agreed.target,
                actual=actual,
                progress=progress.raw.quantize(CENT) if progress else None,
                weight=Decimal(agreed.weight),
            )
        )
    return tuple(rows)


def _money(agreement: Agreement) -> MoneySummary:
    account = Account.objects.filter(agreement=agreement).first() or Account(agreement=agreement)
    return MoneySummary(
        agreed=account.agreed or agreement.total,
        paid=account.paid,
        spent=account.spent,
        returned=account.returned,
        remaining=account.balance,
        interest=account.interest,
    )


def _lessons(agreement: Agreement) -> Lessons:
    return Lessons(
        problems=_lesson_texts(agreement, LessonKind.PROBLEM),
        obstacles=_lesson_texts(agreement, LessonKind.OBSTACLE),
        limits=_lesson_texts(agreement, LessonKind.LIMIT),
        improvements=_lesson_texts(agreement, LessonKind.IMPROVEMENT),
    )


def _lesson_texts(agreement: Agreement, kind: LessonKind) -> tuple[str, ...]:
    return tuple(agreement.lessons.filter(kind=kind).values_list("text", flat=True))
