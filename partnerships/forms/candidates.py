"""Forms about candidates: shortlist, invitation and answer, readiness (§4 step 3)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, SeveralField, ThaiTextField
from partnerships.actions.shortlist import TO_INVITE
from partnerships.enums import ReadinessCriterion
from partnerships.models import Mission, ShortlistEntry

SCALE = [
    ("", _("I cannot tell")),
    ("1", _("1 – not ready")),
    ("2", _("2 – hardly ready")),
    ("3", _("3 – partly ready")),
    ("4", _("4 – ready")),
    ("5", _("5 – fully ready")),
]
HELP = {
    ReadinessCriterion.SIMILARITY: _("Whether its own missions resemble this one."),
    ReadinessCriterion.STANCE: _("How it stands to the agency; conflicts, now or earlier."),
    ReadinessCriterion.STAFF: _("Enough people with the right skills."),
    ReadinessCriterion.MONEY: _("Its own money and bookkeeping."),
    ReadinessCriterion.TOOLS: _("Rooms, vehicles, equipment, systems."),
    ReadinessCriterion.CAPACITY: _("How much of such work it can carry."),
    ReadinessCriterion.EXPERIENCE: _("What it has done in this field."),
    ReadinessCriterion.TRUST: _("How reliable it has been, and how openly it reports."),
}


class CandidateSearchForm(forms.Form):
    q = forms.CharField(label=_("Name of the partner"), required=False, max_length=100)


class ShortlistForm(HouseForm):
    reason = ThaiTextField(label=_("Reason for the shortlist"), max_length=2000, rows=3)


class EntriesField(SeveralField):
    def label_from_instance(self, entry: ShortlistEntry) -> str:
        return entry.organisation.name


class InviteForm(HouseForm):
    entries = EntriesField(label=_("Partners to invite"), queryset=ShortlistEntry.objects.none())
    invitation = ThaiTextField(
        label=_("Words of the invitation"),
        max_length=4000,
        rows=5,
        help_text=_("The partners read these words together with title, objectives, target group, area and form."),
    )

    def __init__(self, *args: Any, root: Mission, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        waiting = root.shortlist.filter(state__in=TO_INVITE).select_related("organisation")
        self.fields["entries"].queryset = waiting.order_by("pk")


class InvitationAnswerForm(HouseForm):
    interested = forms.TypedChoiceField(
        label=_("Would your organisation take this mission?"),
        choices=[("yes", _("We are interested")), ("no", _("We decline the mission"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("Your answer binds nobody: an agreement is made later and entered freely."),
    )
    answer = ThaiTextField(
        label=_("In your words"), max_length=4000, rows=4, required=False, help_text=_("The agency reads these words.")
    )


class ReadinessForm(HouseForm):
    """A score from 1 to 5 with its reason for each of the eight criteria; what one cannot tell is left open."""

    def __init__(self, *args: Any, dated: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in ReadinessCriterion:
            self.fields[f"score_{criterion}"] = forms.ChoiceField(
                label=criterion.label, help_text=HELP[criterion], choices=SCALE, required=False
            )
            self.fields[f"reason_{criterion}"] = ThaiTextField(
                label=_("Reason for “%(criterion)s”") % {"criterion": criterion.label},
                max_length=1000,
                rows=2,
                required=False,
            )
        if dated:
            self.fields["assessed_on"] = BuddhistDateField(
                label=_("Assessed on"), initial=clock.today(), not_after=clock.today()
            )
        self.fields["note"] = ThaiTextField(label=_("Note"), max_length=2000, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for criterion in ReadinessCriterion:
            if data.get(f"reason_{criterion}") and not data.get(f"score_{criterion}"):
                self.add_error(f"score_{criterion}", _("You gave a reason: choose the score too."))
        return data

    @property
    def action_facts(self) -> dict[str, Any]:
        """What the actions take: scores by criterion, and day and note."""
        data = self.cleaned_data
        scores = {
            criterion.value: (int(data[f"score_{criterion}"]), data[f"reason_{criterion}"])
            for criterion in ReadinessCriterion
            if data.get(f"score_{criterion}")
        }
        rest = {name: data[name] for name in ("assessed_on", "note") if name in data}
        return {"scores": scores, **rest}
