"""The components draw what they were given, in words as well as by icon, without anything inline."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from core import registry
from core.clock import BANGKOK
from core.forms import BahtField, HouseForm, RowForm, ThaiTextField, house_formset
from core.thai import clock_time
from partnerships.actors import ANONYMOUS
from tests.html_tools import Element, page_of

SPRITE = Path(settings.BASE_DIR) / "static/vendor/bootstrap-icons/icons.svg"
TEMPLATES = [path for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html") if "documents" not in path.parts]


def drawn(source: str, language: str = "en", **context: Any) -> Element:
    """The elements that a piece of template makes."""
    with override(language):
        text = Template("{% load ui i18n %}" + source).render(Context(context))
    return page_of(text)


def steps(count: int) -> list[Any]:
    return [
        SimpleNamespace(
            number=n,
            code=f"s{n}",
            title=f"Title {n}",
            giver_duty=f"gives {n}",
            receiver_duty=f"takes {n}",
            actor="giver",
        )
        for n in range(1, count + 1)
    ]


# --- the stepper and the duties


@pytest.mark.parametrize("count", [4, 6, 9])
def test_the_stepper_says_each_state_in_words(count: int) -> None:
    page = drawn("{% stepper steps current='s3' form='pbc' %}", steps=steps(count))
    items = page.all("li.step")
    assert len(items) == count
    assert items[2].words == "3 Step 3 · Current step Title 3"
    assert "Done" in items[0].words
    assert "Not reached yet" in items[3].words
    assert [item.get("aria-current") for item in items].count("step") == 1
    assert f"Step 3 of {count}" in page.words


def test_the_stepper_follows_a_sequence_that_loops_and_skips() -> None:
    page = drawn(
        "{% stepper steps current='s8' done=done skipped=skipped cycle=2 %}",
        steps=steps(9),
        done=["s1", "s2", "s3", "s4", "s5"],
        skipped=["s6", "s7"],
    )
    assert [item.get("class").split("-")[-1] for item in page.all("li.step")] == (
        ["done"] * 5 + ["skipped"] * 2 + ["now", "ahead"]
    )
    assert "Cycle 2" in page.words


def test_a_finished_sequence_has_no_current_step() -> None:
    page = drawn("{% stepper steps current='s4' finished=True %}", steps=steps(4))
    assert not page.all("[aria-current]")
    assert "All 4 steps are complete" in page.words


def test_the_stepper_speaks_thai() -> None:
    page = drawn("{% stepper steps current='s2' %}", "th", steps=steps(4))
    assert "ขั้นตอนปัจจุบัน" in page.words
    assert "เสร็จแล้ว" in page.words
    assert "ยังไม่ถึง" in page.words


@pytest.mark.parametrize(
    ("actor", "viewer", "turns", "flag"),
    [
        ("giver", "giver", [True, False], "Your turn"),
        ("receiver", "giver", [False, True], "This side acts"),
        ("both", "receiver", [True, True], "Both sides act"),
    ],
)
def test_duties_stand_side_by_side_and_say_whose_turn_it_is(
    actor: str, viewer: str, turns: list[bool], flag: str
) -> None:
    step = steps(1)[0]
    step.actor = actor
    page = drawn("{% duties step giver='Dept' receiver='Town' viewer_side=viewer %}", step=step, viewer=viewer)
    sides = page.all(".duty")
    assert ["gives 1" in sides[0].words, "takes 1" in sides[1].words] == [True, True]
    assert [bool(side.all(".duty-flag")) for side in sides] == turns
    assert flag in page.words


def test_the_frame_gives_the_reason_why_a_step_is_not_needed() -> None:
    items = [
        {"number": 1, "title": "Form", "state": "done"},
        {"number": 2, "title": "Approach", "state": "not_needed", "reason": "policy is there"},
        {"number": 3, "title": "Receiver", "state": "partly", "url": "/x/"},
        {"number": 4, "title": "Talks", "state": "not_yet"},
    ]
    shown = [item.words for item in drawn("{% frame items %}", items=items).all("li")]
    assert shown == [
        "1. Form Done",
        "2. Approach Not needed: policy is there",
        "3. Receiver Under way",
        "4. Talks Not yet",
    ]


# --- what to do


def test_missing_things_link_to_where_they_can_be_mended() -> None:
    items = [SimpleNamespace(title="Plan", where="plan"), {"title": "Order", "url": "/order/"}, {"title": "Date"}]
    page = drawn("{% missing items base='/a/1/' %}", items=items)
    assert [link.get("href") for link in page.all("a")] == ["/a/1/#plan", "/order/"]
    assert len(page.all("li")) == 3
    assert not drawn("{% missing items %}", items=[]).all("section")


def test_a_button_carries_version_and_key() -> None:
    root = SimpleNamespace(version=7)
    actions = [{"label": "Pay", "url": "/pay/", "method": "post"}, {"label": "Visit", "url": "/visit/"}]
    page = drawn("{% action_bar actions root %}", actions=actions, root=root, csrf_token="t" * 64)
    fields = {field.get("name"): field.get("value") for field in page.all("form input")}
    assert fields["version"] == "7"
    assert len(fields["key"]) == 36
    assert "csrfmiddlewaretoken" in fields
    assert page.all("a.btn")[0].get("href") == "/visit/"


def test_a_move_with_missing_things_is_explained_not_offered() -> None:
    actions = [{"label": "Sign", "url": "/sign/", "method": "post", "missing": [{"title": "Text"}]}]
    page = drawn("{% action_bar actions root %}", actions=actions, root=SimpleNamespace(version=1))
    assert not page.all("button")
    assert "Sign" in page.words
    assert "Text" in page.words


def test_a_task_that_cannot_start_is_no_link() -> None:
    tasks = [{"title": "A", "url": "/a/", "state": "done"}, {"title": "B", "url": "/b/", "state": "blocked"}]
    page = drawn("{% task_list tasks title='Tasks' %}", tasks=tasks)
    assert [link.get("href") for link in page.all("a")] == ["/a/"]
    assert "1 of 2 completed" in page.words


# --- records


def test_money_and_what_is_not_reported() -> None:
    assert drawn("{% money a %}", a=Decimal("1250000.5")).words == "1,250,000.50 baht"
    assert drawn("{% money a unit=False %}", a=Decimal(0)).words == "0.00"
    assert drawn("{% money a %}", a=None).words == "not reported"


def test_days_in_both_eras() -> None:
    on = dt.date(2026, 10, 1)
    assert drawn("{{ d|day }}", "th", d=on).words == "1 ต.ค. 2569"
    assert drawn("{{ d|day:'long' }}", "th", d=on).words == "1 ตุลาคม 2569"
    assert drawn("{{ d|day }}", "en", d=on).words == "1 Oct 2026"
    assert drawn("{{ d|day }}", d=None).words == "–"


def test_a_moment_is_shown_in_thai_time() -> None:
    at = dt.datetime(2026, 9, 30, 18, 5, tzinfo=dt.UTC)
    assert drawn("{{ t|moment }}", "th", t=at).words == "1 ต.ค. 2569 01:05 น."
    assert drawn("{{ t|moment }}", "en", t=at).words == "1 Oct 2026, 01:05"


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (dt.time(23, 59, 59), "24:00"),
        (dt.time(23, 59, 59, 999999), "24:00"),
        (dt.time(23, 59), "23:59"),  # a deadline that ends a minute earlier
        (dt.time(23, 59, 58), "23:59"),
        (dt.time(0, 0), "00:00"),
    ],
)
def test_the_last_moment_of_a_day_is_its_end_on_pages_as_in_letters(time: dt.time, shown: str) -> None:
    at = dt.datetime.combine(dt.date(2026, 10, 1), time, tzinfo=BANGKOK)
    assert drawn("{{ t|moment }}", "th", t=at).words == f"1 ต.ค. 2569 {shown} น."
    assert drawn("{% load thai %}{{ t|be_datetime }}", "th", t=at).words == f"1 ต.ค. 2569 เวลา {shown} น."
    assert drawn("{{ t|second }}", "th", t=at).words == f"1 ต.ค. 2569 {at:%H:%M:%S} น."
    assert clock_time(at, point=".") == shown.replace(":", ".")


def test_no_bar_where_nothing_was_reported() -> None:
    page = drawn("{% progress v 200 'Trained' %}", v=Decimal("50.0"))
    assert page.all("progress")[0].attrib == {"value": "50.0", "max": "200", "aria-label": "Trained"}
    assert not drawn("{% progress v 200 %}", v=None).all("progress")
    assert drawn("{% progress v 200 %}", v=0).all("progress")


def test_history_is_told_in_registered_words_latest_first(db: None) -> None:
    registry.register_history_labels({"thing.sign": "Signed"})
    events = [
        SimpleNamespace(
            kind=kind,
            recorded_at=dt.datetime(2026, 10, day, 3, tzinfo=dt.UTC),
            effective_on=dt.date(2026, 10, 1),
            actor_id=None,
            organisation_name="Dept",
        )
        for kind, day in (("thing.sign", 1), ("thing.unknown", 2))
    ]
    shown = [item.words for item in drawn("{% history events %}", events=events).all("li")]
    assert shown == [
        "thing.unknown 2 Oct 2026, 10:00 · effective 1 Oct 2026 · Dept",
        "Signed 1 Oct 2026, 10:00 · Dept",
    ]


def test_what_people_wrote_is_escaped() -> None:
    bad = "<script>alert(1)</script>"
    page = drawn(
        "{% fact 'Name' bad %}{% card title=bad %}{{ bad }}{% endcard %}{% status bad 'good' %}"
        "{% file_list files %}{% contact name=bad telephone='0 2' %}{% receipt title=bad number=bad %}{{ bad }}{% endreceipt %}",
        bad=bad,
        files=[{"name": bad, "url": "/f/"}],
    )
    assert not page.all("script")
    assert page.words.count(bad) == 9


def test_an_officer_can_be_telephoned() -> None:
    page = drawn("{% contact name='Somchai' telephone='0 2651 6532' %}")
    assert page.all("a")[0].get("href") == "tel:026516532"


# --- forms


class SmallForm(HouseForm):
    name = ThaiTextField(label="Name")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = ThaiTextField(label="Note", required=False, rows=3, max_length=500)
    amount = BahtField(label="Amount", help_text="All instalments")


class SmallRow(RowForm):
    title = ThaiTextField(label="Title")


SmallRows = house_formset(SmallRow, title="Rows", add_label="Add", min_rows=1)


def form_page(data: dict[str, str] | None = None) -> Any:
    form = SmallForm(data, root=SimpleNamespace(version=2))
    formset = SmallRows(data, prefix="rows")
    return drawn(
        "{% house_form form submit='Send' cancel='/back/' formsets=sets %}",
        form=form,
        sets=[formset],
        csrf_token="t" * 64,
    )


def test_a_form_is_drawn_with_its_stamp_labels_and_optional_mark() -> None:
    page = form_page()
    names = [field.get("name") for field in page.all("input, textarea")]
    assert {"version", "key", "csrfmiddlewaretoken", "name", "kind", "note", "amount"} <= set(names)
    assert page.all("label[for=id_note]")[0].words == "Note (optional)"
    assert page.all("label[for=id_name]")[0].words == "Name"
    assert page.all("#id_amount_helptext")
    assert "id_amount_helptext" in page.all("#id_amount")[0].get("aria-describedby")
    assert not page.all(".error-summary")


def test_errors_stand_on_top_and_lead_to_their_fields() -> None:
    page = form_page({"version": "2", "amount": "-5", "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0"})
    links = [link.get("href") for link in page.all(".error-summary a")]
    assert links == ["#id_name", "#id_kind_0", "#id_amount", "#id_rows-0-title"]
    for link in links:
        assert page.all(f"[id='{link[1:]}']"), link
    amount = page.all("#id_amount")[0]
    assert amount.get("value") == "-5"
    assert amount.get("aria-invalid") == "true"
    assert "id_amount_error" in amount.get("aria-describedby")
    assert page.all("#id_amount_error")
    assert page.all(".error-summary")[0].get("role") == "alert"


def test_rows_can_be_cloned_from_a_blank_one_and_are_there_without_script() -> None:
    page = form_page()
    assert len(page.all("[data-rows-body] [data-row]")) == 2
    assert page.all("template [name='rows-__prefix__-title']")
    assert page.all("[data-rows-add]")[0].get("hidden") is not None


# --- the frame of the page


def page_for(rf: RequestFactory, path: str = "/") -> Any:
    request = rf.get(path)
    request.user, request.actor = AnonymousUser(), ANONYMOUS
    with override("en"):
        text = Template(
            "{% extends 'base.html' %}{% block title %}T{% endblock %}{% block heading %}H{% endblock %}"
        ).render(Context({"request": request, "csrf_token": "x" * 64, "messages": []}))
    return page_of(text)


def test_the_page_has_its_language_landmarks_and_one_heading(rf: RequestFactory) -> None:
    page = page_for(rf)
    assert page.get("lang") == "en"
    assert len(page.all("h1")) == 1
    for landmark in ("header", "main#main", "footer", "a.skip-link[href='#main']"):
        assert page.all(landmark), landmark


def test_htmx_is_kept_from_inline_styles_and_eval(rf: RequestFactory) -> None:
    config = page_for(rf).all("meta[name=htmx-config]")[0].get("content")
    assert '"includeIndicatorStyles": false' in config
    assert '"allowEval": false' in config


def test_everything_is_loaded_from_here(rf: RequestFactory) -> None:
    page = page_for(rf)
    sources = [el.get("src") or el.get("href") for el in page.all("script, link, img")]
    assert sources
    assert all(source.startswith("/static/") for source in sources)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_holds_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", text)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in re.findall(r"<script[^>]*>", text))


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    named = {
        (name, path.name)
        for path in TEMPLATES
        for name in re.findall(r'icon(?:_name=|\s)"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert {(name, file) for name, file in named if name not in known} == set()


def test_every_registered_nav_icon_is_in_the_sprite() -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    assert {entry.icon for entry in registry._nav.values() if entry.icon} <= known


def test_style_sheets_load_nothing_from_elsewhere() -> None:
    for sheet in (Path(settings.BASE_DIR) / "static/css").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "http:" not in text
        assert "https:" not in text
        assert "letter-spacing" not in text
        for address in re.findall(r'url\("([^"]+)"\)', text):
            assert (sheet.parent / address).exists(), address


# --- the registry


def test_navigation_is_what_the_actor_may_do_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_nav", {})
    registry.register_nav("Second", "b", order=20)
    registry.register_nav("First", "a", order=10)
    registry.register_nav("Hidden", "c", visible=lambda actor: actor == "chief")
    assert [entry.label for entry in registry.nav_for("clerk")] == ["First", "Second"]
    assert [entry.label for entry in registry.nav_for("chief")] == ["First", "Second", "Hidden"]


def test_a_panel_without_anything_to_show_is_not_drawn(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
    monkeypatch.setattr(registry, "_panels", {})
    registry.register_panel("slot", "none", "components/notice.html", context=lambda request, subject: None)
    registry.register_panel(
        "slot",
        "some",
        "components/notice.html",
        context=lambda request, subject: {"title": subject, "icon_name": "eye"},
    )
    page = drawn("{% panels 'slot' 'Matter' %}", request=rf.get("/"))
    assert [note.words for note in page.all(".notice")] == ["Matter"]
