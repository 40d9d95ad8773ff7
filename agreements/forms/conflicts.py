"""The declaration of conflicts: one answer for each applicant, in alphabetical order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField
from core.workflow import Stamp
from partnerships.models import Organisation

NO, YES = "no", "yes"
ANSWERS = ((NO, _("No conflict of interest")), (YES, _("A conflict of interest")))


class ConflictForm(HouseForm):
    """Nothing is chosen beforehand: each applicant is answered. A membership is a conflict and cannot be answered away.

    `known`: organisation id → what the system knows; `barred`: ids with a membership; `before`: id → (conflicted,
    relation) as declared; `fixed`: ids whose conflict cannot be taken back any more.
    """

    def __init__(
        self,
        *args: Any,
        applicants: Iterable[Organisation],
        known: Mapping[int, list[str | Promise]],
        barred: set[int],
        before: Mapping[int, tuple[bool, str]],
        fixed: set[int],
        **kwargs: Any,
    ) -> None:
        self.applicants = list(applicants)
        self.base_fields = dict(self.base_fields)
        initial: dict[str, Any] = {}
        for one in self.applicants:
            answer, relation = f"conflict_{one.pk}", f"relation_{one.pk}"
            self.base_fields[answer] = forms.ChoiceField(
                label=one.name,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                disabled=one.pk in barred | fixed,
                help_text=_known_words(known.get(one.pk, [])),
            )
            self.base_fields[relation] = ThaiTextField(
                label=_("What the relation is: %(name)s") % {"name": one.name}, max_length=1000, required=False
            )
            self.base_fields[relation].needed = True  # with a conflict
            if one.pk in barred:
                initial[answer] = YES
            if one.pk in before:
                conflicted, said = before[one.pk]
                initial |= {answer: YES if conflicted else NO, relation: said}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["version"].required = False
        self.barred = barred

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for one in self.applicants:
            missing = not data.get(f"relation_{one.pk}") and one.pk not in self.barred
            if data.get(f"conflict_{one.pk}") == YES and missing:
                self.add_error(f"relation_{one.pk}", _("Say what the relation is."))
        return data

    @property
    def stamp(self) -> Stamp:
        """The key alone: people declare side by side."""
        return Stamp(key=self.cleaned_data.get("key") or None)

    @property
    def declarations(self) -> dict[int, tuple[bool, str]]:
        """Organisation id → (has a conflict, what the relation is)."""
        data = self.cleaned_data
        return {
            one.pk: (data[f"conflict_{one.pk}"] == YES, data[f"relation_{one.pk}"] or "") for one in self.applicants
        }


def _known_words(known: list[str | Promise]) -> str:
    if not known:
        return ""
    return _("Found in the system: %(relations)s") % {"relations": " · ".join(str(text) for text in known)}
