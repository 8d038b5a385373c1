# The commands of this repository; "make help" lists them.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8080
EXAMPLES ?= 300

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PINS := -c constraints.txt
INSTALLED := $(VENV)/.installed
LOCALES := src/eqms/locales
MARKUP := src profiles deploy

# Vietnamese is printed and read whatever the locale of the machine.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test test-long test-matrix test-scale check format bench lock i18n screenshots clean browser

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s  %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED) ## install into .venv, every version as in constraints.txt

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(PINS) uv
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode \
		$(PINS) --build-constraints constraints.txt --editable '.[test,check]'
	$(BIN)/python scripts/compile_catalogs.py
	@touch $@

run: install ## serve http://localhost:8080/eqms with the demo; PORT= and HOST= change that
	@$(BIN)/python scripts/run.py --host $(HOST) --port $(PORT)

test: install browser ## run all tests, those in the browser too; ARGS= goes to pytest
	zope_i18n_compile_mo_files=1 $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --cov --cov-report=term $(ARGS)

test-long: install ## let people and dates meet in ever new orders, some hours long with EXAMPLES=3000
	EQMS_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest tests/documents/test_whole_life.py $(ARGS)

test-matrix: install ## try every role at every address, in every state of a revision
	zope_i18n_compile_mo_files=1 $(BIN)/python -m pytest -m 'matrix or not matrix' \
		tests/documents/test_matrix.py $(ARGS)

test-scale: install ## test two processes on RelStorage with a PostgreSQL of their own
	$(UV) pip install --quiet --python $(BIN)/python $(PINS) --editable '.[scale]'
	$(BIN)/python -m pytest --noconftest -m scale tests/scale $(ARGS)

check: install ## lint, format, types, floors of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/zpretty --check $(MARKUP)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## put the code into the form that check asks for
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/zpretty --inplace $(MARKUP)

bench: install ## measure the speed beside stock Plone; ARGS= goes to benchmarks.run
	$(BIN)/python -m benchmarks.run $(ARGS)

lock: install ## resolve the versions again, OPTIONS=--upgrade for newer ones
	$(UV) pip compile pyproject.toml --quiet --universal --all-extras \
		--group install --group buildout --no-annotate \
		--custom-compile-command "make lock" $(OPTIONS) --output-file constraints.txt
	$(BIN)/python scripts/versions_cfg.py

i18n: install ## collect the messages and bring the translations in line with them
	$(BIN)/i18ndude rebuild-pot --no-line-numbers --create eqms \
		--merge $(LOCALES)/manual.pot --pot $(LOCALES)/eqms.pot src/eqms profiles
	$(BIN)/i18ndude sync --pot $(LOCALES)/eqms.pot $(LOCALES)/*/LC_MESSAGES/eqms.po

screenshots: install browser ## take the pictures of the documentation; "make run" must be up
	$(BIN)/python scripts/screenshots.py --url http://localhost:$(PORT)/eqms

browser:
	@scripts/find-chromium

clean: ## remove what tests and builds leave; .venv and var stay
	rm -rf build dist htmlcov test-artifacts .coverage
	rm -rf .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests scripts benchmarks -name __pycache__ -prune -exec rm -rf {} +
