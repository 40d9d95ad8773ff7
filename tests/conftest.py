"""What every test shares: which database it runs on."""

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import SimpleTestCase
from hypothesis import HealthCheck
from hypothesis import settings as drawing

from tests.audit_tools import let_flush_empty_the_chain
from tests.built_once import history
from tests.migrated_once import keep_copy, start_from_copy
from tests.quick_flush import delete_instead_of_truncate
from tests.quick_html import keep_patterns
from tests.stored_by_migrations import remember, survive_the_flush

# Playwright's sync API keeps an event loop in the test's thread, where Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How fast a busy machine draws examples is no fault of what is tried with them.
drawing.register_profile("house", suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("house")

let_flush_empty_the_chain()
delete_instead_of_truncate()
keep_patterns()
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


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: garbage is looked for among what comes, and not at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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


def commits(item: pytest.Item) -> bool:
    """Whether the test's rows are really committed, for other connections to see, and flushed after it."""
    marker = item.get_closest_marker("django_db")
    named = {"transactional_db", "live_server", "django_db_reset_sequences"}.intersection(
        getattr(item, "fixturenames", ())
    )
    return bool(named or (marker and (marker.kwargs.get("transaction") or marker.args)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Histories built once (`tests.built_once`) are for tests that begin with the empty database."""
    history.begin(getattr(item, "funcargs", {}), empty=not commits(item))


@pytest.fixture
def cast(db: None) -> "Cast":
    """The fixed cast, stored."""
    from tests.cast import make_cast

    return make_cast()


if TYPE_CHECKING:
    from tests.cast import Cast
