"""The table of assignments: for each eligible proposal, the reviewers who score it."""

from __future__ import annotations

from typing import Any

from django import forms

from agreements.queries.assignments import AssignmentTable
from core.forms import HouseForm


class AssignmentForm(HouseForm):
    """`proposal_<id>`: the reviewers of one proposal. Those with a conflict, or without declaration, are no choice."""

    def __init__(self, *args: Any, table: AssignmentTable, **kwargs: Any) -> None:
        self.table = table
        self.base_fields = dict(self.base_fields)
        initial = {}
        for proposal in table.proposals:
            name = f"proposal_{proposal.pk}"
            chosen = {user for pk, user in table.assigned if pk == proposal.pk}
            people = [
                row.user for row in table.reviewers if row.user_id in chosen or table.may_score(proposal, row.user_id)
            ]
            self.base_fields[name] = forms.TypedMultipleChoiceField(
                label=proposal.title,
                choices=[(user.pk, user.get_full_name()) for user in people],
                coerce=int,
                required=False,
            )
            initial[name] = sorted(chosen)
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table as it is drawn: each proposal with a cell for each reviewer, and how many it has."""
        return [self._row(proposal) for proposal in self.table.proposals]

    def _row(self, proposal: Any) -> dict[str, Any]:
        name = f"proposal_{proposal.pk}"
        chosen = {int(value) for value in self[name].value() or [] if str(value).isdigit()}
        cells = [
            {
                "user": row.user,
                "ticked": row.user_id in chosen,
                "state": self._state(proposal, row.user_id),
                "name": name,
            }
            for row in self.table.reviewers
        ]
        return {"proposal": proposal, "cells": cells, "count": len(chosen)}

    def _state(self, proposal: Any, user_id: int) -> str:
        """finished (stays), conflict and undeclared (cannot be chosen), or open."""
        if (proposal.pk, user_id) in self.table.finished and (proposal.pk, user_id) in self.table.assigned:
            return "finished"
        if self.table.is_barred(proposal, user_id):
            return "conflict"
        return "open" if self.table.has_declared(user_id) else "undeclared"

    @property
    def assignments(self) -> dict[int, list[int]]:
        """Proposal id → ids of its reviewers; a finished review keeps its reviewer, ticked or not."""
        chosen = {row.pk: set(self.cleaned_data[f"proposal_{row.pk}"]) for row in self.table.proposals}
        for pk, user in self.table.finished & self.table.assigned:
            if pk in chosen:
                chosen[pk].add(user)
        return {pk: sorted(users) for pk, users in chosen.items()}
