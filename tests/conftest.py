"""What every test shares: which database it runs on."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import SimpleTestCase

from tests.audit_tools import let_flush_empty_the_chain
from tests.migrated_once import keep_copy, start_from_copy
from tests.quick_flush import delete_instead_of_truncate
from tests.stored_by_migrations import remember, survive_the_flush

# Playwright's sync API keeps an event loop in the test's thread, where Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

let_flush_empty_the_chain()
delete_instead_of_truncate()
survive_the_flush()


def on_postgres() -> bool:
    """Whether this run's database is PostgreSQL."""
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if on_postgres() else 'SQLite'}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database-only",
        action="store_true",
        help="leave out tests that ask no database: the other database's run, beside this one, has them",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A run of journeys imports no other tests (`-m journey`): all journeys stand in one folder."""
    folder, journeys = Path(__file__).parent, Path(__file__).parent / "journeys"
    others = collection_path.parent == folder and collection_path not in (journeys, folder / "__init__.py")
    return True if others and config.getoption("markexpr").startswith("journey") else None


def asks_a_database(item: pytest.Item) -> bool:
    """Whether the test may reach a database at all; pytest-django stops any other that tries."""
    asked = {"db", "transactional_db", "django_db_setup", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    of_django = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(asked or of_django or {"django_db", "postgres"}.intersection(item.keywords))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `postgres` are skipped, with the reason shown, on another database."""
    if config.getoption("--with-database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = [item for item in items if asks_a_database(item)]
    if on_postgres():
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL")
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def copy_of_migrated(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Comes before the test database: where the same migrations ran before, it is made from what they left."""
    with django_db_blocker.unblock():
        start_from_copy()


@pytest.fixture(scope="session")
def django_db_setup(copy_of_migrated: None, django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, and what its migrations stored kept in mind."""
    with django_db_blocker.unblock():
        keep_copy()
        remember()


@pytest.fixture
def cast(db: None) -> "Cast":
    """The fixed cast, stored."""
    from tests.cast import make_cast

    return make_cast()


if TYPE_CHECKING:
    from tests.cast import Cast
