"""The proposal form on paper: filled from a draft or a submitted version, or empty to be written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime

from agreements.blind import code_of, without_names
from agreements.documents.applicant import profile_facts
from agreements.documents.build import FICTITIOUS
from agreements.documents.gantt import on_paper
from agreements.documents.proposal_answers import NUMBERS, Answers, answers_of
from agreements.documents.proposal_data import part_content, version_content
from agreements.enums import RECEIVED_PROPOSALS
from agreements.identity_words import words_of
from agreements.models import Call, Proposal, ProposalVersion
from agreements.proposal_sections import DOCUMENTS, SECTIONS
from core import clock
from core.pdf import render_pdf

TITLE = "แบบข้อเสนอโครงการ"
# Empty rows on the empty form, by kind; and lines to write on for a text.
BLANK_ROWS = {"beneficiaries": 4, "activities": 8, "indicators": 5, "lines": 12, "members": 5, "risks": 4}
LONG_TEXTS = frozenset({"objectives", "activities", "results", "budget_detail", "expertise", "network", "risks"})


@dataclass(frozen=True)
class BlankSection:
    """`fields`: label and lines to write on; `tables`: title, columns (label, is a number) and empty rows."""

    heading: Any
    fields: tuple[tuple[Any, range], ...]
    tables: tuple[tuple[Any, tuple[tuple[Any, bool], ...], range], ...]


@dataclass(frozen=True)
class ProposalDocument:
    """What the paper shows; `sections` of a filled form, `blanks` of an empty one."""

    call: Call
    reference: str
    title: str
    organisation: str
    profile: tuple[Mapping[str, Any], ...]
    documents: tuple[Mapping[str, Any], ...]
    files: tuple[str, ...] = ()
    sections: tuple[Answers, ...] = ()
    blanks: tuple[BlankSection, ...] = ()
    version: ProposalVersion | None = None
    submitted_at: Any = None
    is_draft: bool = False
    note: str = ""
    for_judges: bool = False
    code: str = ""  # in place of whose it is, where the call is blind


def proposal_pdf(about: ProposalVersion | Proposal) -> bytes:
    """A submitted version as it was frozen, or a proposal as it is written now; ร่าง over a draft's pages."""
    version = about if isinstance(about, ProposalVersion) else None
    proposal = version.proposal if version else about
    with translation.override("th"):
        doc = _filled(proposal, version)
        html = render_to_string("documents/proposal.html", {"doc": doc, "heading": TITLE, "sha256": _hash(version)})
    return render_pdf(html, title=f"{TITLE} {proposal.title}", draft=doc.is_draft)


def judge_pdf(version: ProposalVersion, *, masked: bool) -> bytes:
    """A submitted version for those who judge it, without telephone, people and hash of the applicant's own paper.

    `masked`: with nothing that tells whose it is, under its code, in the file's own title too.
    """
    with translation.override("th"):
        doc = _for_judges(version, masked=masked)
        html = render_to_string("documents/proposal.html", {"doc": doc, "heading": TITLE})
    return render_pdf(html, title=f"{TITLE} {doc.code or doc.title}")


def blank_form_pdf(call: Call) -> bytes:
    """The empty form of a call, with its dates and documents, to be written by hand."""
    with translation.override("th"):
        doc = ProposalDocument(
            call=call,
            reference=call.reference,
            title="",
            organisation="",
            profile=(),
            documents=tuple({"title": one.title, "required": one.is_required} for one in call.documents.all()),
            blanks=tuple(_blank(code) for code in SECTIONS if code != DOCUMENTS.code),
            note=_note(),
        )
        html = render_to_string("documents/proposal.html", {"doc": doc, "heading": TITLE})
    return render_pdf(html, title=f"{TITLE} {call.title}")


def _for_judges(version: ProposalVersion, *, masked: bool) -> ProposalDocument:
    proposal = version.proposal
    if not masked:
        profile = tuple(profile_facts(proposal.organisation_id, for_judges=True))
        return replace(_filled(proposal, version), profile=profile, for_judges=True)
    words = words_of([proposal.organisation_id]).get(proposal.organisation_id, ())
    content = without_names(version_content(version), words)
    code = code_of(proposal)
    facts = {"profile": (), "organisation": "", "reference": code, "code": code, "for_judges": True}
    return replace(_shown(proposal, version, content), version=None, submitted_at=None, **facts)


def _filled(proposal: Proposal, version: ProposalVersion | None) -> ProposalDocument:
    content = version_content(version) if version else part_content(proposal)
    shown = _shown(proposal, version, content)
    whose = content["organisation"]["name"] if version else proposal.organisation.name_th
    return replace(shown, organisation=whose, profile=tuple(profile_facts(proposal.organisation_id)))


def _shown(proposal: Proposal, version: ProposalVersion | None, content: Mapping[str, Any]) -> ProposalDocument:
    """The content as given, without whose it is."""
    documents = tuple(content.get("documents", ()))
    names = {row["id"]: row["name"] for row in content["files"]}
    used = {pk for wanted in documents for pk in wanted["files"]}
    return ProposalDocument(
        call=proposal.call,
        reference=proposal.reference,
        title=content["fields"]["title"],
        organisation="",
        profile=(),
        documents=tuple({**one, "files": [names[pk] for pk in one["files"] if pk in names]} for one in documents),
        files=tuple(name for pk, name in names.items() if pk not in used),
        sections=tuple(_on_paper(part) for part in answers_of(content)),
        version=version,
        submitted_at=localtime(version.submitted_at) if version else None,
        is_draft=version is None and proposal.state not in RECEIVED_PROPOSALS,
        note=_note(),
    )


def _on_paper(part: Answers) -> Answers:
    return replace(part, gantt=on_paper(part.gantt)) if part.gantt else part


def _blank(code: str) -> BlankSection:
    section = SECTIONS[code]
    fields = tuple((label, range(6 if name in LONG_TEXTS else 1)) for name, label in section.fields.items())
    tables = tuple(
        (
            kind.title,
            tuple((label, name in NUMBERS) for name, label in kind.columns.items()),
            range(BLANK_ROWS[kind.code]),
        )
        for kind in section.rows
    )
    return BlankSection(section.heading, fields, tables)


def _hash(version: ProposalVersion | None) -> str:
    return version.sha256 if version else ""


def _note() -> str:
    return FICTITIOUS if clock.is_acting() else ""
