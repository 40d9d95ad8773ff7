"""Canonical JSON: the same facts give the same bytes, on every machine and in every year, to be hashed."""

import enum
import json
import unicodedata
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


class NotCanonicalError(ValueError):
    """A value that has no single written form; the message names where it stands."""


def canonical_json(value: Any) -> str:
    """`value` as JSON text: keys sorted, no spaces, text in NFC, Decimal as text ("1250.00"), dates ISO, times in UTC.

    Raises NotCanonicalError for floats, naive times, keys that are not text and everything else that could be written
    in more than one way.
    """
    return dump(_plain(value, "$"))


def dump(value: Any) -> str:
    """JSON text of plain data, as it is, in the canonical spelling."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def moment(value: datetime) -> str:
    """An aware time as UTC with microseconds: 2026-11-22T05:00:00.000000Z."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text(value: str, where: str = "$") -> str:
    """`value` in NFC; half characters (lone surrogates), which no UTF-8 text can hold, are refused."""
    composed = unicodedata.normalize("NFC", value)
    try:
        composed.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError(f"{where}: not a valid Unicode text") from error
    return composed


def _plain(value: Any, where: str) -> Any:
    if isinstance(value, enum.Enum):
        return _plain(value.value, where)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return text(value, where)
    if isinstance(value, Mapping):
        return _plain_mapping(value, where)
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    return _spelled(value, where)


def _plain_mapping(value: Mapping[Any, Any], where: str) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonicalError(f"{where}: the key {key!r} is not text")
        name = text(key if not isinstance(key, enum.Enum) else key.value, where)
        if name in plain:
            raise NotCanonicalError(f"{where}: the key {name!r} is there twice once composed")
        plain[name] = _plain(item, f"{where}.{name}")
    return plain


def _spelled(value: Any, where: str) -> str:
    """The one written form of the remaining types."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise NotCanonicalError(f"{where}: a time without a time zone")
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    raise NotCanonicalError(f"{where}: {type(value).__name__} has no canonical form")
