"""The catalogue finds what the source asks for and notices what is wrong with the Thai."""

from pathlib import Path

from core.catalogue import Message, merged, messages_in_python, messages_in_template

TEMPLATE = """{% load i18n %}
<p title="it's">{{ name|default:_("none yet") }} {% translate "Open (again)" context "verb" %}</p>
    {% blocktranslate count days=n trimmed %}
      {{ days }} day's wait
    {% plural %}
      {{ days }} days' wait
    {% endblocktranslate %}
{# {% translate "a comment" %} #}
"""


def fragment(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n' + text, encoding="utf-8")
    return path


def test_templates_are_read_with_contexts_plurals_and_filters() -> None:
    assert messages_in_template(TEMPLATE) == {
        Message("", "none yet"),
        Message("verb", "Open (again)"),
        Message("", "%(days)s day's wait", "%(days)s days' wait"),
    }


def test_python_is_read_and_variables_are_left_alone() -> None:
    code = 'a = _("one " "sentence"); b = ngettext("%d day", "%d days", 2); c = gettext(name); d = pgettext("x", "y")'

    assert messages_in_python(code) == {
        Message("", "one sentence"),
        Message("", "%d day", "%d days"),
        Message("x", "y"),
    }


def test_a_function_under_another_name_is_read_too() -> None:
    code = "from django.utils.translation import gettext as now, ngettext as some\nnow('Held'); some('a', 'b', 2); other('c')"

    assert messages_in_python(code) == {Message("", "Held"), Message("", "a", "b")}


def test_a_sentence_without_thai_is_a_fault(tmp_path: Path) -> None:
    path = fragment(tmp_path, "a.po", 'msgid "Pay"\nmsgstr "จ่าย"\n')

    catalogue, faults = merged([path], [Message("", "Pay"), Message("", "Close")])

    assert [entry.msgstr for entry in catalogue] == ["จ่าย"]
    assert faults == ["no Thai for: 'Close'"]


def test_fuzzy_empty_and_rival_translations_and_lost_placeholders_are_faults(tmp_path: Path) -> None:
    first = fragment(
        tmp_path,
        "a.po",
        '#, fuzzy\nmsgid "Pay"\nmsgstr "จ่าย"\n\nmsgid "Close"\nmsgstr ""\n\nmsgid "Sign"\nmsgstr "ลงนาม"\n\n'
        'msgid "%(n)s left"\nmsgstr "เหลือ"\n',
    )
    second = fragment(tmp_path, "b.po", 'msgid "Sign"\nmsgstr "เซ็น"\n')
    wanted = [Message("", text) for text in ("Pay", "Close", "Sign", "%(n)s left")]

    _catalogue, faults = merged([first, second], wanted)

    assert len(faults) == 4
    for part in ("is fuzzy", "has no Thai", "translated otherwise", "loses a placeholder"):
        assert any(part in fault for fault in faults), part
