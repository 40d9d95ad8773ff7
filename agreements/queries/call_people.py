"""Whom news of a call concerns: those who wrote a proposal or began one, the invited, those who judge, who asked."""

from __future__ import annotations

from agreements.models import Call
from partnerships.actions.notices import people_in_roles
from partnerships.enums import Role


def concerned_with(call: Call) -> list[int]:
    """Ids of the users, each once, in their order (six queries)."""
    organisations = {*call.proposals.in_place().values_list("organisation_id", flat=True)}
    organisations |= {*call.invitations.values_list("organisation_id", flat=True)}
    users = {*people_in_roles(sorted(organisations), Role.REPRESENTATIVE, Role.STAFF)}
    users |= {*call.capacities.current().values_list("user_id", flat=True)}
    users |= {*call.questions.values_list("asked_by_id", flat=True)}
    return sorted(users)
