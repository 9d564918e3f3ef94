# The two commands are `make run` and `make test`; every step is a target of its own.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
PO := $(wildcard translations/*/LC_MESSAGES/*.po)
RULES := $(addprefix translations/,languages.toml wording.toml glossary.csv same_as_source.toml) $(wildcard translations/words/*.txt)

.PHONY: help install install-dev install-postgres install-scale catalogs texts stored run test quick bench slow \
        lint types contracts browser nginx lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: .venv/installed catalogs ## virtual environment, locked dependencies, catalogs

install-dev: .venv/installed-dev catalogs ## the same with development tools

install-postgres: .venv/installed-postgres catalogs ## the same with the driver of PostgreSQL

install-scale: .venv/installed-scale catalogs ## the same with what counts on a cluster

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt setup.cfg pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/installed-postgres: requirements-postgres.txt .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-postgres.txt
	@touch $@

.venv/installed-scale: requirements-scale.txt .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-scale.txt
	@touch $@

catalogs: .venv/catalogs ## compile translations/ into both packages

.venv/catalogs: build_catalogs.py $(RULES) $(PO) | .venv/installed
	@$(BIN)/python build_catalogs.py > $@

texts: install-dev ## extract the texts that translators work on
	$(BIN)/python extract_texts.py

stored: install-dev ## write the tables of docs/privacy.md from the database's
	$(BIN)/python document_storage.py

run: export SURVEY_PUBLIC_URL ?= http://$(HOST):$(PORT)
run: install ## the demonstration, served on HOST and PORT
	@$(BIN)/survey demo
	@exec $(BIN)/survey serve --host $(HOST) --port $(PORT)

lint: install-dev ## style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev ## types
	$(BIN)/mypy survey analysis

contracts: install-dev ## who may import whom
	$(BIN)/lint-imports

browser: install-dev ## a Chromium for the browser tests, or one sentence why not
	@$(BIN)/python tests/browser/provide.py > .venv/browser

quick: install-dev ## the fast set for the inner loop
	$(BIN)/pytest -q -n 2 -m "not slow and not browser and not bench and not thorough"

test: lint types contracts browser ## everything CI runs
	CHROMIUM="$$(cat .venv/browser)" $(BIN)/pytest -q -n 2 -m "not slow and not bench"

bench: install-dev ## benchmarks, ratios in one run
	$(BIN)/pytest -q -n 0 -m bench tests/bench

nginx: install-dev ## an nginx for the long attacks, or one sentence why not
	@$(BIN)/python -m tests.attack.provide_nginx > .venv/nginx

slow: install-dev browser nginx ## long attacks and audits
	CHROMIUM="$$(cat .venv/browser)" NGINX="$$(cat .venv/nginx)" $(BIN)/pytest -q -n 2 -m slow

lock: install-dev ## renew the locked dependencies
	$(BIN)/uv pip compile setup.cfg --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-header --no-annotate --no-emit-index-url -q -o requirements.txt
	$(BIN)/uv pip compile setup.cfg --extra dev -c requirements.txt --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-header --no-annotate --no-emit-index-url -q -o requirements-dev.txt
	$(BIN)/uv pip compile setup.cfg --extra postgres -c requirements-dev.txt --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-header --no-annotate --no-emit-index-url -q -o requirements-postgres.txt
	$(BIN)/uv pip compile setup.cfg --extra scale -c requirements-dev.txt --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-header --no-annotate --no-emit-index-url -q -o requirements-scale.txt

clean: ## remove what the other targets made; instance/ stays
	rm -rf .venv build dist *.egg-info survey/catalogs analysis/catalogs
