"""Why a file is not taken in: a stable code, and a sentence for the person at the screen that says what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

MESSAGES: dict[str, Text] = {
    "empty": _("This file is empty."),
    "type_not_allowed": _(
        "This kind of file is not accepted. Send PDF, Word, Excel, PowerPoint, OpenDocument, JPEG or PNG."
    ),
    "content_mismatch": _("The content of this file is not what its name says. Save it again in the right format."),
    "damaged": _("This file is damaged and cannot be opened. Save it again and send it once more."),
    "locked": _("This file is locked with a password. Remove the password, save it and send it again."),
    "too_large": _("This file is too large once unpacked."),
    "too_many_pixels": _("This picture has too many pixels. Save it with fewer pixels and send it again."),
    "mixed": _("This file hides a second file of another kind. Save it again from the program it was made with."),
    "macros": _("This file contains macros. Save it without macros and send it again."),
    "external": _(
        "This file draws on other files or addresses when it is opened. Break these links, or save it as PDF, and "
        "send it again."
    ),
    "embedded": _("This file has other files inside. Take them out, or save it as PDF, and send them one by one."),
    "unsafe_xml": _(
        "This file has parts that office programs do not write. Open it, save it under a new name and send that."
    ),
    "active": _(
        "This PDF contains a script or something that starts by itself. Print it into a new PDF and send that."
    ),
    "infected": _("A virus was found in this file, so it was not accepted. Check your device, then send a clean file."),
    "scanner_unreachable": _(
        "The virus check cannot be reached just now, so the file was not accepted. Please try again in a few minutes; "
        "if it is urgent, tell the officer responsible."
    ),
}


class FileRefused(Exception):
    """A file that is not taken in: `code` is stable, `message` a sentence for the person at the screen."""

    def __init__(self, code: str, message: Text | None = None) -> None:
        self.code = code
        self.message = message if message is not None else MESSAGES[code]
        super().__init__(str(self.message))
