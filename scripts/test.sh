#!/usr/bin/env bash
# Runs every test on SQLite and, where one is there, on PostgreSQL. Journeys through Chromium run on PostgreSQL when it
# is there, with the smoke journey on SQLite; else on SQLite. Tests that ask no database run once, in SQLite's part.
# The parts go through two lanes: whichever is free takes the next one. Extra arguments go to pytest.
source "$(dirname "$0")/common.sh"
scripts/setup.sh dev

mapfile -t found < <("$PYTHON" scripts/find_postgres.py)
postgres=${found[0]:-}
mkdir -p var
rm -f var/test-*.log var/test-*.passed
result=0
parts=()

run_on() { # name, DATABASE_URL, pytest arguments; writes var/test-NAME.log, and var/test-NAME.passed if it did
  local name=$1 url=$2 code=0 pytest
  shift 2
  DATABASE_URL=$url TEST_DATABASE_TEMPLATE=${found[1]:-template0} TEST_DATABASE_SUFFIX=${name//[^A-Za-z]/} \
    "$PYTHON" -m pytest -o cache_dir="var/pytest-$name" "$@" >"var/test-$name.log" 2>&1 &
  pytest=$!
  trap 'kill "$pytest" 2>/dev/null' TERM
  wait "$pytest" || code=$?
  say "== Tests on $name"
  cat "var/test-$name.log"
  if [ "$code" = 0 ] || [ "$code" = 5 ]; then # 5: the extra arguments chose no test here
    touch "var/test-$name.passed"
  fi
}

next_part() { # waits for a free lane of two, then starts the part in it
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n || true; done
  say "-- Starting tests on $1 (var/test-$1.log)"
  parts+=("$1")
  run_on "$@" &
}

trap 'kill $(jobs -rp) 2>/dev/null' EXIT
if [ -n "$postgres" ]; then # the longest first
  next_part PostgreSQL "$postgres" -m "not journey" --with-database-only "$@"
  next_part SQLite "" -m "not journey or smoke" "$@"
  next_part PostgreSQL-journeys-ground "$postgres" -m "journey and ground" "$@"
  next_part PostgreSQL-journeys-whole-way "$postgres" -m "journey and whole_way" "$@"
  next_part PostgreSQL-journeys "$postgres" -m "journey and not ground and not whole_way" "$@"
else
  next_part SQLite "" "$@"
fi
wait
trap - EXIT

say
for name in "${parts[@]}"; do
  say "Ran on $name: $(grep -E '[0-9]+ (passed|failed|errors?)\b.* in [0-9.]+s' "var/test-$name.log" | tail -1)"
  [ -e "var/test-$name.passed" ] || result=1
done
[ -n "$postgres" ] || say "Not run on PostgreSQL: no server answers here and DATABASE_URL names none."
exit $result
