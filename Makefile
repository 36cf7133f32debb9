# The commands of everyday work. Each sets up what it needs; nothing has to be installed by hand.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export SURVEY_BASE_URL ?= http://$(HOST):$(PORT)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
FLASK := $(BIN)/flask --app survey_app
WORKERS ?= 2

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: demo
demo: $(VENV)/.run ## Load the demonstration network once and serve it.
	@$(FLASK) demo
	@$(MAKE) --no-print-directory serve

.PHONY: demo-reset
demo-reset: $(VENV)/.run ## Start the demonstration over.
	@$(FLASK) demo --reset

.PHONY: serve
serve: $(VENV)/.run ## Serve the application on HOST and PORT.
	@$(BIN)/gunicorn --config deploy/gunicorn.conf.py --bind $(HOST):$(PORT) --workers $(WORKERS) 'survey_app:create_app()'

.PHONY: test
test: $(VENV)/.dev system ## Run the whole suite.
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

.PHONY: test-fast
test-fast: $(VENV)/.dev ## Run the pure rooms and the house plan, properties with few examples: under a minute.
	@$(BIN)/python -m pytest -n 2 --hypothesis-profile=quick -m "not (slow or fault or browser or postgresql)" \
		tests/domain tests/evaluation tests/files tests/test_house_plan.py

.PHONY: test-postgresql
test-postgresql: $(VENV)/.dev system ## Run the same suite with PostgreSQL as the database of every test.
	@SURVEY_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

.PHONY: soak
soak: $(VENV)/.dev system ## Run the long fault and attack tests with their full figures.
	@$(BIN)/python -m pytest -m soak --durations=0 -v --log-cli-level=INFO $(TESTS)

.PHONY: check
check: $(VENV)/.dev ## Check format, lint, types, house plan, catalogues, templates, migrations.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/test_house_plan.py
	@$(FLASK) translations check
	@folder=$$(mktemp -d) && SURVEY_DATABASE_URL=sqlite:///$$folder/check.db $(FLASK) db upgrade \
		&& SURVEY_DATABASE_URL=sqlite:///$$folder/check.db $(FLASK) db check; status=$$?; rm -r $$folder; exit $$status

.PHONY: bench
bench: $(VENV)/.dev system ## Measure, each figure beside its limit, into instance/bench.json.
	@$(BIN)/python -m benchmarks

.PHONY: coverage
coverage: $(VENV)/.dev ## Enumerate how often the intervals hold, into docs/method.md.
	@$(BIN)/python -m benchmarks.coverage

.PHONY: pictures
pictures: $(VENV)/.dev system ## Take the pictures of README and docs again.
	@$(BIN)/python -m benchmarks.pictures

.PHONY: translations
translations: $(VENV)/.dev ## Collect messages and bring every catalogue up to date.
	@$(FLASK) translations update

.PHONY: lock
lock: ## Pin all dependencies anew, with hashes.
	@folder=$$(mktemp -d) && $(PYTHON) -m venv $$folder && $$folder/bin/pip install -q pip-tools \
		&& for extra in "" dev; do $$folder/bin/pip-compile -q --upgrade --allow-unsafe --strip-extras --generate-hashes \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
			$${extra:+--extra $$extra} -o requirements$${extra:+-$$extra}.txt pyproject.toml || exit 1; done; rm -r $$folder

.PHONY: system
system:
	@.ci/ensure-system

.PHONY: clean
clean: ## Remove what was made here, but no data.
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@[ -e $(VENV)/.dev ] || { echo "installing what the application needs …"; $(BIN)/python -m pip install -q --require-hashes -r requirements.txt; }
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "installing what development needs …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.txt
	@touch $@
