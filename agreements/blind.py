"""Blind mode, decided at one place: from whom the applicants' names are hidden, and what is shown in their stead.

Hidden from the reviewers of a blind call for good, and from its committee until every score is in, whoever else they
are. The rest of the call's agency and of OPDC see the names, and applicants their own. Pages set `shown_applicant` by
`name_applicants`: a page that forgets shows nothing. Where names are hidden, words that tell who it is are blacked out
in titles and texts as well (`agreements.identity_words`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from agreements.enums import CapacityKind, ProposalState
from agreements.identity_words import mask_of, masked, name_of_person, words_of
from agreements.judges import judged_calls
from agreements.models import Call, Proposal, ReviewAssignment
from agreements.proposal_sections import MEMBERS
from core.files import files_of
from core.models import StoredFile

ATTACHMENT = "attachment"
APPLICANT = ("organisation", "reference")  # what a version says of whose it is
LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels: no words; no 0, 1: not taken for letters
CODE_LENGTH = 5


def names_hidden(call: Call, actor: Any) -> bool:
    """Whether this actor must not learn who made a proposal on the call. Costs nothing where the call is not blind."""
    if not call.is_blind or actor.user_id is None:
        return False
    kinds = judged_calls(actor).get(call.pk, frozenset())
    if CapacityKind.COMMITTEE_MEMBER in kinds and is_scored(call):
        return False
    return bool(kinds)


def is_scored(call: Call) -> bool:
    """Whether every assigned review on the call's eligible proposals is finished (and there is one), no points owed."""
    assigned = ReviewAssignment.objects.of_call(call.pk)
    if not assigned.exists() or assigned.without_review().filter(proposal__state=ProposalState.ELIGIBLE).exists():
        return False
    return call.presentation_weight == 0 or not assigned.owing_points().exists()


def code_of(proposal: Proposal) -> str:
    """A code that stays, and tells neither the order of arrival nor who it is ("K7MQ4")."""
    seed = f"{proposal.call_id}:{proposal.pk}:{proposal.created_at.isoformat()}"
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    code = ""
    for _position in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        code += LETTERS[place]
    return code


def applicant_shown(proposal: Proposal, hidden: bool) -> str:
    """The applicant's name, or the proposal's code in words."""
    return _("Proposal %(code)s") % {"code": code_of(proposal)} if hidden else proposal.organisation.name


def name_applicants(proposals: Iterable[Proposal], call: Call, actor: Any) -> list[Proposal]:
    """The proposals of one call, each with `shown_applicant`, `shown_title` and `names_hidden` for this actor."""
    found, hidden = list(proposals), names_hidden(call, actor)
    words = words_of(proposal.organisation_id for proposal in found) if hidden else {}
    for proposal in found:
        proposal.names_hidden = hidden
        proposal.shown_applicant = applicant_shown(proposal, hidden)
        proposal.shown_title = mask_of(words.get(proposal.organisation_id, ()))(proposal.title)
    return found


def name_on_calls(proposals: Iterable[Proposal], actor: Any) -> list[Proposal]:
    """As `name_applicants`, of proposals on several calls, in the order given."""
    found = list(proposals)
    by_call: dict[int, list[Proposal]] = {}
    for proposal in found:
        by_call.setdefault(proposal.call_id, []).append(proposal)
    for of_call in by_call.values():
        name_applicants(of_call, of_call[0].call, actor)
    return found


# --- content and files ----------------------------------------------------------------------------------------------


def file_shown(number: int, name: str) -> str:
    """ "เอกสารแนบ 1.pdf": the place among the proposal's files instead of a name that may tell who it is."""
    dot = name.rfind(".")
    return _("Attachment %(number)s") % {"number": number} + (name[dot:].lower() if dot > 0 else "")


def without_names(content: dict[str, Any], words: Iterable[str] = ()) -> dict[str, Any]:
    """A version's content (as `version_content` gives it) without applicant, names of people and names of files.

    In its texts the names of its own team and `words` (`words_of` its organisation) are blacked out.
    """
    files = [{**row, "name": file_shown(place, row["name"])} for place, row in enumerate(content.get("files", []), 1)]
    rows = content.get("rows", {})
    names = [_("Member %(number)s of the team") % {"number": n} for n in range(1, len(rows.get(MEMBERS.code, [])) + 1)]
    people = [name for row in rows.get(MEMBERS.code, []) for name in name_of_person(row["name"])]
    kept = {key: value for key, value in content.items() if key not in APPLICANT}
    clean = masked(kept, mask_of([*words, *people, *_applicant_in(content)]))
    clean_rows = clean.get("rows", {})
    team = [{**row, "name": name} for row, name in zip(clean_rows.get(MEMBERS.code, []), names, strict=True)]
    return clean | {"files": files} | ({"rows": {**clean_rows, MEMBERS.code: team}} if rows else {})


def _applicant_in(content: dict[str, Any]) -> list[str]:
    """What the frozen content calls its applicant, who may be called otherwise by now."""
    return [str(value) for key, value in content.get("organisation", {}).items() if key != "id"]


def download_name(file: StoredFile, actor: Any) -> str:
    """What a proposal's file is called when this actor saves it."""
    proposal = Proposal.objects.select_related("call").get(pk=file.root_id)
    if not names_hidden(proposal.call, actor):
        return file.name
    order = list(files_of(proposal, ATTACHMENT).order_by("pk").values_list("pk", flat=True))
    return file_shown(order.index(file.pk) + 1 if file.pk in order else len(order) + 1, file.name)
