"""The Thai catalogue without system gettext: what the source asks for, what the fragments answer, what is wrong.

English sentences in code and templates are the keys. Each part of the product keeps its Thai in
`locale/th/fragments/<part>.po`; `upstream.po` completes Django's and allauth's own Thai. They are merged into
`locale/th/LC_MESSAGES/django.po` and its compiled `.mo`, both of which are committed: a fresh machine needs no tool.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation.template import templatize

UPSTREAM = "upstream.po"
SOURCE_FOLDERS = ("core", "config", "partnerships", "agreements", "evaluations", "reporting", "demo", "templates")
# Which positional arguments of each function are context, singular and plural.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
TEMPLATE_CALL = re.compile(rf"\b(?:_|n?p?gettext)\(\s*(?:u?(?:{STRING})\s*,?\s*)+[^()]*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
THAI = re.compile(r"[\u0e00-\u0e7f]")
THAI_ON_PURPOSE = re.compile(r"""# Thai on purpose|\blang="th\"""")
# Where Thai is data or an official document rather than a sentence of the interface.
THAI_IS_AT_HOME = re.compile(
    r"(^demo/|/sequences/|/sequences\.py$|/documents/|/documents\.py$|/migrations/|/data/|/reference/|"
    r"/agreement_sign\.html$|^core/thai\.py$|^core/templatetags/thai\.py$|^core/pdf_thai\.py$)"
)
HEADER = {
    "Project-Id-Version": "phakhi",
    "Language": "th",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Message(NamedTuple):
    """One sentence the source asks for; `plural` is empty where there is none."""

    context: str
    singular: str
    plural: str = ""


def sources(root: Path) -> Iterator[Path]:
    """Python files and templates of the product below `root`, in a stable order."""
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def messages_in_python(code: str) -> set[Message]:
    """Sentences passed as literals to a gettext function in Python code, whatever name it was imported under."""
    tree = ast.parse(code)
    named = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname
    }
    return {message for node in ast.walk(tree) if (message := _message_of(node, named))}


def messages_in_template(text: str) -> set[Message]:
    """Sentences of translate and blocktranslate tags and of _("…") in a Django template."""
    found: set[Message] = set()
    for match in TEMPLATE_CALL.finditer(templatize(text)):
        found |= messages_in_python(match.group(0))
    return found


def messages_wanted(root: Path) -> dict[Message, list[str]]:
    """Every sentence the source asks for, with the files (relative to `root`) that ask."""
    wanted: dict[Message, list[str]] = {}
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        found = messages_in_python(text) if path.suffix == ".py" else messages_in_template(text)
        for message in found:
            wanted.setdefault(message, []).append(path.relative_to(root).as_posix())
    return wanted


def thai_out_of_place(root: Path) -> list[str]:
    """`file:line` of Thai written into code or templates where an English sentence belongs."""
    places = []
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        if not THAI_IS_AT_HOME.search(name):
            text = path.read_text(encoding="utf-8")
            lines = text.splitlines()
            numbers = set(_thai_literals(text) if path.suffix == ".py" else _thai_lines(lines))
            places += [
                f"{name}:{number}" for number in sorted(numbers) if not THAI_ON_PURPOSE.search(lines[number - 1])
            ]
    return places


def merged(fragments: Iterable[Path], wanted: Iterable[Message]) -> tuple[Any, list[str]]:
    """The catalogue (a polib.POFile) made of what is wanted and of upstream.po, and the faults in the fragments."""
    import polib  # a tool of the workshop: not installed where the product runs

    wanted = set(wanted)
    catalogue, faults = polib.POFile(wrapwidth=110), []
    catalogue.metadata = dict(HEADER)
    known: dict[Message, Any] = {}
    for path in sorted(fragments):
        for entry in polib.pofile(str(path)):
            message = Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
            faults += _faults_of(entry, path.name, known.get(message))
            if message not in known and (message in wanted or path.name == UPSTREAM):
                known[message] = entry
    for message in sorted(known):
        catalogue.append(_plain_copy(polib, message, known[message]))
    faults += [f"no Thai for: {message.singular!r}" for message in sorted(wanted - known.keys())]
    return catalogue, faults


def _message_of(node: ast.AST, named: Mapping[str, str]) -> Message | None:
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
    name = named.get(str(name), name)
    if name not in FUNCTIONS:
        return None
    texts = [_literal(node.args[i]) if i is not None and i < len(node.args) else "" for i in FUNCTIONS[name]]
    return Message(texts[0], texts[1], texts[2]) if texts[1] else None


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _thai_literals(code: str) -> list[int]:
    tree = ast.parse(code)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    literals = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose)
    return [node.lineno for node in literals if isinstance(node.value, str) and THAI.search(node.value)]


def _thai_lines(lines: list[str]) -> list[int]:
    return [number for number, line in enumerate(lines, start=1) if THAI.search(line)]


def _faults_of(entry: Any, file: str, rival: Any) -> list[str]:
    texts = [entry.msgstr, *entry.msgstr_plural.values()] if not entry.msgid_plural else [*entry.msgstr_plural.values()]
    name = f"{file}: {entry.msgid!r}"
    faults = []
    if "fuzzy" in entry.flags:
        faults.append(f"{name} is fuzzy")
    if not texts or not all(texts):
        faults.append(f"{name} has no Thai")
    expected = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    if any(set(PLACEHOLDER.findall(text)) - expected for text in texts):
        faults.append(f"{name} has a placeholder that the English has not")
    if not entry.msgid_plural and any(expected - set(PLACEHOLDER.findall(text)) for text in texts if text):
        faults.append(f"{name} loses a placeholder of the English")
    if rival is not None and _texts(rival) != _texts(entry):
        faults.append(f"{name} is translated otherwise in another fragment: {rival.msgstr!r} / {entry.msgstr!r}")
    return faults


def _texts(entry: Any) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def _plain_copy(polib: Any, message: Message, entry: Any) -> Any:
    """The entry without comments, flags and places, which would change with every edit of the source."""
    copy = polib.POEntry(msgid=message.singular, msgctxt=message.context or None)
    if message.plural:
        copy.msgid_plural, copy.msgstr_plural = message.plural, {0: _texts(entry)[0]}
    else:
        copy.msgstr = entry.msgstr
    return copy
