"""The notices of this floor: their text as it comes with the system, and what their placeholders stand for."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.notice_texts import register_notice

MATTER = {"title": _("title of the matter"), "reference": _("its reference")}
REASON = {"reason": _("the reason given")}
COMMENT = {"comment": _("the comment given")}
ORDINAL = {"ordinal": _("number of the instalment")}
ABOUT = "{title} ({reference})"

# Kind, its name for OPDC, subject, body, placeholders besides the matter's title and reference.
NOTICES: tuple[tuple[str, Promise, Promise | str, Promise | str, dict[str, Promise]], ...] = (
    ("call.invited", _("Invitation to propose"), _("You are invited to make a proposal"), ABOUT, {}),
    ("call.cancelled", _("Call cancelled"), _("A call for proposals was cancelled"), ABOUT + ": {reason}", REASON),
    ("call.void", _("Call declared void"), _("A call for proposals was declared void"), ABOUT + ": {reason}", REASON),
    (
        "call.addendum",
        _("Addendum to a call"),
        _("Addendum {number} to a call for proposals was published"),
        _("{title} ({reference})\n{summary}\n\n{until}\n\nThe call, with what was changed: {link}"),
        {
            "number": _("number of the addendum"),
            "summary": _("what is changed and why"),
            "until": _("the deadline in a sentence, with the one before where it was moved"),
            "link": _("link to the call's page"),
        },
    ),
    ("call.reviewer", _("Invitation to review"), _("You are invited to review proposals"), ABOUT, {}),
    ("call.committee", _("Appointment to a selection committee"), _("You sit on a selection committee"), ABOUT, {}),
    (
        "review.reopened",
        _("Review opened again"),
        _("A review you had finished is open again"),
        ABOUT + "\n{reason}",
        REASON,
    ),
    ("call.score", _("Proposals to score"), _("Proposals are ready for your review"), ABOUT, {}),
    (
        "call.question",
        _("Question on a call"),
        _("A question was asked on your agency's call"),
        ABOUT + "\n{question}",
        {"question": _("the question")},
    ),
    (
        "call.answered",
        _("Question on a call answered"),
        _("A question on a call was answered"),
        ABOUT + "\n{question}\n\n{answer}",
        {"question": _("the question"), "answer": _("the answer")},
    ),
    (
        "proposal.submitted",
        _("Proposal submitted"),
        _("Your organisation's proposal was submitted"),
        _(
            "{title} ({reference})\nReceipt {receipt}, received at {at}\nSHA-256 {fingerprint}\n\n"
            "Read and print the receipt: {link}"
        ),
        {
            "receipt": _("number of the receipt"),
            "at": _("date and time of receipt"),
            "fingerprint": _("fingerprint of the submitted text"),
            "link": _("link to the receipt"),
        },
    ),
    (
        "proposal.ready",
        _("Proposal ready to be submitted"),
        _("Your organisation's proposal is ready: please submit it"),
        _(
            "{title} ({reference})\n{by} has completed the proposal. Only an authorised representative can submit it, "
            "until {until}.\n\nCheck the answers and submit: {link}"
        ),
        {
            "by": _("who completed the proposal"),
            "until": _("the deadline"),
            "link": _("link to the page on which it is submitted"),
        },
    ),
    (
        "proposal.deadline",
        _("Deadline near, proposal not sent in"),
        _("Your organisation's proposal has not been sent in yet"),
        _("{title} ({reference})\nThe deadline is {until}. What is missing stands on the proposal's page."),
        {"until": _("the deadline")},
    ),
    (
        "proposal.paper_returned",
        _("Entry from paper returned"),
        _("A proposal that you entered from paper was sent back for correction"),
        ABOUT + "\n{reason}",
        REASON,
    ),
    (
        "proposal.paper_corrected",
        _("Entry from paper corrected"),
        _("A proposal that you sent back was corrected: please compare it with the paper again"),
        ABOUT,
        {},
    ),
    (
        "proposal.set_aside",
        _("Draft set aside for a paper"),
        _("Your organisation's proposal on paper takes the place of its online draft"),
        _(
            "{title} ({reference})\nThe agency enters the paper received at {at}: {paper}. "
            "What your organisation wrote online is kept as it is. "
            "If your organisation did not hand in a paper, tell the officer of the call: {phone}"
        ),
        {
            "at": _("date and time of receipt"),
            "paper": _("reference of the proposal on paper"),
            "phone": _("telephone of the call"),
        },
    ),
    (
        "proposal.paper_discarded",
        _("Entry from paper taken out"),
        _("A proposal that you entered from paper was taken out as entered by mistake"),
        ABOUT + "\n{reason}",
        REASON,
    ),
    (
        "proposal.paper_objected",
        _("Organisation objects to a paper"),
        _("An organisation says that a proposal on paper should not stand in its name"),
        _(
            "{title} ({reference})\n{reason}\n\n"
            "Please look at the paper and speak with the organisation before the entry is confirmed. If it was entered "
            "by mistake, another person than entered it takes it out."
        ),
        REASON,
    ),
    (
        "proposal.entered_by_mistake",
        _("Entered by mistake in an organisation's name"),
        _("A proposal on paper that was entered in your organisation's name has been taken out"),
        _("{title} ({reference})\nIt does not count. What your organisation itself wrote is kept.\n{reason}"),
        REASON,
    ),
    (
        "proposal.withdrawn_on_paper",
        _("Proposal on paper withdrawn"),
        _("Your organisation's proposal was withdrawn by its letter"),
        ABOUT + "\n{reason}",
        REASON,
    ),
    (
        "proposal.continued_online",
        _("Proposal on paper continued online"),
        _("A proposal that was withdrawn by letter is continued online by its organisation"),
        ABOUT,
        {},
    ),
    (
        "proposal.withdrawal_returned",
        _("Record of a withdrawal returned"),
        _("The withdrawal that you recorded from a letter was sent back"),
        ABOUT + "\n{reason}",
        REASON,
    ),
    (
        "proposal.result",
        _("Result of a proposal"),
        _("Result of the consideration of your proposal"),
        ABOUT + ": {result}. {reason}",
        {"result": _("the result"), **REASON},
    ),
    (
        "proposal.promoted",
        _("Selected from the reserve list"),
        _("Your proposal has been selected from the reserve list"),
        ABOUT,
        {},
    ),
    ("decision.waiting", _("Matter to consider"), _("A matter is waiting for your consideration"), ABOUT, {}),
    (
        "decision.returned",
        _("Matter returned"),
        _("A matter you proposed was returned for revision"),
        ABOUT + "\n{comment}",
        COMMENT,
    ),
    (
        "prior.proposed",
        _("Running agreement to confirm"),
        _("A running agreement waits for your confirmation"),
        ABOUT,
        {},
    ),
    (
        "prior.returned",
        _("Running agreement returned"),
        _("A running agreement you entered was returned for correction"),
        ABOUT + "\n{reason}",
        REASON,
    ),
    (
        "prior.confirmed",
        _("Running agreement confirmed"),
        _("An agreement that is running was entered here and confirmed"),
        ABOUT,
        {},
    ),
    ("agreement.news", _("News of an agreement"), "{news}", ABOUT, {"news": _("what happened, in a sentence")}),
    ("agreement.note", _("Note to confirm"), _("A note waits for your side's confirmation"), ABOUT, {}),
    ("agreement.text", _("Text to sign"), _("The text is ready for signature"), ABOUT, {}),
    ("agreement.text_withdrawn", _("Text taken back"), _("The text was taken back before signing"), ABOUT, {}),
    ("agreement.plan", _("Plan to approve"), _("An action plan waits for your side's approval"), ABOUT, {}),
    ("agreement.plan_approved", _("Plan approved"), _("The action plan has been approved"), ABOUT, {}),
    ("instalment.requested", _("Instalment requested"), _("An instalment was requested"), ABOUT, ORDINAL),
    (
        "instalment.returned",
        _("Instalment request returned"),
        _("Your request for an instalment was returned"),
        ABOUT + "\n{reason}",
        {**ORDINAL, **REASON},
    ),
    ("instalment.approved", _("Instalment to pay"), _("An approved instalment waits for payment"), ABOUT, {}),
    ("instalment.paid", _("Instalment paid"), _("An instalment was paid: please confirm the receipt"), ABOUT, {}),
    ("account.drawn_up", _("Account to check"), _("An account waits for your check"), ABOUT, {}),
    ("account.checked", _("Account checked"), _("The account has been checked"), ABOUT, {}),
    ("account.returned", _("Account sent back"), _("The account was sent back"), ABOUT, {}),
)

for number, (kind, name, subject, body, placeholders) in enumerate(NOTICES):
    register_notice(kind, name, subject=subject, body=body, placeholders={**MATTER, **placeholders}, order=200 + number)
