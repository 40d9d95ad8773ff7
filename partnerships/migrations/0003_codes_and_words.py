"""Province names become codes, search texts are filled, and the lists of words get a first set."""

import re
import unicodedata

import geothai
from django.db import migrations

FIELDS = [
    ("child_protection", "การคุ้มครองเด็ก", "Child protection"),
    ("child_development", "การพัฒนาเด็กปฐมวัย", "Early childhood development"),
    (
        "youth_justice",
        "การฟื้นฟูเด็กและเยาวชนในกระบวนการยุติธรรม",
        "Rehabilitation of children and youth in the justice system",
    ),
    ("elderly_care", "การดูแลผู้สูงอายุ", "Care of older persons"),
    ("disability_inclusion", "การพัฒนาคุณภาพชีวิตคนพิการ", "Inclusion of persons with disabilities"),
    ("special_education", "การศึกษาพิเศษ", "Special education"),
    ("education_training", "การศึกษาและการฝึกอบรม", "Education and training"),
    ("shelter_housing", "ที่พักพิงและที่อยู่อาศัย", "Shelter and housing"),
    ("universal_design", "การออกแบบเพื่อคนทุกคน (อารยสถาปัตย์)", "Universal design"),
    ("consumer_protection", "การคุ้มครองผู้บริโภค", "Consumer protection"),
    ("public_health", "สาธารณสุขและสุขภาพจิต", "Public and mental health"),
    ("women_family", "สตรีและสถาบันครอบครัว", "Women and family"),
    ("welfare", "สวัสดิการสังคม", "Social welfare"),
    ("livelihood", "อาชีพและรายได้", "Livelihood and income"),
    ("environment", "ทรัพยากรธรรมชาติและสิ่งแวดล้อม", "Natural resources and environment"),
    ("research_data", "การวิจัย ข้อมูล และฐานข้อมูล", "Research, data and databases"),
    ("community_development", "การพัฒนาชุมชน", "Community development"),
]
GROUPS = [
    ("children", "เด็ก", "Children"),
    ("vulnerable_children", "เด็กที่มีความเปราะบางทางสังคม", "Socially vulnerable children"),
    ("youth", "เยาวชน", "Youth"),
    ("older_persons", "ผู้สูงอายุ", "Older persons"),
    ("persons_with_disabilities", "คนพิการ", "Persons with disabilities"),
    ("women", "สตรี", "Women"),
    ("families", "ครอบครัว", "Families"),
    ("low_income", "ผู้มีรายได้น้อย", "People with low income"),
    ("homeless", "คนไร้ที่พึ่ง", "People without a home"),
    ("consumers", "ผู้บริโภค", "Consumers"),
    ("general_public", "ประชาชนทั่วไป", "The general public"),
    ("public_staff", "บุคลากรของหน่วยงานและท้องถิ่น", "Staff of agencies and local government"),
]


def folded(text):
    """As core.search_text does on the day of this migration."""
    one = unicodedata.normalize("NFC", text).casefold().replace("\u0e40\u0e40", "\u0e41")
    one = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", one)
    return re.sub("[^\\w\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]+|_+", "", one)


def fill(apps, schema_editor):
    organisation_model = apps.get_model("partnerships", "Organisation")
    codes = {area.name_th: area.code for area in geothai.provinces()}
    for organisation in organisation_model.objects.iterator():
        bare = organisation.province.strip().removeprefix("จังหวัด").strip()
        organisation.province_code = codes.get(bare, "")
        parts = map(folded, (organisation.name_th, organisation.name_en, organisation.short_name))
        organisation.search_text = " ".join(part for part in parts if part)[:700]
        organisation.save(update_fields=["province_code", "search_text"])
    for name, rows in (("FieldOfWork", FIELDS), ("TargetGroup", GROUPS)):
        model = apps.get_model("partnerships", name)
        model.objects.bulk_create(
            model(code=code, name_th=name_th, name_en=name_en, ordinal=10 * place)
            for place, (code, name_th, name_en) in enumerate(rows, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_partners_and_missions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
