"""Work on people: appointments that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.queries.people import appointments_for
from reporting.worklist.item import LIMIT, WorkItem


def appointments_to_confirm(actor: Any) -> Iterable[WorkItem]:
    """Those for which I can be the second person; OPDC's where an organisation has none of its own."""
    for appointment in appointments_for(actor)[:LIMIT]:
        what = _("Confirm the appointment as %(role)s") % {"role": appointment.get_role_display()}
        url = reverse("partnerships:appointment_detail", args=[appointment.pk])
        yield WorkItem(what, appointment.user.full_name_th, appointment.organisation.name, url)
