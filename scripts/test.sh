#!/usr/bin/env bash
# Runs every test on SQLite and, where one is there, on PostgreSQL, both at the same time. Journeys through Chromium run
# on PostgreSQL when it is there, half of them in each lane, with the smoke journey on SQLite; else on SQLite. Tests that
# ask no database run once, in SQLite's lane. Extra arguments go to pytest.
source "$(dirname "$0")/common.sh"
scripts/setup.sh dev

mapfile -t found < <("$PYTHON" scripts/find_postgres.py)
postgres=${found[0]:-}
mkdir -p var
rm -f var/test-*.log
result=0

run_on() { # name, DATABASE_URL, pytest arguments; writes var/test-NAME.log
  local name=$1 url=$2 code=0
  shift 2
  say "== Tests on $name"
  DATABASE_URL=$url TEST_DATABASE_TEMPLATE=${found[1]:-template0} TEST_DATABASE_SUFFIX=${name//[^A-Za-z]/} \
    "$PYTHON" -m pytest -o cache_dir="var/pytest-$name" "$@" 2>&1 | tee "var/test-$name.log" || code=$?
  [ "$code" = 0 ] || [ "$code" = 5 ] # 5: the extra arguments chose no test here
}

beside_the_other() { # the second lane, as long as the first
  local code=0
  run_on PostgreSQL "$postgres" -m "not journey" --with-database-only "$@" || code=1
  run_on PostgreSQL-journeys-ground "$postgres" -m "journey and ground" "$@" || code=1
  return $code
}

if [ -n "$postgres" ]; then
  beside_the_other "$@" >var/beside.log 2>&1 &
  beside=$!
  trap 'kill "$beside" 2>/dev/null' EXIT
  run_on SQLite "" -m "not journey or smoke" "$@" || result=1
  run_on PostgreSQL-journeys "$postgres" -m "journey and not ground" "$@" || result=1
  wait "$beside" || result=1
  trap - EXIT
  cat var/beside.log
else
  run_on SQLite "" "$@" || result=1
fi

say
for log in var/test-*.log; do
  name=$(basename "$log" .log)
  say "Ran on ${name#test-}: $(grep -E '[0-9]+ (passed|failed|errors?)\b.* in [0-9.]+s' "$log" | tail -1)"
done
[ -n "$postgres" ] || say "Not run on PostgreSQL: no server answers here and DATABASE_URL names none."
exit $result
