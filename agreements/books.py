"""Tells the door, per record, how facts are loaded and which requirements there are (imported in AppConfig.ready)."""

from importlib import import_module
from importlib.util import find_spec

from agreements.models import Agreement, Call, Decision, Instalment, Proposal
from core.workflow import register_book

for name, model in (
    ("agreement", Agreement),
    ("call", Call),
    ("decision", Decision),
    ("instalment", Instalment),
    ("proposal", Proposal),
):
    if find_spec(f"agreements.requirements.{name}"):
        register_book(model, import_module(f"agreements.requirements.{name}").BOOK)
