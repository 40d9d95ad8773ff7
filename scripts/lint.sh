#!/usr/bin/env bash
# Every check that is not a test. All of them run, whatever fails first; the exit code tells.
source "$(dirname "$0")/common.sh"
scripts/setup.sh dev
export DJANGO_SETTINGS_MODULE=config.settings.test
result=0

check() {
  say "-- $*"
  "$@" || result=1
}

check .venv/bin/ruff check .
check .venv/bin/ruff format --check .
check .venv/bin/djlint templates --quiet --lint
check .venv/bin/lint-imports
check "$PYTHON" manage.py makemigrations --check --dry-run
check "$PYTHON" manage.py build_catalogue --check
check "$PYTHON" manage.py check --fail-level WARNING
exit $result
