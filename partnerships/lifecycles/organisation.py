"""An organisation's way into the register (§2): drafted by its own people, checked by OPDC or a provincial office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import move
from partnerships.enums import OrganisationStanding as S
from partnerships.permissions.organisations import may_merge, may_submit_registration, may_verify

# What must be told before the registration can be sent in (partnerships/requirements/organisation.py).
TO_SUBMIT = (
    "identity",
    "tax_number",
    "registration_number",
    "address",
    "work",
    "contact",
    "document_registration",
    "document_regulations",
    "document_board_resolution",
    "document_group_record",
    "sponsor",
)


class OrganisationMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="standing",
        source=S.DRAFT,
        target=S.SUBMITTED,
        role=may_submit_registration,
        requires=TO_SUBMIT,
        title=_("Send the registration in"),
    )
    def submit_registration(self) -> None:
        """By the organisation's administrator or representative; stamps submitted_at."""

    @move(
        field="standing",
        source=S.SUBMITTED,
        target=S.DRAFT,
        role=may_verify,
        title=_("Return the registration"),
    )
    def return_registration(self) -> None:
        """With a comment (`payload["comment"]`) that the organisation reads on its page."""

    @move(
        field="standing",
        source=S.SUBMITTED,
        target=S.ACTIVE,
        role=may_verify,
        title=_("Take into the register"),
    )
    def accept_registration(self) -> None:
        """Says that it exists and is who it says; whether it is verified is told by its verifications."""

    @move(
        field="standing",
        source=[S.DRAFT, S.SUBMITTED, S.ACTIVE],
        target=S.MERGED,
        role=may_merge,
        title=_("Merge into another organisation"),
    )
    def merge_away(self) -> None:
        """By OPDC; `merged_into` names the record kept. There is no way back: history stays where it was written."""
