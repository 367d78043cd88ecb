# Everything that is done with this folder. Nothing but Python 3.11 or newer is needed to begin.
# `make run` and then the link it prints; the rest is for those who work on the program.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python -c constraints.txt
# Twice quiet: some machines' settings make pip 23 warn of places that it then ignores.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
# Checks and pictures keep away from the letters of whoever runs them.
OWN_FOLDER := KINDREGARDS_DATA_DIR=$(CURDIR)/.venv/data
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends
CAN_INSTALL := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null

.PHONY: help run test figures check fmt bench pictures clean browser servers office
.DELETE_ON_ERROR:

# help: what there is to do
help:
	@sed -n 's/^# \([a-z]*\): \(.*\)/make \1\t\2/p' Makefile | expand -t 16

# run: install what is needed, start the program and open the browser
run: .venv/for-running .venv/phrases
	@$(BIN)/kindregards

# test: every test, on SQLite and then the web tests on PostgreSQL
test: .venv/for-developing .venv/phrases figures browser servers office
	$(BIN)/pytest -n 2
	$(BIN)/pytest -n 2 -p tests.postgres tests/web

# figures: how well other people's letters are read, where there are some to measure with
figures: .venv/for-developing
	@if [ -r ../shared/letters/dev.jsonl ]; then \
	  $(OWN_FOLDER) $(BIN)/python ../shared/tools/score_reading.py ../shared/letters/dev.jsonl \
	    --reader "$(BIN)/kindregards read --json"; \
	else echo "No letters to measure with in ../shared/letters."; fi

# check: format, lint, types, templates, who imports whom, missing migrations
check: .venv/for-developing
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(OWN_FOLDER) $(BIN)/mypy
	$(BIN)/djlint --quiet --check src/kindregards/web/templates
	$(BIN)/djlint --quiet --lint src/kindregards/web/templates
	$(BIN)/lint-imports
	$(OWN_FOLDER) $(BIN)/kindregards manage makemigrations --check --dry-run

# fmt: put code and templates into their format
fmt: .venv/for-developing
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	-$(BIN)/djlint --quiet --reformat src/kindregards/web/templates

# bench: every benchmark; each prints its figure and the one it is compared with
bench: .venv/for-developing
	@for name in start readings pages people today mbox sync diagnosis resumes comments practice; do \
	  $(OWN_FOLDER) $(BIN)/python benchmarks/$$name.py || exit 1; done

# pictures: each page, wide and narrow, light and dark, into pictures/
pictures: .venv/for-developing browser
	$(BIN)/python -m tests.browser.pictures pictures examples/letters

# clean: remove what make made; letters are never touched
clean:
	rm -rf .venv build dist pictures .coverage .hypothesis .import_linter_cache
	rm -rf .mypy_cache .pytest_cache .ruff_cache

# What is installed -------------------------------------------------------------------------------

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kind Regards needs Python 3.11 or newer: make run PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(CAN_INSTALL) && \
	  $(APT) update && $(APT) install python3-venv >/dev/null; } || \
	  { echo "Python's venv module is missing. On Debian: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up; this happens once." >&2
	@$(PYTHON) -m venv .venv
	@$(PIP) install uv 2>/dev/null || true # without it pip does the same, slower
	@touch $@

.venv/for-running: .venv/made pyproject.toml constraints.txt
	@{ [ -x $(BIN)/uv ] && $(UV) -e .; } || $(PIP) install -c constraints.txt -e .
	@touch $@

# The program starts sooner with phrase files that were made ready and modules that are compiled, and
# does without where they changed.
LETTERS := src/kindregards/core/letters
.venv/phrases: .venv/for-running $(wildcard $(LETTERS)/phrases/*.toml $(LETTERS)/*.py)
	@$(BIN)/python -m kindregards.core.letters.prepared
	@$(BIN)/python -m compileall -q src/kindregards
	@touch $@

.venv/for-developing: .venv/made pyproject.toml constraints.txt
	@{ [ -x $(BIN)/uv ] && $(UV) -e '.[postgres]' --group dev; } || { $(PIP) install -U pip && \
	  $(PIP) install -c constraints.txt -e '.[postgres]' --group dev; }
	@touch $@ .venv/for-running

browser:
	@command -v chromium >/dev/null || { $(CAN_INSTALL) && $(APT) update && \
	  $(APT) install chromium fonts-inter fonts-noto-core >/dev/null; } || \
	  echo "There is no Chromium here, so the browser tests are skipped."
	@command -v espeak-ng >/dev/null || { $(CAN_INSTALL) && $(APT) update && \
	  $(APT) install espeak-ng >/dev/null; } || \
	  echo "There is no espeak-ng here, so the test of a spoken answer is skipped."

servers:
	@command -v dovecot >/dev/null || { $(CAN_INSTALL) && $(APT) update && \
	  $(APT) install dovecot-imapd >/dev/null; } || \
	  echo "There is no Dovecot here, so the tests against a mail server are skipped."

office:
	@command -v soffice >/dev/null || { $(CAN_INSTALL) && $(APT) update && \
	  $(APT) install libreoffice-writer-nogui >/dev/null; } || \
	  echo "There is no LibreOffice here, so the tests with files made by it are skipped."
