"""Chapters of the evaluation: a round with its findings, visit and figures, its verdict, and lessons (§4 step 8)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from agreements.enums import Verdict
from agreements.models import Agreement
from demo.agreed import Sides
from demo.story import FICTITIOUS, Story, again, paper
from evaluations.actions.findings import record_finding, record_visit, report_results
from evaluations.actions.lessons import record_lesson
from evaluations.actions.rounds import accept_round, invite_evaluator, open_round, propose_verdict
from evaluations.models import Round

EVALUATOR = "evaluator"


def begin_round(
    story: Story, agreement: Agreement, sides: Sides, ago: int, figures: Sequence[int | None], due: int
) -> Round:
    """Opened, an evaluator invited, the actual figures reported, the place visited, the giver's findings written."""
    officer = sides.giver.officer
    with story.on(ago):
        opened = open_round(
            agreement=again(agreement),
            due_on=story.day(due),
            frame=f"เปรียบเทียบผลกับตัวชี้วัดในข้อตกลง สัมภาษณ์ผู้เกี่ยวข้อง และลงพื้นที่ ({FICTITIOUS})",
            by=story.act(officer),
        )
        if not agreement.capacities.filter(kind="evaluator").exists():
            invite_evaluator(evaluation_round=again(opened), user=story.cast.users[EVALUATOR], by=story.act(officer))
    with story.on(ago - 5):
        indicators = agreement.indicators.order_by("ordinal")
        results = {
            indicator.pk: (None, f"ยังไม่ถึงกำหนดเก็บข้อมูล ({FICTITIOUS})")
            if figure is None
            else (Decimal(figure), FICTITIOUS)
            for indicator, figure in zip(indicators, figures, strict=True)
        }
        report_results(evaluation_round=again(opened), results=results, by=story.act(sides.staff))
    with story.on(ago - 9):
        record_visit(
            evaluation_round=again(opened),
            visited_on=story.day(ago - 9),
            place=agreement.area,
            participants="ผู้แทนทั้งสองฝ่ายและผู้รับบริการ (สมมติ)",
            observations=f"พื้นที่ดำเนินงานตามแผน ผู้รับบริการมีส่วนร่วม ({FICTITIOUS})",
            file=paper("ภาพและบันทึกการลงพื้นที่"),
            by=story.act(officer),
        )
    find(story, opened, officer, ago - 11, "ดำเนินกิจกรรมเป็นไปตามแผนและการใช้จ่ายสอดคล้องกับงวดงาน")
    return again(opened)


def find(story: Story, evaluation_round: Round, key: str, ago: int, words: str) -> None:
    """Findings from one standpoint."""
    with story.on(ago):
        record_finding(
            evaluation_round=again(evaluation_round),
            text=f"{words} ({FICTITIOUS})",
            recommendation=f"ควรเก็บข้อมูลอย่างต่อเนื่องและถ่ายทอดบทเรียนระหว่างพื้นที่ ({FICTITIOUS})",
            by=story.act(key),
        )


def pass_round(story: Story, agreement: Agreement, sides: Sides, ago: int, figures: Sequence[int | None]) -> None:
    """A whole round in three weeks: begun, judged from outside too, passed and accepted."""
    opened = begin_round(story, agreement, sides, ago, figures, due=ago - 25)
    find(story, opened, EVALUATOR, ago - 13, "ผลการดำเนินงานบรรลุเป้าหมายสำคัญ กลุ่มเป้าหมายได้รับประโยชน์")
    with story.on(ago - 16):
        propose_verdict(
            evaluation_round=again(opened),
            verdict=Verdict.PASS,
            summary=f"ผลการประเมินทั้งจากภายในและภายนอกสอดคล้องกันว่าบรรลุตามตัวชี้วัด ({FICTITIOUS})",
            by=story.act(sides.giver.officer),
        )
    with story.on(ago - 20):
        accept_round(evaluation_round=again(opened), by=story.act(sides.giver.executive))


def learn(story: Story, agreement: Agreement, ago: int, lessons: Sequence[tuple[str, str, str]]) -> None:
    """Lessons: (kind, whose, text), in the manual's own words where it has them."""
    for kind, key, text in lessons:
        with story.on(ago):
            record_lesson(agreement=again(agreement), kind=kind, text=text, by=story.act(key))
