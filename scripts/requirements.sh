#!/usr/bin/env bash
# Compiles requirements*.in into pinned, hashed requirements*.txt that install on Python 3.11 to 3.13.
# No addresses are written into them. Arguments go on to uv, for example: --upgrade-package django
source "$(dirname "$0")/common.sh"
[ -x .venv/bin/uv ] || "$PYTHON" -m pip install --quiet --disable-pip-version-check uv
for name in requirements requirements-dev; do
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --no-annotate "$@" "$name.in" -o "$name.txt"
done
