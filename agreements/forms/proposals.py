"""Forms of a proposal: one page per section, so that each can be saved unfinished and come back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.actions.drafts import values_of_part
from agreements.actions.proposals import PartState, part_state
from agreements.forms.number_fields import WholeField
from agreements.forms.proposal_rows import FORMSETS
from agreements.models import Call, CallDocument, Proposal
from agreements.proposal_sections import ACTIVITIES, BENEFICIARIES, FIELD_LABELS, SECTIONS, RowKind, Section
from core.drafts import DraftForm, rows_name
from core.forms import HouseForm, HouseFormSet, ThaiTextField, UploadField
from partnerships.models import TargetGroup

LONG = 6000


def _text(name: str, rows: int = 5, max_length: int = LONG, **more: Any) -> ThaiTextField:
    return ThaiTextField(label=FIELD_LABELS[name], max_length=max_length, rows=rows, required=False, **more)


class PartForm(DraftForm):
    """A section's fields, which save themselves. Little is required: the list of sections says what is missing."""

    section: Section
    state: PartState | None = None  # of the last saving, where the form was drawn from what is on record ...
    on_record: Mapping[str, Any] | None = None  # ... and what that was (`values_of_part`)

    @property
    def heading(self) -> str | Promise:
        return self.section.heading

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.filter_form = True  # no field is marked as optional: it is needed in the end
        return helper


class WorkForm(PartForm):
    section = SECTIONS["work"]
    title = ThaiTextField(label=FIELD_LABELS["title"], max_length=300)
    objectives = _text("objectives")
    area = ThaiTextField(label=FIELD_LABELS["area"], max_length=300, required=False)
    duration_months = WholeField(
        label=FIELD_LABELS["duration_months"], min_value=1, max_value=120, required=False
    )  # fmt: skip


class ActivitiesForm(PartForm):
    section = SECTIONS["activities"]
    activities = _text("activities", rows=6)


class ResultsForm(PartForm):
    section = SECTIONS["results"]
    results = _text("results")


class BudgetForm(PartForm):
    section = SECTIONS["budget"]
    budget_detail = _text("budget_detail", help_text=_("Not required: the lines below are the budget"))


class TeamForm(PartForm):
    section = SECTIONS["team"]


class RisksForm(PartForm):
    section = SECTIONS["risks"]
    risks = _text("risks", rows=3, help_text=_("Not required: the rows below are the risks"))


class NetworkForm(PartForm):
    section = SECTIONS["network"]
    expertise = _text("expertise")
    network = _text("network")


PART_FORMS: dict[str, type[PartForm]] = {
    form.section.code: form
    for form in (WorkForm, ActivitiesForm, ResultsForm, BudgetForm, TeamForm, RisksForm, NetworkForm)
}


def part_forms(proposal: Proposal, part: str, data: Any = None) -> tuple[PartForm, list[HouseFormSet]]:
    """The form of a section and its rows: what was sent, else what is stored. Prefixes of rows are the kinds' codes."""
    section = SECTIONS[part]
    initial = {name: getattr(proposal, name) for name in section.fields}
    state, stored = (part_state(proposal, part), values_of_part(proposal, part)) if data is None else (None, None)
    version = state.version if state else 0
    form = PART_FORMS[part](data, root=proposal, initial=initial, part_version=version, stored=stored)
    form.state, form.on_record = state, stored
    formsets = []
    for kind in section.rows:
        known = stored[rows_name(kind.code)] if stored else []
        rows = FORMSETS[kind.code](data, prefix=kind.code, initial=known or None, form_kwargs=_more(proposal, kind))
        formsets.append(rows)
    return form, formsets


def _more(proposal: Proposal, kind: RowKind) -> dict[str, Any]:
    """What the rows of this kind ask of their proposal."""
    if kind is BENEFICIARIES:
        return {"groups": _groups(proposal)}
    return {"duration": proposal.duration_months} if kind is ACTIVITIES else {}


def part_rows(formsets: Iterable[HouseFormSet]) -> dict[str, list[dict[str, Any]]]:
    """What valid formsets of a section hold, by kind: the `rows` of `save_part`."""
    return {rows.prefix: rows.rows for rows in formsets}


def _groups(proposal: Proposal) -> list[tuple[int, str]]:
    """Target groups to choose from; one that was retired stays where it was chosen."""
    chosen = proposal.beneficiary_rows.values("target_group")
    words = TargetGroup.objects.filter(is_active=True) | TargetGroup.objects.filter(pk__in=chosen)
    return [(word.pk, word.name) for word in words.order_by("ordinal", "pk")]


class BeginForm(HouseForm):
    """`source`: an earlier proposal of the organisation whose texts and rows are taken over; not asked without any."""

    title = ThaiTextField(label=_("Title of the project"), max_length=300)
    source = forms.ModelChoiceField(
        Proposal.objects.none(),
        label=_("Begin from an earlier proposal"),
        required=False,
        empty_label=_("Begin with empty sections"),
        help_text=_("Texts and rows are taken over and can be changed; documents are attached anew."),
    )

    def __init__(self, *args: Any, root: Call, organisation_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        earlier = Proposal.objects.of_organisation(organisation_id).exclude(call=root)
        self.fields["source"].queryset = earlier.order_by("-created_at", "-pk")
        self.fields["source"].label_from_instance = lambda proposal: f"{proposal.title} ({proposal.reference})"
        if organisation_id is None or not earlier.exists():
            del self.fields["source"]


class AttachForm(HouseForm):
    wanted = forms.ModelChoiceField(
        CallDocument.objects.none(),
        label=_("Which document it is"),
        required=False,
        empty_label=_("Another attachment"),
    )
    file = UploadField(label=_("File to attach"))

    def __init__(self, *args: Any, root: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        wanted = root.call.documents.all()
        self.fields["wanted"].queryset = wanted
        if not wanted:
            del self.fields["wanted"]
