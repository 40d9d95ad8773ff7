#!/usr/bin/env bash
# Makes .venv and brings in what is missing: `setup.sh run` for the product, `setup.sh dev` for tests and checks too.
# Quick when nothing changed: the checksum of the requirements is kept in .venv.
source "$(dirname "$0")/common.sh"
purpose=${1:-run}
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c "$new_enough" 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

make_environment() {
  local python
  python=$(find_python)
  if [ -z "$python" ] && ! command -v python3 >/dev/null; then
    install_packages python3 python3-venv
    python=$(find_python)
  fi
  [ -n "$python" ] || fail "Python 3.11 or newer is needed; this machine has $(python3 --version 2>&1)."
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    local version
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_packages "python$version-venv"
  fi
  say "Making the virtual environment .venv with $("$python" --version)"
  "$python" -m venv --clear .venv
}

install_requirements() {
  local file=$1 sum stamp=.venv/.requirements
  sum=$(sha256sum requirements.txt requirements-dev.txt "$file" | sha256sum)
  if [ -f "$stamp-$file" ] && [ "$(cat "$stamp-$file")" = "$sum" ]; then return; fi
  say "Installing the pinned requirements of $file (a minute or so)"
  if [ -x .venv/bin/uv ]; then
    .venv/bin/uv pip install --quiet --python "$PYTHON" --require-hashes -r "$file"
  else
    "$PYTHON" -m pip install -qq --disable-pip-version-check --require-hashes -r "$file"
  fi || fail "The requirements could not be installed; see the message above."
  echo "$sum" >"$stamp-$file"
}

packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
requirements=requirements.txt
if [ "$purpose" = dev ]; then
  packages+=(poppler-utils libatomic1)
  requirements=requirements-dev.txt
fi

# Chromium without windows, which runs the journeys with less work; where there is none, Chromium itself.
install_browser() {
  [ -n "$(missing_packages chromium-headless-shell)" ] || return 0
  (install_packages chromium-headless-shell) || command -v chromium >/dev/null || install_packages chromium
}

"$PYTHON" -c "$new_enough" 2>/dev/null || make_environment
missing=$(missing_packages "${packages[@]}")
# shellcheck disable=SC2086 - a list of names
[ -z "$missing" ] || install_packages $missing
[ "$purpose" != dev ] || install_browser
install_requirements "$requirements"
