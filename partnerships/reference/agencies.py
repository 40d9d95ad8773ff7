"""The twenty ministries (names as in B.E. 2569) with the departments that own missions of this kind; all real.

`manage.py load_agencies` stores them; from then on OPDC keeps them in the interface.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ministry:
    name_th: str
    name_en: str
    departments: tuple[tuple[str, str, str], ...] = ()  # Thai, English, short name


MINISTRIES = (
    Ministry(
        "สำนักนายกรัฐมนตรี",
        "Office of the Prime Minister",
        (("สำนักงานคณะกรรมการคุ้มครองผู้บริโภค", "Office of the Consumer Protection Board", "สคบ."),),
    ),
    Ministry("กระทรวงกลาโหม", "Ministry of Defence"),
    Ministry("กระทรวงการคลัง", "Ministry of Finance"),
    Ministry("กระทรวงการต่างประเทศ", "Ministry of Foreign Affairs"),
    Ministry("กระทรวงการท่องเที่ยวและกีฬา", "Ministry of Tourism and Sports"),
    Ministry(
        "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
        "Ministry of Social Development and Human Security",
        (
            ("กรมกิจการเด็กและเยาวชน", "Department of Children and Youth", "ดย."),
            ("กรมกิจการผู้สูงอายุ", "Department of Older Persons", "ผส."),
            ("กรมกิจการสตรีและสถาบันครอบครัว", "Department of Women's Affairs and Family Development", "สค."),
            ("กรมพัฒนาสังคมและสวัสดิการ", "Department of Social Development and Welfare", "พส."),
            (
                "กรมส่งเสริมและพัฒนาคุณภาพชีวิตคนพิการ",
                "Department of Empowerment of Persons with Disabilities",
                "พก.",
            ),
        ),
    ),
    Ministry(
        "กระทรวงการอุดมศึกษา วิทยาศาสตร์ วิจัยและนวัตกรรม",
        "Ministry of Higher Education, Science, Research and Innovation",
    ),
    Ministry("กระทรวงเกษตรและสหกรณ์", "Ministry of Agriculture and Cooperatives"),
    Ministry("กระทรวงคมนาคม", "Ministry of Transport"),
    Ministry("กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม", "Ministry of Natural Resources and Environment"),
    Ministry("กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม", "Ministry of Digital Economy and Society"),
    Ministry("กระทรวงพลังงาน", "Ministry of Energy"),
    Ministry("กระทรวงพาณิชย์", "Ministry of Commerce"),
    Ministry(
        "กระทรวงมหาดไทย",
        "Ministry of Interior",
        (
            ("กรมส่งเสริมการปกครองท้องถิ่น", "Department of Local Administration", "สถ."),
            ("กรมการพัฒนาชุมชน", "Community Development Department", "พช."),
        ),
    ),
    Ministry(
        "กระทรวงยุติธรรม",
        "Ministry of Justice",
        (("กรมพินิจและคุ้มครองเด็กและเยาวชน", "Department of Juvenile Observation and Protection", "กรมพินิจฯ"),),
    ),
    Ministry("กระทรวงแรงงาน", "Ministry of Labour"),
    Ministry("กระทรวงวัฒนธรรม", "Ministry of Culture"),
    Ministry(
        "กระทรวงศึกษาธิการ",
        "Ministry of Education",
        (
            ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "Office of the Basic Education Commission", "สพฐ."),
            ("กรมส่งเสริมการเรียนรู้", "Department of Learning Encouragement", "สกร."),
        ),
    ),
    Ministry(
        "กระทรวงสาธารณสุข",
        "Ministry of Public Health",
        (
            ("กรมอนามัย", "Department of Health", "กรมอนามัย"),
            ("กรมสุขภาพจิต", "Department of Mental Health", "กรมสุขภาพจิต"),
        ),
    ),
    Ministry("กระทรวงอุตสาหกรรม", "Ministry of Industry"),
)
