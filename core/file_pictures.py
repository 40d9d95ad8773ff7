"""Pictures: really of their kind, not larger than a screen can bear, and nothing else besides.

Telephones put more after the end of a JPEG (a second picture, a short film): that is left alone, unless it is an
archive or a page. Nothing is decoded here, so a picture cannot blow up the server.
"""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from core.file_refusals import FileRefused
from core.file_tails import refuse_archive_inside, refuse_page_inside

MAX_PIXELS = 80_000_000  # an A3 page at 600 dpi has 70 million
FORMATS = {"image/png": ["PNG"], "image/jpeg": ["JPEG", "MPO"]}


def judge_picture(stream: BinaryIO, media_type: str) -> None:
    """Raises FileRefused: damaged, too_many_pixels, mixed."""
    stream.seek(0)
    try:
        with Image.open(stream, formats=FORMATS[media_type]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise FileRefused("too_many_pixels")
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused("too_many_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:  # what Pillow says of broken pictures
        raise FileRefused("damaged") from error
    refuse_archive_inside(stream)
    stream.seek(0)
    refuse_page_inside(stream.read())
