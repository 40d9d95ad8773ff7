"""One thing that waits for a person, and the conditions that the kinds of work share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from agreements.blind import code_of
from agreements.models import Agreement, Party
from reporting.due import Due, due_of

Text = str | Promise

LIMIT = 100  # of each kind; the list pages show the rest


@dataclass(frozen=True)
class WorkItem:
    """`what` is to be done about `matter` (title and reference); `due_at`: where the hour of `due_on` matters;
    `officer_id`: the responsible officer, where another officer could do it too."""

    what: Text
    matter: str
    reference: str
    url: str
    due_on: date | None = None
    due_at: datetime | None = None
    officer_id: int | None = None

    @property
    def due(self) -> Due | None:
        return due_of(self.due_on, at=self.due_at)


def is_party(actor: Any, side: str, agreement: str = "agreement") -> Exists:
    """Whether the organisation acted for stands on that side; `agreement` is the path to the agreement, or "pk"."""
    return Exists(Party.objects.filter(agreement=OuterRef(agreement), organisation_id=actor.organisation_id, side=side))


def on_page(agreement: Agreement, what: Text, anchor: str = "", **more: Any) -> WorkItem:
    """An item that is done on the agreement's page."""
    url = reverse("agreements:agreement_detail", args=[agreement.reference])
    return at(agreement, what, f"{url}#{anchor}" if anchor else url, **more)


def to_judge(proposal: Any, what: Text, url: str) -> WorkItem:
    """An item about a proposal that went through `agreements.blind`: under its code where names are hidden.

    Wanted by the day on which the call promises its result.
    """
    reference = code_of(proposal) if proposal.names_hidden else proposal.reference
    due_on = proposal.call.decision_by
    return WorkItem(what=what, matter=proposal.shown_title, reference=reference, url=url, due_on=due_on)


def until(moment: datetime) -> dict[str, Any]:
    """The facts of an item that is wanted by the minute."""
    return {"due_on": timezone.localdate(moment), "due_at": moment}


def at(matter: Any, what: Text, url: str, **more: Any) -> WorkItem:
    """An item about a call, proposal or agreement, done at `url`."""
    return WorkItem(what=what, matter=matter.title, reference=matter.reference, url=url, **more)
