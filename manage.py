#!/usr/bin/env python
"""Django's command line for this project; `config.settings.local` unless told otherwise."""

import os
import sys

from config.native import explain_missing_libraries


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    with explain_missing_libraries():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
