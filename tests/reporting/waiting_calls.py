"""Calls and proposals that wait for somebody: each builder makes one and returns the address where it is done."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from agreements.enums import CapacityKind
from agreements.models import (
    Capacity,
    CureRequest,
    JudgeInvitation,
    PaperReturn,
    PaperWithdrawal,
    Proposal,
)
from core import clock
from core.files import store_file
from core.workflow import set_first_state
from tests.factories import CallFactory, MissionFactory
from tests.rights.records import judged_by
from tests.world import evidence

DAY = timedelta(days=1)


def a_call(cast, state, **facts):
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    call = CallFactory.build(mission=mission, agency=mission.agency, officer=cast.officer.user, form="pbc", **facts)
    set_first_state(call, state=state)
    call.published_at = clock.now()
    call.save()
    return call


def a_proposal(cast, call, state):
    one = Proposal(
        reference=f"PROP-T-{call.pk}",
        call=call,
        organisation=cast.organisations["partner"],
        title="ข้อเสนอ",
        created_by=cast.partner_staff.user,
        submitted_at=clock.now(),
    )
    set_first_state(one, state=state)
    one.save()
    return one


def call_in_draft(cast):
    return reverse("agreements:call_detail", args=[a_call(cast, "draft").reference])


def call_past_its_deadline(cast):
    call = a_call(cast, "published", closes_at=clock.now() - DAY)
    return reverse("agreements:call_detail", args=[call.reference])


def call_still_open(cast):
    return reverse("agreements:call_detail", args=[a_call(cast, "published").reference])


def call_that_invites(cast):
    """A direct call: to the partner, not to its rival."""
    call = a_call(cast, "published", procedure="direct", procedure_reason="มีผู้จัดบริการได้รายเดียว")
    call.invitations.create(organisation=cast.organisations["partner"])
    return reverse("agreements:call_detail", args=[call.reference])


def call_answered_already(cast):
    """The invited has submitted: nothing more waits for it."""
    call = a_call(cast, "published", procedure="direct", procedure_reason="มีผู้จัดบริการได้รายเดียว")
    call.invitations.create(organisation=cast.organisations["partner"])
    a_proposal(cast, call, "submitted")
    return reverse("agreements:call_detail", args=[call.reference])


def call_all_screened(cast):
    call = a_call(cast, "screening")
    a_proposal(cast, call, "ineligible")
    return reverse("agreements:call_detail", args=[call.reference])


def call_not_all_screened(cast):
    call = a_call(cast, "screening")
    a_proposal(cast, call, "submitted")
    return reverse("agreements:call_detail", args=[call.reference])


def proposal_to_screen(cast):
    one = a_proposal(cast, a_call(cast, "screening"), "submitted")
    return reverse("agreements:proposal_screen", args=[one.reference])


def proposal_to_present(cast):
    one = a_proposal(cast, a_call(cast, "screening"), "eligible")
    return reverse("agreements:proposal_present", args=[one.reference])


def proposal_to_score(cast):
    call = a_call(cast, "selection")
    Capacity.objects.create(user=cast.reviewer.user, kind=CapacityKind.REVIEWER, call=call)
    one = a_proposal(cast, call, "eligible")
    judged_by(one, cast.reviewer.user)
    return reverse("agreements:proposal_review", args=[one.reference])


def conflicts_to_declare(cast):
    call = a_call(cast, "screening")
    Capacity.objects.create(user=cast.reviewer.user, kind=CapacityKind.REVIEWER, call=call)
    a_proposal(cast, call, "eligible")
    return reverse("agreements:call_conflicts", args=[call.reference])


def _curing(cast, left):
    one = a_proposal(cast, a_call(cast, "screening"), "curing")
    CureRequest.objects.create(proposal=one, gaps="ขาดสำเนา", due_at=clock.now() + left, asked_by=cast.officer.user)
    return one


def gaps_to_complete(cast):
    return reverse("agreements:proposal_cure", args=[_curing(cast, DAY).reference])


def gaps_of_a_paper(cast):
    one = _curing(cast, DAY)
    facts = {"source": "paper", "received_at": clock.now(), "entered_by": cast.officer.user}
    facts["confirmed_by"] = cast.second_officer.user
    Proposal.objects.filter(pk=one.pk).update(**facts)
    return reverse("agreements:proposal_cure", args=[one.reference])


def gaps_left_open(cast):
    return reverse("agreements:proposal_detail", args=[_curing(cast, -DAY).reference])


def paper_to_confirm(cast):
    one = a_proposal(cast, a_call(cast, "published"), "draft")
    facts = {"source": "paper", "received_at": clock.now(), "entered_by": cast.officer.user}
    Proposal.objects.filter(pk=one.pk).update(**facts, budget=1, beneficiaries=1)
    return reverse("agreements:proposal_paper", args=[one.reference])


def paper_still_being_entered(cast):
    return paper_to_confirm(cast).removesuffix("paper/")


def paper_sent_back(cast):
    return _sent_back(cast).removesuffix("paper/")


def paper_being_corrected(cast):
    """Nobody compares it meanwhile."""
    return _sent_back(cast)


def paper_corrected(cast):
    page = _sent_back(cast)
    PaperReturn.objects.update(corrected_at=clock.now())
    return page


def paper_corrected_by_now(cast):
    return paper_corrected(cast).removesuffix("paper/")


def _sent_back(cast):
    page = paper_to_confirm(cast)
    PaperReturn.objects.create(proposal=Proposal.objects.get(), reason="ไม่ตรง", returned_by=cast.executive.user)
    return page


def letter_that_withdraws(cast):
    one = a_proposal(cast, a_call(cast, "published"), "submitted")
    facts = {"source": "paper", "received_at": clock.now(), "entered_by": cast.second_officer.user}
    facts["confirmed_by"] = cast.executive.user
    Proposal.objects.filter(pk=one.pk).update(**facts)
    letter = store_file(evidence(), name="letter.png", root=one, kind="withdrawal_letter", by=cast.officer.actor)
    PaperWithdrawal.objects.create(
        proposal=one, letter=letter, reason="ขาดบุคลากร", received_at=clock.now(), recorded_by=cast.officer.user
    )
    return reverse("agreements:proposal_paper_withdrawal", args=[one.reference])


def invitation_to_judge(cast):
    call = a_call(cast, "screening")
    row = JudgeInvitation.objects.create(
        call=call, kind="reviewer", email=cast.stranger.user.email, invited_by=cast.officer.user
    )
    return reverse("agreements:judge_invitation", args=[row.pk])


def proposal_in_draft(cast):
    one = a_proposal(cast, a_call(cast, "published"), "draft")
    return reverse("agreements:proposal_detail", args=[one.reference])
