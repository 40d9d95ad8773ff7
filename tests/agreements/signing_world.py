"""What tests of the signing begin with: a joint contract ready for its text, and one whose text is frozen."""

from agreements.actions.decisions import propose_decision
from agreements.enums import DecisionKind
from agreements.models import AgreementText, Party


def prepare_contract(world):
    """A joint contract with everything before the text is proposed."""
    agreement = world.born("commissioning")
    world.prepare(agreement)
    return world.again(agreement)


def freeze(world, agreement):
    world.ready_text(agreement)
    return world.again(agreement)


def party_of(world, agreement, name: str) -> Party:
    return agreement.parties.get(organisation=world.cast.organisations[name])


def current(agreement) -> AgreementText:
    return agreement.texts.get(superseded_at=None)


def propose(world, agreement, by="officer"):
    return propose_decision(kind=DecisionKind.SIGN_AGREEMENT, root=world.again(agreement), by=world.act(by))
