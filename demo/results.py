"""Chapters after the decision: letters to all applicants, an appeal and its answer."""

from __future__ import annotations

from agreements.actions.appeals import file_appeal, propose_answer
from agreements.actions.decisions import endorse_decision
from agreements.actions.result_letters import issue_result_letters
from agreements.enums import AppealRemedy, AppealVerdict
from agreements.models import Appeal, Call, Proposal
from demo.before import Giver
from demo.story import FICTITIOUS, Story, again, paper


def tell_results(story: Story, call: Call, giver: Giver, ago: int) -> None:
    with story.on(ago):
        issue_result_letters(call=again(call), by=story.act(giver.officer))


def appeal(story: Story, proposal: Proposal, representative: str, ago: int, grounds: str, wish: str) -> Appeal:
    with story.on(ago):
        return file_appeal(
            proposal=again(proposal),
            grounds=f"{grounds} ({FICTITIOUS})",
            wish=wish,
            file=paper("หนังสือรับรองผลงาน"),
            by=story.act(representative),
        )


def answer_appeal(story: Story, proposal: Proposal, representative: str, giver: Giver, ago: int) -> None:
    """Filed that many days ago; a week later the answer is proposed, and approved after two more days."""
    grounds = "หนังสือรับรองผลงานอยู่ในเอกสารแนบหน้าสุดท้ายของข้อเสนอโครงการ"
    filed = appeal(story, proposal, representative, ago, grounds, "ขอให้ตรวจคุณสมบัติใหม่และพิจารณาข้อเสนอโครงการ")
    with story.on(ago - 7):
        decision = propose_answer(
            appeal=again(filed),
            verdict=AppealVerdict.UPHELD,
            remedy=AppealRemedy.RESERVE,
            answer=f"ตรวจเอกสารแนบแล้วพบหนังสือรับรองผลงานตามที่อุทธรณ์ จึงให้ขึ้นบัญชีสำรองต่อจากรายเดิม ({FICTITIOUS})",
            comment="เสนอเพื่อโปรดพิจารณาผลการพิจารณาอุทธรณ์",
            by=story.act(giver.officer),
        )
    with story.on(ago - 9):
        endorse_decision(decision=again(decision), by=story.act(giver.executive), comment="อนุมัติตามเสนอ")
