#!/usr/bin/env bash
# Serves the product on this machine; see README.md. Data lives under var/ and is kept.
source "$(dirname "$0")/common.sh"
export DJANGO_SETTINGS_MODULE=config.settings.local PORT=${PORT:-8000}

scripts/setup.sh run
"$PYTHON" scripts/port_is_free.py "$PORT"
"$PYTHON" manage.py migrate --no-input -v 0
"$PYTHON" manage.py load_demo --if-empty
if [ ! -f var/static/staticfiles.json ] || [ .venv/.requirements-requirements.txt -nt var/static/staticfiles.json ] ||
  [ -n "$(find static -newer var/static/staticfiles.json -print -quit)" ]; then
  "$PYTHON" manage.py collectstatic --no-input --clear -v 0
  touch var/static/staticfiles.json
fi
"$PYTHON" manage.py demo_logins
exec .venv/bin/gunicorn --config python:config.gunicorn
