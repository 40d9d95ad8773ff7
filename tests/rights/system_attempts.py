"""How each action of keeping the system is tried."""

from __future__ import annotations

from collections.abc import Callable

from core import clock
from partnerships.actions import privacy_notices, settings, vocabularies
from partnerships.models import FieldOfWork

NAMES = {"name_th": "คำทดสอบสิทธิ", "name_en": "Word of the rights test"}
TEXTS = {language: {"subject": "s", "body": "b"} for language in ("th", "en")}

WORD: dict[str, Callable] = {
    "rename word": lambda word, by: vocabularies.rename_word(word=word, by=by, **NAMES),
    "move word": lambda word, by: vocabularies.move_down(word=word, by=by),
    "retire word": lambda word, by: vocabularies.retire_word(word=word, by=by),
    "restore word": lambda word, by: vocabularies.restore_word(word=word, by=by),
    "add word": lambda word, by: vocabularies.add_word(model=FieldOfWork, by=by, **NAMES),
    "change setting": lambda word, by: settings.change_setting(
        key="agreements.sla_min_months", value=24, valid_from=clock.today(), reason="มติ", by=by
    ),
    "change notice": lambda word, by: settings.change_notice(kind="agreement.note", texts=TEXTS, reason="มติ", by=by),
    "publish privacy notice": lambda word, by: privacy_notices.publish_privacy_notice(
        text_th="ก", text_en="a", valid_from=clock.today(), by=by
    ),
}
