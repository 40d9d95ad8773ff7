"""Every address with an object in it, asked by people it is not for: nothing is shown, nothing is admitted to exist.

Anonymous people are sent to the log-in, everyone else is told 404, except what the two literal lists below say is open.
An address without a test object fails: whoever adds one says here whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agreements.actions.questions import ask_question
from agreements.models import Agreement, Export, JudgeInvitation
from core.files import store_file
from partnerships.actions.flags import raise_flag
from partnerships.models import FieldOfWork, ProvincialDuty
from tests.chains import chain_of_four, deputy_for, position
from tests.partnerships.mission_world import MissionWorld
from tests.partnerships.profiles import furnish_profile
from tests.rights.people_records import make_appointment, make_invitation
from tests.rights.prior_records import make_prior
from tests.rights.results_records import make_after
from tests.world import World, evidence

pytestmark = pytest.mark.django_db

# Address → the object it is asked with (an attribute of Objects), by the name of its URL argument(s).
OBJECTS: dict[str, dict[str, str]] = {
    "core:file_download": {"pk": "private_file.pk"},
    "core:public_file_download": {"pk": "private_file.pk"},
    "agreements:public_call": {"reference": "call.reference"},
    "agreements:call_pdf": {"reference": "draft_call.reference"},
    "agreements:question_list": {"reference": "draft_call.reference"},
    "agreements:question_create": {"reference": "draft_call.reference"},
    "agreements:question_answer": {"pk": "question.pk"},
    "agreements:subscription_confirm": {"token": "'nothing'"},
    "agreements:subscription_end": {"token": "'nothing'"},
    "agreements:call_archive": {"reference": "draft_call.reference"},
    **{f"agreements:export_{name}": {"pk": "export.pk"} for name in ("detail", "progress", "again")},
    "reporting:public_agreement": {"reference": "agreement.reference"},
    "partnerships:mission_detail": {"reference": "mission.reference"},
    "partnerships:mission_show": {"reference": "mission.reference"},
    "partnerships:mission_hide": {"reference": "mission.reference"},
    "reporting:mission_matching": {"reference": "mission.reference"},
    "reporting:offered_mission": {"reference": "mission.reference"},
    "reporting:partner_offers": {"pk": "partner.pk"},
    **{
        f"partnerships:{name}": {"reference": "mission.reference"}
        for name in (
            "mission_edit", "mission_choose_form", "mission_advisor", "approach_edit", "meeting_create",
            "mission_candidates", "shortlist_invite",
        )
    },
    "partnerships:mission_edit_part": {"reference": "mission.reference", "part": "'law'"},
    **{
        f"partnerships:{name}": {"reference": "mission.reference", "pk": "partner.pk"}
        for name in ("candidate_detail", "candidate_assess", "candidate_ask", "shortlist_add")
    },
    "partnerships:shortlist_remove": {"pk": "invited.pk"},
    "partnerships:mission_invitation": {"pk": "invited.pk"},
    "partnerships:self_assessment": {"pk": "asked.pk"},
    **{
        f"partnerships:suggestion_{name}": {"reference": "suggestion.reference"}
        for name in ("detail", "adopt", "talk_over", "decline", "assign")
    },
    "partnerships:talk_detail": {"pk": "talk.pk"},
    "partnerships:talk_edit": {"pk": "talk.pk"},
    **{f"partnerships:policy_{name}": {"pk": "policy.pk"} for name in ("detail", "edit", "add")},
    "partnerships:policy_remove": {"pk": "policy.pk", "reference": "ranked.reference"},
    "partnerships:policy_move": {"pk": "policy.pk", "reference": "ranked.reference", "way": "'up'"},
    "partnerships:organisation_detail": {"pk": "partner.pk"},
    **{
        f"partnerships:{name}": {"pk": "partner.pk"}
        for name in (
            "registration_check", "registration_submit", "registration_receipt", "profile_detail", "profile_identity",
            "profile_numbers", "profile_address", "profile_work", "profile_size", "profile_contacts",
            "profile_track_record", "profile_documents", "profile_representatives", "profile_bank", "profile_sponsor",
        )
    },
    "partnerships:document_void": {"pk": "partner.pk", "document": "document.pk"},
    "partnerships:representative_end": {"pk": "partner.pk", "representative": "representative.pk"},
    "partnerships:sponsorship_detail": {"pk": "sponsorship.pk"},
    "partnerships:sponsorship_end": {"pk": "sponsorship.pk"},
    "partnerships:organisation_verify": {"pk": "partner.pk"},
    "partnerships:flag_raise": {"pk": "partner.pk"},
    "partnerships:flag_lift": {"pk": "flag.pk"},
    "partnerships:duplicate_compare": {"first": "partner.pk", "second": "rival.pk"},
    "partnerships:duplicate_dismiss": {"first": "partner.pk", "second": "rival.pk"},
    **{f"partnerships:agency_{name}": {"pk": "agency.pk"} for name in ("rename", "move", "retire")},
    "partnerships:duty_end": {"pk": "duty.pk"},
    **{
        f"partnerships:{name}": {"pk": "partner.pk"} for name in ("people", "invitation_create", "appointment_create")
    },
    **{f"partnerships:member_{name}": {"pk": "membership.pk"} for name in ("change", "end", "leave")},
    **{f"partnerships:invitation_{name}": {"pk": "invitation.pk"} for name in ("again", "cancel")},
    "partnerships:invitation_answer": {"token": "'nothing'"},
    **{
        f"partnerships:appointment_{name}": {"pk": "appointment.pk"} for name in ("detail", "confirm", "decline")
    },
    "agreements:call_create": {"reference": "mission.reference"},
    "agreements:agreement_create": {"reference": "mission.reference"},
    "agreements:agreement_move": {"reference": "agreement.reference", "move": "'begin_midterm_evaluation'"},
    "agreements:proposal_edit": {"reference": "proposal.reference", "part": "'work'"},
    **{
        f"agreements:proposal_{name}": {"reference": "proposal.reference", "part": "'work'"}
        for name in ("draft", "presence")
    },
    **{f"agreements:proposal_revision_{name}": {"reference": "proposal.reference"} for name in ("list", "compare")},
    "agreements:proposal_revision_restore": {"reference": "proposal.reference", "code": "'r1'"},
    "agreements:proposal_file_remove": {"reference": "proposal.reference", "pk": "private_file.pk"},
    **{
        f"agreements:{name}": {"reference": "draft_call.reference"}
        for name in ("call_conflicts", "call_assignments", "call_assignments_draw")
    },
    **{
        f"agreements:proposal_cure{name}": {"reference": "proposal.reference"}
        for name in ("", "_ask", "_lapse", "_file")
    },
    "agreements:proposal_cure_file_remove": {"reference": "proposal.reference", "pk": "private_file.pk"},
    "agreements:judge_invitation": {"pk": "judge_invitation.pk"},
    "agreements:judge_invitation_cancel": {"reference": "draft_call.reference", "pk": "judge_invitation.pk"},
    "agreements:call_reviewer_dismiss": {"reference": "draft_call.reference", "pk": "capacity.pk"},
    "agreements:proposal_review_reopen": {"reference": "proposal.reference", "pk": "'1'"},
    **{
        f"agreements:{name}": {"reference": "draft_call.reference"}
        for name in (
            "call_slots", "call_slots_add", "call_slots_file", "call_invite_all", "call_letters", "call_letters_issue",
        )
    },
    **{f"agreements:slot_{name}": {"pk": "slot.pk"} for name in ("edit", "remove")},
    **{
        f"agreements:{name}": {"reference": "proposal.reference"}
        for name in (
            "proposal_slots", "slot_release", "presentation_file", "proposal_invite", "presentation_points",
            "appeal_create",
        )
    },
    "agreements:slot_book": {"reference": "proposal.reference", "pk": "slot.pk"},
    "agreements:letter_file": {"pk": "letter.pk"},
    **{f"agreements:appeal_{name}": {"pk": "appeal.pk"} for name in ("detail", "withdraw", "answer")},
    "agreements:prior_create": {"reference": "mission.reference"},
    **{f"agreements:prior_{name}": {"pk": "prior.pk"} for name in ("detail", "edit", "confirm", "return")},
    "agreements:party_edit": {"pk": "party.pk"},
    "agreements:party_remove": {"pk": "party.pk"},
    "agreements:note_confirm": {"pk": "note.pk"},
    "agreements:signature_sign": {"pk": "party.pk"},
    "agreements:signature_paper": {"pk": "party.pk"},
    "agreements:signature_confirm": {"pk": "signature.pk"},
    "agreements:signature_reject": {"pk": "signature.pk"},
    "agreements:plan_propose": {"pk": "plan.pk"},
    "agreements:plan_approve": {"pk": "plan.pk"},
    "agreements:entry_correct": {"pk": "entry.pk"},
    **{
        f"agreements:call_{name}": {"reference": "draft_call.reference"}
        for name in (
            "detail", "edit", "criteria", "propose_publication", "close", "reviewers", "begin_selection", "resolution",
            "propose_selection", "cancel", "void", "documents", "preview",
            "committee", "minutes", "ranking", "ranking_xlsx", "propose_promotion",
        )
    },
    **{
        f"agreements:proposal_{name}": {"reference": "proposal.reference"}
        for name in (
            "detail", "files", "check", "submit", "tell_ready", "receipt", "withdraw", "screen", "present", "review", "print",
            "review_draft",
            "paper", "paper_confirm", "paper_return", "receipt_pdf", "paper_again", "paper_online", "paper_withdraw",
            "paper_withdrawal", "paper_withdrawal_confirm", "paper_withdrawal_return", "paper_discard", "paper_object", "paper_correct",
            "paper_corrected", "screen_again",
        )
    },
    "agreements:call_edit_part": {"reference": "draft_call.reference", "part": "'money'"},
    "agreements:addendum_create": {"reference": "draft_call.reference"},
    **{
        f"agreements:call_template_{name}": {"pk": "draft_call.template_id"}
        for name in ("detail", "edit", "criteria", "documents")
    },
    "agreements:call_template_move": {"pk": "draft_call.template_id", "move": "'retire'"},
    "agreements:proposal_create": {"reference": "draft_call.reference"},
    "agreements:paper_create": {"reference": "draft_call.reference"},
    "agreements:proposal_blank_form": {"reference": "draft_call.reference"},
    **{
        f"agreements:{name}": {"reference": "agreement.reference"}
        for name in (
            "agreement_detail", "agreement_edit", "agreement_parties", "agreement_cancel", "agreement_terminate",
            "agreement_close", "agreement_pdf", "note_create", "text_propose", "text_withdraw", "text_publish",
            "committee_edit", "committee_waive", "plan_edit", "indicator_edit", "budget_edit", "instalment_plan",
            "account_detail", "entry_create", "account_draw_up", "account_check", "account_return",
        )
    },
    **{
        f"agreements:instalment_{name}": {"pk": "instalment.pk"}
        for name in ("detail", "request", "check", "return", "propose", "pay", "receipt")
    },
    **{f"agreements:decision_{name}": {"pk": "decision.pk"} for name in ("detail", "memo", "endorse", "return")},
    "partnerships:endorsement_chains": {"pk": "agency.pk"},
    "partnerships:chain_edit": {"pk": "agency.pk", "kind": "'general'"},
    "partnerships:chain_remove": {"pk": "agency.pk", "kind": "'general'"},
    "partnerships:deputy_create": {"pk": "position.pk"},
    "partnerships:deputy_end": {"pk": "deputy.pk"},
    **{
        f"evaluations:{name}": {"reference": "agreement.reference"}
        for name in ("round_create", "lesson_create", "lessons_conclude")
    },
    **{
        f"evaluations:{name}": {"pk": "round.pk"}
        for name in (
            "round_detail", "evaluator_invite", "finding_create", "visit_create", "results_edit", "verdict_propose",
            "verdict_return", "round_accept", "evaluation_report",
        )
    },
    **{
        f"partnerships:setting_{name}": {"key": "'agreements.sla_min_months'"} for name in ("change", "history")
    },
    **{
        f"partnerships:notice_{name}": {"kind": "'agreement.note'"} for name in ("change", "reset", "history")
    },
    **{
        f"partnerships:word_{name}": {"vocabulary": "'fields-of-work'"} for name in ("list", "create")
    },
    "partnerships:word_edit": {"vocabulary": "'fields-of-work'", "pk": "word.pk"},
    "partnerships:word_move": {"vocabulary": "'fields-of-work'", "pk": "word.pk", "move": "'retire'"},
    "partnerships:privacy_notice_detail": {"version": "'1'"},
    "account_reset_password_from_key": {"uidb36": "'1'", "key": "'none'"},
    "account_confirm_email": {"key": "'none'"},
    "account_session_end": {"pk": "session.pk"},
    "mfa_edit_webauthn": {"pk": "passkey.pk"},
    "mfa_remove_webauthn": {"pk": "passkey.pk"},
}  # fmt: skip

# Open to everyone, logged in or not.
PUBLIC = {
    "agreements:public_call",
    "reporting:public_agreement",
    "account_reset_password_from_key",
    "account_confirm_email",
    "partnerships:invitation_answer",
}
# Open to people of one side of the wall: an officer of any agency looks for partners (§4 step 3).
# Of a partner in the register everyone logged in reads what is public (tests/partnerships/test_profile_reading.py).
OPEN_TO = {"partnerships:organisation_detail": {"other_officer", "rival_rep", "stranger", "reviewer"}}

# That the system is kept by OPDC is no secret, and no object of anyone's is behind these: 403, not 404.
NO_SECRET = (
    "partnerships:setting_",
    "partnerships:notice_",
    "partnerships:word_",
    "partnerships:privacy_notice_",
    "agreements:call_template_",
)

# About a call or a proposal that the reviewer was invited to judge.
OF_THE_CALL = (
    "agreements:proposal", "agreements:call", "agreements:slot", "agreements:presentation", "agreements:appeal_create",
)  # fmt: skip

OUTSIDERS = ("anonymous", "rival_rep", "other_officer", "stranger", "reviewer")


class Objects:
    """A contract at mid-term with everything on it, an open call, and a call in draft."""

    def __init__(self, world: World) -> None:
        self.agreement: Agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation")
        self.round = world.open_round(self.agreement)
        self.mission, self.proposal = self.agreement.mission, self.agreement.proposal
        self.draft_call, self.call = world.draft_call("pbc"), world.published_call("pbc")
        self.question = ask_question(call=self.call, text="ถามแทนได้หรือไม่", by=world.act("partner_staff"))
        self.capacity = self.proposal.call.capacities.first()
        self.partner = world.cast.organisations["partner"]
        missions = MissionWorld(world.cast)
        self.invited, self.asked = missions.invited(self.mission), missions.asked(self.mission)
        self.suggestion, self.talk = missions.suggestion(), missions.talk()
        self.ranked = missions.mission()
        self.policy = missions.policy(self.ranked)
        self.rival, self.agency = world.cast.organisations["rival"], world.cast.organisations["agency"]
        self.flag = raise_flag(
            organisation=world.again(self.partner), kind="observation", reason="ข้อสังเกต", by=world.act("opdc")
        )
        self.duty = ProvincialDuty.objects.first()
        self.membership = self.partner.memberships.order_by("pk").first()
        self.invitation, self.appointment = make_invitation(world.cast), make_appointment(world.cast)
        self.prior = make_prior(world.cast, "proposed")
        self.judge_invitation = JudgeInvitation.objects.create(
            call=self.draft_call, kind="reviewer", email="nobody@example.org", invited_by=world.cast.officer.user
        )
        self.slot, self.letter, self.appeal = make_after(self.proposal, world.cast)
        self.word = FieldOfWork.objects.create(code="strangers", name_th="คำ", name_en="Word", ordinal=1)
        self.party = self.agreement.parties.order_by("pk").first()
        self.note = self.agreement.notes.first()
        self.plan = self.agreement.plans.first()
        self.signature = self.agreement.texts.get().signatures.first()
        self.instalment = self.agreement.instalments.first()
        self.entry = self.agreement.entries.first()
        self.decision = self.agreement.decisions.first()
        self.agency = world.cast.organisations["agency"]
        chain_of_four(world.cast)
        self.position = position(world.cast, 1)
        self.deputy = deputy_for(world.cast, 1, world.cast.finance.user)
        self.document, self.representative, self.sponsorship = furnish_profile(self.partner, world.cast)
        someone = world.cast.officer.user
        self.session = UserSession.objects.create(user=someone, session_key="k", ip="192.0.2.1", user_agent="x")
        self.passkey = Authenticator.objects.create(user=someone, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
        file = evidence()
        self.private_file = store_file(
            file, name=file.name, root=self.agreement, kind="evidence", by=world.act("officer")
        )
        owner = {"organisation": self.draft_call.agency, "asked_by": someone}
        self.export = Export.objects.create(kind="proposals_zip", call=self.draft_call, **owner)

    def value(self, path: str) -> Any:
        if path.startswith("'"):
            return path.strip("'")
        found: Any = self
        for part in path.split("."):
            found = getattr(found, part)
        return found


def named_addresses(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    """Names of all addresses that have an object in them."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_addresses(entry, inner)
        elif isinstance(entry, URLPattern) and entry.pattern.regex.groups:
            yield f"{namespace}{entry.name}"


def test_every_address_with_an_object_has_a_test_object():
    assert sorted(set(named_addresses())) == sorted(OBJECTS)


def ask(client: Client, address: str) -> list[int]:
    """Status of reading and of sending; a method that the page does not know says nothing about the object."""
    answers = [client.get(address).status_code, client.post(address, {"version": "0", "key": "k"}).status_code]
    return [status for status in answers if status != 405]


def test_outsiders_learn_nothing(cast):
    objects = Objects(World(cast))
    wrong = []
    for person in OUTSIDERS:
        client = Client()
        if person != "anonymous":
            client.force_login(cast.people[person].user)
        for name, arguments in OBJECTS.items():
            if name in PUBLIC or person in OPEN_TO.get(name, ()):
                continue
            if person == "reviewer" and name.startswith(OF_THE_CALL):
                continue  # was invited to this call: what a reviewer may do stands in the table of rights
            address = reverse(name, kwargs={key: objects.value(path) for key, path in arguments.items()})
            refused = 403 if name.startswith(NO_SECRET) else 404
            allowed = {302, 404} if person == "anonymous" else {refused}
            answers = ask(client, address)
            if not answers or set(answers) - allowed:
                wrong.append(f"{person} at {name}: {answers}")
    assert not wrong, "\n".join(wrong)


def test_the_anonymous_are_sent_to_the_log_in(cast):
    for name in (
        "reporting:dashboard",
        "partnerships:mission_list",
        "agreements:agreement_list",
        "agreements:call_list",
    ):
        answer = Client().get(reverse(name))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse(settings.LOGIN_URL))
    assert Client().get("/no/such/page/").status_code == 302
