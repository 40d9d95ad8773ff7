"""The floor's addresses, one module per kind of record."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

app_name = "agreements"
urlpatterns: list[URLPattern] = [
    pattern
    for name in (
        "public_calls",
        "questions",
        "calls",
        "own_proposals",
        "call_templates",
        "proposals",
        "slots",
        "appeals",
        "drafts",
        "agreements",
        "notes",
        "signing",
        "committee",
        "plan",
        "money",
        "decisions",
        "prior",
        "judging",
        "desk",
    )
    if find_spec(f"agreements.urls.{name}")
    for pattern in import_module(f"agreements.urls.{name}").urlpatterns
]
