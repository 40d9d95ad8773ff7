"""The kinds of decision that can have a chain of their own.

Which decisions there are is known by upper floors: they register the codes here when they load, and the page on which
an organisation keeps its chains reads them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.registry import Text

GENERAL = ""  # the chain for all kinds that have none of their own


@dataclass(frozen=True)
class RegisteredKind:
    """`only_by_own_chain`: without a chain for this very kind the officer decides directly, no chain serves."""

    code: str
    label: Text
    only_by_own_chain: bool = False


_kinds: dict[str, RegisteredKind] = {}


def register_decision_kind(code: str, label: Text, *, only_by_own_chain: bool = False) -> None:
    """Make a kind of decision known (called in AppConfig.ready; registering twice replaces)."""
    _kinds[code] = RegisteredKind(code, label, only_by_own_chain)


def decision_kinds() -> dict[str, RegisteredKind]:
    """The kinds by code, in the order in which they were registered."""
    return dict(_kinds)


def kind_label(code: str) -> Text:
    """What a chain is called by: its kind, or the general one."""
    return _kinds[code].label if code in _kinds else _("All decisions without a chain of their own")
