#!/usr/bin/env bash
# Installs PostgreSQL from Debian where there is none, starts its cluster and gives the current user a role of its own.
source "$(dirname "$0")/common.sh"
export LANG=C.UTF-8 LC_ALL=C.UTF-8 # the cluster takes its encoding from here

[ "$(id -u)" = 0 ] || fail "No usable PostgreSQL answers, and only root can install or start one."
command -v pg_lsclusters >/dev/null && [ -n "$(pg_lsclusters -h)" ] || install_packages postgresql
read -r version name _ < <(pg_lsclusters -h)
[ -n "${version:-}" ] || fail "PostgreSQL is installed but has no cluster."
pg_ctlcluster "$version" "$name" start 2>/dev/null || true
for _ in $(seq 30); do
  pg_lsclusters -h "$version" "$name" | grep -q online && break
  sleep 1
done
cd /
runuser -u postgres -- createuser --superuser "$(id -un)" 2>/dev/null || true
cd - >/dev/null
[ -n "$("$PYTHON" scripts/find_postgres.py)" ] || fail "PostgreSQL $version was started but does not let $(id -un) in."
