"""Settings: what held on which day stays known."""

from datetime import date

import pytest

from core import clock, settings_history
from core.audit import history_of
from core.models import Setting
from core.models.frozen import FrozenRecordError
from tests.core.cast import Somebody

pytestmark = pytest.mark.django_db


def change(value: object, day: date) -> Setting:
    return settings_history.change_setting(key="limit", value=value, by=Somebody(), reason="มติ", valid_from=day)


def test_a_setting_never_set_has_its_default() -> None:
    assert settings_history.get("limit") is None
    assert settings_history.get("limit", 5) == 5


def test_each_day_has_the_value_that_held_on_it() -> None:
    change("1000.00", date(2025, 10, 1))
    change(None, date(2026, 10, 1))
    assert settings_history.get("limit", "none yet", on=date(2025, 9, 30)) == "none yet"
    assert settings_history.get("limit", on=date(2025, 10, 1)) == "1000.00"
    assert settings_history.get("limit", on=date(2026, 9, 30)) == "1000.00"
    assert settings_history.get("limit", "unused", on=date(2026, 10, 1)) is None
    with clock.acting_on(date(2026, 1, 1)):
        assert settings_history.get("limit") == "1000.00"


def test_a_later_change_for_the_same_day_holds() -> None:
    change(1, date(2025, 10, 1))
    change(2, date(2025, 10, 1))
    assert settings_history.get("limit") == 2


def test_a_change_is_an_event_and_the_row_is_never_changed() -> None:
    row = change(1, date(2025, 10, 1))
    event = history_of(row).get()
    assert (event.kind, event.actor_id) == ("setting.change", 7)
    assert event.facts == {"key": "limit", "valid_from": "2025-10-01", "value": 1}
    with pytest.raises(FrozenRecordError):
        row.save()


def test_a_change_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        settings_history.change_setting(key="limit", value=1, by=Somebody(), reason=" ")
