"""The first version of the privacy notice (Personal Data Protection Act B.E. 2562, s. 23): a starting text for OPDC."""

from datetime import UTC, date, datetime

from django.db import migrations

TEXT_TH = """\
ข้อความฉบับนี้เป็นร่างตั้งต้น ให้เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลของสำนักงาน ก.พ.ร. ตรวจทานและปรับปรุงก่อนใช้งานจริง

## ผู้ควบคุมข้อมูลส่วนบุคคล

สำนักงานคณะกรรมการพัฒนาระบบราชการ (สำนักงาน ก.พ.ร.) เป็นผู้ควบคุมข้อมูลส่วนบุคคลของระบบภาคี หน่วยงานและองค์กรที่เป็นคู่ข้อตกลงเป็นผู้ควบคุมข้อมูลส่วนบุคคลสำหรับข้อมูลที่ตนบันทึกไว้เพื่อการดำเนินงานของตน

## ข้อมูลที่เก็บรวบรวม

- ข้อมูลบัญชีผู้ใช้ ได้แก่ ชื่อ อีเมล โทรศัพท์ ตำแหน่ง ภาษาที่ใช้ ชื่อและตำแหน่งที่ใช้ลงนาม
- องค์กรที่ท่านปฏิบัติหน้าที่ให้ บทบาท และระยะเวลา
- การดำเนินการของท่านในระบบ เช่น การเสนอ การพิจารณา การอนุมัติ การลงนาม พร้อมวันและเวลา
- ข้อมูลการเข้าสู่ระบบ ได้แก่ เวลา หมายเลขไอพี และวิธียืนยันตัวตน
- หนังสือแจ้งที่ระบบส่งถึงท่าน

ระบบไม่ประสงค์จะเก็บข้อมูลส่วนบุคคลที่อ่อนไหวตามมาตรา 26 ข้อมูลผู้รับบริการเก็บเป็นจำนวนรวมเท่านั้น โปรดอย่าบันทึกชื่อหรือข้อมูลสุขภาพของผู้รับบริการ

## วัตถุประสงค์และฐานตามกฎหมาย (มาตรา 24)

- การจัดทำ ลงนาม และติดตามข้อตกลงความร่วมมือ: การปฏิบัติหน้าที่เพื่อประโยชน์สาธารณะหรือการใช้อำนาจรัฐ (มาตรา 24 (4)) และการปฏิบัติตามสัญญาซึ่งท่านเป็นคู่สัญญา (มาตรา 24 (3)) แล้วแต่กรณี
- การบันทึกผู้ดำเนินการ การเบิกจ่าย และการตรวจสอบ: การปฏิบัติตามกฎหมาย (มาตรา 24 (6)) เช่น กฎหมายว่าด้วยวินัยการเงินการคลังของรัฐ และกฎหมายว่าด้วยธุรกรรมทางอิเล็กทรอนิกส์
- การเปิดเผยข้อตกลงต่อสาธารณะ: การปฏิบัติตามกฎหมายว่าด้วยข้อมูลข่าวสารของราชการ (มาตรา 24 (6))
- การรักษาความมั่นคงปลอดภัยของระบบ: ประโยชน์โดยชอบด้วยกฎหมาย (มาตรา 24 (5)) และการปฏิบัติตามกฎหมาย (มาตรา 24 (6))

การกดว่าอ่านประกาศนี้แล้วเป็นการรับทราบ มิใช่การให้ความยินยอม เพราะวัตถุประสงค์ข้างต้นไม่อาศัยความยินยอมเป็นฐาน หากไม่ให้ข้อมูลบัญชีผู้ใช้ ท่านจะปฏิบัติหน้าที่ในระบบไม่ได้

## ผู้ที่อาจได้รับข้อมูล

- ผู้ปฏิบัติหน้าที่ขององค์กรเดียวกัน และคู่ข้อตกลงในเรื่องเดียวกัน
- สำนักงาน ก.พ.ร. และหน่วยงานที่มีอำนาจตรวจสอบตามกฎหมาย
- สาธารณชน เฉพาะชื่อและตำแหน่งของผู้ลงนามและผู้ประสานงานในข้อตกลงที่เผยแพร่

ระบบไม่ขายข้อมูล และไม่ส่งข้อมูลไปต่างประเทศ

## ระยะเวลาเก็บรักษา

- ข้อมูลบัญชีผู้ใช้ ตลอดเวลาที่ใช้บัญชี เมื่อปิดบัญชี ระบบลบอีเมล โทรศัพท์ ตำแหน่ง และข้อมูลยืนยันตัวตน
- ชื่อของผู้ดำเนินการและผู้ลงนามในข้อตกลง เอกสาร และประวัติการดำเนินการ ตามระยะเวลาที่กฎหมายและระเบียบว่าด้วยงานสารบรรณ การเงิน และการตรวจสอบกำหนด
- บันทึกการเข้าสู่ระบบและความมั่นคงปลอดภัย ไม่น้อยกว่า 90 วันตามกฎหมายว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ และไม่นานเกินจำเป็น

## สิทธิของท่าน

- ขอเข้าถึงและขอรับสำเนาข้อมูล (ดาวน์โหลดได้ที่ “ข้อมูลของฉัน”)
- ขอแก้ไขข้อมูลให้ถูกต้อง (แก้ไขได้ที่ “โพรไฟล์ของฉัน”)
- ขอให้โอนข้อมูล ขอให้ลบหรือระงับการใช้ และคัดค้านการเก็บรวบรวม ใช้ หรือเปิดเผยข้อมูล ตามเงื่อนไขที่กฎหมายกำหนด
- ร้องเรียนต่อคณะกรรมการผู้เชี่ยวชาญตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562

ผู้ควบคุมข้อมูลส่วนบุคคลดำเนินการตามคำขอเข้าถึงข้อมูลภายใน 30 วันนับแต่วันที่ได้รับคำขอ

## ติดต่อ

เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล สำนักงาน ก.พ.ร. ตามช่องทางติดต่อที่แสดงไว้ท้ายหน้าเว็บ หรือสอบถามผู้ดูแลระบบขององค์กรท่าน
"""

TEXT_EN = """\
This version is a starting text, to be reviewed and improved by OPDC's data protection officer before real use.

## Data controller

The Office of the Public Sector Development Commission (OPDC) is the controller of personal data in Phakhi. Agencies and organisations that are parties to agreements are controllers of the data that they record for their own work.

## Data collected

- Account: name, e-mail, telephone, position, language, name and title used for signing
- The organisations you act for, your roles, and from when until when
- What you do in the system, such as proposing, considering, approving and signing, with date and time
- Log-in data: time, IP address and how identity was proven
- Notices that the system sends to you

The system does not want sensitive data (s. 26). Data on beneficiaries are kept as totals only: please do not record names or health data of beneficiaries.

## Purposes and legal basis (s. 24)

- Making, signing and following up partnership agreements: a task in the public interest or the exercise of official authority (s. 24 (4)), or performance of a contract to which you are a party (s. 24 (3)), as the case may be
- Recording who acted, disbursement and audit: compliance with law (s. 24 (6)), such as the law on the State's fiscal discipline and the law on electronic transactions
- Publishing agreements: compliance with the law on official information (s. 24 (6))
- Keeping the system secure: legitimate interest (s. 24 (5)) and compliance with law (s. 24 (6))

To say that you have read this notice is an acknowledgement, not consent: none of these purposes rests on consent. Without account data you cannot act in the system.

## Who may receive the data

- People who act for the same organisation, and the other parties to the same matter
- OPDC, and bodies with the power of audit by law
- The public: only the names and titles of signatories and coordinators in agreements that are published

Data are neither sold nor sent abroad.

## How long data are kept

- Account data as long as the account is used; when it is closed, e-mail, telephone, position and means of identification are deleted
- Names of those who acted and signed, in agreements, documents and history, as long as the laws and rules on official records, finance and audit require
- Log-in and security records at least 90 days, as the computer crime law requires, and no longer than needed

## Your rights

- To see your data and obtain a copy (download it under “My data”)
- To have data corrected (correct them under “My profile”)
- To have data transferred, erased or their use restricted, and to object to their collection, use or disclosure, under the conditions of the law
- To complain to the expert committee under the Personal Data Protection Act B.E. 2562

A request for access is answered within 30 days of its receipt.

## Contact

OPDC's data protection officer, by the contact shown at the foot of the page, or the administrator of your organisation
"""


def publish(apps, schema_editor):
    apps.get_model("partnerships", "PrivacyNotice").objects.get_or_create(
        version=1,
        defaults={
            "text_th": TEXT_TH,
            "text_en": TEXT_EN,
            "valid_from": date(2026, 11, 1),
            "published_at": datetime(2026, 11, 1, tzinfo=UTC),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0013_user_version")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
