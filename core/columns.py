"""Which columns a page reads: `rows.only(*brief(Call), *names("agency"))`.

Naming what is read costs Django less than half of naming what is not (`defer`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, TextField


def whole(model: type[Model], path: str = "") -> list[str]:
    """Every field of a model, where others that are joined to it are read in part."""
    return [f"{path}{field.name}" for field in model._meta.concrete_fields]


def brief(model: type[Model], path: str = "", *, also: Iterable[str] = ()) -> list[str]:
    """The fields of a model but its long texts, which a list does not show; `also`: the texts that it does show."""
    short = [f for f in model._meta.concrete_fields if not isinstance(f, TextField) or f.name in also]
    return [f"{path}{field.name}" for field in short]


def names(path: str) -> list[str]:
    """The name of a record that has one in Thai and one in English, by the path that leads to it."""
    return [f"{path}__name_th", f"{path}__name_en"]
