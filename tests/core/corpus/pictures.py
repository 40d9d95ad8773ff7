"""Pictures: good ones, giants, and those that are something else as well."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.core.corpus.archives import zipped

SCRIPT = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0f4c5c").save(out, kind)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is this large, in a hundred bytes."""
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose header says it is this large."""
    data = bytearray(picture("JPEG"))
    at = data.find(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def png_with_page() -> bytes:
    return picture("PNG") + SCRIPT


def png_with_page_in_a_comment() -> bytes:
    data = picture("PNG")
    return data[:33] + chunk(b"tEXt", b"Comment\0" + SCRIPT) + data[33:]


def jpeg_with_archive() -> bytes:
    return picture("JPEG") + zipped({"evil.txt": "x"})


def jpeg_with_php() -> bytes:
    return picture("JPEG") + b"<?php system($_GET['c']); ?>"


def gif_script() -> bytes:
    """A GIF that is a script as well: GIF89a=1;alert(1)"""
    return b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1);//"


def jpeg_from_a_telephone() -> bytes:
    """With what cameras add behind the picture: here the trailer of a moving one."""
    return picture("JPEG") + b"MotionPhoto_Data" + b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 4 + b"SEFT"
