"""The words by which proposals are found follow the names of their organisations."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from agreements.models import Proposal
from partnerships.models import Organisation

BATCH = 500


def renew_search_text(organisation: Organisation) -> None:
    """Work out anew what this organisation's proposals are found by; no version changes, as no form shows it."""
    changed = []
    for proposal in Proposal._base_manager.filter(organisation=organisation):
        proposal.organisation, before = organisation, proposal.search_text
        proposal.set_derived()
        if proposal.search_text != before:
            changed.append(proposal)
    Proposal._base_manager.bulk_update(changed, ["search_text"], batch_size=BATCH)


@receiver(post_save, sender=Organisation, dispatch_uid="proposals_follow_names")
def _follow_names(instance: Organisation, created: bool, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        renew_search_text(instance)
