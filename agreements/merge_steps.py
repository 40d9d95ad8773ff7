"""What this floor moves when two records of one partner become one (imported in AppConfig.ready).

Texts that were signed and proposals that were submitted are snapshots: they keep the name they were made under.
"""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    BudgetSource,
    CallInvitation,
    CallQuestion,
    ConflictDeclaration,
    Party,
    PriorAgreement,
    Proposal,
)
from agreements.search_upkeep import renew_search_text
from partnerships.merging import Text, register_merge_step
from partnerships.models import Organisation


def move_proposals(kept: Organisation, merged: Organisation) -> int:
    """Forms that are open on one of them are stale from now on."""
    moved = Proposal.objects.filter(organisation=merged).update(organisation=kept, version=F("version") + 1)
    renew_search_text(kept)
    return moved


def proposals_obstacle(kept: Organisation, merged: Organisation) -> Text | None:
    calls = Proposal.objects.in_place().filter(organisation=kept).values("call")
    both = (
        Proposal.objects.in_place()
        .filter(organisation=merged, call__in=calls)
        .select_related("call")
        .order_by("pk")
        .first()
    )
    if both is None:
        return None
    return _("Both have a proposal on the call %(call)s, as two applicants.") % {"call": both.call.reference}


def move_parties(kept: Organisation, merged: Organisation) -> int:
    agreements = Agreement.objects.filter(parties__organisation=merged).values("pk")
    Agreement.objects.filter(pk__in=list(agreements.values_list("pk", flat=True))).update(version=F("version") + 1)
    return Party.objects.filter(organisation=merged).update(organisation=kept)


def parties_obstacle(kept: Organisation, merged: Organisation) -> Text | None:
    agreements = Party.objects.filter(organisation=kept).values("agreement")
    both = Party.objects.filter(organisation=merged, agreement__in=agreements).select_related("agreement").first()
    if both is None:
        return None
    return _("Both are parties of the agreement %(agreement)s.") % {"agreement": both.agreement.reference}


def move_invitations(kept: Organisation, merged: Organisation) -> int:
    """Where both were invited to a call, the invitation of the one kept is enough."""
    calls = CallInvitation.objects.filter(organisation=kept).values_list("call", flat=True)
    return CallInvitation.objects.filter(organisation=merged).exclude(call__in=list(calls)).update(organisation=kept)


def move_prior_agreements(kept: Organisation, merged: Organisation) -> int:
    """Agreements being entered later, with their past dates; what was entered in full has its parties."""
    rows = PriorAgreement.objects.filter(receiver=merged)
    return rows.update(receiver=kept, version=F("version") + 1)


def move_budget_sources(kept: Organisation, merged: Organisation) -> int:
    return BudgetSource.objects.filter(organisation=merged).update(organisation=kept)


def move_questions(kept: Organisation, merged: Organisation) -> int:
    return CallQuestion.objects.filter(organisation=merged).update(organisation=kept)


def move_declarations(kept: Organisation, merged: Organisation) -> int:
    """Where a judge declared on both, a conflict with either is one with the organisation that is kept."""
    rows = ConflictDeclaration.objects.filter(organisation=merged)
    moved = rows.count()
    for row in rows:
        there = ConflictDeclaration.objects.filter(call=row.call_id, user=row.user_id, organisation=kept).first()
        if there is None:
            ConflictDeclaration.objects.filter(pk=row.pk).update(organisation=kept)
            continue
        if row.is_conflicted and not there.is_conflicted:
            there.is_conflicted, there.relation = True, row.relation
            there.save()
        row.delete()
    return moved


register_merge_step("proposals", move_proposals, label=_("Proposals"), obstacle=proposals_obstacle, order=50)
register_merge_step("parties", move_parties, label=_("Agreements"), obstacle=parties_obstacle, order=51)
register_merge_step("call_invitations", move_invitations, label=_("Invitations to calls"), order=52)
register_merge_step("prior_agreements", move_prior_agreements, label=_("Agreements entered later"), order=54)
register_merge_step("declarations", move_declarations, label=_("Declarations on applicants"), order=55)
register_merge_step("budget_sources", move_budget_sources, label=_("Contributions to agreements"), order=53)
register_merge_step("call_questions", move_questions, label=_("Questions on calls"), order=55)
