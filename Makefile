# On a fresh Debian or Ubuntu: git, make and Python 3.11 or later, nothing else. README.md says what each target does.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := run
.NOTPARALLEL:

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
VAR_DIR ?= ./var

BIN := $(VENV)/bin
# Absolute, so that it holds wherever a program is started from.
BIN := $(if $(filter /%,$(VENV)),$(BIN),$(CURDIR)/$(BIN))
SOURCES := polreswa operators reports simulator tests $(wildcard bench) manage.py
TEMPLATES = $(shell find templates simulator/templates -name '*.html' 2>/dev/null)
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: run test bench requirements catalogue format

run: $(VENV)/.installed
	@$(BIN)/python -m polreswa.catalogue compile
	@DEMO=1 VAR_DIR="$(VAR_DIR)" exec $(BIN)/python manage.py run --port $(PORT)

test: $(VENV)/.installed-for-tests
	@.ci/provide postgresql redis-server chromium-headless-shell ffmpeg libimage-exiftool-perl
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 --check $(TEMPLATES))
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	.ci/check-project $(BIN)
	$(BIN)/python .ci/audit $(BIN)
	$(BIN)/python -m polreswa.catalogue compile
	.ci/test $(BIN)

bench: $(VENV)/.installed-for-tests
	@.ci/provide postgresql redis-server
	$(BIN)/python -m bench

requirements: $(VENV)/.installed-for-tests
	$(BIN)/$(COMPILE) $(if $(UPGRADE),--upgrade) requirements.in -o requirements.txt
	$(BIN)/$(COMPILE) $(if $(UPGRADE),--upgrade) requirements-dev.in -o requirements-dev.txt

catalogue: $(VENV)/.installed
	$(BIN)/python -m polreswa.catalogue update
	$(BIN)/python -m polreswa.catalogue check

format: $(VENV)/.installed-for-tests
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)
	$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 $(TEMPLATES))

$(VENV)/.installed: requirements.txt
	@.ci/make-venv $(PYTHON) $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-for-tests: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
