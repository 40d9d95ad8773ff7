"""What judging tells the ground floor: words for the history, and the texts of its notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.blind import download_name
from agreements.registration_notices import ABOUT, MATTER
from core.files import register_download_name
from core.notice_texts import register_notice
from core.registry import register_history_labels

register_download_name("agreements.proposal", download_name)
register_history_labels(
    {
        "call.declare_conflicts": _("Declared conflicts of interest"),
        "call.assign_reviewers": _("Assigned the reviewers"),
        "call.draw_assignments": _("Drew the assignments"),
        "call.invite_judge": _("Invited a person without an account to judge"),
        "call.cancel_judge_invitation": _("Took an invitation to judge back"),
        "call.accept_judge_invitation": _("Accepted an invitation to judge"),
        "call.decline_judge_invitation": _("Declined an invitation to judge"),
        "proposal.ask_cure": _("Asked to complete formal gaps"),
        "proposal.attach_to_cure": _("Attached a file that was asked for"),
        "proposal.detach_from_cure": _("Removed a file that was asked for"),
        "proposal.answer_cure": _("Sent what was completed"),
        "proposal.lapse_cure": _("Went on without what was asked for"),
    }
)

REVIEWER = {"reviewer": _("name of the reviewer")}
NOTICES = (
    (
        "call.conflict",
        _("Conflict declared later"),
        _("A reviewer declared a conflict of interest"),
        ABOUT + "\n{reviewer}\n" + "{set_aside}",
        {**REVIEWER, "set_aside": _("proposals whose finished review no longer counts")},
    ),
    ("call.declare", _("Conflicts to declare"), _("Please declare your conflicts of interest"), ABOUT, {}),
    (
        "proposal.cure",
        _("Formal gaps to complete"),
        _("Please complete your proposal by {due}"),
        ABOUT + "\n{gaps}",
        {"gaps": _("what is to be completed"), "due": _("until when")},
    ),
    ("proposal.cured", _("Gaps completed"), _("An applicant has completed its proposal"), ABOUT, {}),
    (
        "proposal.cure_lapsed",
        _("Time to complete has passed"),
        _("Your proposal is considered without what was asked for"),
        ABOUT,
        {},
    ),
    (
        "call.judge_shut_out",
        _("Judge shut out at closing"),
        _("You do not take part in judging a call, as you belong to an applicant"),
        _(
            "{title} ({reference})\n"
            "Submissions are closed, and an organisation to which you belong has made a proposal. "
            "To keep the judging impartial, your invitation to judge this call has therefore ended; there is nothing "
            "that you need to do. Thank you for having been ready to judge."
        ),
        {},
    ),
    (
        "call.invitation_ended",
        _("Invitation to judge ended"),
        _("Your invitation to judge a call has ended"),
        _(
            "{title} ({reference})\nFrom now on you do not judge this call any more; there is nothing that you need to "
            "do. Thank you for your work. If you have a question, please ask the officer of the call: {phone}"
        ),
        {"phone": _("telephone of the call")},
    ),
    (
        "decision.conflict",
        _("Conflict declared while a selection is considered"),
        _("A conflict of interest was declared on a selection that waits for your consideration"),
        _(
            "{title} ({reference})\nDeclared by {declarer}. Please read the matter again before you decide: where the "
            "committee's resolution rested on this person, it cannot be approved before the committee has looked again."
        ),
        {"declarer": _("name of who declared the conflict")},
    ),
)
for number, (kind, name, subject, body, placeholders) in enumerate(NOTICES):
    register_notice(kind, name, subject=subject, body=body, placeholders={**MATTER, **placeholders}, order=230 + number)
