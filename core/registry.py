"""Where upper floors hang things on lower pages: plain lists, filled in `AppConfig.ready`, read by tags and views.

Core knows no word of the domain. An app that has an entry for the navigation, a panel for another app's page, a kind of
document, or a label for an audit event registers it here; registering twice replaces. (Who may read a file is told to
`core.files.register_access`.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise


def _always(actor: Any) -> bool:
    return True


# --- navigation


@dataclass(frozen=True)
class NavEntry:
    """One entry of the main navigation. `visible` asks the actor; `icon` is a name of the sprite."""

    label: Text
    url_name: str
    visible: Callable[[Any], bool] = _always
    order: int = 100
    icon: str = ""


_nav: dict[str, NavEntry] = {}


def register_nav(
    label: Text, url_name: str, *, visible: Callable[[Any], bool] = _always, order: int = 100, icon: str = ""
) -> None:
    """Add an entry to the main navigation, for the actors for whom `visible(actor)` is true."""
    _nav[url_name] = NavEntry(label, url_name, visible, order, icon)


def nav_for(actor: Any) -> list[NavEntry]:
    """The navigation of this actor, in order; none where nobody knows yet who asks (a request refused on the way)."""
    if actor is None:
        return []
    return sorted((entry for entry in _nav.values() if entry.visible(actor)), key=lambda entry: entry.order)


# --- the hub of administration


@dataclass(frozen=True)
class AdminCard:
    """One card of the page from which the system is kept: where it leads, and in a sentence what is done there."""

    label: Text
    hint: Text
    url_name: str
    visible: Callable[[Any], bool]
    order: int = 100
    icon: str = ""
    args: tuple[Any, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.args)


_admin_cards: dict[tuple[Any, ...], AdminCard] = {}


def register_admin_card(
    label: Text,
    hint: Text,
    url_name: str,
    *,
    visible: Callable[[Any], bool],
    order: int = 100,
    icon: str = "",
    args: tuple[Any, ...] = (),
) -> None:
    """Add a card to the hub of administration, for the actors for whom `visible(actor)` is true.

    args: of the address, where its name alone does not say it.
    """
    _admin_cards[url_name, *args] = AdminCard(label, hint, url_name, visible, order, icon, args)


def admin_cards_for(actor: Any) -> list[AdminCard]:
    """The cards of this actor, in order; a person without any has no business on the hub."""
    if actor is None:
        return []
    return sorted((card for card in _admin_cards.values() if card.visible(actor)), key=lambda card: card.order)


# --- the organisations a person may act for


@dataclass(frozen=True)
class ActingChoice:
    """An organisation (and capacity) the person may act for; `value` is what the switch form posts."""

    value: str
    label: Text
    detail: Text = ""
    current: bool = False


_acting: dict[str, Callable[[Any], Iterable[ActingChoice]]] = {}


def register_acting_choices(choices: Callable[[Any], Iterable[ActingChoice]]) -> None:
    """Tell the page header how to find, from a request, what the person may act for."""
    _acting["choices"] = choices


def acting_choices(request: Any) -> list[ActingChoice]:
    """What this person may act for; empty where nothing is registered."""
    find = _acting.get("choices")
    return list(find(request)) if find else []


# --- panels on other apps' pages


@dataclass(frozen=True)
class Panel:
    """A part of a page that another app draws: a template and a function that gives its context.

    `context(request, subject)` returns a dict, or None when the panel has nothing to show here.
    """

    name: str
    slot: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    order: int = 100


_panels: dict[tuple[str, str], Panel] = {}


def register_panel(
    slot: str,
    name: str,
    template: str,
    *,
    context: Callable[[Any, Any], dict[str, Any] | None],
    order: int = 100,
) -> None:
    """Hang a panel into a slot of a page (a slot is named for its page: `agreement_detail`)."""
    _panels[slot, name] = Panel(name, slot, template, context, order)


def panels_in(slot: str) -> list[Panel]:
    """The panels of a slot, in order."""
    return sorted((panel for panel in _panels.values() if panel.slot == slot), key=lambda panel: panel.order)


# --- documents


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document that can be rendered by name.

    `find(reference)` gives the record or raises DoesNotExist; `references()` lists those there are;
    `render(record)` returns the PDF's bytes.
    """

    kind: str
    label: Text
    find: Callable[[str], Any]
    references: Callable[[], Iterable[str]]
    render: Callable[[Any], bytes]


_documents: dict[str, DocumentKind] = {}


def register_document_kind(
    kind: str,
    label: Text,
    *,
    find: Callable[[str], Any],
    references: Callable[[], Iterable[str]],
    render: Callable[[Any], bytes],
) -> None:
    """Make a kind of document known by its name."""
    _documents[kind] = DocumentKind(kind, label, find, references, render)


def document_kinds() -> dict[str, DocumentKind]:
    """All kinds of documents by name."""
    return dict(_documents)


# --- history

_history_labels: dict[str, Text] = {}


def register_history_labels(labels: dict[str, Text]) -> None:
    """Give audit event kinds their words: `{"agreement.sign": _("Signed the agreement")}`."""
    _history_labels.update(labels)


def history_label(kind: str) -> Text:
    """The words for an event kind; the kind itself where nobody registered any."""
    return _history_labels.get(kind, kind)
