"""Forms for words and for the privacy notice."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField
from partnerships.models import PrivacyNotice


class WordForm(HouseForm):
    name_th = ThaiTextField(label=_("Name in Thai"), max_length=200)
    name_en = ThaiTextField(label=_("Name in English"), max_length=200)


class PrivacyNoticeHead:
    """What the form is drawn from: the last version, so that another one published meanwhile is noticed."""

    def __init__(self) -> None:
        self.refresh_from_db()

    def refresh_from_db(self) -> None:
        last = PrivacyNotice.objects.first()
        self.version = last.version if last else 0


class PrivacyNoticeForm(HouseForm):
    text_th = ThaiTextField(label=_("Text in Thai"), rows=14, max_length=20_000)
    text_en = ThaiTextField(label=_("Text in English"), rows=14, max_length=20_000)
    valid_from = BuddhistDateField(label=_("Valid from"), initial=clock.today, help_text=_("Today or later"))
