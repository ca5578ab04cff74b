# Every chore of the project. `make help` prints them. From nothing but Python 3.11+, Node 20+ and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell tools/python)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.PHONY: help chromium setup run test test-pg test-one format check bench screens lock words clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = ":.*## "} {printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.done: requirements-dev.txt requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, not %d.%d" % sys.version_info[:2]) if sys.version_info < (3, 11) else None'
	@echo "Python packages (about half a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@$(BIN)/uv pip sync -q --require-hashes requirements-dev.txt --python $(BIN)/python
	@touch $@

node_modules/.done: package.json package-lock.json .npmrc
	@echo "Front-end packages (about half a minute) …"
	@npm ci --no-progress --loglevel=error
	@touch $@

frontend/dist/.done: node_modules/.done $(shell find frontend -type f -not -path 'frontend/dist/*' 2>/dev/null) vite.config.ts
	@echo "Front end …"
	@npm run --silent build
	@touch $@

shequtong/locale/zh_Hans/LC_MESSAGES/django.mo: shequtong/locale/zh_Hans/LC_MESSAGES/django.po $(VENV)/.done
	@$(BIN)/python manage.py words compile

setup: $(VENV)/.done frontend/dist/.done shequtong/locale/zh_Hans/LC_MESSAGES/django.mo ## environment, packages, front end; the others call it

chromium: # refused before half a minute of packages, not after
	@tools/chromium

run: setup ## the demo on 127.0.0.1:8000 (PORT=, DATABASE_URL=, SHEQUTONG_DATA= are honoured)
	@SHEQUTONG_DEMO=1 $(BIN)/python manage.py migrate -v 0
	@SHEQUTONG_DEMO=1 $(BIN)/python manage.py demo --small
	@SHEQUTONG_DEMO=1 $(BIN)/python manage.py serve

test: chromium setup ## every test on SQLite, browser tests included
	@tools/test-sqlite $(ARGS)

test-pg: setup ## those that ask a database on PostgreSQL, without the browser
	@tools/test-postgresql $(ARGS)

test-one: setup ## one test: make test-one ARGS="shequtong/cases -k dispatch"
	@$(BIN)/pytest $(ARGS)

format: setup ## put code into its form
	@$(BIN)/ruff check -q --fix .; $(BIN)/ruff format -q .
	@npm run --silent format

check: setup ## format, lint, types, architecture contracts, migrations, translations
	@tools/check

bench: setup ## measure and write bench/results.json
	@$(BIN)/python -m bench $(ARGS)

screens: chromium setup ## every page at phone, laptop and wall size into docs/screens/
	@$(BIN)/python -m tools.screens $(ARGS)

words: setup ## gather the strings of code and templates into the catalogue
	@$(BIN)/python manage.py words gather

lock: $(VENV)/.done ## resolve the dependencies anew
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url -q -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-emit-index-url -q -o requirements-dev.txt
	@echo "uv==0.13.9" | $(BIN)/uv pip compile - --universal --generate-hashes --no-header --no-emit-index-url -q -o requirements-uv.txt

clean: ## remove what was built, never data
	@rm -rf $(VENV) node_modules frontend/dist .mypy_cache .ruff_cache .import_linter_cache
