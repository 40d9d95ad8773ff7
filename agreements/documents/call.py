"""A call as ประกาศ, on paper: what its public page says, always in Thai, with the addenda published so far.

Read only, out of the call's own records. Until it is published every page is marked ร่าง. The name under it is that of
the person who decided on its publication, as kept then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from agreements.documents.build import FICTITIOUS, lines
from agreements.enums import DecisionAct, DecisionKind
from agreements.models import Call, DecisionStep
from core import clock, thai
from core.pdf import render_pdf
from core.site import site_url


@dataclass(frozen=True)
class Section:
    """A numbered part: paragraphs, or items one under the other."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallDocument:
    agency: str
    number: str
    reference: str
    title: str
    sections: tuple[Section, ...]
    public: dict[str, Any]
    published_on: dt.date | None
    signed_by: str
    signed_as: str
    contact: str
    link: str
    note: str


def build_call(call: Call, public: dict[str, Any]) -> CallDocument:
    """The call as its records stand now; `public` as for `call_pdf`, already in Thai."""
    signed = _signed(call)
    return CallDocument(
        agency=call.agency.name_th,
        number=call.number,
        reference=call.reference,
        title=call.title,
        sections=tuple(part for part in _sections(call, public) if part.paragraphs or part.items),
        public=public,
        published_on=localdate(call.published_at) if call.published_at else None,
        signed_by=signed.by_name if signed else "",
        signed_as=signed.position if signed and signed.position else f"ผู้บริหาร{call.agency.name_th}",
        contact=f"{call.agency.name_th} โทร. {call.contact_phone}" if call.contact_phone else call.agency.name_th,
        link=site_url() + reverse("agreements:call_detail", args=[call.reference]),
        note=FICTITIOUS if getattr(call, "is_demonstration", False) or clock.is_acting() else "",
    )


def call_pdf(call: Call, facts: Callable[[Call], dict[str, Any]]) -> bytes:
    """The call as PDF; ร่าง over every page until it is published.

    facts: what gives the facts for everybody (`agreements.queries.call_public.public_call`), asked in Thai.
    """
    with translation.override("th"):
        doc = build_call(call, facts(call))
        html = render_to_string("documents/call.html", {"doc": doc, "public": doc.public})
    return render_pdf(html, title=f"ประกาศ {call.title}", draft=call.published_at is None)


def _signed(call: Call) -> DecisionStep | None:
    steps = DecisionStep.objects.filter(decision__call=call, decision__kind=DecisionKind.PUBLISH_CALL)
    return steps.filter(act=DecisionAct.DECIDED).order_by("-at").first()


def _sections(call: Call, public: dict[str, Any]) -> tuple[Section, ...]:
    where = public["provinces"]
    area = [f"จังหวัด{name}" if name != "กรุงเทพมหานคร" else name for name in where] or ["ทั่วประเทศ"]
    return (
        Section("หลักการและเหตุผล", paragraphs=lines(call.background)),
        Section("วัตถุประสงค์", items=lines(call.objectives)),
        Section("ขอบเขตงาน", items=lines(call.scope)),
        Section(
            "กลุ่มเป้าหมาย พื้นที่ และระยะเวลาดำเนินงาน",
            items=tuple(
                row
                for row in (
                    f"กลุ่มเป้าหมาย: {call.target_group}" if call.target_group else "",
                    f"สาขางาน: {' '.join(public['fields_of_work'])}" if public["fields_of_work"] else "",
                    f"พื้นที่: {' '.join(area)} {call.area}".strip(),
                    f"ระยะเวลา: {call.duration_months} เดือน",
                )
                if row
            ),
        ),
        Section("วงเงินและวิธีจัดสรร", items=_money(call, public)),
        Section("การประเมินผลโครงการ", items=lines(call.evaluation_plan)),
    )


def _money(call: Call, public: dict[str, Any]) -> tuple[str, ...]:
    rows = [f"วงเงินไม่เกิน {_sum(call.budget_ceiling)}", f"วิธีจัดสรร: {call.get_allocation_method_display()}"]
    if public["by_instalments"] and call.instalment_count:
        rows.append(f"จำนวนงวดเงิน: {call.instalment_count} งวด")
    if public["by_unit_cost"] and call.unit_cost_ceiling is not None:
        rows.append(f"ต้นทุนต่อหน่วยไม่เกิน {_sum(call.unit_cost_ceiling)} ต่อ{call.unit or 'หน่วย'}")
    return (*rows, *lines(call.allocation))


def _sum(amount: Any) -> str:
    return f"{thai.baht(amount)} บาท ({thai.baht_words(amount)})"
