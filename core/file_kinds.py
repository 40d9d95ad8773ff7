"""The kinds of files that are taken in. Nothing else: no SVG or HTML (scripts), no old Office formats, no archives."""

from __future__ import annotations

OOXML = "application/vnd.openxmlformats-officedocument."
OPENDOCUMENT = "application/vnd.oasis.opendocument."

# Extension → media type.
TYPES = {
    "pdf": "application/pdf",
    "docx": OOXML + "wordprocessingml.document",
    "xlsx": OOXML + "spreadsheetml.sheet",
    "pptx": OOXML + "presentationml.presentation",
    "odt": OPENDOCUMENT + "text",
    "ods": OPENDOCUMENT + "spreadsheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
# Office files that are ZIP archives; of OOXML the part that tells what it is.
MAIN_MEMBER = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ARCHIVES = frozenset({*MAIN_MEMBER, "odt", "ods"})
