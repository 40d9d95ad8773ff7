"""Staff tell the representative that the proposal is ready: once everything is there, not again within the hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.ready import tell_ready
from agreements.actions.submission import submit_proposal
from agreements.models import Proposal
from core import clock
from core.models import OutboxMessage
from core.ui import show_moment
from core.workflow import Missing, NotNow, NotYou
from partnerships.models import MembershipRole
from tests.cast import Cast
from tests.partnerships.test_flags import block
from tests.world import World

pytestmark = pytest.mark.django_db


def told() -> list[int]:
    return [message.to_user_id for message in OutboxMessage.objects.filter(kind="proposal.ready")]


def test_the_representative_is_told_with_the_deadline_and_the_way_there(cast: Cast, monkeypatch) -> None:
    world = World(cast)
    draft = world.draft_proposal(world.published_call())
    client = Client()
    client.force_login(cast.partner_staff.user)
    check = reverse("agreements:proposal_check", args=[draft.reference])
    ready = reverse("agreements:proposal_tell_ready", args=[draft.reference])
    assert ready in client.get(check).text
    page = client.post(ready, {"version": world.again(draft).version, "key": "k"}, follow=True)
    assert "แจ้งผู้แทนผู้มีอำนาจแล้ว" in page.text and ready not in page.text
    assert told() == [cast.partner_rep.user.pk]
    letter = OutboxMessage.objects.get(kind="proposal.ready")
    for words in (draft.title, cast.partner_staff.user.full_name_th, show_moment(draft.call.closes_at), check):
        assert words in letter.body
    with pytest.raises(NotYou) as again:
        tell_ready(proposal=world.again(draft), by=cast.partner_staff.actor)
    assert str(again.value.message) != str(NotYou.message), "the reason is said"
    later = clock.real_now() + timedelta(minutes=61)
    monkeypatch.setattr("agreements.actions.ready.clock.now", lambda: later)
    tell_ready(proposal=world.again(draft), by=cast.partner_staff.actor)
    assert len(told()) == 2


def test_not_while_something_is_missing_nor_after_the_deadline_nor_once_submitted(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    draft = world.draft_proposal(call)
    Proposal.objects.filter(pk=draft.pk).update(objectives="")
    with pytest.raises(Missing):
        tell_ready(proposal=world.again(draft), by=cast.partner_staff.actor)
    sent = world.draft_proposal(call, by="rival_staff")
    submit_proposal(proposal=sent, by=cast.rival_rep.actor)
    with pytest.raises(NotNow):
        tell_ready(proposal=world.again(sent), by=cast.rival_staff.actor)
    world.pass_deadline(call)
    with pytest.raises(NotNow):
        tell_ready(proposal=world.again(draft), by=cast.partner_staff.actor)
    assert told() == []


def test_a_blocked_organisation_is_not_told_to_submit_what_it_cannot(cast: Cast) -> None:
    world = World(cast)
    draft = world.draft_proposal(world.published_call())
    block(cast)
    with pytest.raises(Missing):
        tell_ready(proposal=world.again(draft), by=cast.partner_staff.actor)
    assert told() == []


def test_whoever_can_submit_is_not_offered_it_and_others_are_refused(cast: Cast) -> None:
    world = World(cast)
    draft = world.draft_proposal(world.published_call())
    for name in ("partner_rep", "rival_staff", "officer"):
        with pytest.raises(NotYou):
            tell_ready(proposal=world.again(draft), by=world.act(name))
    client = Client()
    client.force_login(cast.partner_rep.user)
    check = client.get(reverse("agreements:proposal_check", args=[draft.reference]))
    assert reverse("agreements:proposal_tell_ready", args=[draft.reference]) not in check.text
    assert client.post(reverse("agreements:proposal_tell_ready", args=[draft.reference])).status_code == 403


def test_where_nobody_can_submit_it_is_said_what_to_do(cast: Cast) -> None:
    world = World(cast)
    draft = world.draft_proposal(world.published_call())
    MembershipRole.objects.filter(membership__organisation=draft.organisation, role="representative").delete()
    client = Client()
    client.force_login(cast.partner_staff.user)
    page = client.get(reverse("agreements:proposal_check", args=[draft.reference])).text
    assert "ผู้ดูแลระบบ" in page and reverse("agreements:proposal_tell_ready", args=[draft.reference]) not in page
