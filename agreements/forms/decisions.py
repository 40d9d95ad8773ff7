"""Forms of the decision pages: a comment, which a return cannot do without."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField


class CommentForm(HouseForm):
    comment = ThaiTextField(label=_("Comment"), rows=4, max_length=2000, required=False)


class ReturnForm(HouseForm):
    comment = ThaiTextField(
        label=_("Comment"),
        rows=4,
        max_length=2000,
        help_text=_("What has to be revised before it can be proposed again."),
    )
