"""Papers of the profile: documents, who may bind the organisation, the bank account. Each is replaced, not changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files import files_of, store_file
from core.models import StoredFile
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.profile import is_kept
from partnerships.actors import Actor
from partnerships.enums import DocumentKind, Role
from partnerships.models import AuthorisedRepresentative, BankAccount, Organisation, OrganisationDocument
from partnerships.permissions.organisations import may_edit_bank_account, may_edit_identity, may_edit_profile

# What a file is to the organisation; who reads it: permissions/profile.py.
UNATTACHED, DELEGATION, BANK_BOOK, DOCUMENT = "unattached", "delegation", "bank_book", "document"
PAPERS_AT_MOST = 60

ADD_DOCUMENT = Rule("add_document", _("Add a document"), may_edit_profile, when=is_kept)
VOID_DOCUMENT = Rule("void_document", _("Take a document out of use"), may_edit_profile, when=is_kept)
ADD_REPRESENTATIVE = Rule("add_representative", _("Name an authorised representative"), may_edit_identity, when=is_kept)
END_REPRESENTATIVE = Rule("end_representative", _("End a representative's authority"), may_edit_identity, when=is_kept)
SET_BANK_ACCOUNT = Rule("set_bank_account", _("Change the bank account"), may_edit_bank_account, when=is_kept)


def add_document(
    *,
    organisation: Organisation,
    kind: str,
    file: File,
    by: Actor,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    stamp: Stamp | None = None,
) -> OrganisationDocument:
    """Keep a paper; earlier ones of its kind are out of use from now on (kind "other" keeps them all).

    Raises FileRefused, ValidationError at expires_on.
    """
    if issued_on and expires_on and expires_on < issued_on:
        raise ValidationError({"expires_on": _("A document cannot expire before it was issued.")})
    stored = _taken_in(organisation, file, by)
    with pass_door(organisation, ADD_DOCUMENT, by=by, stamp=stamp) as door:
        held = door.root.documents.filter(void_at=None)
        if kind != DocumentKind.OTHER:
            held.filter(kind=kind).update(void_at=clock.now())
        elif held.count() >= PAPERS_AT_MOST:
            raise ValidationError(_("No more documents can be kept here. Take one out of use first."))
        document = OrganisationDocument.objects.create(
            organisation=door.root,
            kind=kind,
            number=number,
            issued_on=issued_on,
            expires_on=expires_on,
            file=_belongs(door, stored, f"{DOCUMENT}_{kind}"),
        )
        door.payload.update(document=document.pk, about=kind, expires_on=expires_on, sha256=stored.sha256)
    return document


def void_document(*, document: OrganisationDocument, by: Actor, stamp: Stamp | None = None) -> None:
    """Take a paper out of use; it stays on record."""
    with pass_door(document.organisation, VOID_DOCUMENT, by=by, stamp=stamp) as door:
        door.root.documents.filter(pk=document.pk, void_at=None).update(void_at=clock.now())
        door.payload.update(document=document.pk, about=document.kind)


def add_representative(
    *,
    organisation: Organisation,
    name: str,
    position: str,
    authority: str,
    valid_from: date,
    by: Actor,
    is_delegate: bool = False,
    valid_until: date | None = None,
    delegation: File | None = None,
    stamp: Stamp | None = None,
) -> AuthorisedRepresentative:
    """Someone who may bind the organisation; one who acts by delegation needs its document.

    Raises ValidationError at the field, FileRefused.
    """
    if is_delegate and not delegation:
        raise ValidationError({"delegation": _("Who acts by delegation needs the delegation document.")})
    if valid_until and valid_until < valid_from:
        raise ValidationError({"valid_until": _("The authority cannot end before it begins.")})
    stored = _taken_in(organisation, delegation, by) if delegation else None
    with pass_door(organisation, ADD_REPRESENTATIVE, by=by, stamp=stamp) as door:
        if door.root.representatives.filter(void_at=None).count() >= PAPERS_AT_MOST:
            raise ValidationError(_("No more representatives can be named. End one's authority first."))
        representative = AuthorisedRepresentative.objects.create(
            organisation=door.root,
            name=name,
            position=position,
            authority=authority,
            is_delegate=is_delegate,
            delegation=_belongs(door, stored, DELEGATION) if stored else None,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        door.payload.update(representative=representative.pk, valid_from=valid_from, valid_until=valid_until)
    return representative


def end_representative(*, representative: AuthorisedRepresentative, by: Actor, stamp: Stamp | None = None) -> None:
    """From now on this person does not bind the organisation; what was signed stays signed."""
    with pass_door(representative.organisation, END_REPRESENTATIVE, by=by, stamp=stamp) as door:
        door.root.representatives.filter(pk=representative.pk, void_at=None).update(void_at=clock.now())
        door.payload.update(representative=representative.pk)


def set_bank_account(
    *,
    organisation: Organisation,
    bank: str,
    branch: str,
    account_name: str,
    account_number: str,
    by: Actor,
    book: File | None = None,
    stamp: Stamp | None = None,
) -> BankAccount:
    """A new account in the place of the present one, which stays on record. The others who answer for it are told.

    The event says that it changed and by whom, never the number.
    """
    stored = _taken_in(organisation, book, by) if book else None
    with pass_door(organisation, SET_BANK_ACCOUNT, by=by, stamp=stamp) as door:
        before = door.root.bank_accounts.filter(replaced_at=None).first()
        door.root.bank_accounts.filter(replaced_at=None).update(replaced_at=clock.now())
        account = BankAccount.objects.create(
            organisation=door.root,
            bank=bank,
            branch=branch,
            account_name=account_name,
            account_number=account_number,
            book=_belongs(door, stored, BANK_BOOK) if stored else None,
            recorded_by=by.user,
            recorded_at=clock.now(),
        )
        door.payload.update(account=account.pk, replaces=before.pk if before else None)
        told = people_in_roles([door.root.pk], Role.ADMINISTRATOR, Role.FINANCE, Role.REPRESENTATIVE)
        subject = _("The bank account of your organisation was changed")
        tell(door, told, kind="organisation.bank_account", subject=subject, body=door.root.name_th)
    return account


# --- files


def _taken_in(organisation: Organisation, file: File, by: Actor) -> StoredFile:
    """The bytes are written before the lock is taken; a file that is then refused stays attached to nothing."""
    return store_file(file, name=file.name, root=organisation, kind=UNATTACHED, by=by)


def _belongs(door: Passage, stored: StoredFile, kind: str) -> Any:
    files_of(door.root, UNATTACHED).filter(pk=stored.pk).update(kind=kind)
    return stored
