"""Versions of the privacy notice (Personal Data Protection Act B.E. 2562): published by OPDC, never changed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Counter
from core.transactions import lock_or_create
from core.workflow import Rule, Stale, Stamp, birth
from partnerships.actors import Actor
from partnerships.models import PrivacyNotice
from partnerships.permissions.administration import may_administer

PUBLISH_PRIVACY_NOTICE = Rule("publish", _("Publish a version of the privacy notice"), may_administer)


def publish_privacy_notice(
    *, text_th: str, text_en: str, valid_from: date, by: Actor, stamp: Stamp | None = None
) -> PrivacyNotice:
    """The next version, valid from today or a later day, not before the one that came before it.

    Raises ValidationError at the field, and Stale when another version was published since the form was drawn.
    """
    with birth(PUBLISH_PRIVACY_NOTICE, by=by, stamp=Stamp(key=stamp.key if stamp else None)) as door:
        lock_or_create(Counter, issuer="privacy_notice", kind="version", fiscal_year=0)
        last = PrivacyNotice.objects.first()
        if stamp and stamp.version is not None and stamp.version != (last.version if last else 0):
            raise Stale()
        _refuse_wrong_day(valid_from, last)
        if last and (last.text_th, last.text_en) == (text_th, text_en):
            raise ValidationError({"text_th": _("This is the text of the last version: nothing would change.")})
        door.root = PrivacyNotice.objects.create(
            version=last.version + 1 if last else 1,
            text_th=text_th,
            text_en=text_en,
            valid_from=valid_from,
            published_by=by.user,
            published_at=clock.now(),
        )
        door.payload.update(version=door.root.version, valid_from=valid_from)
    return door.root


def _refuse_wrong_day(valid_from: date, last: PrivacyNotice | None) -> None:
    if valid_from < clock.today():
        raise ValidationError({"valid_from": _("A notice cannot be valid before it is published.")})
    if last and valid_from < last.valid_from:
        raise ValidationError(
            {"valid_from": _("An earlier version is valid from a later day: choose that day or later.")}
        )
