"""The form of an addendum: the call as it stands, to be changed where it must be."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.addenda import CHANGEABLE, as_json, from_json, refuse_unsound
from agreements.forms.calls import LONG, day_and_time, moment_of, time_of_day
from agreements.models import Call, CallAddendum
from core.forms import BahtField, BuddhistDateField, HouseForm, ThaiTextField
from partnerships.enums import Form

AT = {"questions_until": "questions_on", "closes_at": "closes_on"}


class AddendumForm(HouseForm):
    """`facts`: summary, changes (all CHANGEABLE values as typed), comment."""

    summary = ThaiTextField(
        label=_("What is changed and why"), max_length=2000, rows=4,
        help_text=_("Everyone concerned reads this first."),
    )  # fmt: skip
    closes_on = BuddhistDateField(label=_("Last day for proposals"))
    closes_time = time_of_day(_("Until what time"))
    questions_on = BuddhistDateField(label=_("Last day for questions"), required=False)
    questions_time = time_of_day(_("Questions until what time"), required=False)
    screening_by = BuddhistDateField(label=_("Qualifications checked by"), required=False)
    presentation_on = BuddhistDateField(label=_("Presentations from"), required=False)
    decision_by = BuddhistDateField(label=_("Result by"), required=False)
    budget_ceiling = BahtField(label=_("Budget ceiling"), positive=True)
    background = ThaiTextField(label=_("Background"), max_length=LONG, rows=3)
    objectives = ThaiTextField(label=_("Objectives"), max_length=LONG, rows=3)
    scope = ThaiTextField(label=_("Scope of work"), max_length=LONG, rows=3)
    target_group = ThaiTextField(label=_("Target group"), max_length=300)
    area = ThaiTextField(label=_("Area"), max_length=300)
    allocation = ThaiTextField(label=_("How the money is allocated"), max_length=LONG, rows=3)
    evaluation_plan = ThaiTextField(label=_("How the project is evaluated"), max_length=LONG, rows=3)
    contact_phone = ThaiTextField(label=_("Telephone for questions"), max_length=50)
    comment = ThaiTextField(label=_("Comment to those who decide"), max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, root: Call, returned: CallAddendum | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _answers(root, returned))
        super().__init__(*args, root=root, **kwargs)
        if root.form != Form.PBC:
            del self.fields["presentation_on"]

    def clean(self) -> dict[str, Any]:
        """What cannot become the call's is said at its field before anybody is asked to decide."""
        data = super().clean()
        if self.errors:
            return data
        now = {name: getattr(self.root, name) for name in CHANGEABLE}
        try:
            refuse_unsound(self.root, {name: to for name, to in self._changes().items() if to != now[name]})
        except ValidationError as refused:
            for name, errors in getattr(refused, "error_dict", {None: refused.messages}).items():
                self.add_error(AT.get(name, name), errors)
        return data

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"summary": data["summary"], "comment": data["comment"], "changes": self._changes()}

    def _changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        values = dict(data)
        values["closes_at"] = _unless_same(moment_of(data, "closes_on", "closes_time"), self.root.closes_at)
        until = moment_of(data, "questions_on", "questions_time")
        values["questions_until"] = _unless_same(until, self.root.questions_until)
        return {name: values[name] for name in CHANGEABLE if name in values}


def _unless_same(new: Any, now: Any) -> Any:
    """Forms know no seconds: the moment of now where day, hour and minute are the same."""
    return now if day_and_time(new) == day_and_time(now) else new


def _answers(call: Call, returned: CallAddendum | None) -> dict[str, Any]:
    """The call as it stands, with what a returned addendum wanted to change."""
    wanted = returned.changes if returned else {}
    values = {name: from_json(name, wanted.get(name, as_json(getattr(call, name)))) for name in CHANGEABLE}
    values["closes_on"], values["closes_time"] = day_and_time(values["closes_at"])
    values["questions_on"], values["questions_time"] = day_and_time(values["questions_until"])
    return {**values, "summary": returned.summary if returned else ""}
