"""The journey that runs on every database: log in, work list, an agreement on a phone, English and back."""

from __future__ import annotations

import re

import pytest

from agreements.models import Agreement
from tests.journeys.making import page_of
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor
from tests.journeys.watch import DESK, PHONE
from tests.world import World

THAI = re.compile("[\u0e00-\u0e7f][^\n]*")
# What the interface says, as apart from what people wrote: headings, names of facts and columns, buttons, menus.
CHROME = "h2, h3, dt, thead th, label, legend, caption, button, summary, .btn, nav, footer, .status, .form-tag"
# Names of people and organisations stand in the masthead; the other language is called by its own name.
OWN_WORDS = ".who, .language, .crumbs, .row-item .visually-hidden"


def in_chrome(visitor: Visitor) -> list[str]:
    """Thai words in the parts of the page that the interface writes itself."""
    script = """([chrome, own]) => [...document.querySelectorAll(chrome)]
      .filter(each => !each.closest(own)).map(each => each.innerText).join("\\n")"""
    return THAI.findall(visitor.page.evaluate(script, [CHROME, OWN_WORDS]))


def switch(visitor: Visitor, to: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=to).click()


@pytest.fixture
def agreement(stage: Stage) -> Agreement:
    """A contract waiting for the first instalment."""
    return World(stage.cast).agreement("pbc", at="pbc_5_first_instalment")


@pytest.mark.smoke
def test_smoke(stage: Stage, agreement: Agreement) -> None:
    staff = stage.partner_staff.sees("งานของฉัน")
    one = agreement.instalments.order_by("ordinal").first()
    assert staff.offers("agreements:instalment_request", one.pk) or agreement.reference in staff.text()
    staff.page.set_viewport_size(PHONE)
    page_of(stage, "partner_staff", agreement).sees(agreement.title, agreement.current_step.title_th)
    staff.watch.look_closely(on_phone=True)
    staff.page.set_viewport_size(DESK)
    assert in_chrome(staff), "the Thai page has Thai headings"
    switch(staff, "English")
    assert staff.page.locator("html").get_attribute("lang") == "en"
    staff.sees(agreement.current_step.title_en)
    assert not in_chrome(staff)
    switch(staff, "ไทย")
    staff.sees(agreement.current_step.title_th).open("reporting:home").sees("งานของฉัน")


# Pages with forms, tables and lists of every floor, each as someone sees it who may.
ENGLISH = (
    ("officer", "reporting:home", ()),
    ("officer", "partnerships:mission_list", ()),
    ("officer", "partnerships:mission_create", ()),
    ("officer", "agreements:call_list", ()),
    ("officer", "agreements:decision_list", ()),
    ("officer", "agreements:agreement_list", ()),
    ("officer", "agreements:agreement_detail", ("agreement",)),
    ("officer", "agreements:account_detail", ("agreement",)),
    ("officer", "agreements:note_create", ("agreement",)),
    ("partner_finance", "agreements:agreement_detail", ("agreement",)),
    ("opdc", "reporting:dashboard", ()),
    ("public", "reporting:public_agreements", ()),
    ("public", "account_login", ()),
)


def test_english_pages_speak_english(stage: Stage, agreement: Agreement) -> None:
    wrong, switched = [], set()
    for who, url_name, needs in ENGLISH:
        visitor = getattr(stage, who).open(url_name, *([agreement.reference] if needs else []))
        if who not in switched:
            switch(visitor, "English")
            switched.add(who)
        wrong += [f"{url_name} ({who}): {words}" for words in in_chrome(visitor)]
    assert not wrong, "\n".join(wrong)
