"""The words by which proposals are found follow the names of their organisations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from agreements.models import Proposal
from partnerships.models import Organisation

BATCH = 500
NAMES = ("name_th", "name_en", "short_name")


def renew_search_text(organisation: Organisation) -> None:
    """Work out anew what this organisation's proposals are found by; no version changes, as no form shows it."""
    changed = []
    for proposal in Proposal._base_manager.filter(organisation=organisation):
        proposal.organisation, before = organisation, proposal.search_text
        proposal.set_derived()
        if proposal.search_text != before:
            changed.append(proposal)
    Proposal._base_manager.bulk_update(changed, ["search_text"], batch_size=BATCH)


@receiver(pre_save, sender=Organisation, dispatch_uid="proposals_watch_names")
def _watch_names(
    instance: Organisation, raw: bool = False, update_fields: Collection[str] | None = None, **_: Any
) -> None:
    """Note whether this saving gives a stored organisation another name, by the one row that is about to change."""
    instance.is_renamed = False
    if raw or instance._state.adding or (update_fields is not None and not set(NAMES) & set(update_fields)):
        return
    stored = Organisation._base_manager.filter(pk=instance.pk).values_list(*NAMES).first()
    instance.is_renamed = stored is not None and stored != tuple(getattr(instance, name) for name in NAMES)


@receiver(post_save, sender=Organisation, dispatch_uid="proposals_follow_names")
def _follow_names(instance: Organisation, **_: Any) -> None:
    if instance.is_renamed:
        renew_search_text(instance)
