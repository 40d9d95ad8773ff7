"""Keeping the lists of words: added, renamed, put in order, retired and taken back into use; never deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.models import Counter
from core.transactions import lock_or_create
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actors import Actor
from partnerships.models.vocabularies import FieldOfWork, TargetGroup, Word
from partnerships.permissions.administration import may_administer

# As addresses name them.
VOCABULARIES: dict[str, type[Word]] = {"fields-of-work": FieldOfWork, "target-groups": TargetGroup}

ADD_WORD = Rule("add_word", _("Add a word"), may_administer)
RENAME_WORD = Rule("rename_word", _("Rename the word"), may_administer)
RETIRE_WORD = Rule("retire_word", _("Retire the word"), may_administer, when=lambda word: word.is_active)
RESTORE_WORD = Rule(
    "restore_word", _("Take the word back into use"), may_administer, when=lambda word: not word.is_active
)
MOVE_WORD = Rule("move_word", _("Move the word"), may_administer)


def add_word(*, model: type[Word], name_th: str, name_en: str, by: Actor, stamp: Stamp | None = None) -> Word:
    """A new word at the end of its list; its code comes from the English name. Raises ValidationError at the field."""
    with birth(ADD_WORD, by=by, stamp=stamp) as door:
        # One after the other, so that two people cannot add the same word.
        lock_or_create(Counter, issuer="words", kind=model._meta.model_name, fiscal_year=0)
        _refuse_known_names(model, name_th, name_en)
        last = model.objects.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
        door.root = model.objects.create(
            code=_free_code(model, name_en), name_th=name_th, name_en=name_en, ordinal=last + 1
        )
        door.payload.update(code=door.root.code, name_th=name_th, name_en=name_en)
    return door.root


def rename_word(*, word: Word, name_th: str, name_en: str, by: Actor, stamp: Stamp | None = None) -> Word:
    """Other names under the same code: what points to the word shows the new ones. Raises ValidationError."""
    with pass_door(word, RENAME_WORD, by=by, stamp=stamp) as door:
        _refuse_known_names(type(word), name_th, name_en, but=word)
        door.payload.update(code=word.code, before=[door.root.name_th, door.root.name_en], after=[name_th, name_en])
        door.root.name_th, door.root.name_en = name_th, name_en
    return door.root


def retire_word(*, word: Word, by: Actor, stamp: Stamp | None = None) -> Word:
    """Not offered any more; it stays where it was chosen. Raises NotNow when it is retired already."""
    with pass_door(word, RETIRE_WORD, by=by, stamp=stamp) as door:
        door.root.is_active = False
        door.payload["code"] = word.code
    return door.root


def restore_word(*, word: Word, by: Actor, stamp: Stamp | None = None) -> Word:
    """Offered again. Raises NotNow when it is in use."""
    with pass_door(word, RESTORE_WORD, by=by, stamp=stamp) as door:
        door.root.is_active = True
        door.payload["code"] = word.code
    return door.root


def move_up(*, word: Word, by: Actor, stamp: Stamp | None = None) -> Word:
    """One place up in its list; the first stays where it is."""
    return _move(word, -1, by, stamp)


def move_down(*, word: Word, by: Actor, stamp: Stamp | None = None) -> Word:
    """One place down in its list; the last stays where it is."""
    return _move(word, 1, by, stamp)


WORD_MOVES: dict[str, Callable[..., Word]] = {
    "retire": retire_word,
    "restore": restore_word,
    "up": move_up,
    "down": move_down,
}


def _move(word: Word, places: int, by: Actor, stamp: Stamp | None) -> Word:
    with pass_door(word, MOVE_WORD, by=by, stamp=stamp) as door:
        words: list[Any] = [door.root if other.pk == word.pk else other for other in type(word).objects.all()]
        here = words.index(door.root)
        there = min(max(here + places, 0), len(words) - 1)
        words.insert(there, words.pop(here))
        for ordinal, other in enumerate(words, start=1):
            if other.ordinal != ordinal:
                other.ordinal = ordinal
                if other is not door.root:
                    other.save(update_fields=["ordinal"])
        door.payload.update(code=word.code, ordinal=door.root.ordinal)
    return door.root


def _refuse_known_names(model: type[Word], name_th: str, name_en: str, but: Word | None = None) -> None:
    others = model.objects.exclude(pk=but.pk if but else None)
    told = _("The list has this word already (it may be retired: take it back into use).")
    for field, name in (("name_th", name_th), ("name_en", name_en)):
        if others.filter(**{f"{field}__iexact": name}).exists():
            raise ValidationError({field: told})


def _free_code(model: type[Word], name_en: str) -> str:
    base = slugify(name_en)[:40] or "word"
    taken = set(model.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, 10_000) if (code := base if n == 1 else f"{base}-{n}") not in taken)
