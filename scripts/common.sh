# Shared by the set-up scripts; sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PYTHON=.venv/bin/python
unset PYTHONDONTWRITEBYTECODE # compiled modules make every start seconds faster

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Installs Debian packages, or prints the command and stops where that is not ours to do.
install_packages() {
  local command="apt-get install -y --no-install-recommends $*"
  command -v apt-get >/dev/null || fail "Please install these system packages (names as in Debian): $*"
  say "Installing system packages: $*"
  if [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null; } ||
      fail "The system packages could not be installed. Please run: apt-get update && $command"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    { sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null; } ||
      fail "The system packages could not be installed. Please run: sudo apt-get update && sudo $command"
  else
    fail "System packages are missing. Please run this as root, then start again: apt-get update && $command"
  fi
}

# Prints those of the given Debian packages that are not installed; nothing where there is no dpkg to ask.
missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  local package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || printf '%s ' "$package"
  done
}
