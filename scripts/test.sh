#!/usr/bin/env bash
# Runs every test on SQLite and, where one is there, on PostgreSQL, both at the same time. Journeys through Chromium run
# on PostgreSQL when it is there, with the smoke journey on SQLite; else on SQLite. Extra arguments go to pytest.
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
  DATABASE_URL=$url TEST_DATABASE_TEMPLATE=${found[1]:-template0} "$PYTHON" -m pytest -o cache_dir="var/pytest-$name" "$@"
}

if [ -n "$postgres" ]; then
  run_on PostgreSQL "$postgres" "$@" >var/test-PostgreSQL.log 2>&1 &
  beside=$!
  trap 'kill "$beside" 2>/dev/null' EXIT
fi
say "== Tests on SQLite${postgres:+ (those on PostgreSQL run beside them and are shown afterwards)}"
run_on SQLite "" "${on_sqlite[@]}" "$@" 2>&1 | tee var/test-SQLite.log || result=1
if [ -n "$postgres" ]; then
  say "== Tests on PostgreSQL"
  wait "$beside" || result=1
  trap - EXIT
  cat var/test-PostgreSQL.log
fi

say
for name in SQLite ${postgres:+PostgreSQL}; do
  say "Ran on $name: $(grep -E '[0-9]+ (passed|failed|errors?)\b.* in [0-9.]+s' "var/test-$name.log" | tail -1)"
done
[ -n "$postgres" ] || say "Not run on PostgreSQL: no server answers here and DATABASE_URL names none."
exit $result
