"""What registering partners and their profiles tell core: navigation, words for events, who reads which file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.files import register_access
from core.models import StoredFile
from core.registry import register_history_labels, register_nav
from partnerships.models import Organisation
from partnerships.permissions.profile import may_read_file

register_nav(
    _("Our organisation"),
    "partnerships:profile_own",
    visible=lambda actor: actor.is_partner,
    order=70,
    icon="building",
)
register_nav(
    _("Register our organisation"),
    "partnerships:registration_start",
    visible=lambda actor: bool(actor.user_id) and actor.organisation is None,
    order=70,
    icon="building",
)
register_history_labels(
    {
        "organisation.register": _("Registration begun"),
        "organisation.submit_registration": _("Registration sent in"),
        "organisation.return_registration": _("Registration returned for correction"),
        "organisation.accept_registration": _("Taken into the register"),
        "organisation.edit_identity": _("Name or kind edited"),
        "organisation.edit_numbers": _("Numbers edited"),
        "organisation.edit_address": _("Address edited"),
        "organisation.edit_work": _("Fields of work and areas edited"),
        "organisation.edit_size": _("Size edited"),
        "organisation.edit_contacts": _("Contacts edited"),
        "organisation.edit_track_record": _("Past projects edited"),
        "organisation.add_document": _("Document handed in"),
        "organisation.void_document": _("Document taken out of use"),
        "organisation.add_representative": _("Authorised representative named"),
        "organisation.end_representative": _("Representative's authority ended"),
        "organisation.set_bank_account": _("Bank account changed"),
        "organisation.ask_sponsor": _("Sponsor asked"),
        "sponsorship.agree_to_sponsor": _("Sponsor agreed"),
        "sponsorship.decline_to_sponsor": _("Sponsor declined"),
        "sponsorship.end_sponsorship": _("Sponsorship ended"),
    }
)


def _reads_organisation_file(file: StoredFile, actor: Any) -> bool:
    """Whoever may read what the file is to the organisation; files that belong to nothing are read by nobody."""
    organisation = Organisation.objects.filter(pk=file.root_id).first() if getattr(actor, "user_id", None) else None
    return organisation is not None and may_read_file(organisation, file.kind, actor)


register_access(Organisation._meta.label_lower, _reads_organisation_file)
