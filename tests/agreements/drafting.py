"""Two people at the section of a proposal: what each has on the screen, and sends."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from agreements.forms.proposals import part_forms
from agreements.models import Proposal
from core.draft_sheets import Sheet


def screen(proposal: Proposal, part: str) -> dict[str, Any]:
    """Everything the browser would send of a section as it is drawn now, by HTML name."""
    sheet = Sheet(*part_forms(Proposal.objects.select_related("call").get(pk=proposal.pk), part))
    data = {name: sheet.form[name].value() for name in ("version", "part_version", "drawn")}
    data |= {name: sheet.value(name) for name in sheet.names if name not in sheet.kinds}
    for kind, formset in sheet.kinds.items():
        prefix, rows = formset.prefix, sheet.rows(kind)
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        data |= {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return data


def address(name: str, proposal: Proposal, *args: str) -> str:
    return reverse(f"agreements:{name}", args=[proposal.reference, *args])


def send(client: Client, proposal: Proposal, part: str, data: dict[str, Any], **more: Any) -> Any:
    """One saving by the page itself."""
    filled = {name: "" if value is None else value for name, value in {**data, **more}.items()}
    return client.post(address("proposal_draft", proposal, part), filled, headers={"Accept": "application/json"})


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
