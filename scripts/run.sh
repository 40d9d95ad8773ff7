#!/usr/bin/env bash
# Serves the product on this machine; see README.md. Data lives under var/ and is kept.
source "$(dirname "$0")/common.sh"
export DJANGO_SETTINGS_MODULE=config.settings.local PORT=${PORT:-8000}

statics=${VAR_DIR:-var}/static/staticfiles.json
scripts/setup.sh run
"$PYTHON" scripts/port_is_free.py "$PORT"
"$PYTHON" manage.py migrate --no-input -v 0
"$PYTHON" manage.py load_demo --if-empty
if [ ! -f "$statics" ] || [ .venv/.requirements-requirements.txt -nt "$statics" ] ||
  [ -n "$(find static -newer "$statics" -print -quit)" ]; then
  "$PYTHON" manage.py collectstatic --no-input --clear -v 0
  touch "$statics"
fi
"$PYTHON" manage.py demo_logins
exec .venv/bin/gunicorn --config python:config.gunicorn
