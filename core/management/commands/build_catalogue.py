import json
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.catalogue import Message, merged, messages_wanted, thai_out_of_place


class Command(BaseCommand):
    help = "Merge the Thai fragments into the catalogue and compile it; --check changes nothing and fails on any gap."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail on gaps, faults and a stale catalogue")
        parser.add_argument("--missing", action="store_true", help="print the untranslated sentences as an empty .po")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "locale" / "th"
        target = folder / "LC_MESSAGES" / "django.po"
        wanted = messages_wanted(settings.BASE_DIR)
        catalogue, faults = merged((folder / "fragments").glob("*.po"), wanted)
        if options["missing"]:
            self._print_missing(catalogue, wanted)
        elif options["check"]:
            faults += [f"Thai in the source, write English and translate it: {x}" for x in self._thai_out_of_place()]
            if not target.exists() or target.read_text(encoding="utf-8") != f"{catalogue}\n":
                faults.append("locale/th/LC_MESSAGES/django.po is stale: run `make messages`")
            self._fail_on(faults)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"{catalogue}\n", encoding="utf-8")
            target.with_suffix(".mo").write_bytes(catalogue.to_binary())
            self.stdout.write(f"{len(catalogue)} sentences written, {len(faults)} faults")

    def _thai_out_of_place(self) -> list[str]:
        return thai_out_of_place(settings.BASE_DIR)

    def _fail_on(self, faults: list[str]) -> None:
        if faults:
            raise CommandError("\n".join(["The Thai catalogue is not complete:", *faults]))
        self.stdout.write("Every sentence has its Thai.")

    def _print_missing(self, catalogue: Any, wanted: dict[Message, list[str]]) -> None:
        have = {(entry.msgctxt or "", entry.msgid) for entry in catalogue}
        for message, files in sorted(wanted.items()):
            if (message.context, message.singular) not in have:
                self.stdout.write(_empty_entry(message, files))


def _empty_entry(message: Message, files: list[str]) -> str:
    quoted = partial(json.dumps, ensure_ascii=False)
    lines = [f"#: {' '.join(files)}"]
    if message.context:
        lines.append(f"msgctxt {quoted(message.context)}")
    lines.append(f"msgid {quoted(message.singular)}")
    if message.plural:
        lines += [f"msgid_plural {quoted(message.plural)}", 'msgstr[0] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join([*lines, ""])
