"""Forms of a call: begun on one short form, written part by part; ending it, comments, the filter of the list."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.call_dates import DATES_IN_ORDER, out_of_order
from agreements.enums import AllocationMethod, CallState, CriterionKind, Procedure
from agreements.forms.number_fields import WholeField
from agreements.forms.time_fields import TimeOfDayField
from agreements.models import Call, CallTemplate
from agreements.weighing import weighing_who
from core import clock
from core.forms import BahtField, BuddhistDateField, HouseForm, SeveralField, ThaiTextField
from partnerships.enums import Form, ShortlistState
from partnerships.forms.choice_fields import PartnerNameField, WordsField
from partnerships.models import FieldOfWork, Organisation

LONG = 6000
END_OF_OFFICE = time(16, 30)
ASKED = _(
    "These criteria weigh who proposes: %(names)s. Reviewers who do not know it cannot judge them. Change the criteria "
    "first, or tick below that you understand."
)
DESPITE = _("I understand that reviewers score these criteria without knowing who proposes.")


def number(label: Any, low: int, high: int, **more: Any) -> WholeField:
    return WholeField(label=label, min_value=low, max_value=high, **more)


def time_of_day(label: Any, **more: Any) -> TimeOfDayField:
    return TimeOfDayField(label=label, help_text=_("Thai time, 24 hours, for example 16:30"), **more)


def moment_of(data: dict[str, Any], on: str, at: str) -> datetime | None:
    """A day of the Buddhist Era and a time of day in Thailand as one moment; None where the day is missing."""
    if not data.get(on):
        return None
    return datetime.combine(data[on], data.get(at) or END_OF_OFFICE, tzinfo=clock.BANGKOK)


def day_and_time(moment: datetime | None) -> tuple[Any, Any]:
    """A moment as two fields show it."""
    if moment is None:
        return None, END_OF_OFFICE
    local = moment.astimezone(clock.BANGKOK)
    return local.date(), local.time().replace(second=0, microsecond=0)


class DeadlineMixin:
    """`closes_on` and `closes_time` become `closes_at`, still ahead."""

    def take_deadline(self, data: dict[str, Any]) -> None:
        if data.get("closes_on") and data.get("closes_time"):
            data["closes_at"] = moment_of(data, "closes_on", "closes_time")
            if data["closes_at"] <= clock.now():
                self.add_error("closes_on", _("The deadline must be still ahead."))


class CallStartForm(DeadlineMixin, HouseForm):
    """What is needed to begin; the rest is written part by part."""

    template = forms.ModelChoiceField(
        label=_("Template"), queryset=CallTemplate.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    title = ThaiTextField(label=_("Title of the call"), max_length=300)
    budget_ceiling = BahtField(label=_("Budget ceiling"), positive=True)
    closes_on = BuddhistDateField(label=_("Last day for proposals"))
    closes_time = time_of_day(_("Until what time"), initial=END_OF_OFFICE)

    def __init__(self, *args: Any, templates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates
        known = list(templates[:2])
        if len(known) == 1:  # nothing to choose
            del self.fields["template"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.take_deadline(data)
        return data


class ContentPart(HouseForm):
    title = ThaiTextField(label=_("Title of the call"), max_length=300)
    background = ThaiTextField(label=_("Background"), max_length=LONG, rows=6)
    objectives = ThaiTextField(label=_("Objectives"), max_length=LONG, rows=5)
    scope = ThaiTextField(label=_("Scope of work"), max_length=LONG, rows=6)
    target_group = ThaiTextField(label=_("Target group"), max_length=300)
    area = ThaiTextField(label=_("Area"), max_length=300, help_text=_("In your own words"))
    fields_of_work = WordsField(
        FieldOfWork, label=_("Fields of work"), help_text=_("By these, partners that subscribed hear of the call.")
    )
    duration_months = number(_("Duration (months)"), 1, 120)
    evaluation_plan = ThaiTextField(label=_("How the project is evaluated"), max_length=LONG, rows=5)
    contact_phone = ThaiTextField(label=_("Telephone for questions"), max_length=50)


class MoneyPart(HouseForm):
    budget_ceiling = BahtField(label=_("Budget ceiling"), positive=True)
    allocation_method = forms.ChoiceField(
        label=_("Way of allocating"), choices=AllocationMethod.choices, widget=forms.RadioSelect
    )
    instalment_count = number(_("Number of instalments"), 1, 24, required=False)
    unit = ThaiTextField(
        label=_("Unit of the service"), max_length=100, required=False,
        help_text=_("What is counted and paid for, such as a person served for a month"),
    )  # fmt: skip
    unit_cost_ceiling = BahtField(label=_("Ceiling of the unit cost"), positive=True, required=False)
    allocation = ThaiTextField(label=_("How the money is allocated"), max_length=LONG, rows=5)

    def clean(self) -> dict[str, Any]:
        """What the way of allocating needs is asked for; what it does not need is left out."""
        data = super().clean()
        method = data.get("allocation_method")
        if method and method != AllocationMethod.UNIT_COST:
            self._need(data, "instalment_count")
        if method and method != AllocationMethod.INSTALMENTS:
            self._need(data, "unit")
            self._need(data, "unit_cost_ceiling")
        if method == AllocationMethod.UNIT_COST:
            data["instalment_count"] = None
        if method == AllocationMethod.INSTALMENTS:
            data.update(unit="", unit_cost_ceiling=None)
        ceiling, unit_ceiling = data.get("budget_ceiling"), data.get("unit_cost_ceiling")
        if isinstance(ceiling, Decimal) and isinstance(unit_ceiling, Decimal) and unit_ceiling > ceiling:
            self.add_error("unit_cost_ceiling", _("One unit cannot cost more than the budget ceiling."))
        return data

    def _need(self, data: dict[str, Any], name: str) -> None:
        if name not in self.errors and not data.get(name):
            self.add_error(name, _("This way of allocating needs it."))


class DatesPart(DeadlineMixin, HouseForm):
    """Dates in the order in which they come; each is optional but the deadline."""

    publish_on = BuddhistDateField(
        label=_("To be published on"), required=False,
        help_text=_("Planned; the call is published when it is decided."),
    )  # fmt: skip
    questions_on = BuddhistDateField(label=_("Last day for questions"), required=False)
    questions_time = time_of_day(_("Questions until what time"), required=False)
    closes_on = BuddhistDateField(label=_("Last day for proposals"))
    closes_time = time_of_day(_("Until what time"))
    grace_minutes = number(
        _("Grace period (minutes)"), 0, 120,
        help_text=_("Proposals are still taken for so long after the deadline. 0: to the second. Everyone sees it."),
    )  # fmt: skip
    screening_by = BuddhistDateField(label=_("Qualifications checked by"), required=False)
    presentation_on = BuddhistDateField(label=_("Presentations from"), required=False)
    decision_by = BuddhistDateField(label=_("Result by"), required=False)
    appeal_days = number(_("Days to appeal after the result letter"), 1, 90)

    # The field at which a date of the call is told.
    field_of = {"questions_until": "questions_on", "closes_at": "closes_on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.root.form != Form.PBC:  # a Grant has no presentations (§3.1)
            del self.fields["presentation_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.take_deadline(data)
        data["questions_until"] = moment_of(data, "questions_on", "questions_time")
        for later, earlier in out_of_order({name: data.get(name) for name in DATES_IN_ORDER}):
            name = self.field_of.get(later, later)
            if name not in self.errors:
                before = self.fields[self.field_of.get(earlier, earlier)].label
                self.add_error(name, _("This comes before: %(before)s.") % {"before": before})
        return data


class JudgingPart(HouseForm):
    """How proposals will be judged, apart from the criteria."""

    cure_days = number(
        _("Days to mend formal gaps"), 0, 30,
        help_text=_("After the deadline, once, on being asked. 0: formal gaps cannot be mended."),
    )  # fmt: skip
    is_blind = forms.BooleanField(
        label=_("Reviewers do not see who proposes"), required=False,
        help_text=_(
            "Criteria on expertise, standards or track record can hardly be judged then: change them first. Where such "
            "criteria are left, you are asked once more."
        ),
    )  # fmt: skip
    despite = forms.BooleanField(label=DESPITE, required=False)
    reviewers_per_proposal = number(
        _("Reviewers for each proposal"), 1, 20, required=False,
        help_text=_("Left empty, every reviewer scores every proposal."),
    )  # fmt: skip
    presentation_weight = number(
        _("Weight of the presentation (percent)"), 0, 90,
        help_text=_("Of the final score. 0: the presentation is heard but not scored."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.root.form != Form.PBC:
            del self.fields["presentation_weight"]
        if not self.is_bound or not self.data.get(self.add_prefix("is_blind")) or not self._to_ask():
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """Hiding who proposes is asked about once where criteria weigh just that."""
        data = super().clean()
        if "despite" in self.fields and not data.pop("despite", False):
            self.add_error("is_blind", ValidationError(ASKED, code="ask", params={"names": ", ".join(self._to_ask())}))
        return data

    def _to_ask(self) -> list[str]:
        """Titles of such criteria; none where the call is blind already: then it was answered."""
        if self.root.is_blind:
            return []
        return weighing_who(self.root.criteria.filter(kind=CriterionKind.SCORING).values_list("title", flat=True))


class ProcedurePart(HouseForm):
    """Open to all, or by direct invitation with the reason; the invited are found by name and added one by one.

    `added` is who was found, once the form has been looked at.
    """

    added: Organisation | None = None

    procedure = forms.ChoiceField(label=_("Procedure"), choices=Procedure.choices, widget=forms.RadioSelect)
    procedure_reason = ThaiTextField(
        label=_("Reason for a direct invitation"), max_length=LONG, rows=3, required=False,
        help_text=_("Needed for a direct invitation only"),
    )  # fmt: skip
    invited = SeveralField(
        label=_("Invited organisations"), queryset=Organisation.objects.none(), required=False,
        help_text=_("Take the tick away from whoever is not to be invited."),
    )  # fmt: skip
    add = PartnerNameField(
        label=_("Invite another partner"), required=False,
        help_text=_("Its name, or a part of it, as in the register of partners; save, and add the next one."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invited"].queryset = Organisation.objects.filter(pk__in=offered).order_by("sort_key")
        if not offered:
            del self.fields["invited"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.added = data.pop("add", None)
        data["invited"] = [*data.get("invited", ()), *([self.added] if self.added else [])]
        if data.get("procedure") == Procedure.DIRECT:
            if "procedure_reason" not in self.errors and not data.get("procedure_reason"):
                self.add_error("procedure_reason", _("Give the reason for a direct invitation."))
            if not {"invited", "add"} & set(self.errors) and not data["invited"]:
                self.add_error("add", _("Choose the organisations that are invited."))
        return data


# --- what the parts begin with --------------------------------------------------------------------------------------


def first_answers(mission: Any) -> dict[str, Any]:
    return {"title": mission.title}


def interested_in(mission: Any) -> list[int]:
    """Ids of the partners of the mission's shortlist that answered with interest: whom a direct invitation asks."""
    entries = mission.shortlist.filter(state=ShortlistState.INTERESTED)
    return list(entries.values_list("organisation_id", flat=True))


def answers_of(call: Call, part: type[HouseForm]) -> dict[str, Any]:
    """A call's values as a part's form shows them."""
    names = [name for name in part.base_fields if hasattr(call, name) and name != "fields_of_work"]
    answers = {name: getattr(call, name) for name in names}
    answers["closes_on"], answers["closes_time"] = day_and_time(call.closes_at)
    answers["questions_on"], answers["questions_time"] = day_and_time(call.questions_until)
    if "fields_of_work" in part.base_fields:
        answers["fields_of_work"] = list(call.fields_of_work.all())
    return answers


class CommentForm(HouseForm):
    """A proposal to those who decide, with a comment."""

    comment = ThaiTextField(label=_("Comment to those who decide"), max_length=2000, rows=3, required=False)


class CallFilter(forms.Form):
    """The filter of the list of calls."""

    state = forms.ChoiceField(label=_("State"), required=False)
    form = forms.ChoiceField(label=_("Form of partnership"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["state"].choices = [everything, *CallState.choices]
        self.fields["form"].choices = [everything, *[(form.value, form.label) for form in (Form.GRANT, Form.PBC)]]
