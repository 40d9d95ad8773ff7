"""Tells the door, per record, how facts are loaded and which requirements there are (imported in AppConfig.ready)."""

from agreements.models import Agreement, Appeal, Call, Decision, Instalment, Proposal
from agreements.requirements import agreement, appeal, call, decision, instalment, proposal
from core.workflow import register_book

register_book(Agreement, agreement.BOOK)
register_book(Appeal, appeal.BOOK)
register_book(Call, call.BOOK)
register_book(Decision, decision.BOOK)
register_book(Instalment, instalment.BOOK)
register_book(Proposal, proposal.BOOK)
