"""What migrations stored outlives the clean-up after tests that commit (transaction=True, live server).

Django's `flush` empties every table, those with the first words of OPDC's lists and the first privacy notice too: the
tests that come after would find none. The rows are remembered when the test database is made, and put back.
"""

from typing import Any

from django.apps import apps
from django.test import TransactionTestCase

MODELS = (
    "partnerships.FieldOfWork",
    "partnerships.TargetGroup",
    "partnerships.PrivacyNotice",
    "agreements.CallTemplate",
    "agreements.TemplateCriterion",
    "agreements.TemplateDocument",
)
_rows: dict[str, list[dict[str, Any]]] = {}


def remember() -> None:
    """Called once, when the test database has been migrated."""
    for name in MODELS:
        _rows[name] = list(apps.get_model(name)._base_manager.values())


def put_back() -> None:
    for name, rows in _rows.items():
        model = apps.get_model(name)
        model._base_manager.bulk_create([model(**row) for row in rows], ignore_conflicts=True)


def survive_the_flush() -> None:
    """Make every committing test's clean-up end with `put_back`. Called once, by conftest."""
    flush_as_before = TransactionTestCase._fixture_teardown

    def flush_then_put_back(self: TransactionTestCase) -> Any:
        answer = flush_as_before(self)
        put_back()
        return answer

    TransactionTestCase._fixture_teardown = flush_then_put_back
