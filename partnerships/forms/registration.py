"""Beginning a registration: kind and name, nothing else; and the sponsor's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField
from partnerships.enums import PARTNER_KINDS, LocalGovernmentType, OrganisationKind
from partnerships.reference.kinds import KINDS


def kind_choices() -> list[tuple[str, Any]]:
    """Kinds that register themselves, in the manual's order (§2)."""
    return [(kind.value, kind.label) for kind in OrganisationKind if kind in PARTNER_KINDS]


class KindMixin(forms.Form):
    """Kind, kind of local government, and whether it is no legal person: asked at the start and in the profile."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=kind_choices, widget=forms.RadioSelect)
    local_type = forms.ChoiceField(
        label=_("Kind of local government"),
        choices=[("", _("Not a local government")), *LocalGovernmentType.choices],
        required=False,
        help_text=_("Only for local government."),
    )
    is_unregistered = forms.BooleanField(
        label=_("The group is not registered as a legal person"),
        required=False,
        help_text=_(
            "For non-governmental and charitable organisations, community organisations and networks only. A "
            "registered organisation then stands in for the group as its sponsor."
        ),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("kind") or ""
        if kind == OrganisationKind.LOCAL_GOVERNMENT and not given.get("local_type") and "local_type" in given:
            self.add_error("local_type", _("Choose which kind of local government it is."))
        if kind and kind != OrganisationKind.LOCAL_GOVERNMENT and given.get("local_type"):
            self.add_error("local_type", _("Only a local government has this: choose “Not a local government”."))
        if kind and given.get("is_unregistered") and not KINDS[kind].may_be_unregistered:
            self.add_error("is_unregistered", _("An organisation of this kind is always registered as a legal person."))
        return given


class BeginRegistrationForm(HouseForm, KindMixin):
    """What a registration begins with."""

    name_th = ThaiTextField(
        label=_("Name in Thai"), max_length=300, help_text=_("The full name as it stands on the certificate.")
    )
    field_order = ("kind", "local_type", "is_unregistered", "name_th")


class SponsorSearchForm(forms.Form):
    q = forms.CharField(label=_("Name of the organisation that would be the sponsor"), max_length=100, required=False)


class AskSponsorForm(HouseForm):
    """Which organisation is asked, and with what words."""

    sponsor = forms.TypedChoiceField(label=_("Organisation"), coerce=int, widget=forms.RadioSelect)
    request = ThaiTextField(
        label=_("What you ask of it"),
        max_length=2000,
        rows=4,
        help_text=_("What your group does, and how the two have worked together."),
    )

    def __init__(self, *args: Any, sponsors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsor"].choices = sponsors


class AnswerSponsorForm(HouseForm):
    """Agree or decline, with words."""

    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=[("agree", _("We agree to be the sponsor")), ("decline", _("We do not agree"))],
        widget=forms.RadioSelect,
    )
    answer = ThaiTextField(
        label=_("Words to the group"),
        max_length=2000,
        rows=4,
        required=False,
        help_text=_("Needed if you decline: the reason."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") == "decline" and not given.get("answer") and "answer" in given:
            self.add_error("answer", _("Please give the reason."))
        return given


class EndSponsorshipForm(HouseForm):
    reason = ThaiTextField(label=_("Reason"), max_length=2000, rows=4)
