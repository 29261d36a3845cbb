# make run         start everything on http://127.0.0.1:8000 (PORT=… and STEPDOWN_HOME=… choose another place)
# make demo-reset  start the demo afresh, also while it runs
# make demo-code   the one-time code of the moment for one of its staff: make demo-code WHO=ines
# make demo-reply  write back to a text message of the demo: make demo-reply PHONE=+15125550117 WORDS=yes
# make room-check  whether video works here, line by line, while the product runs
# make test        everything a change must pass; make check: its quick part
# make bench       what we claim about speed, measured
# make soak        a full room on which everything goes wrong, for MINUTES=3
# make lock        resolve the dependencies of pyproject.toml anew
# make audit       ask PyPI which of them have known holes

SHELL := /bin/sh
NEWEST := python3 python3.14 python3.13 python3.12 python3.11
IS_NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
# Once there is a virtual environment its Python does everything, also the installing.
PYTHON := $(shell for p in .venv/bin/python $(NEWEST); do $$p $(IS_NEW_ENOUGH) 2>/dev/null && echo $$p && break; done)
INSTALL = $(PYTHON) -m stepdown.config.supervisor.install
BIN := .venv/bin
# What Python compiles it keeps, whatever the shell says: else each of some hundred processes compiles everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo-reset demo-code demo-reply room-check test check unit everywhere browser bench soak lock audit python

run: python
	@$(INSTALL) run
	@exec $(BIN)/python -m stepdown.config.supervisor run --stop-with-parent

demo-reset: python
	@$(INSTALL) run
	@exec $(BIN)/python -m stepdown.config.supervisor demo-reset --stop-with-parent

demo-code: python
	@test -n "$(WHO)" || { echo "Say whose code: make demo-code WHO=ines (or ruth, kit, bill, priya, ada)"; exit 1; }
	@$(BIN)/python manage.py demo_code $(WHO)

demo-reply: python
	@test -n "$(PHONE)" -a -n "$(WORDS)" || { echo "Say who writes what: make demo-reply PHONE=+15125550117 WORDS=yes"; exit 1; }
	@$(BIN)/python manage.py demo_reply "$(PHONE)" "$(WORDS)"

room-check: python
	@$(INSTALL) check
	@$(BIN)/python manage.py room_check

# What only reads the code leaves one of two cores idle; the tests without a browser fill it. Those in a browser wait a
# quarter of their time; the walks through every address fill it.
test: python
	@$(INSTALL) test
	@$(MAKE) --no-print-directory -j 2 check unit
	@$(MAKE) --no-print-directory -j 2 browser everywhere

check: python
	@$(INSTALL) test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy .
	$(BIN)/djlint . --lint --quiet
	$(BIN)/python -W ignore manage.py makemigrations --check --dry-run
	$(AS_FOR_REAL) $(BIN)/python -W ignore manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m tests.lock

audit: python
	@$(INSTALL) test
	$(BIN)/uv tool run pip-audit --requirement requirements.lock --require-hashes --disable-pip

unit: python
	@$(INSTALL) test
	$(BIN)/pytest -m "not browser and not everywhere" -n 2 --dist worksteal
	$(BIN)/python -m tests.rules

everywhere: python
	@$(INSTALL) test
	$(BIN)/python -m tests.yielding pytest -m everywhere -n 2 --dist worksteal tests/consistency

# Those of the room without a browser mostly wait, for a line to be given up or a server to be there again; four at once
# keep two cores busy. They bring loops of their own, which do not go where Playwright has one.
browser: python
	@$(INSTALL) test
	$(BIN)/python -m tests.netns pytest -m browser -n 4 --dist worksteal stepdown/live
	$(BIN)/python -m tests.netns pytest -m browser -n 2 --dist worksteal --ignore stepdown/live

bench: python
	@$(INSTALL) test
	$(BIN)/python -m bench

soak: python
	@$(INSTALL) test
	$(BIN)/python -m tests.netns pytest bench/soak.py -m browser -s -q

lock: python
	@$(INSTALL) test
	$(BIN)/uv pip compile $(LOCKED) pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile $(LOCKED) --group install --output-file requirements-install.lock
	$(BIN)/uv pip compile $(LOCKED) pyproject.toml --group check --output-file requirements-check.lock
	$(BIN)/uv pip compile $(LOCKED) pyproject.toml --group dev --output-file requirements-dev.lock

LOCKED := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

# As in docs/operations.md, "For real"; the key is none.
AS_FOR_REAL := STEPDOWN_DEMO=0 STEPDOWN_PUBLIC_URL=https://iop.example.org STEPDOWN_HOSTS=iop.example.org \
	STEPDOWN_SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijk

python:
	@test -n "$(PYTHON)" || { echo "Stepdown needs Python 3.11 or newer. To install it: sudo apt-get install python3 python3-venv"; exit 1; }
