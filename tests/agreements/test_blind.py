"""Blind mode: names, people, files' names and references are kept from who judges, and from nobody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.calls import begin_selection
from agreements.actions.reviewers import name_reviewer
from agreements.blind import code_of, file_shown, names_hidden, without_names
from agreements.documents.proposal_data import version_content
from core.files import files_of
from tests.agreements.test_conflicts import logged_in, named, screened, url
from tests.world import ROWS, World

pytestmark = pytest.mark.django_db


def test_a_reviewer_learns_no_name_and_officers_and_opdc_do(cast):
    world = World(cast)
    call, partner, rival = screened(world, is_blind=True)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    call, partner, rival = world.again(call), world.again(partner), world.again(rival)
    secrets = [
        partner.organisation.name,
        rival.organisation.name,
        partner.reference,
        cast.partner_rep.user.full_name_th,
        "partner.png",
    ]
    client = logged_in(cast.reviewer.user)
    for page in ("call_detail", "proposal_detail", "proposal_review"):
        text = client.get(url(page, call if page == "call_detail" else partner)).text
        for secret in secrets:
            told = text.replace(f"/proposals/{partner.reference}/", "").replace(f"/proposals/{rival.reference}/", "")
            assert secret not in told, (page, secret)
        assert code_of(partner) in text
    saved = client.get(files_of(partner).get().get_absolute_url())
    assert saved.status_code == 200
    assert "partner" not in saved["Content-Disposition"]
    assert "1.png" in saved["Content-Disposition"]
    for name in ("officer", "opdc", "partner_rep"):
        actor = world.act(name)
        assert not names_hidden(call, actor)
        text = logged_in(actor.user).get(url("proposal_detail", partner)).text
        assert partner.organisation.name in text
        assert "partner.png" in text
    assert (
        "partner.png"
        in logged_in(cast.officer.user).get(files_of(partner).get().get_absolute_url())["Content-Disposition"]
    )


def test_the_committee_learns_the_names_once_every_score_is_in(cast):
    world = World(cast)
    call, partner, rival = screened(world, is_blind=True)
    world.name_reviewers(call)
    member = cast.second_reviewer.user
    name_reviewer(call=world.again(call), user=member, kind="committee_member", by=world.act("officer"))
    world.declare(call, "second_reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    call = world.again(call)
    world.score(partner)
    assert names_hidden(call, world.act("second_reviewer"))
    assert partner.organisation.name not in logged_in(member).get(url("proposal_detail", partner)).text
    world.score(rival)
    assert not names_hidden(call, world.act("second_reviewer"))
    assert partner.organisation.name in logged_in(member).get(url("proposal_detail", partner)).text
    assert names_hidden(call, world.act("reviewer")), "from reviewers for good"


def test_an_officer_who_sees_names_cannot_review_blind(cast):
    world = World(cast)
    call, _partner, _rival = screened(world, is_blind=True)
    with pytest.raises(ValidationError):
        named(world, call, "second_officer")


def test_codes_are_short_stay_and_differ(cast):
    world = World(cast)
    _call, partner, rival = screened(world)
    assert code_of(partner) == code_of(world.again(partner))
    assert code_of(partner) != code_of(rival)
    assert len(code_of(partner)) == 5


def test_what_a_submission_freezes_loses_its_names(cast):
    world = World(cast)
    proposal = world.submitted_proposal(world.published_call())
    content = version_content(proposal.latest_version)
    named = [proposal.organisation.name_th, *(row["name"] for row in ROWS["members"])]
    assert all(name in str(content) for name in named)
    assert not any(name in str(without_names(content)) for name in named)


def test_content_without_names():
    content = {
        "organisation": {"id": 1, "name": "มูลนิธิ"},
        "rows": {"members": [{"name": "นางสาวใคร", "duty": "หัวหน้าโครงการ"}], "risks": []},
        "fields": {"title": "โครงการ"},
        "files": [{"id": 7, "name": "มูลนิธิ.PDF"}, {"id": 8, "name": "ตราองค์กร"}],
    }
    seen = without_names(content)
    assert "organisation" not in seen
    assert seen["rows"]["members"][0]["duty"] == "หัวหน้าโครงการ"
    assert "ใคร" not in str(seen)
    assert "มูลนิธิ" not in str(seen)
    assert seen["files"][0]["name"].endswith("1.pdf")
    assert seen["files"][1]["name"] == file_shown(2, "ตราองค์กร")
    assert content["files"][0]["name"] == "มูลนิธิ.PDF", "what was submitted is untouched"
