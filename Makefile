.PHONY: demo test test-long test-browser lint types bench clean

PYTHON ?= python3
BIN := .venv/bin

demo: .venv/installed
	$(BIN)/python examples/julu_2023/demo.py

test: .venv/installed
	$(BIN)/python -m pytest

test-long: .venv/installed
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest tests/properties
	$(BIN)/python -m pytest -m long tests/faults

test-browser: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser-tests]'
	$(BIN)/python -m pytest tests/browser

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/installed
	$(BIN)/mypy

bench: .venv/installed
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/forms.py
	$(BIN)/python benchmarks/reports.py

clean:
	rm -rf .venv

.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
