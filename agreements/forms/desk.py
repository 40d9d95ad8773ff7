"""The desk's filter with its choice of columns, and what is done with the ticked rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import RECEIVED_PROPOSALS, CapacityKind, ProposalState
from agreements.models import Capacity
from agreements.queries.desk_columns import COLUMNS
from core.form_fields import BahtField, BuddhistDateField
from partnerships.enums import Form
from partnerships.forms.organisations import WordChoice
from partnerships.geography import province_choices
from partnerships.models import FieldOfWork

SORTS = [
    ("", _("Latest received first")),
    ("oldest", _("Earliest received first")),
    ("budget_down", _("Largest budget first (of those that state one)")),
    ("budget_up", _("Smallest budget first (of those that state one)")),
    ("reference", _("By reference")),
]
STATES = [(s.value, s.label) for s in ProposalState if s in RECEIVED_PROPOSALS]


class DeskFilter(forms.Form):
    """Search, filters, order and columns of the list of proposals; all of it stands in the address.

    Not valid where a condition cannot be read: then it finds nothing, as without that condition it would find too much.
    """

    q = forms.CharField(label=_("Organisation, title or reference"), required=False, max_length=100)
    call = forms.CharField(label=_("Number or reference of the call"), required=False, max_length=40)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    form = forms.ChoiceField(
        label=_("Form of partnership"),
        required=False,
        choices=[("", _("All")), *[(one.value, one.label) for one in (Form.GRANT, Form.PBC)]],
    )
    province = forms.ChoiceField(
        label=_("Province of the organisation"),
        required=False,
        choices=lambda: [("", _("All provinces")), *province_choices()],
    )
    field = WordChoice(
        label=_("Field of work of the call"),
        required=False,
        queryset=FieldOfWork.objects.all(),
        empty_label=_("All fields of work"),
    )
    received_from = BuddhistDateField(label=_("Received from"), required=False)
    received_to = BuddhistDateField(label=_("Received until"), required=False)
    budget_from = BahtField(label=_("Budget from"), required=False)
    budget_to = BahtField(label=_("Budget up to"), required=False)
    presentation = forms.ChoiceField(
        label=_("Presentation"),
        required=False,
        choices=[("", _("All")), ("invited", _("Invited, not held yet")), ("held", _("Held"))],
    )
    unassigned = forms.BooleanField(label=_("Without a reviewer"), required=False)
    appealed = forms.BooleanField(label=_("With an appeal"), required=False)
    col = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        choices=[(column.code, column.label) for column in COLUMNS.values()],
        widget=forms.CheckboxSelectMultiple,
    )

    FIRST = ("q", "call", "state", "sort")

    def clean(self) -> dict[str, Any]:
        """Columns that are not offered narrow nothing: the usual ones stand in for them."""
        self.errors.pop("col", None)
        return super().clean()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, without what cannot be read."""
        self.is_valid()
        return self.cleaned_data

    @property
    def first_fields(self) -> list[Any]:
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in (*self.FIRST, "col")]

    @property
    def narrows_more(self) -> bool:
        """Whether a filter among the folded ones is in use: then they are shown."""
        return any(self.chosen.get(field.name) or field.errors for field in self.more_fields)


INVITE, DRAW, ASSIGN = "invite", "draw", "assign"


class BulkForm(forms.Form):
    """What to do with the ticked proposals; a reviewer is chosen for `assign` alone."""

    act = forms.ChoiceField(
        label=_("With the chosen proposals"),
        choices=[
            (DRAW, _("Assign reviewers by the draw")),
            (ASSIGN, _("Assign this reviewer besides")),
            (INVITE, _("Invite to present")),
        ],
        error_messages={"required": _("Choose what is to be done.")},
    )
    reviewer = forms.ChoiceField(
        label=_("Reviewer"), required=False, help_text=_("Only for “Assign this reviewer besides”")
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Capacity.objects.current().filter(call__agency=actor.organisation_id, kind=CapacityKind.REVIEWER)
        people = {row.user_id: row.user.get_full_name() for row in rows.select_related("user").order_by("pk")}
        self.fields["reviewer"].needed = True  # by one of the actions: not told to be optional
        self.fields["reviewer"].choices = [("", _("Choose")), *people.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("act") == ASSIGN and not data.get("reviewer") and "reviewer" not in self.errors:
            self.add_error("reviewer", _("Choose the reviewer."))
        return data
