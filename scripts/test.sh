#!/usr/bin/env bash
# Runs every test on SQLite and, where one is there, on PostgreSQL. Journeys through Chromium run on PostgreSQL when it
# is there, with the smoke journey on SQLite; else on SQLite. Extra arguments go to pytest.
source "$(dirname "$0")/common.sh"
scripts/setup.sh dev

mapfile -t found < <("$PYTHON" scripts/find_postgres.py)
postgres=${found[0]:-}
on_sqlite=()
[ -z "$postgres" ] || on_sqlite=(-m "not journey or smoke")
mkdir -p var
result=0

run_on() { # name, DATABASE_URL, pytest arguments
  local name=$1 url=$2
  shift 2
  say "== Tests on $name"
  DATABASE_URL=$url TEST_DATABASE_TEMPLATE=${found[1]:-template0} "$PYTHON" -m pytest "$@" 2>&1 |
    tee "var/test-$name.log" || result=1
}

run_on SQLite "" "${on_sqlite[@]}" "$@"
[ -z "$postgres" ] || run_on PostgreSQL "$postgres" "$@"

say
for name in SQLite ${postgres:+PostgreSQL}; do
  say "Ran on $name: $(grep -E '[0-9]+ (passed|failed|errors?)\b.* in [0-9.]+s' "var/test-$name.log" | tail -1)"
done
[ -n "$postgres" ] || say "Not run on PostgreSQL: no server answers here and DATABASE_URL names none."
exit $result
