"""The form of a notice's text in both languages; what stands in braces must mean something."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField
from core.notice_texts import LANGUAGES, NoticeKind, NoticeTexts, texts_in_force, unknown_placeholders

REASON_HELP = _("For example a resolution or an order, with its day")


class NoticeForm(HouseForm):
    subject_th = ThaiTextField(label=_("Subject in Thai"), max_length=200)
    body_th = ThaiTextField(label=_("Text in Thai"), rows=7, max_length=4000)
    subject_en = ThaiTextField(label=_("Subject in English"), max_length=200)
    body_en = ThaiTextField(label=_("Text in English"), rows=7, max_length=4000)
    reason = ThaiTextField(label=_("Reason"), rows=2, max_length=500, help_text=REASON_HELP)

    def __init__(self, *args: Any, kind: NoticeKind, **kwargs: Any) -> None:
        self.kind = kind
        held = texts_in_force(kind.kind)
        initial = {f"{part}_{lang}": held[lang][part] for lang in LANGUAGES for part in ("subject", "body")}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("subject_th", "body_th", "subject_en", "body_en"):
            if unknown := unknown_placeholders(cleaned.get(name, ""), self.kind):
                self.add_error(name, self._unknown(unknown))
        return cleaned

    def _unknown(self, unknown: list[str]) -> ValidationError:
        known = ", ".join(f"{{{name}}}" for name in self.kind.placeholders)
        return ValidationError(
            _("%(unknown)s means nothing here. These can be used: %(known)s."),
            params={"unknown": ", ".join(unknown), "known": known},
        )

    @property
    def texts(self) -> NoticeTexts:
        """What was typed (only of a valid form)."""
        typed = self.cleaned_data
        return {lang: {"subject": typed[f"subject_{lang}"], "body": typed[f"body_{lang}"]} for lang in LANGUAGES}


class NoticeResetForm(HouseForm):
    reason = ThaiTextField(label=_("Reason"), rows=2, max_length=500, help_text=REASON_HELP)
