"""What the door answers when it says no: exactly one of "not now", "not you", "missing", "stale", "already done"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from core.workflow.rules import Requirement

Text = str | Promise


class Refusal(Exception):
    """The door said no. `kind` is a stable code, `message` a sentence for the person at the screen."""

    kind = "refused"
    message: Text = _("This cannot be done.")
    at: Any = None  # (root, rule, actor), for the security log

    def __init__(self, message: Text | None = None) -> None:
        self.message = message or type(self).message
        super().__init__(str(self.message))


class NotNow(Refusal):
    kind = "not_now"
    message = _("This cannot be done at the present stage.")


class NotYou(Refusal):
    kind = "not_you"
    message = _("You do not have the authority to do this.")


class Missing(Refusal):
    """Requirements that are not met yet: `items` is a list of Requirement."""

    kind = "missing"

    def __init__(self, items: list[Requirement]) -> None:
        self.items = items
        super().__init__(_("Still missing: ") + ", ".join(str(item.title) for item in items))


class Stale(Refusal):
    kind = "stale"
    message = _("Someone else changed this record meanwhile. Please look at it again before you confirm.")


class AlreadyDone(Refusal):
    kind = "already_done"
    message = _("This was already recorded; it has not been recorded twice.")
