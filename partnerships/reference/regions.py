"""The six regions under which people look for a province (as the Office of the Royal Society divides the country)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# code → (label, province codes). Every province stands in one region (a test counts all 77).
REGIONS = {
    "north": (_("North"), ("50", "51", "52", "53", "54", "55", "56", "57", "58")),
    "northeast": (
        _("Northeast"),
        ("30", "31", "32", "33", "34", "35", "36", "37", "38", "39",
         "40", "41", "42", "43", "44", "45", "46", "47", "48", "49"),
    ),
    "central": (
        _("Central"),
        ("10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "26",
         "60", "61", "62", "64", "65", "66", "67", "72", "73", "74", "75"),
    ),
    "east": (_("East"), ("20", "21", "22", "23", "24", "25", "27")),
    "west": (_("West"), ("63", "70", "71", "76", "77")),
    "south": (
        _("South"),
        ("80", "81", "82", "83", "84", "85", "86", "90", "91", "92", "93", "94", "95", "96"),
    ),
}  # fmt: skip
