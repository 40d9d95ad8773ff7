"""Reading a PDF back as people copy and search it."""

from __future__ import annotations

import io
import re
import subprocess
from functools import lru_cache
from pathlib import Path

from pypdf import PdfReader


def normal(text: str) -> str:
    """Text without white space, with one spelling of ำ: readers give it as ํ + า, a tone between or before."""
    text = re.sub(r"\s", "", text)
    text = re.sub("\u0e4d([\u0e48-\u0e4b])\u0e32", "\\1\u0e33", text)
    text = re.sub("([\u0e48-\u0e4b])\u0e4d\u0e32", "\\1\u0e33", text)
    return text.replace("\u0e4d\u0e32", "\u0e33")


def read_by_poppler(pdf: bytes, folder: Path) -> str:
    """What ``pdftotext -raw`` copies."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def read_by_pypdf(pdf: bytes) -> str:
    """What pypdf extracts, page after page."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@lru_cache(maxsize=16)
def page_texts(pdf: bytes) -> list[str]:
    """Normalised text of each page."""
    return [normal(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def fonts_of(pdf: bytes, folder: Path) -> list[tuple[str, bool]]:
    """(name without subset tag, embedded?) of every font, by ``pdffonts``."""
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    lines = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    return [(line.split()[0].split("+")[-1], line.split()[-5] == "yes") for line in lines]


# What stands below every page: reference, version or date, hash, page number.
FOOTER = re.compile(
    r"PBC-2569-0002(\S{0,40}?ข้อความรุ่นที่[๐-๙]+|รายงานผลการประเมินณวันที่[๐-๙]+พฤศจิกายน[๐-๙]+)"
    r"(รหัสตรวจสอบข้อความ\(SHA-256\)[0-9a-f]{64})?หน้า[๐-๙]+จาก[๐-๙]+"
)
