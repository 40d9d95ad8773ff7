"""Filters of the dashboard, the search of the public lists, and the choice of candidates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import HouseForm, HouseMixin, ThaiTextField
from core.thai import BE_OFFSET, fiscal_year
from partnerships.enums import PARTNER_KINDS, Form, OrganisationKind
from partnerships.models import Organisation
from reporting.queries.dashboard import Filters

YEARS_BACK = 5


class DashboardFilterForm(HouseMixin, forms.Form):
    """Form, ministry (OPDC only) and fiscal year."""

    form = forms.ChoiceField(label=_("Form of partnership"), required=False)
    ministry = forms.ChoiceField(label=_("Ministry"), required=False)
    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", _("All forms")), *Form.choices]
        self.fields["fiscal_year"].choices = [("", _("All years")), *_years()]
        if actor.is_opdc:
            ministries = Organisation.objects.filter(kind=OrganisationKind.MINISTRY)
            self.fields["ministry"].choices = [("", _("All ministries")), *((str(m.pk), m.name) for m in ministries)]
        else:
            del self.fields["ministry"]

    @property
    def filters(self) -> Filters:
        """What was chosen; nothing that is not on offer."""
        if not self.is_valid():
            return Filters()
        chosen = self.cleaned_data
        ministry = chosen.get("ministry") or None
        return Filters(
            form=chosen["form"], ministry=int(ministry) if ministry else None, fiscal_year=chosen["fiscal_year"]
        )


def _years() -> list[tuple[str, str]]:
    """Next fiscal year back to five years ago, in the era of the page."""
    now = fiscal_year(clock.today())
    shift = BE_OFFSET if get_language() == "en" else 0
    return [(str(year), str(year - shift)) for year in range(now + 1, now - YEARS_BACK - 1, -1)]


class SearchForm(HouseMixin, forms.Form):
    """Words of the title."""

    q = ThaiTextField(label=_("Search by title"), required=False, max_length=100)

    @property
    def words(self) -> str:
        return self.cleaned_data["q"] if self.is_valid() else ""


class CandidateFilterForm(HouseMixin, forms.Form):
    """Narrows the candidates for a mission."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    verified = forms.BooleanField(label=_("Only those verified now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in OrganisationKind if kind in PARTNER_KINDS]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]

    @property
    def narrowed(self) -> dict[str, Any]:
        """Conditions on the organisation; none of what is not on offer."""
        if not self.is_valid():
            return {}
        chosen = {"kind": self.cleaned_data["kind"]} if self.cleaned_data["kind"] else {}
        return {**chosen, "verified_until__gte": clock.today()} if self.cleaned_data["verified"] else chosen


class ShortlistForm(HouseForm):
    """Candidates of the page that are to be put on the mission's shortlist, and why these."""

    organisations = forms.MultipleChoiceField(
        label=_("Partners"),
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": _("Choose at least one partner of the list."),
            "invalid_choice": _("One of the chosen partners is no longer among the candidates."),
        },
    )
    reason = ThaiTextField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("Left empty, each partner's strongest points are kept as the reason."),
    )

    def __init__(self, *args: Any, candidates: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = [(str(one.pk), one.name) for one in candidates]
