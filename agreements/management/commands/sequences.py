"""Print the three sequences: as JSON, or as the page docs/sequences.md with a diagram of each."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from agreements.lifecycles.call import CallMoves
from agreements.requirements.agreement import BOOK as AGREEMENT
from agreements.requirements.call import BOOK as CALL
from agreements.sequences import SEQUENCES, arrows, next_codes, steps_of
from partnerships.enums import Form

HEADINGS = {
    Form.GRANT: ("การให้เงินอุดหนุน", "Grant", "§3.1"),
    Form.PBC: ("การทำสัญญาข้อตกลง", "Performance-based contracting", "§3.2"),
    Form.COMMISSIONING: ("กลไกขับเคลื่อนงานภายใต้สัญญาร่วม", "Commissioning", "§3.3"),
}


def sequences_as_data() -> dict[str, list[dict[str, Any]]]:
    """Form → list of its steps; `next` holds codes of the steps that may follow (closing is not a step)."""
    return {
        str(form): [
            {
                "number": step.number,
                "code": step.code,
                "title_th": step.title_th,
                "title_en": step.title_en,
                "giver_duty": step.giver_duty_th,
                "receiver_duty": step.receiver_duty_th,
                "actor": step.actor,
                "carrier": step.carrier,
                "requirements": [*carried_requirements(form, step.code), *step.requires],
                "next": next_codes(step.code),
            }
            for step in steps_of(form)
        ]
        for form in SEQUENCES
    }


def carried_requirements(form: str, code: str) -> list[str]:
    """Names of what the call's own move needs that carries an agreement-to-be out of a step."""
    names = [carried.by for carried in SEQUENCES[form].CARRIED if carried.source == code]
    moves = [getattr(CallMoves, name.removeprefix("call."))._django_fsm for name in names]
    return [need for meta in moves for step in meta.transitions.values() for need in step.custom["requires"]]


class Command(BaseCommand):
    help = "Print the sequences of the three forms (--json), or write docs/sequences.md (--markdown)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--json", action="store_true", help="one JSON object on standard output")
        how.add_argument("--markdown", action="store_true", help="write docs/sequences.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(sequences_as_data(), ensure_ascii=False, indent=2))
            return
        page = Path(settings.BASE_DIR) / "docs" / "sequences.md"
        page.write_text(markdown(), encoding="utf-8")
        self.stdout.write(f"written: {page.relative_to(settings.BASE_DIR)}")


def markdown() -> str:
    """The page docs/sequences.md: a diagram and a table for each form."""
    parts = [
        "# The three sequences",
        "",
        "Written by `manage.py sequences --markdown` from `agreements/sequences/`: change those, not this page.",
    ]
    for form in SEQUENCES:
        parts += _section(form)
    return "\n".join(parts) + "\n"


def _section(form: str) -> list[str]:
    title_th, title_en, paragraph = HEADINGS[Form(form)]
    lines = ["", f"## {title_en} · {title_th} ({paragraph})", "", "```mermaid", "flowchart TD"]
    lines += [f'  {step.code}["{step.number}. {step.title_en}"]' for step in steps_of(form)]
    lines += [f"  {source} -->|{name}| {target}" for source, target, name in arrows(form)]
    lines += ["```", "", "| # | Step | Who acts | Carried by | Needed to leave it |", "|---|---|---|---|---|"]
    for step in steps_of(form):
        names = [*carried_requirements(form, step.code), *step.requires]
        needs = "<br>".join(f"`{name}` {_english(name)}" for name in names) or "—"
        lines.append(
            f"| {step.number} | {step.title_th}<br>{step.title_en} | {step.actor} | {step.carrier} | {needs} |"
        )
    return lines


def _english(name: str) -> str:
    with override("en"):
        return str({**CALL.requirements, **AGREEMENT.requirements}[name].title)
