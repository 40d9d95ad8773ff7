"""How far the writing of a call has come: its parts as a task list (§3.2 step 1)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.call_dates import out_of_order
from agreements.enums import Procedure
from agreements.models import Call
from agreements.requirements.call import has_whole_rubrics
from agreements.requirements.call_facts import CallFacts
from core.ui import show_moment
from partnerships.enums import Form


def writing_tasks(call: Call, facts: CallFacts) -> list[dict[str, Any]]:
    """The parts in the order in which an officer writes them: title, url, hint, state (done, doing, todo)."""
    documents = call.documents.count()
    return [
        _part(call, "content", _("What is called for"), _content_state(facts), _("Texts, place, duration")),
        _part(call, "money", _("Money"), "done" if facts.money_told else "todo", call.get_allocation_method_display()),
        _part(call, "dates", _("Dates"), _dates_state(call, facts), _deadline(call)),
        _part(call, "procedure", _("Who can propose"), _procedure_state(facts), _procedure_hint(call, facts)),
        _task(call, "call_criteria", _("Criteria"), _criteria_state(facts), _criteria_hint(facts)),
        _task(call, "call_documents", _("Documents wanted"), "done" if documents else "doing", _documents(documents)),
        _part(call, "judging", _("Rules of judging"), "done", _judging_hint(call)),
    ]


def _part(call: Call, part: str, title: str, state: str, hint: Any) -> dict[str, Any]:
    url = reverse("agreements:call_edit_part", args=[call.reference, part])
    return {"title": title, "url": url, "state": state, "hint": hint}


def _task(call: Call, name: str, title: str, state: str, hint: Any) -> dict[str, Any]:
    return {"title": title, "url": reverse(f"agreements:{name}", args=[call.reference]), "state": state, "hint": hint}


def _content_state(facts: CallFacts) -> str:
    return "done" if facts.written and not facts.hints else "doing"


def _dates_state(call: Call, facts: CallFacts) -> str:
    if out_of_order(facts.dates) or facts.closes_at <= facts.now:
        return "todo"
    return "done" if call.decision_by and call.questions_until else "doing"


def _deadline(call: Call) -> str:
    return _("Proposals until %(moment)s") % {"moment": show_moment(call.closes_at)}


def _procedure_state(facts: CallFacts) -> str:
    return "done" if facts.procedure == Procedure.OPEN or facts.invited else "todo"


def _procedure_hint(call: Call, facts: CallFacts) -> str:
    if facts.procedure == Procedure.OPEN:
        return call.get_procedure_display()
    invited = ngettext("%(number)s invited", "%(number)s invited", facts.invited) % {"number": facts.invited}
    return f"{call.get_procedure_display()}: {invited}"


def _criteria_state(facts: CallFacts) -> str:
    return "done" if sum(facts.weights) == 100 and has_whole_rubrics(facts) else "todo"


def _criteria_hint(facts: CallFacts) -> str:
    counts = {"qualifications": facts.qualifications, "criteria": len(facts.weights)}
    return _("Qualifications: %(qualifications)s, criteria with a weight: %(criteria)s") % counts


def _documents(number: int) -> str:
    return _("Documents: %(number)s") % {"number": number} if number else _("None is asked for")


def _judging_hint(call: Call) -> str:
    words = [_("Reviewers do not see who proposes") if call.is_blind else _("Reviewers see who proposes")]
    if call.form == Form.PBC and call.presentation_weight:
        words.append(_("presentation %(weight)s percent") % {"weight": call.presentation_weight})
    return " · ".join(words)
