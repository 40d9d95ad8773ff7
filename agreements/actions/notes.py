"""Step notes: what was decided, when, with its file; written by one side, confirmed by the other (§4 step 4, §3.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from agreements.actions.notices import tell_side
from agreements.enums import NoteKind, Side, Standing
from agreements.models import Agreement, StepNote
from agreements.permissions.agreements import either_side_writer, giver_officer, receiver_staff
from agreements.sequences import moves
from core import clock
from core.files import store_file
from core.workflow import Rule, Stamp, pass_door

# Which note meets which requirement of a step.
KIND_OF_REQUIREMENT: dict[str, str] = {
    "discussion_vision": NoteKind.VISION,
    "discussion_priorities": NoteKind.PRIORITIES,
    "discussion_selection": NoteKind.SELECTION,
    "discussion_draft": NoteKind.DRAFT,
    "cycle_priorities": NoteKind.PRIORITIES,
    "cycle_needs": NoteKind.NEEDS,
    "cycle_resources": NoteKind.RESOURCES,
    "cycle_selection": NoteKind.SELECTION,
    "cycle_design": NoteKind.DESIGN,
    "cycle_delivery": NoteKind.DELIVERY,
    "work_completed": NoteKind.WORK_COMPLETED,
}


def required_kinds(agreement: Agreement) -> list[str]:
    """Kinds of notes that the current step, or a move out of it, rests on, in the order of the manual."""
    names = list(agreement.current_step.requires)
    for _name, meta in moves(agreement.form):
        here = meta.get_transition(agreement.step)
        names += here.custom["requires"] if here else ()
    return list(dict.fromkeys(KIND_OF_REQUIREMENT[name] for name in names if name in KIND_OF_REQUIREMENT))


def note_kinds(agreement: Agreement) -> list[str]:
    """Kinds that may be written now: those the step rests on, and any other matter."""
    return [*required_kinds(agreement), NoteKind.OTHER]


def is_running(agreement: Agreement) -> bool:
    return agreement.standing in (Standing.PREPARING, Standing.IN_FORCE)


def side_to_confirm(note: StepNote) -> str | None:
    """The side whose confirmation a note waits for, or None."""
    if note.giver_confirmed_at is None:
        return Side.GIVER
    return Side.RECEIVER if note.receiver_confirmed_at is None else None


def confirms_note(note: StepNote, actor: Any) -> bool:
    """A writer of the side that has not confirmed yet."""
    if side_to_confirm(note) == Side.GIVER:
        return giver_officer(note.agreement, actor)
    return receiver_staff(note.agreement, actor)


WRITE_NOTE = Rule("write_note", _("Write a note"), role=either_side_writer, when=is_running)
CONFIRM_NOTE = Rule(
    "confirm",
    _("Confirm the note"),
    role=confirms_note,
    when=lambda note: not note.is_confirmed and is_running(note.agreement),
)


def write_note(
    *,
    agreement: Agreement,
    kind: str,
    held_on: date,
    decision: str,
    by: Any,
    file: File | None = None,
    stamp: Stamp | None = None,
) -> StepNote:
    """Record what was agreed or found; the writer's side counts as having confirmed.

    Raises ValidationError at the field, FileRefused.
    """
    if kind not in note_kinds(agreement):
        raise ValidationError({"kind": _("The present step has no note of this kind.")})
    if held_on > clock.today():
        raise ValidationError({"held_on": _("A note tells of what has happened: the date cannot be in the future.")})
    with pass_door(agreement, WRITE_NOTE, by=by, stamp=stamp) as door:
        note = StepNote(agreement=door.root, step=door.root.step, cycle=door.root.cycle, kind=kind, held_on=held_on)
        note.decision, note.recorded_by = decision, by.user
        if file:
            note.file = store_file(file, name=file.name, root=door.root, kind="note", by=by)
        giver = giver_officer(door.root, by)
        _confirm(note, Side.GIVER if giver else Side.RECEIVER, by)
        note.save()
        door.payload.update(note=note.pk, about=kind, held_on=held_on, file=note.file.sha256 if note.file else None)
        other = Side.RECEIVER if giver else Side.GIVER
        tell_side(door, other, kind="agreement.note")
    return note


def confirm_note(*, note: StepNote, by: Any, stamp: Stamp | None = None) -> StepNote:
    """The other side confirms: from now on the step can rest on the note."""
    with pass_door(note, CONFIRM_NOTE, by=by, stamp=stamp, root=note.agreement) as door:
        _confirm(door.subject, side_to_confirm(door.subject), by)
        door.payload.update(about=door.subject.kind, held_on=door.subject.held_on)
    return door.subject


def _confirm(note: StepNote, side: str | None, by: Any) -> None:
    setattr(note, f"{side}_confirmed_by", by.user)
    setattr(note, f"{side}_confirmed_at", clock.now())
