"""Rows that are written once: the model refuses what the ORM could otherwise do to them without a word."""

from typing import Any, NoReturn

from django.db import models


class FrozenRecordError(RuntimeError):
    """Somebody tried to change or delete a row that is written once."""


class FrozenQuerySet(models.QuerySet):
    """A queryset that reads and creates only."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRecordError(f"{self.model.__name__} rows are never changed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRecordError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise FrozenRecordError(f"{self.model.__name__} rows are never deleted")

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class FrozenModel(models.Model):
    """Saved once, then neither saved again nor deleted."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRecordError(f"{type(self).__name__} rows are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRecordError(f"{type(self).__name__} rows are never deleted")
