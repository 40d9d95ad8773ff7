"""What presentations, result letters and appeals tell the ground floor: words of events, notices, the letter's kind."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.documents.result_letter import letter_pdf
from agreements.models import ResultLetter
from core.notice_texts import register_notice
from core.registry import register_document_kind, register_history_labels

register_history_labels(
    {
        "call.add_slots": _("Made times for presentations"),
        "call.remove_slot": _("Removed a time for presentations"),
        "presentationslot.change_slot": _("Changed the time or place of a presentation"),
        "proposal.invite_to_present": _("Invited to present"),
        "proposal.book_slot": _("Chose the time of the presentation"),
        "proposal.release_slot": _("Gave the time of the presentation back"),
        "proposal.score_presentation": _("Gave points for the presentation"),
        "call.issue_letters": _("Issued the result letters"),
        "proposal.issue_letter": _("Issued the result letter"),
        "proposal.file_appeal": _("Appealed against the result"),
        "appeal.withdraw": _("Withdrew the appeal"),
        "call.propose_answer": _("Proposed the answer to an appeal"),
        "decision.lapse_addendum": _("Closed an addendum that was not decided before the deadline"),
        "decision.lapse": _("Closed the answer to an appeal that was withdrawn"),
        "appeal.answer_appeal": _("Answered the appeal"),
        "proposal.select_on_appeal": _("Selected on appeal"),
        "proposal.move_down": _("Moved down on the reserve list, as another came onto it by an appeal"),
        "proposal.reserve_on_appeal": _("Put on the reserve list on appeal"),
    }
)

MATTER = {"title": _("title of the matter"), "reference": _("its reference")}
WHEN = {"time": _("day and time"), "place": _("place or online link")}
ABOUT = "{title} ({reference})"
WHERE = ABOUT + "\n{time} · {place}"

NOTICES: tuple[tuple[str, Promise, Promise, Promise | str, dict[str, Promise]], ...] = (
    (
        "presentation.invited",
        _("Invitation to present"),
        _("Your organisation is invited to present its proposal"),
        _("{title} ({reference})\nLog in and choose a time from the calendar on the page of your proposal."),
        {},
    ),
    ("presentation.booked", _("Time of a presentation"), _("The time of your presentation is booked"), WHERE, WHEN),
    ("presentation.moved", _("Presentation moved"), _("Time or place of your presentation has changed"), WHERE, WHEN),
    ("presentation.released", _("Time given back"), _("The time of the presentation was given back"), ABOUT, {}),
    ("presentation.chosen", _("Time chosen"), _("An applicant has chosen the time of its presentation"), WHERE, WHEN),
    (
        "proposal.letter",
        _("Result letter"),
        _("The result letter of your proposal is issued"),
        _(
            "{title} ({reference})\nLetter {number}. Log in and download it on the page of your proposal. "
            "Last moment to appeal, where there is an appeal: {until}"
        ),
        {"number": _("number of the letter"), "until": _("last moment to appeal")},
    ),
    ("appeal.filed", _("Appeal filed"), _("An appeal waits for an answer"), ABOUT, {}),
    ("appeal.received", _("Appeal received"), _("Your organisation's appeal was received"), ABOUT, {}),
    ("appeal.withdrawn", _("Appeal withdrawn"), _("An appeal was withdrawn"), ABOUT, {}),
    (
        "decision.addendum_lapsed",
        _("Addendum closed without a decision"),
        _("An addendum was not decided before the deadline: it has lapsed"),
        ABOUT,
        {},
    ),
    (
        "decision.lapsed",
        _("Matter closed without a decision"),
        _("The appeal was withdrawn: its answer needs no decision any more"),
        ABOUT,
        {},
    ),
    (
        "proposal.reserve_moved",
        _("Place on the reserve list changed"),
        _("Your proposal's place on the reserve list is now {place}"),
        _("{title} ({reference})\nAn appeal was accepted, and another proposal came onto the list before it."),
        {"place": _("the place now")},
    ),
    (
        "call.result_changed",
        _("Result changed on appeal"),
        _("The result of a call has changed after an appeal"),
        ABOUT,
        {},
    ),
)
for number, (kind, name, subject, body, placeholders) in enumerate(NOTICES):
    register_notice(kind, name, subject=subject, body=body, placeholders={**MATTER, **placeholders}, order=260 + number)


def find_letter(reference: str) -> ResultLetter:
    """A letter by the number in its address."""
    return ResultLetter.objects.get(pk=int(reference) if reference.isdecimal() else None)


def letter_references() -> Iterable[str]:
    return map(str, ResultLetter.objects.order_by("pk").values_list("pk", flat=True))


register_document_kind(
    "result_letter", _("Result letter"), find=find_letter, references=letter_references, render=letter_pdf
)
