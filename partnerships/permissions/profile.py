"""What of an organisation's profile who may read (§2; PDPA B.E. 2562: no more than the purpose needs).

| part                  | who reads it                                                                              |
|-----------------------|-------------------------------------------------------------------------------------------|
| public part           | everybody, once it is in the register: name, kind, province, fields of work, target groups, |
|                       | areas served, what it says of itself, contacts it marked public                           |
| professional part     | its own people; agencies and their provincial offices, who look for partners; OPDC        |
| papers naming people, | its own people; whoever may verify it                                                     |
| or of its taxes       |                                                                                           |
| bank account          | its administrator, finance, representative; those who pay it under an agreement           |

Yearly income is in the professional part: an agency weighs it before it hands a mission over (§4 step 3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerships.enums import DocumentKind, OrganisationStanding
from partnerships.permissions import may_see_partners
from partnerships.permissions.organisations import may_edit_bank_account, may_verify

# Papers that say what the organisation is and does; the others name people, or belong to its taxes.
PROFESSIONAL_DOCUMENTS = frozenset(
    {DocumentKind.REGISTRATION, DocumentKind.REGULATIONS, DocumentKind.STANDARD, DocumentKind.ANNUAL_REPORT}
)

PayerRule = Callable[[Any, Any], bool]
_payer_rules: list[PayerRule] = []


def register_payer_rule(rule: PayerRule) -> None:
    """Say who pays an organisation: rule(organisation, actor) -> bool (upper floors, in AppConfig.ready)."""
    if rule not in _payer_rules:
        _payer_rules.append(rule)


def is_own(organisation: Any, actor: Any) -> bool:
    """Whoever acts for it, in any role."""
    return actor.organisation_id is not None and actor.organisation_id == organisation.pk


def may_read_public_part(organisation: Any, actor: Any) -> bool:
    return organisation.standing == OrganisationStanding.ACTIVE or may_read_professional_part(organisation, actor)


def may_read_professional_part(organisation: Any, actor: Any) -> bool:
    if is_own(organisation, actor) or may_verify(organisation, actor):
        return True
    kept = organisation.standing in (OrganisationStanding.ACTIVE, OrganisationStanding.MERGED)
    return kept and actor.user_id is not None and may_see_partners(actor)


def may_read_private_papers(organisation: Any, actor: Any) -> bool:
    return is_own(organisation, actor) or may_verify(organisation, actor)


def may_read_bank_account(organisation: Any, actor: Any) -> bool:
    return may_edit_bank_account(organisation, actor) or any(rule(organisation, actor) for rule in _payer_rules)


def may_read_document(organisation: Any, kind: str, actor: Any) -> bool:
    if kind in PROFESSIONAL_DOCUMENTS:
        return may_read_professional_part(organisation, actor)
    return may_read_private_papers(organisation, actor)


def may_read_file(organisation: Any, kind: str, actor: Any) -> bool:
    """Files of an organisation by what they are to it (actions/profile_papers.py); an unknown kind nobody."""
    if kind == "bank_book":
        return may_read_bank_account(organisation, actor)
    if kind == "delegation":
        return may_read_private_papers(organisation, actor)
    what, _mark, document = kind.partition("_")
    return what == "document" and document in DocumentKind.values and may_read_document(organisation, document, actor)
