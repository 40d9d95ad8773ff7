# Everything here sets up what it needs first; run `make run` or `make test` on a fresh clone.
.PHONY: run test test-fast lint format reset-demo requirements messages bench
PORT ?= 8000
export PORT

run: ## serve at http://localhost:8000 (PORT=… for another port); data is kept under var/
	@scripts/run.sh

test: ## every test, on SQLite and on PostgreSQL where there is one
	@scripts/test.sh

test-fast: ## the inner loop: SQLite, no browser
	@scripts/setup.sh dev
	@DATABASE_URL= .venv/bin/python -m pytest -m "not journey and not slow"

lint: ## style, imports between floors, missing migrations, untranslated sentences
	@scripts/lint.sh

format: ## write Python the house way
	@scripts/setup.sh dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

reset-demo: ## throw the local data away and load the demonstration anew
	@scripts/setup.sh run
	@test -z "$$DATABASE_URL" || { echo "reset-demo throws away var/ only; unset DATABASE_URL first."; exit 1; }
	@rm -rf var/phakhi.sqlite3* var/files var/mail
	@.venv/bin/python manage.py migrate --no-input -v 0
	@.venv/bin/python manage.py load_demo --if-empty

requirements: ## remake the pinned requirements from the .in files
	@scripts/setup.sh dev
	@scripts/requirements.sh

messages: ## merge the Thai fragments into the catalogue and compile it
	@scripts/setup.sh dev
	@.venv/bin/python manage.py build_catalogue

SIZES ?= 1000,38000
bench: ## how quick the pages are with SIZES=1000,38000 partners; figures go to var/bench.json (docs/benchmarks.md)
	@scripts/setup.sh dev
	@.venv/bin/python -m bench --sizes $(SIZES)
