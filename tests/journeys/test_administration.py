"""OPDC keeps the system in the interface: a threshold, the text of a notice, a word; nothing needs a shell."""

from __future__ import annotations

from core.notice_texts import texts_in_force
from core.settings_catalogue import value_of
from tests.journeys.papers import today
from tests.journeys.stage import Stage

MONTHS, NOTICE = "agreements.sla_min_months", "agreement.note"
REASON = "มติที่ประชุม ก.พ.ร. ครั้งที่ 1/2569"


def test_opdc_changes_a_threshold_a_text_and_a_word(stage: Stage) -> None:
    opdc = stage.opdc.open("reporting:home")
    opdc.choose("ตั้งค่าระบบ", within="header").choose("ค่าที่กำหนด")
    opdc.follow("partnerships:setting_change", MONTHS)

    opdc.send_wrong({"value": "ปีครึ่ง", "valid_from": "32/13/2569", "reason": REASON})
    assert "จำนวนเต็ม" in opdc.error_at("value")
    assert opdc.error_at("valid_from")
    assert (opdc.kept("value"), opdc.kept("reason")) == ("ปีครึ่ง", REASON)
    opdc.send({"value": "๑๘", "valid_from": today()})
    opdc.sees("18 เดือน")
    assert value_of(MONTHS) == 18
    opdc.follow("partnerships:setting_history", MONTHS).sees(REASON, "นางสาวเจ้าหน้าที่ ก.พ.ร.", "12 เดือน")

    opdc.open("partnerships:system").choose("ข้อความแจ้งเตือน").follow("partnerships:notice_change", NOTICE)
    opdc.send_wrong({"body_th": "เรียน {ชื่อ} เรื่อง {title}", "reason": REASON})
    opdc.send_wrong({"body_th": "เรียนผู้เกี่ยวข้อง {name}", "reason": REASON})
    assert "{name}" in opdc.error_at("body_th")
    opdc.send({"body_th": "เรียนผู้เกี่ยวข้อง\nเรื่อง {title} ({reference})"}, button="preview")
    opdc.sees("เรื่อง [ชื่อเรื่อง] ([รหัสอ้างอิง])")
    opdc.send().sees("กำหนดโดยสำนักงาน ก.พ.ร.")
    assert texts_in_force(NOTICE)["th"]["body"].startswith("เรียนผู้เกี่ยวข้อง")
    opdc.follow("partnerships:notice_change", NOTICE).follow("partnerships:notice_history", NOTICE).sees(REASON)

    opdc.open("partnerships:word_list", "fields-of-work").follow("partnerships:word_create", "fields-of-work")
    opdc.send({"name_th": "งานจิตอาสา (ทดสอบ)", "name_en": "Volunteering (test)"}).sees("งานจิตอาสา (ทดสอบ)")
    opdc.open("partnerships:privacy_notice_list").look()

    assert stage.officer.open("reporting:home").page.locator("header").get_by_role("link", name="ตั้งค่าระบบ").count() == 0
