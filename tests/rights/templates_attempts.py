"""How each action about a template of calls is tried."""

from __future__ import annotations

from collections.abc import Callable

from agreements.actions import call_templates as actions

CRITERIA = {"qualifications": [], "scoring": [{"title": "ความคุ้มค่า", "weight": 100}]}

TEMPLATE: dict[str, Callable] = {
    "add": lambda template, by: actions.add_template(source=template, name="แม่แบบใหม่", by=by),
    "edit": lambda template, by: actions.edit_template(template=template, facts={"scope": "ใหม่"}, by=by),
    "set criteria": lambda template, by: actions.set_template_criteria(template=template, by=by, **CRITERIA),
    "set documents": lambda template, by: actions.set_template_documents(
        template=template, documents=[{"title": "แผนงาน"}], by=by
    ),
    "retire": lambda template, by: actions.retire_template(template=template, by=by),
    "restore": lambda template, by: actions.restore_template(template=template, by=by),
}
