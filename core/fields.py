"""State fields that only the door (`core.workflow`) may change.

django-fsm's own `protected=True` keeps its flag on the shared Field object and lets `QuerySet.update()` and the
constructor through. Here the permission to write sits on the instance, for as long as the door holds it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Self

from django.db import models
from django_fsm import FSMField, FSMFieldDescriptor

_OPEN = "_state_writable"
_loading: ContextVar[bool] = ContextVar("loading_from_db", default=False)


class StateProtected(AttributeError):
    """A state field was named where only the door may write."""


@contextmanager
def state_writable(instance: models.Model) -> Iterator[None]:
    """Let the state fields of this one instance be written inside the block (the door's and the loader's key)."""
    before = instance.__dict__.get(_OPEN, False)
    instance.__dict__[_OPEN] = True
    try:
        yield
    finally:
        instance.__dict__[_OPEN] = before


class StateDescriptor(FSMFieldDescriptor):
    def __set__(self, instance: models.Model, value: Any) -> None:
        known = self.field.name in instance.__dict__
        if known and value != instance.__dict__[self.field.name] and not instance.__dict__.get(_OPEN):
            raise StateProtected(f"{self.field.name} changes through the door only")
        self.field.set_state(instance, value)


class StateField(FSMField):
    """A CharField of state codes, written by transitions inside the door alone."""

    descriptor_class = StateDescriptor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 50)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        """django-fsm has every field listen to every class that comes to be, to collect transitions.

        A migration makes thousands of classes that have none; each would ask all the fields made before it.
        """
        if cls.__module__ == "__fake__":
            models.CharField.contribute_to_class(self, cls, name, *args, **kwargs)
            return
        super().contribute_to_class(cls, name, *args, **kwargs)

    def change_state(self, instance: models.Model, method: Any, *args: Any, **kwargs: Any) -> Any:
        if not instance.__dict__.get(_OPEN):
            raise StateProtected(f"{method.__name__} runs inside the door only")
        return super().change_state(instance, method, *args, **kwargs)


@cache
def state_field_names(model: type[models.Model]) -> frozenset[str]:
    """Names of the protected fields of a model (asked for every record that is read)."""
    return frozenset(f.name for f in model._meta.concrete_fields if isinstance(f, StateField))


class StatefulQuerySet(models.QuerySet):
    """Refuses writes that name a state field: they would pass the door by."""

    def _refuse(self, names: Any) -> None:
        named = state_field_names(self.model).intersection(names or ())
        if named:
            raise StateProtected(f"{', '.join(sorted(named))}: changes through the door only")

    def update(self, **kwargs: Any) -> int:
        self._refuse(kwargs)
        return super().update(**kwargs)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        fields = list(fields)
        self._refuse(fields)
        return super().bulk_update(objs, fields, batch_size=batch_size)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list:
        objs = list(objs)
        self._refuse(kwargs.get("update_fields"))
        for obj in objs:
            moved = [n for n in state_field_names(self.model) if getattr(obj, n) != _default_of(self.model, n)]
            self._refuse(moved)
        return super().bulk_create(objs, *args, **kwargs)


def _default_of(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name).get_default()


@cache
def _labels(field: models.Field) -> dict[Any, Any]:
    """The choices of a field with their labels, which speak the language of whoever asks."""
    return dict(field.flatchoices)


class StatefulModel(models.Model):
    """Base of every record with a state: the constructor, `refresh_from_db` and `full_clean` keep the protection."""

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        named = state_field_names(type(self)).intersection(kwargs)
        if named or (args and not _loading.get()):
            raise StateProtected(
                f"{', '.join(sorted(named)) or 'positional values'}: a record starts in its first state"
            )
        super().__init__(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        token = _loading.set(True)
        try:
            return super().from_db(db, field_names, values)
        finally:
            _loading.reset(token)

    def _get_FIELD_display(self, field: models.Field) -> str:  # noqa: N802 (Django's name)
        """As Django's, which makes a table of all choices in the reader's language anew for every row of a list."""
        value = getattr(self, field.attname)
        return str(_labels(field).get(value, "" if value is None else value))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        with state_writable(self):
            super().refresh_from_db(*args, **kwargs)
